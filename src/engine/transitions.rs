//! What changes without an operation of ours: transitions begun elsewhere, and what a person watches.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::{
    AccountName, Call, Collection, Instance, Kind, ListKey, Operation, ResourceId, ResourceRef, Snapshot, StatusKind,
    Step, text,
};
use crate::engine::steps::kind_phrase;
use crate::engine::{AccountState, Effect, Engine, Env, ExternalChange, Notice};

/// So many transitions are remembered.
const MOST: usize = 100;

struct StatusRow<'a> {
    id: &'a ResourceId,
    name: &'a str,
    kind: StatusKind,
    under_way: bool,
    of: Option<&'a ResourceId>,
}

impl<'a> From<&'a Arc<Instance>> for StatusRow<'a> {
    fn from(i: &'a Arc<Instance>) -> Self {
        StatusRow { id: &i.id, name: &i.name, kind: i.status.kind(), under_way: i.status.is_under_way(), of: None }
    }
}

impl<'a> From<&'a Arc<Snapshot>> for StatusRow<'a> {
    fn from(s: &'a Arc<Snapshot>) -> Self {
        let of = s.of.as_ref();
        StatusRow { id: &s.id, name: &s.name, kind: s.status.kind(), under_way: s.status.is_under_way(), of }
    }
}

/// The whole list that a read of `list` changes, as it stands now, where this run read it before.
pub(super) fn whole(list: &ListKey, account: &AccountState) -> Option<Arc<Collection>> {
    let whole = whole_of(list)?;
    account.inventory.lists.get(&whole).filter(|r| r.started_at.is_some())?.value.clone()
}

fn whole_of(list: &ListKey) -> Option<ListKey> {
    match list {
        ListKey::Instances | ListKey::Snapshots(_) => Some(list.clone()),
        _ => list.whole().map(|(whole, _)| whole),
    }
}

/// Compares a list with what it was before a read. What did not change is shared and costs nothing.
pub(super) fn compare(
    engine: &mut Engine,
    name: &AccountName,
    list: &ListKey,
    before: &Arc<Collection>,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let now = whole_of(list).and_then(|whole| engine.account(name)?.inventory.list(&whole).cloned());
    let Some(now) = now.filter(|now| !Arc::ptr_eq(now, before)) else { return };
    match (before.as_ref(), now.as_ref()) {
        (Collection::Instances(old), Collection::Instances(new)) => {
            for (old, new) in changed(old, new, |i| &i.id) {
                change(
                    engine,
                    name,
                    Kind::Instance,
                    old.map(StatusRow::from).as_ref(),
                    new.map(StatusRow::from).as_ref(),
                    env,
                    effects,
                );
            }
        }
        (Collection::Snapshots(old), Collection::Snapshots(new)) => {
            for (old, new) in changed(old, new, |s| &s.id) {
                change(
                    engine,
                    name,
                    Kind::Snapshot,
                    old.map(StatusRow::from).as_ref(),
                    new.map(StatusRow::from).as_ref(),
                    env,
                    effects,
                );
            }
        }
        _ => {}
    }
}

pub(super) type Pair<'a, T> = (Option<&'a Arc<T>>, Option<&'a Arc<T>>);

/// The records that are not the same, as they were and as they are.
pub(super) fn changed<'a, T>(old: &'a [Arc<T>], new: &'a [Arc<T>], id: impl Fn(&T) -> &ResourceId) -> Vec<Pair<'a, T>> {
    let mut pairs = Vec::new();
    // As long as the order is the same, neighbours are compared.
    let mut both = 0;
    for (a, b) in old.iter().zip(new) {
        if !Arc::ptr_eq(a, b) {
            if id(a) != id(b) {
                break;
            }
            pairs.push((Some(a), Some(b)));
        }
        both += 1;
    }
    let (mut old, mut new) = (&old[both..], &new[both..]);
    while let ([old_rest @ .., a], [new_rest @ .., b]) = (old, new)
        && Arc::ptr_eq(a, b)
    {
        (old, new) = (old_rest, new_rest);
    }
    let mut there: HashMap<&ResourceId, &Arc<T>> = old.iter().map(|row| (id(row), row)).collect();
    for row in new {
        match there.remove(id(row)) {
            Some(same) if Arc::ptr_eq(same, row) => {}
            former => pairs.push((former, Some(row))),
        }
    }
    // In the order of the list.
    pairs.extend(old.iter().filter(|row| there.contains_key(id(row))).map(|row| (Some(row), None)));
    pairs
}

fn change(
    engine: &mut Engine,
    account: &AccountName,
    kind: Kind,
    old: Option<&StatusRow<'_>>,
    new: Option<&StatusRow<'_>>,
    env: &Env,
    effects: &mut Vec<Effect>,
) {
    let from = old.map_or(StatusKind::None, |row| row.kind);
    let to = new.map_or(StatusKind::None, |row| row.kind);
    let Some(row) = new.or(old).filter(|_| from != to) else { return };
    let resource = ResourceRef::new(account, kind, row.id);
    if engine.watched.contains(&resource) {
        let what = if new.is_some() {
            text::watch::changed(row.name, kind_phrase(from), kind_phrase(to))
        } else {
            engine.watched.remove(&resource);
            text::watch::gone(row.name)
        };
        effects.push(Effect::Tell(Notice { what, bad: to == StatusKind::Error, op: None, alert: true }));
    }
    let under_way = new.is_some_and(|row| row.under_way);
    match engine.external_changes.iter_mut().rev().find(|s| s.resource == resource && s.ended.is_none()) {
        Some(known) if under_way => known.to = to,
        Some(known) => known.ended = Some(env.wall),
        None if under_way && !engine.operations.iter().any(|op| is_about(op, account, &resource, row)) => {
            let (account, name) = (account.clone(), row.name.to_owned());
            engine.external_changes.push(ExternalChange {
                account,
                resource,
                name,
                from,
                to,
                at: env.wall,
                ended: None,
            });
            if engine.external_changes.len() > MOST {
                engine.external_changes.remove(0);
            }
        }
        None => {}
    }
}

/// Whether an operation that is not over, of this process or another, holds or makes a resource.
fn is_about(op: &Operation, account: &AccountName, resource: &ResourceRef, row: &StatusRow<'_>) -> bool {
    if op.is_over() || op.account != *account {
        return false;
    }
    let of = row.of.map(|of| ResourceRef::new(account, Kind::Instance, of));
    let held = op.action.holds();
    let is_output = op.outputs.iter().any(|output| output.id(resource.kind) == Some(row.id));
    let makes = op.steps.iter().any(|step| match step {
        Step::Call { call: Call::CreateInstance { order }, .. } => {
            resource.kind == Kind::Instance && order.name == row.name
        }
        _ => false,
    });
    is_output || makes || held.contains(resource) || of.is_some_and(|of| held.contains(&of))
}

/// A person wants to be told when this changes, or no more.
pub(super) fn watch(engine: &mut Engine, resource: ResourceRef, wanted: bool) {
    if wanted {
        engine.watched.insert(resource);
    } else {
        engine.watched.remove(&resource);
    }
}

/// The lists of an account that show what is watched.
pub(super) fn watched_lists(engine: &Engine, account: &AccountState) -> Vec<ListKey> {
    let mut lists = Vec::new();
    for resource in engine.watched.iter().filter(|w| w.account == account.account.name) {
        let list = match resource.kind {
            Kind::Instance => Some(ListKey::Instances),
            Kind::Snapshot => account.inventory.lists.iter().find_map(|(key, remote)| match remote.value.as_deref() {
                Some(Collection::Snapshots(rows)) if !key.is_single() => {
                    rows.iter().any(|s| s.id == resource.id).then(|| key.clone())
                }
                _ => None,
            }),
            _ => None,
        };
        lists.extend(list.filter(|list| !lists.contains(list)));
    }
    lists
}

impl Engine {
    /// The transitions that somebody else began, oldest first.
    #[must_use]
    pub fn external_changes(&self) -> &[ExternalChange] {
        &self.external_changes
    }

    /// Whether a person wants to be told when this changes.
    #[must_use]
    pub fn is_watched(&self, resource: &ResourceRef) -> bool {
        self.watched.contains(resource)
    }
}
