//! A new instance from the command line: names become what the form would have chosen, by the same rules.

use std::path::Path;
use std::sync::Arc;

use crate::domain::{
    AccountName, Hidden, Image, ImageKind, Inventory, Kind, ListKey, NewKey, Phrase, Plan, PublicKey, ResourceId,
    Snapshot, Target, Timestamp, text,
};
use crate::engine::{AccountState, CATALOGUE, Msg};
use crate::proposal::order::{BootSource, OrderDraft, OrderKey, action, key_name, mistake};
use crate::runtime::local_keys;
use crate::session::error::SessionError;
use crate::session::preview::Preview;
use crate::session::read::{WantedLists, of_account};
use crate::session::run::Session;

#[derive(Debug, Clone)]
pub struct OrderRequest {
    pub name: String,
    pub from: TypedSource,
    pub plan: Option<String>,
    /// The SSH key: a name, an id, or a file that ends in `.pub`.
    pub key: Option<String>,
    pub firewalls: Vec<String>,
    pub region: Option<String>,
    pub network: Option<String>,
    /// The password of its administrator; empty where none is given.
    pub password: Hidden,
    pub start: bool,
    /// The port that must answer.
    pub until_port: Option<u16>,
}

#[derive(Debug, Clone)]
pub enum TypedSource {
    Image(String),
    Snapshot(String),
    Url(String),
}

impl Session {
    /// Looks at what can be ordered and says what would be.
    ///
    /// # Errors
    /// Why nothing can be ordered.
    pub async fn plan_order(&mut self, order: &OrderRequest) -> Result<Preview, SessionError> {
        let account = self.orderer()?;
        self.remember_catalogue(&account);
        let planned = self.plan_order_in(order, &account).await;
        if !matches!(planned, Err(SessionError::NotFound(_) | SessionError::Usage(_))) {
            return planned;
        }
        // What was kept may not have it yet.
        let lists = &self.account(&account)?.inventory.lists;
        let kept: Vec<ListKey> =
            lists.iter().filter(|(_, r)| r.started_at.is_none()).map(|(list, _)| list.clone()).collect();
        if kept.is_empty() {
            return planned;
        }
        for list in kept {
            self.read_anew(&account, &list).await.map_err(SessionError::Interrupted)?;
        }
        self.plan_order_in(order, &account).await
    }

    /// Takes in what an earlier run kept of what can be ordered.
    fn remember_catalogue(&mut self, account: &AccountName) {
        let Ok(rules) = self.account(account).map(|a| Arc::clone(&a.account.policy)) else { return };
        let kept = self.cache.load(account).into_iter().filter(|(list, ..)| rules.is_catalogue(list));
        for (list, collection, read_at) in kept.collect::<Vec<_>>() {
            self.take(Msg::Kept { account: account.clone(), list, collection, read_at });
        }
    }

    async fn plan_order_in(&mut self, order: &OrderRequest, account: &AccountName) -> Result<Preview, SessionError> {
        let inventory = |session: &Self| session.account(account).map(|a| a.inventory.clone());
        let mut first = vec![ListKey::Instances, ListKey::Images, ListKey::Regions, ListKey::Networks];
        first.extend(order.key.is_some().then_some(ListKey::Keys));
        self.need_lists(account, &|_| first.clone()).await?;
        // Of which type it is, is said where it is known.
        self.try_lists(account, &|_| vec![ListKey::Types]).await?;
        if !order.firewalls.is_empty() {
            self.need_lists(account, &|_| vec![ListKey::Firewalls]).await?;
        }
        if let TypedSource::Snapshot(_) = order.from {
            self.need_lists(account, &|a| crate::session::target::lists_of(Kind::Snapshot, a)).await?;
        }
        let shown = inventory(self)?;
        let source = source(order, &shown)?;
        let policy = Arc::clone(&self.account(account)?.account.policy);
        if let Some(list) = policy.plans_list(source.from(), &shown) {
            self.need_lists(account, &|_| vec![list.clone()]).await?;
        }
        // What may be said of it is not worth an order that cannot be made.
        self.try_lists(account, &|_| policy.order_lists().to_vec()).await?;
        let shown = inventory(self)?;
        let plan = plan(order, &policy.plans_to_order(source.from(), &shown), &shown)?;
        let asks = policy.asks(source.from());
        let region = match &order.region {
            Some(typed) => Some(one(typed, shown.regions(), |r| (&r.id, &r.name))?.id.clone()),
            None => shown.regions().first().map(|r| r.id.clone()).filter(|_| asks.region.is_asked()),
        };
        let network = network(order, &shown)?;
        let firewalls = order.firewalls.iter().map(|typed| {
            let firewall = one(typed, shown.firewalls(), |f| (&f.id, &f.name))?;
            Ok(Target::stateless(account, Kind::Firewall, &firewall.id, &firewall.name))
        });
        let chosen = OrderDraft {
            account: account.clone(),
            name: order.name.clone(),
            plan,
            region,
            network,
            key: order.key.as_deref().map(|typed| key(typed, &shown)).transpose()?,
            firewalls: firewalls.collect::<Result<_, SessionError>>()?,
            password: order.password.clone(),
            start: order.start,
            answers: order.until_port,
            source,
        };
        if let Some((_, why)) = mistake(policy.as_ref(), &chosen) {
            return Err(SessionError::Usage(why));
        }
        self.plan_prepared(action(policy.as_ref(), &chosen)).await
    }

    /// The one account it is ordered in.
    fn orderer(&self) -> Result<AccountName, SessionError> {
        match self.engine().accounts() {
            [one] => Ok(one.account.name.clone()),
            several => {
                let names = several.iter().map(|a| a.account.name.to_string()).collect::<Vec<_>>().join(", ");
                Err(SessionError::Usage(text::cli_create::which_account(names)))
            }
        }
    }

    fn account(&self, name: &AccountName) -> Result<&AccountState, SessionError> {
        self.engine().account(name).ok_or_else(|| SessionError::NotFound(name.to_string()))
    }

    /// As [`Self::need_lists`], where an order can do without them: an interruption alone ends it.
    async fn try_lists(&mut self, account: &AccountName, lists: WantedLists<'_>) -> Result<(), SessionError> {
        match self.need_lists(account, lists).await {
            Err(SessionError::Faults(_)) => Ok(()),
            other => other,
        }
    }

    /// Reads these lists, those that the provider has and that are not kept.
    async fn need_lists(&mut self, account: &AccountName, lists: WantedLists<'_>) -> Result<(), SessionError> {
        let now = self.now().wall;
        let wanted = |a: &AccountState| {
            lists(a).into_iter().filter(|list| a.account.policy.supports(list) && !is_kept(a, list, now)).collect()
        };
        self.need(&of_account(account, wanted)).await
    }
}

/// Whether a list of the catalogue was kept that is fresh enough.
fn is_kept(account: &AccountState, list: &ListKey, now: Timestamp) -> bool {
    let read_at = account.inventory.lists.get(list).filter(|r| r.value.is_some()).and_then(|r| r.read_at);
    account.account.policy.is_catalogue(list) && read_at.is_some_and(|at| at <= now && now.since(at) < CATALOGUE)
}

/// The one record that a text names, by id or name.
pub(super) fn one<'a, T>(
    typed: &str,
    all: &'a [Arc<T>],
    id_and_name: impl Fn(&T) -> (&ResourceId, &String),
) -> Result<&'a Arc<T>, SessionError> {
    let by = |test: &dyn Fn(&ResourceId, &str) -> bool| -> Vec<&Arc<T>> {
        all.iter()
            .filter(|one| {
                let (id, name) = id_and_name(one);
                test(id, name)
            })
            .collect()
    };
    let found = match by(&|id, _| id.as_str() == typed) {
        none if none.is_empty() => by(&|_, name| name == typed),
        found => found,
    };
    let found = if found.is_empty() { by(&|_, name| name.eq_ignore_ascii_case(typed)) } else { found };
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(SessionError::NotFound(typed.to_owned())),
        several => Err(SessionError::Ambiguous {
            target: typed.to_owned(),
            candidates: several
                .iter()
                .map(|one| {
                    let (id, name) = id_and_name(one);
                    format!("{name} ({id})")
                })
                .collect(),
        }),
    }
}

fn source(order: &OrderRequest, inventory: &Inventory) -> Result<BootSource, SessionError> {
    match &order.from {
        TypedSource::Image(typed) => {
            let image = one(typed, inventory.images(), |i: &Image| (&i.id, &i.name))?;
            match image.kind {
                ImageKind::Import => Err(SessionError::Usage(Phrase::new(text::cli_create::IMPORT_BY_URL))),
                _ => Ok(BootSource::Image(Arc::clone(image))),
            }
        }
        TypedSource::Snapshot(typed) => {
            let all: Vec<Arc<Snapshot>> = inventory.snapshots().cloned().collect();
            Ok(BootSource::Snapshot(Arc::clone(one(typed, &all, |s: &Snapshot| (&s.id, &s.name))?)))
        }
        TypedSource::Url(url) => {
            let import = inventory.images().iter().find(|image| image.kind == ImageKind::Import);
            let import = import.ok_or_else(|| SessionError::Usage(Phrase::new(text::cli_create::NO_IMPORT)))?;
            Ok(BootSource::Import(Arc::clone(import), url.clone()))
        }
    }
}

/// The plan that is named; the only one that fits, where none is.
fn plan(order: &OrderRequest, fit: &[Arc<Plan>], inventory: &Inventory) -> Result<ResourceId, SessionError> {
    let names = || fit.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    fn id_and_name(plan: &Plan) -> (&ResourceId, &String) {
        (&plan.id, &plan.name)
    }
    match (&order.plan, fit) {
        (Some(typed), _) => match one(typed, fit, id_and_name) {
            Err(SessionError::NotFound(_))
                if one(typed, &inventory.plans().cloned().collect::<Vec<_>>(), id_and_name).is_ok() =>
            {
                let phrase = if fit.is_empty() {
                    text::cli_create::plan_unfit(typed.as_str())
                } else {
                    text::cli_create::plan_unfit_others(typed.as_str(), names())
                };
                Err(SessionError::Usage(phrase))
            }
            found => Ok(found?.id.clone()),
        },
        (None, [only]) => Ok(only.id.clone()),
        (None, []) => Err(SessionError::Usage(Phrase::new(text::create::NO_PLAN_FITS))),
        (None, _) => Err(SessionError::Usage(text::cli_create::which_plan(names()))),
    }
}

/// The network that is named. Where there are several and none is named, which they are is said.
fn network(order: &OrderRequest, inventory: &Inventory) -> Result<Option<ResourceId>, SessionError> {
    let offered = inventory.networks_to_choose();
    match (&order.network, offered.as_slice()) {
        (Some(typed), _) => Ok(Some(one(typed, inventory.networks(), |n| (&n.id, &n.name))?.id.clone())),
        (None, [] | [_]) => Ok(offered.first().map(|network| network.id.clone())),
        (None, several) => {
            let names: Vec<&str> = several.iter().map(|network| network.name.as_str()).collect();
            Err(SessionError::Usage(text::cli_create::which_network(names.join(", "))))
        }
    }
}

/// A key of the provider by name or id, or one of a file, which is added first unless it is there already.
fn key(typed: &str, inventory: &Inventory) -> Result<OrderKey, SessionError> {
    if Path::new(typed).extension().is_none_or(|end| end != "pub") {
        return Ok(OrderKey::Known(one(typed, inventory.keys(), |k| (&k.id, &k.name))?.id.clone()));
    }
    let text = local_keys::text_of_file(Path::new(typed))
        .map_err(|why| SessionError::Usage(text::file::unreadable(typed, why)))?;
    let public =
        PublicKey::parse(&text).map_err(|mistake| SessionError::Usage(text::cli_key::file(typed, mistake.phrase())))?;
    let same = |k: &&Arc<crate::domain::Key>| PublicKey::parse(&k.public).is_ok_and(|there| there.is_same(&public));
    if let Some(there) = inventory.keys().iter().find(same) {
        return Ok(OrderKey::Known(there.id.clone()));
    }
    let stem = Path::new(typed).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = key_name(&stem, |name| inventory.keys().iter().any(|key| key.name == name));
    Ok(OrderKey::Added(NewKey { name, public: public.bare() }))
}
