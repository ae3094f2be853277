//! Which lists show what an operation needs to know. Where a provider gives single records an address of their own, an
//! operation watches that one and not the whole list.

use crate::domain::{Action, Call, CallList, Condition, Kind, ListKey, Operation, PreState, Ref, ResourceId, Step};
use crate::engine::AccountState;
use crate::engine::steps::is_first_call;

pub(super) fn watched_by(op: &Operation, condition: &Condition, account: &AccountState) -> ListKey {
    let list = match condition {
        Condition::InstanceIs(id, _)
        | Condition::InstanceRests(id)
        | Condition::InstanceGone(id)
        | Condition::Resized { instance: id, .. } => single(ListKey::Instance(id.clone()), account),
        Condition::NewInstanceIs(_) => {
            resolved(op, &Ref::OutputInstance).and_then(|id| single(ListKey::Instance(id), account))
        }
        Condition::VolumeAvailable(which) | Condition::VolumeGone(which) => {
            resolved(op, which).and_then(|id| single(ListKey::Volume(id), account))
        }
        Condition::SnapshotAvailable { which, .. } | Condition::SnapshotGone { which, .. } => {
            resolved(op, which).and_then(|id| single(ListKey::Snapshot(id), account))
        }
        Condition::FirewallOn { instance, .. } => {
            let ports = ListKey::Ports(instance.clone());
            account.account.policy.supports(&ports).then_some(ports)
        }
        Condition::Answers { .. } => None,
    };
    list.unwrap_or_else(|| condition.list(account.account.policy.snapshots_per_instance()))
}

/// The lists that show whether a call took effect whose answer was lost.
pub(super) fn reconciled_by(call: &Call, pre_state: &PreState, account: &AccountState) -> Vec<ListKey> {
    let mut lists = lists_of(call, call.reconciled_by(), account);
    // Also the rules of those that may be the one.
    if let Call::CreateFirewall { name, rules, .. } = call
        && !rules.is_empty()
    {
        let new = account.inventory.firewalls().iter().filter(|f| pre_state.made(name, (&f.id, &f.name)));
        lists.extend(new.map(|f| ListKey::Rules(f.id.clone())));
    }
    lists
}

/// The lists that a call changed which took effect with its answer.
pub(super) fn changed_by(call: &Call, account: &AccountState) -> Vec<ListKey> {
    lists_of(call, call.changed_at_once(), account)
}

fn lists_of(call: &Call, lists: &[CallList], account: &AccountState) -> Vec<ListKey> {
    let instance = || call.instance().cloned();
    let list = |list: &CallList| match list {
        CallList::Instance => instance().and_then(|id| single(ListKey::Instance(id), account)),
        CallList::Ports => instance().map(ListKey::Ports),
        CallList::Snapshots => Some(snapshots(call.instance(), account)),
        CallList::Rules => match call {
            Call::UpdateFirewall { firewall, .. } => Some(ListKey::Rules(firewall.clone())),
            _ => call.firewall().map(rules_of),
        },
        CallList::Firewalls => Some(ListKey::Firewalls),
        CallList::Keys => Some(ListKey::Keys),
        CallList::ApiKeys => Some(ListKey::ApiKeys),
        CallList::Volumes => Some(ListKey::Volumes),
        CallList::Instances => None,
    };
    lists.iter().map(|one| list(one).unwrap_or(ListKey::Instances)).collect()
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
        of_targets(&op.action, account).into_iter().for_each(&mut add);
        // Its rules are replaced: what somebody else changed meanwhile would be lost.
        if let Some((firewall, _)) = op.action.replaced_rules() {
            add(ListKey::Rules(firewall.id().clone()));
        }
    } else if let Some(instance) = call.instance().filter(|_| !matches!(call, Call::SetPort { .. })) {
        add(single(ListKey::Instance(instance.clone()), account).unwrap_or(ListKey::Instances));
    }
    // What is to be destroyed since it was saved: whether it is.
    if let Call::Destroy { instance } = call
        && op.action.verb().saves()
    {
        let one = resolved(op, &Ref::OutputSnapshot).and_then(|id| single(ListKey::Snapshot(id), account));
        add(one.unwrap_or_else(|| snapshots(Some(instance), account)));
    }
    // The ids that are there now are what a lost answer is settled by.
    let is_compared = matches!(call, Call::TakeSnapshot { .. } | Call::SaveVolume { .. } | Call::SetPort { .. })
        || call.rule().is_some();
    if call.firewall() == Some(&Ref::OutputFirewall) {
        add(ListKey::Firewalls);
    } else if is_compared || call.makes() {
        lists_of(call, call.reconciled_by(), account).into_iter().for_each(add);
    }
    lists
}

/// The lists that show what an action is about: whole ones, since one read serves all that were confirmed together.
pub(super) fn of_targets(action: &Action, account: &AccountState) -> Vec<ListKey> {
    let of = action.holds().into_iter().find(|h| h.kind == Kind::Instance).map(|h| h.id);
    let list = |kind| match kind {
        Kind::Instance => Some(ListKey::Instances),
        Kind::Snapshot => Some(snapshots(of.as_ref(), account)),
        Kind::Firewall => Some(ListKey::Firewalls),
        Kind::Key => Some(ListKey::Keys),
        Kind::ApiKey => Some(ListKey::ApiKeys),
        Kind::Volume => Some(ListKey::Volumes),
        _ => None,
    };
    action.targets().into_iter().filter_map(|target| list(target.resource.kind)).collect()
}

/// What `which` stands for, as far as the operation knows.
pub(super) fn resolved(op: &Operation, which: &Ref) -> Option<ResourceId> {
    which.known(&op.outputs).cloned()
}

/// The rules of a firewall; all firewalls where it is not known which one an earlier step made.
fn rules_of(firewall: &Ref) -> ListKey {
    match firewall {
        Ref::Known(id) => ListKey::Rules(id.clone()),
        _ => ListKey::Firewalls,
    }
}

fn snapshots(of: Option<&ResourceId>, account: &AccountState) -> ListKey {
    of.map_or(ListKey::Snapshots(None), |of| account.account.policy.snapshots_of(of))
}

/// The single record, where it has an address and the list it belongs to is there to show it.
fn single(list: ListKey, account: &AccountState) -> Option<ListKey> {
    let (whole, _) = list.whole()?;
    let has = account.account.policy.supports(&list) && account.inventory.list(&whole).is_some();
    has.then_some(list)
}
