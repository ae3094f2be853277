//! Which lists show what an operation needs to know. Where a provider gives single records an address of their own, an
//! operation watches that one and not the whole list.

use crate::domain::{Action, Call, Condition, Kind, Learnt, ListKey, Operation, ResourceId, Step, Which};

use super::AccountState;
use super::steps::is_first_call;

/// The list that shows whether a wait is over.
pub(super) fn watched_by(op: &Operation, condition: &Condition, account: &AccountState) -> ListKey {
    let list = match condition {
        Condition::InstanceIs(id, _) | Condition::InstanceGone(id) => single(ListKey::Instance(id.clone()), account),
        Condition::NewInstanceIs(_) => {
            learnt(op, &Which::LearntInstance).and_then(|id| single(ListKey::Instance(id), account))
        }
        Condition::SnapshotAvailable { which, .. } | Condition::SnapshotGone { which, .. } => {
            learnt(op, which).and_then(|id| single(ListKey::Snapshot(id), account))
        }
        Condition::FirewallOn { .. } => None,
    };
    list.unwrap_or_else(|| condition.list(account.account.rules.snapshots_per_instance()))
}

/// The lists that show whether a call took effect whose answer was lost.
pub(super) fn settled_by(call: &Call, account: &AccountState) -> Vec<ListKey> {
    match call {
        Call::TakeSnapshot { .. } | Call::RetakeSnapshot { .. } | Call::DeleteSnapshot { .. } => {
            vec![snapshots(call.instance(), account)]
        }
        Call::CreateFirewall { .. }
        | Call::DeleteFirewall { .. }
        | Call::AssignFirewall { .. }
        | Call::DetachFirewall { .. } => vec![ListKey::Firewalls],
        Call::UpdateFirewall { firewall, .. } => vec![ListKey::Rules(firewall.clone())],
        Call::Power { instance, .. } | Call::Destroy { instance } => {
            vec![single(ListKey::Instance(instance.clone()), account).unwrap_or(ListKey::Instances)]
        }
        Call::Restore { .. } | Call::CreateInstance { .. } => vec![ListKey::Instances],
    }
}

/// The lists that show what the next call is checked against.
pub(super) fn checked_by(op: &Operation, account: &AccountState) -> Vec<ListKey> {
    let mut lists = Vec::new();
    let mut add = |list: ListKey| {
        if !lists.contains(&list) {
            lists.push(list);
        }
    };
    let Some(Step::Call { call, .. }) = op.step() else { return lists };
    if is_first_call(op) {
        // Whole lists: one read serves all that were confirmed together.
        let of = op.action.holds().into_iter().find(|h| h.kind == Kind::Instance).map(|h| h.id);
        for target in op.action.targets() {
            match target.resource.kind {
                Kind::Instance => add(ListKey::Instances),
                Kind::Snapshot => add(snapshots(of.as_ref(), account)),
                Kind::Firewall => add(ListKey::Firewalls),
                _ => {}
            }
        }
    } else if let Some(instance) = call.instance() {
        add(single(ListKey::Instance(instance.clone()), account).unwrap_or(ListKey::Instances));
    }
    // What is to be destroyed since it was saved: whether it is.
    if let (Action::Park { .. }, Call::Destroy { instance }) = (&op.action, call) {
        let one = learnt(op, &Which::LearntSnapshot).and_then(|id| single(ListKey::Snapshot(id), account));
        add(one.unwrap_or_else(|| snapshots(Some(instance), account)));
    }
    // The ids that are there now are what a lost answer is settled by.
    match call {
        Call::TakeSnapshot { instance, .. } => add(snapshots(Some(instance), account)),
        Call::CreateInstance { .. } => add(ListKey::Instances),
        _ => {}
    }
    lists
}

/// What `which` stands for, as far as the operation knows.
pub(super) fn learnt(op: &Operation, which: &Which) -> Option<ResourceId> {
    match which {
        Which::Known(id) => Some(id.clone()),
        Which::LearntSnapshot => op.learnt.iter().rev().find_map(|l| match l {
            Learnt::Snapshot(id) => Some(id.clone()),
            _ => None,
        }),
        Which::LearntInstance => op.learnt.iter().rev().find_map(|l| match l {
            Learnt::Instance(id) => Some(id.clone()),
            _ => None,
        }),
    }
}

fn snapshots(of: Option<&ResourceId>, account: &AccountState) -> ListKey {
    ListKey::Snapshots(if account.account.rules.snapshots_per_instance() { of.cloned() } else { None })
}

/// The single record, where it has an address and the list it belongs to is there to show it.
fn single(list: ListKey, account: &AccountState) -> Option<ListKey> {
    let whole = if matches!(list, ListKey::Instance(_)) { ListKey::Instances } else { ListKey::Snapshots(None) };
    let has = account.account.rules.has(&list) && account.picture.list(&whole).is_some();
    has.then_some(list)
}
