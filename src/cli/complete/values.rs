//! The names of what was last seen of accounts, as they can be typed.

use std::collections::BTreeMap;

use crate::cli::complete::place::Completion;
use crate::domain::{AccountName, Collection, Kind, ResourceId};
use crate::runtime::cache::kept;
use crate::session::target::TargetName;
use crate::settings::{Environment, Settings};
use crate::words::cells::clean;

struct CachedName {
    account: AccountName,
    id: ResourceId,
    name: String,
}

/// Whether all of a name can be seen, and typed.
pub(super) fn is_seen(name: &str) -> bool {
    !name.trim().is_empty() && clean(name) == name
}

/// Targets: by name where that is enough, with the account before it where it is not, or where that is typed already.
pub(super) fn targets(env: &Environment, place: &Completion, kinds: &[Kind]) -> Vec<String> {
    let (accounts, all) = seen(env, place, kinds);
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut in_account: BTreeMap<(&AccountName, &str), usize> = BTreeMap::new();
    for one in &all {
        *count.entry(&one.name).or_default() += 1;
        *in_account.entry((&one.account, &one.name)).or_default() += 1;
    }
    let value = |one: &CachedName| {
        let is_own = in_account[&(&one.account, one.name.as_str())] == 1 && is_seen(&one.name);
        let what = if is_own { one.name.as_str() } else { one.id.as_str() };
        let is_account = |name: &str| accounts.iter().any(|account| account.as_str() == name);
        let alone = is_own && count[one.name.as_str()] == 1 && !one.name.starts_with('-');
        let begun = place.typed.strip_prefix(one.account.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let value = if alone && !begun && TargetName::new(&one.name, is_account).account.is_none() {
            one.name.clone()
        } else {
            format!("{}/{what}", one.account)
        };
        Some(value).filter(|value| is_seen(value))
    };
    all.iter().filter_map(value).collect()
}

pub(super) fn names(env: &Environment, place: &Completion, kind: Kind) -> Vec<String> {
    let (_, all) = seen(env, place, &[kind]);
    let value = |one: CachedName| if is_seen(&one.name) { one.name } else { one.id.to_string() };
    all.into_iter().map(value).filter(|value| is_seen(value) && !value.starts_with('-')).collect()
}

/// The accounts, and what was seen of those that count.
fn seen(env: &Environment, place: &Completion, kinds: &[Kind]) -> (Vec<AccountName>, Vec<CachedName>) {
    let Ok(settings) = Settings::load(env) else { return (Vec::new(), Vec::new()) };
    let accounts: Vec<AccountName> = settings.accounts.into_iter().map(|account| account.name).collect();
    let mut all = Vec::new();
    for account in &accounts {
        if !place.accounts.is_empty() && !place.accounts.iter().any(|name| name == account.as_str()) {
            continue;
        }
        let mut own: Vec<(Kind, ResourceId, String)> = kept(&env.cache_dir, account).iter().flat_map(of_list).collect();
        own.retain(|(kind, ..)| kinds.contains(kind));
        // Lists of one thing hold what longer ones hold, too.
        own.sort();
        own.dedup_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
        all.extend(own.into_iter().map(|(_, id, name)| CachedName { account: account.clone(), id, name }));
    }
    (accounts, all)
}

fn of_list(collection: &Collection) -> Vec<(Kind, ResourceId, String)> {
    match collection {
        Collection::Instances(rows) => rows.iter().map(|i| (Kind::Instance, i.id.clone(), i.name.clone())).collect(),
        Collection::Snapshots(rows) => rows.iter().map(|s| (Kind::Snapshot, s.id.clone(), s.name.clone())).collect(),
        Collection::Firewalls(rows) => rows.iter().map(|f| (Kind::Firewall, f.id.clone(), f.name.clone())).collect(),
        Collection::Images(rows) => rows.iter().map(|i| (Kind::Image, i.id.clone(), i.name.clone())).collect(),
        Collection::Plans(rows) => rows.iter().map(|p| (Kind::Plan, p.id.clone(), p.name.clone())).collect(),
        Collection::Keys(rows) => rows.iter().map(|k| (Kind::Key, k.id.clone(), k.name.clone())).collect(),
        Collection::Volumes(rows) => rows.iter().map(|v| (Kind::Volume, v.id.clone(), v.name.clone())).collect(),
        Collection::ApiKeys(rows) => rows.iter().map(|k| (Kind::ApiKey, k.id.clone(), k.key.clone())).collect(),
        Collection::Rules(_)
        | Collection::Ports(_)
        | Collection::Quota(_)
        | Collection::Backups(_)
        | Collection::Graphs(_)
        | Collection::Regions(_)
        | Collection::Types(_)
        | Collection::ConsoleOutput(_)
        | Collection::Networks(_) => Vec::new(),
    }
}
