//! What can be chosen on each page, from what the inventory shows now.

use std::sync::Arc;

use crate::app::layers::create::state::{CreateForm, KeyChoice, OrderPage};
use crate::app::panes::filter::{Filter, Match, SearchText};
use crate::app::tables::creatable;
use crate::app::{App, public_keys};
use crate::domain::{
    AccountName, ImageKind, Need, Network, Phrase, Plan, Region, ResourceId, StoreStatus, Text, Verb, text,
};
use crate::proposal::order::BootSource;

#[derive(Debug, Clone)]
pub enum OrderLine {
    Heading(String),
    Entry(OrderEntry),
}

#[derive(Debug, Clone)]
pub struct OrderEntry {
    pub pick: OrderChoice,
    pub columns: Vec<String>,
    pub note: Option<Phrase>,
    /// Whether it is switched on, where it is a switch.
    pub on: Option<bool>,
}

#[derive(Debug, Clone)]
pub enum OrderChoice {
    Account(AccountName),
    Source(BootSource),
    Plan(ResourceId),
    Region(ResourceId),
    Network(ResourceId),
    Key(KeyChoice),
    Firewall(ResourceId),
}

#[derive(Debug, Clone)]
pub struct KeyOption {
    pub choice: KeyChoice,
    pub name: String,
    pub doubtful: bool,
    /// What is to be said of it: that it is added first, that it may be refused.
    pub note: Option<Phrase>,
}

impl OrderEntry {
    fn new(pick: OrderChoice, columns: Vec<String>) -> Self {
        Self { pick, columns, note: None, on: None }
    }
}

/// The lines of the page that is shown, filtered.
#[must_use]
pub fn lines(app: &App, form: &CreateForm) -> Vec<OrderLine> {
    let all = match form.page {
        OrderPage::Account => accounts(app),
        OrderPage::What => what(app, form),
        OrderPage::Plan => plans(app, form),
        OrderPage::Region => regions(app, form),
        OrderPage::Network => networks(app, form),
        OrderPage::Key => keys(app, form),
        OrderPage::Firewalls => firewalls(app, form),
        OrderPage::Url | OrderPage::Rest => Vec::new(),
    };
    filtered(all, form.typed.value())
}

#[must_use]
pub fn entries(app: &App, form: &CreateForm) -> Vec<OrderEntry> {
    let entry = |line| if let OrderLine::Entry(entry) = line { Some(entry) } else { None };
    lines(app, form).into_iter().filter_map(entry).collect()
}

/// Those that match, each below its heading: plainly, or loosely where none does plainly.
fn filtered(all: Vec<OrderLine>, typed: &str) -> Vec<OrderLine> {
    if typed.trim().is_empty() {
        return all;
    }
    let mut filter = Filter::new(typed);
    let mut heading: Option<String> = None;
    let mut found: Vec<(Option<String>, OrderEntry, Match)> = Vec::new();
    for line in all {
        match line {
            OrderLine::Heading(text) => heading = Some(text),
            OrderLine::Entry(entry) => {
                let how = filter.matches(|visit| {
                    let text = format!("{} {}", heading.as_deref().unwrap_or_default(), entry.columns.join(" "));
                    visit(SearchText::Plain(&text));
                });
                if how != Match::No {
                    found.push((heading.clone(), entry, how));
                }
            }
        }
    }
    if found.iter().any(|(.., how)| *how < Match::Loose) {
        found.retain(|(.., how)| *how < Match::Loose);
    }
    let mut lines = Vec::new();
    let mut above: Option<String> = None;
    for (heading, entry, _) in found {
        if heading != above
            && let Some(text) = &heading
        {
            lines.push(OrderLine::Heading(text.clone()));
        }
        above = heading;
        lines.push(OrderLine::Entry(entry));
    }
    lines
}

fn accounts(app: &App) -> Vec<OrderLine> {
    let all = creatable::accounts(app, Verb::CreateInstance).into_iter();
    let entry = |name: AccountName| {
        let account = app.engine.account(&name);
        let label = account.map_or("", |a| a.account.policy.label()).to_owned();
        let fault = account.and_then(|a| a.fault()).map_or(String::new(), |fault| app.words.say(&fault.phrase()));
        OrderLine::Entry(OrderEntry::new(OrderChoice::Account(name.clone()), vec![name.to_string(), label, fault]))
    };
    all.map(entry).collect()
}

/// Systems by family, the newest version first; then what is one's own, then what is fetched.
fn what(app: &App, form: &CreateForm) -> Vec<OrderLine> {
    let Some(account) = form.state(&app.engine) else { return Vec::new() };
    let (inventory, policy) = (&account.inventory, account.account.policy.as_ref());
    let words = &app.words;
    let mut all: Vec<((u8, String), String, OrderEntry)> = Vec::new();
    let form_of = policy.order_form();
    for image in inventory.images().iter().filter(|image| image.status == StoreStatus::Available) {
        let saved = inventory.snapshot(&image.id).is_some();
        let (rank, heading) = match image.kind {
            ImageKind::Saved if saved && form_of.from_snapshots => continue,
            ImageKind::Saved => (2, words.get(text::create::SAVED).to_owned()),
            ImageKind::Windows => (1, words.get(text::image::WINDOWS).to_owned()),
            ImageKind::Import => (3, words.get(text::image::IMPORT).to_owned()),
            ImageKind::Linux => (0, image.family.clone().unwrap_or_else(|| words.get(text::image::LINUX).to_owned())),
        };
        let mut columns = vec![image.name.clone()];
        if image.kind == ImageKind::Import {
            columns.push(words.get(text::create::BY_URL).to_owned());
        }
        let entry = OrderEntry::new(OrderChoice::Source(BootSource::of_image(image)), columns);
        all.push(((rank, heading), image.name.to_lowercase(), entry));
    }
    if form_of.from_snapshots {
        for snapshot in inventory.snapshots().filter(|s| s.status == StoreStatus::Available) {
            let of = inventory.saved_of(snapshot).and_then(|of| inventory.instance(of)).map_or("", |i| i.name.as_str());
            let columns = vec![snapshot.name.clone(), of.to_owned()];
            let entry = OrderEntry::new(OrderChoice::Source(BootSource::Snapshot(Arc::clone(snapshot))), columns);
            all.push(((2, words.get(text::create::SAVED).to_owned()), snapshot.name.to_lowercase(), entry));
        }
    }
    // Versions stand at the end of names, so that the newest comes first.
    all.sort_by(|(a, a_name, _), (b, b_name, _)| a.cmp(b).then_with(|| b_name.cmp(a_name)));
    let mut lines = Vec::new();
    let mut above = None;
    for (key, _, entry) in all {
        if above.as_ref() != Some(&key) {
            lines.push(OrderLine::Heading(key.1.clone()));
        }
        above = Some(key);
        lines.push(OrderLine::Entry(entry));
    }
    lines
}

#[must_use]
pub fn plans_of(app: &App, form: &CreateForm) -> Vec<Arc<Plan>> {
    let (Some(account), Some(source)) = (form.state(&app.engine), &form.source) else { return Vec::new() };
    account.account.policy.plans_to_order(source.from(), &account.inventory)
}

/// `1vCPU1GB20GB   1 vCPU   1 GB   20 GB   100 Mbps   IPv4, IPv6   JPY 449/mo`.
fn plans(app: &App, form: &CreateForm) -> Vec<OrderLine> {
    let Some(account) = form.state(&app.engine) else { return Vec::new() };
    let policy = account.account.policy.as_ref();
    plans_of(app, form)
        .into_iter()
        .map(|plan| {
            let price = match account.plan_price(&plan).and_then(|price| price.yen_a_month()) {
                Some(yen) => app.words.say(&text::price::month(yen)),
                None => app.words.get(text::create::PRICE_UNKNOWN).to_owned(),
            };
            let addresses = policy.addresses_of(&plan).map_or(String::new(), |kinds| app.words.say(&kinds));
            let mut columns = vec![plan.name.clone()];
            columns.extend(plan.spec.sizes().map(|size| size.map_or(String::new(), |size| app.words.say(&size))));
            columns.extend([addresses, price]);
            OrderLine::Entry(OrderEntry::new(OrderChoice::Plan(plan.id.clone()), columns))
        })
        .collect()
}

fn regions(app: &App, form: &CreateForm) -> Vec<OrderLine> {
    let regions = form.state(&app.engine).map_or(&[][..], |a| a.inventory.regions());
    let entry =
        |r: &Arc<Region>| OrderLine::Entry(OrderEntry::new(OrderChoice::Region(r.id.clone()), vec![r.name.clone()]));
    regions.iter().map(entry).collect()
}

/// The region that is chosen; the first where none was.
#[must_use]
pub fn chosen_region<'a>(app: &'a App, form: &CreateForm) -> Option<&'a Arc<Region>> {
    let regions = form.state(&app.engine)?.inventory.regions();
    regions.iter().find(|r| Some(&r.id) == form.region.as_ref()).or_else(|| regions.first())
}

fn networks(app: &App, form: &CreateForm) -> Vec<OrderLine> {
    let networks = form.state(&app.engine).map_or_else(Vec::new, |a| a.inventory.networks_to_choose());
    let entry = |network: &Arc<Network>| {
        OrderLine::Entry(OrderEntry::new(OrderChoice::Network(network.id.clone()), vec![network.name.clone()]))
    };
    networks.into_iter().map(entry).collect()
}

/// The network that is chosen; the first where none was, and none where there is no choice.
#[must_use]
pub fn chosen_network<'a>(app: &'a App, form: &CreateForm) -> Option<&'a Arc<Network>> {
    let networks = form.state(&app.engine)?.inventory.networks_to_choose();
    let chosen = networks.iter().find(|network| Some(&network.id) == form.network.as_ref());
    chosen.or_else(|| networks.first()).copied()
}

/// The keys that can be put on it: those of the provider, then those of this machine that are not there yet.
#[must_use]
pub fn key_options(app: &App, form: &CreateForm, need: Need) -> Vec<KeyOption> {
    let Some(account) = form.state(&app.engine) else { return Vec::new() };
    let (inventory, policy) = (&account.inventory, account.account.policy.as_ref());
    let mut options: Vec<KeyOption> = inventory
        .keys()
        .iter()
        .filter(|key| key.active)
        .map(|key| KeyOption {
            choice: KeyChoice::Known(key.id.clone()),
            name: key.name.clone(),
            doubtful: false,
            note: None,
        })
        .collect();
    // Which of them are there already is known once those were read.
    if inventory.list(&crate::domain::ListKey::Keys).is_some() {
        for (key, own) in public_keys::missing(&app.local_keys, inventory.keys()) {
            let first = text::create::key_added(key.file.as_str());
            let doubt = policy.key_warning(&own.line());
            let doubtful = doubt.is_some();
            let note = match doubt {
                Some(doubt) => text::create::key_doubt(first, doubt),
                None => first,
            };
            options.push(KeyOption {
                choice: KeyChoice::Local(key.file.clone()),
                name: key.name.clone(),
                doubtful,
                note: Some(note),
            });
        }
    }
    if need != Need::Must {
        let name = app.words.get(text::create::KEY_NONE).to_owned();
        options.push(KeyOption { choice: KeyChoice::None, name, doubtful: false, note: None });
    }
    options
}

fn keys(app: &App, form: &CreateForm) -> Vec<OrderLine> {
    let need = need_of_key(app, form);
    let said = |on: bool, key: Text| if on { app.words.get(key).to_owned() } else { String::new() };
    let entry = |key: KeyOption| {
        let local = matches!(key.choice, KeyChoice::Local(_));
        let columns =
            vec![key.name, said(local, text::create::KEY_FIRST), said(key.doubtful, text::create::KEY_REFUSED)];
        OrderLine::Entry(OrderEntry { note: key.note, ..OrderEntry::new(OrderChoice::Key(key.choice), columns) })
    };
    key_options(app, form, need).into_iter().map(entry).collect()
}

fn need_of_key(app: &App, form: &CreateForm) -> Need {
    match (form.state(&app.engine), &form.source) {
        (Some(account), Some(source)) => account.account.policy.asks(source.from()).key,
        _ => Need::Never,
    }
}

/// The key that is chosen. Where nothing was: the first, but none for a disk that has its own.
#[must_use]
pub fn chosen_key(app: &App, form: &CreateForm, source: &BootSource) -> Option<KeyOption> {
    let options = key_options(app, form, need_of_key(app, form));
    let own = matches!(source, BootSource::Snapshot(_));
    match &form.key {
        KeyChoice::Usual if own => options.into_iter().find(|o| o.choice == KeyChoice::None),
        KeyChoice::Usual => options.into_iter().next(),
        wanted => options.into_iter().find(|o| o.choice == *wanted),
    }
}

fn firewalls(app: &App, form: &CreateForm) -> Vec<OrderLine> {
    let firewalls = form.state(&app.engine).map_or(&[][..], |a| a.inventory.firewalls());
    let mut all: Vec<_> = firewalls.iter().collect();
    all.sort_by_key(|f| f.name.to_lowercase());
    all.into_iter()
        .map(|f| {
            let on = Some(form.firewalls.contains(&f.id));
            OrderLine::Entry(OrderEntry {
                on,
                ..OrderEntry::new(OrderChoice::Firewall(f.id.clone()), vec![f.name.clone()])
            })
        })
        .collect()
}
