//! The form that makes a new instance: what from, which plan, the rest; then the ordinary dialog sums it up and asks.
//! Everything in it is filled from the inventory of the account, so that it opens at once and grows as lists come.

pub mod fields;
pub mod lists;

mod keys;

use crate::proposal::order;
use tui_input::Input;

use crate::domain::{AccountName, Kind, Phrase, ResourceId, Target, Verb};
use crate::engine::AccountState;

use crate::proposal::order::{Chosen, ChosenKey, Part, Source};
pub(crate) use keys::{key, paste};

use crate::app::layers::layer::{Layer, Viewer};
use crate::app::panes::row::{Row, What};
use crate::app::tables::creatable;
use crate::app::{App, Effect, open_dialog};

/// Where one is in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Which account, where several can.
    Account,
    What,
    Url,
    Plan,
    Rest,
    /// Which region; back to [`Page::Rest`].
    Region,
    /// Which key; back to [`Page::Rest`].
    Key,
    /// Which firewalls; back to [`Page::Rest`].
    Firewalls,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChoice {
    /// Nothing was chosen: the first one, where a key is of use.
    Usual,
    None,
    Known(ResourceId),
    Local(String),
}

/// A text that nobody is shown.
#[derive(Clone, Default)]
pub struct Unseen(pub Input);

impl std::fmt::Debug for Unseen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unseen")
    }
}

#[derive(Debug, Clone)]
pub struct CreateForm {
    pub account: AccountName,
    pub page: Page,
    /// The place of the cursor among what can be chosen in a list.
    pub cursor: usize,
    pub typed: Input,
    /// What it is made from, once chosen.
    pub source: Option<Source>,
    pub url: Input,
    /// The plan, once chosen.
    pub plan: Option<ResourceId>,
    pub name: Input,
    /// The region, where it was chosen.
    pub region: Option<ResourceId>,
    pub key: KeyChoice,
    pub firewalls: Vec<ResourceId>,
    /// The password of its administrator.
    pub password: Unseen,
    pub start: bool,
    /// Whether port 22 must answer for it to be done.
    pub answers: bool,
    /// The field under the cursor of [`Page::Rest`].
    pub at: usize,
    pub said: Option<Phrase>,
}

impl CreateForm {
    /// An empty form for an account.
    #[must_use]
    pub fn new(account: &AccountName, page: Page) -> Self {
        Self {
            account: account.clone(),
            page,
            cursor: 0,
            typed: Input::default(),
            source: None,
            url: Input::default(),
            plan: None,
            name: Input::default(),
            region: None,
            key: KeyChoice::Usual,
            firewalls: Vec::new(),
            password: Unseen::default(),
            start: true,
            answers: false,
            at: 0,
            said: None,
        }
    }

    /// Goes to a page, its list unfiltered and the cursor on top.
    fn go(&mut self, page: Page) {
        self.page = page;
        self.cursor = 0;
        self.typed = Input::default();
        self.said = None;
    }

    /// Takes what it is made from. What was chosen for another system may not fit this one.
    fn take(&mut self, source: Source) {
        let same = self.source.as_ref().is_some_and(|old| old.id() == source.id());
        if !same {
            self.plan = None;
        }
        let page = if matches!(source, Source::Import(..)) { Page::Url } else { Page::Plan };
        self.source = Some(source);
        self.go(page);
    }

    /// What it is made from, with the address as it is typed now.
    #[must_use]
    pub fn source_now(&self) -> Option<Source> {
        self.source.clone().map(|source| match source {
            Source::Import(image, _) => Source::Import(image, self.url.value().trim().to_owned()),
            other => other,
        })
    }

    #[must_use]
    pub fn state<'a>(&self, app: &'a App) -> Option<&'a AccountState> {
        app.engine.account(&self.account)
    }
}

/// The pages that one goes through, one after the other.
#[must_use]
pub fn steps(app: &App, form: &CreateForm) -> Vec<Page> {
    let several = creatable::accounts(app, Verb::CreateInstance).len() > 1;
    let by_address = matches!(form.source, Some(Source::Import(..)));
    let pages = [(several, Page::Account), (true, Page::What), (by_address, Page::Url), (true, Page::Plan)];
    pages.into_iter().chain([(true, Page::Rest)]).filter_map(|(there, page)| there.then_some(page)).collect()
}

/// The form that is open, also where a dialog lies over it.
#[must_use]
pub fn form(app: &App) -> Option<&CreateForm> {
    app.layers.iter().rev().find_map(|layer| if let Layer::Create(form) = layer { Some(form.as_ref()) } else { None })
}

/// Opens the form: the draft that was left, or a new one; from the image or snapshot under the cursor.
pub(crate) fn open(app: &mut App, effects: &mut Vec<Effect>) {
    let able = creatable::accounts(app, Verb::CreateInstance);
    if able.is_empty() {
        let why = creatable::why_not(app, Verb::CreateInstance)
            .ok()
            .flatten()
            .unwrap_or_else(|| Phrase::new("refused.nothing"));
        app.tell(why, true);
        return;
    }
    let row = app.pane().row().cloned();
    let here = row.as_ref().map(|row| &row.account).filter(|account| able.contains(account)).cloned();
    let source = row.as_ref().filter(|row| able.contains(&row.account)).and_then(|row| source_of(app, row));
    let draft = app.draft.take().filter(|draft| able.contains(&draft.account));
    let mut form = match (draft, &source, &here) {
        (Some(draft), None, _) => *draft,
        (Some(draft), Some(_), Some(here)) if draft.account == *here => *draft,
        (_, Some(_), Some(here)) => CreateForm::new(here, Page::What),
        (_, _, here) => {
            let account = here.as_ref().unwrap_or(&able[0]);
            let page = if able.len() > 1 { Page::Account } else { Page::What };
            let mut form = CreateForm::new(account, page);
            if page == Page::Account {
                form.cursor = able.iter().position(|name| name == account).unwrap_or(0);
            }
            form
        }
    };
    if let Some(source) = source {
        form.take(source);
    }
    app.layers.push(Layer::Create(Box::new(form)));
    effects.push(Effect::LocalKeys);
}

/// What the row under the cursor would be made from.
fn source_of(app: &App, row: &Row) -> Option<Source> {
    let account = app.engine.account(&row.account)?;
    let snapshots = account.account.rules.order_form().from_snapshots;
    match &row.what {
        What::Snapshot(snapshot, _) if snapshots => Some(Source::Snapshot(snapshot.clone())),
        What::Image(image) => match account.inventory.snapshot(&image.id) {
            Some(snapshot) if snapshots => Some(Source::Snapshot(snapshot.clone())),
            _ => Some(Source::of_image(image)),
        },
        _ => None,
    }
}

/// Closes the form and keeps what was filled in.
fn put_away(app: &mut App) {
    if let Some(Layer::Create(form)) = app.layers.pop() {
        let key = app.keymap.shown(crate::app::tables::commands::Command::Do(Verb::CreateInstance));
        app.tell(Phrase::new("create.kept").with("key", key), false);
        app.draft = Some(form);
    }
}

/// It was confirmed: nothing is left to be filled in.
pub(crate) fn confirmed(app: &mut App) {
    app.layers.retain(|layer| !matches!(layer, Layer::Create(_)));
    app.draft = None;
}

/// Shows the requests of the dialog on top, whole.
pub(crate) fn requests(app: &mut App) {
    let Some(Layer::Confirm(confirm)) = app.layers.last() else { return };
    let mut lines = Vec::new();
    for (step, request) in &confirm.requests {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(app.words.say(step));
        lines.push(format!("{} {}", request.method, request.path));
        let body = request.body.as_deref().unwrap_or_default();
        let value = serde_json::from_str::<serde_json::Value>(body);
        let pretty = value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_else(|_| body.to_owned());
        lines.extend(pretty.lines().map(str::to_owned));
    }
    app.layers.push(Layer::Raw(Viewer { title: Phrase::new("title.request"), lines, scroll: 0 }));
}

/// Everything that is chosen, or the page and field where something is missing.
pub(crate) fn chosen(app: &App, form: &CreateForm) -> Result<Chosen, (Page, Option<Part>, Phrase)> {
    let missing = |page, key| (page, None, Phrase::new(key));
    let account = form.state(app).ok_or_else(|| missing(Page::Account, "refused.nothing"))?;
    let rules = account.account.rules.as_ref();
    let source = form.source_now().ok_or_else(|| missing(Page::What, "create.no-source"))?;
    let fits = rules.plans_to_order(source.from(), &account.inventory);
    let plan = form.plan.as_ref().filter(|id| fits.iter().any(|plan| plan.id == **id));
    let plan = plan.ok_or_else(|| missing(Page::Plan, "create.no-plan"))?.clone();
    let asks = rules.asks(source.from());
    let key = if asks.key.is_asked() { lists::chosen_key(app, form, &source).map(|key| key.choice) } else { None };
    let chosen = Chosen {
        account: form.account.clone(),
        name: form.name.value().to_owned(),
        plan,
        region: lists::chosen_region(app, form).map(|region| region.id.clone()),
        key: key.and_then(|choice| taken(app, account, choice)),
        firewalls: firewalls(account, form),
        password: if asks.password.is_asked() {
            crate::domain::Hidden::new(form.password.0.value())
        } else {
            crate::domain::Hidden::default()
        },
        start: form.start,
        answers: form.answers.then_some(22),
        source,
    };
    match order::mistake(rules, &chosen) {
        None => Ok(chosen),
        Some((Part::Url, why)) => Err((Page::Url, Some(Part::Url), why)),
        Some((part, why)) => Err((Page::Rest, Some(part), why)),
    }
}

/// A key as it goes into the order.
fn taken(app: &App, account: &AccountState, choice: KeyChoice) -> Option<ChosenKey> {
    match choice {
        KeyChoice::Known(id) => Some(ChosenKey::Known(id)),
        KeyChoice::Local(file) => {
            let local = app.local_keys.iter().find(|key| key.file == file)?;
            let public = crate::domain::PublicKey::parse(&local.public).ok()?.bare();
            let there = account.inventory.keys();
            let name = order::key_name(&local.name, |name| there.iter().any(|key| key.name == name));
            Some(ChosenKey::Added(crate::domain::NewKey { name, public }))
        }
        KeyChoice::Usual | KeyChoice::None => None,
    }
}

fn firewalls(account: &AccountState, form: &CreateForm) -> Vec<Target> {
    let known = account.inventory.firewalls().iter().filter(|f| form.firewalls.contains(&f.id));
    known.map(|f| Target::stateless(&form.account, Kind::Firewall, &f.id, &f.name)).collect()
}

/// Goes on to the dialog that sums up and asks, or to what is missing.
fn ask(app: &mut App) {
    let Some(form) = form(app) else { return };
    match chosen(app, form) {
        Ok(chosen) => {
            let Some(account) = app.engine.account(&chosen.account) else { return };
            let action = order::action(account.account.rules.as_ref(), &chosen);
            open_dialog::open_given(app, action);
        }
        Err((page, part, why)) => {
            let at = part.and_then(|part| fields::place(app, form, part));
            let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
            if form.page != page {
                form.go(page);
            }
            form.at = at.unwrap_or(form.at);
            form.said = Some(why);
        }
    }
}
