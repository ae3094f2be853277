//! Whether a change whose answer was lost took effect, from what the provider shows afterwards.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Call, Instance, InstanceStatus, Inventory, ListKey, Port, PowerCall, PreState, Reconciled, Ref, ResourceId,
    Timestamp, Volume, VolumeStatus, rule_edit,
};
use crate::provider::policy::{reconciled, shown};

/// What is deleted leaves its list at once; so long is waited before the opposite is taken for a no.
const AT_ONCE: Duration = Duration::from_secs(60);

pub(super) fn reconcile(call: &Call, pre_state: &PreState, inventory: &Inventory, now: Timestamp) -> Reconciled {
    let late = now.since(pre_state.at) > AT_ONCE;
    match call {
        Call::Power { instance, what: PowerCall::Reboot | PowerCall::HardReboot } => {
            yes_while(instance, &InstanceStatus::Rebooting, inventory).unwrap_or(Reconciled::Cannot)
        }
        Call::Power { instance, what } => reconciled::power(instance, *what, inventory),
        Call::Resize { instance, plan } => resized(instance, plan, late, inventory),
        Call::ConfirmResize { instance } => {
            let rests = |status| matches!(status, &InstanceStatus::Running | &InstanceStatus::Stopped);
            reconciled::is(shown(instance, inventory).map(rests), late)
        }
        Call::RevertResize { instance, plan } => reverted(instance, plan.as_ref(), late, inventory),
        Call::Restore { instance, .. } => yes_while(instance, &InstanceStatus::Rebuilding, inventory)
            .unwrap_or(if late { Reconciled::Cannot } else { Reconciled::NotYet }),
        Call::Destroy { instance } => match (inventory.list(&ListKey::Instances), shown(instance, inventory)) {
            (Some(_), None | Some(InstanceStatus::Destroying)) => Reconciled::Yes,
            _ => Reconciled::NotYet,
        },
        Call::TakeSnapshot { instance, name } => reconciled::taken(instance, name, pre_state, inventory),
        Call::SaveVolume { name, .. } => volume_saved(name, pre_state, inventory),
        Call::DeleteSnapshot { snapshot: Ref::Known(id), .. } | Call::DeleteVolumeSnapshot { snapshot: id } => {
            let known = inventory.is_whole(&ListKey::Snapshots(None));
            reconciled::gone(known.then(|| inventory.snapshot(id).is_some()), late)
        }
        Call::CreateVolume { volume } => reconciled::volume_made(&volume.name, pre_state, inventory, now),
        Call::DeleteVolume { volume: Ref::Known(id) } => volume_gone(id, late, inventory),
        Call::CreateInstance { order } => reconciled::ordered(&order.name, pre_state, inventory, now),
        Call::AssignFirewall { firewall, instance } => stands(firewall, instance, true, late, inventory),
        Call::DetachFirewall { firewall, instance } => stands(firewall, instance, false, late, inventory),
        Call::DeleteFirewall { firewall } => reconciled::firewall_gone(firewall, late, inventory),
        // An earlier version asked for all of it in one call: what is there then may be a part of it.
        Call::CreateFirewall { name, rules, instances } => {
            match reconciled::firewall_made(name, pre_state, late, inventory) {
                Reconciled::Yes if !rules.is_empty() || !instances.is_empty() => Reconciled::Cannot,
                shown => shown,
            }
        }
        Call::AddRule { firewall: Ref::Known(id), rule } => {
            let there = inventory.rules(id).map(|set| rule_edit::has(&set.rules, rule));
            reconciled::is(there, late)
        }
        Call::RemoveRule { firewall: Ref::Known(firewall), id: Some(id), .. } => {
            reconciled::gone(inventory.rules(firewall).map(|set| set.ids.contains(id)), late)
        }
        Call::RenameFirewall { firewall, name } => {
            let named = inventory.firewall(firewall).map(|firewall| firewall.name.trim() == name.trim());
            reconciled::is(named, late)
        }
        Call::SetPort { instance, port: Some(id), firewall: Ref::Known(firewall), on, .. } => {
            let is_so = |port: &Arc<Port>| port.id == *id && port.firewalls.contains(firewall) == *on;
            reconciled::is(inventory.ports(instance).map(|ports| ports.iter().any(is_so)), late)
        }
        Call::AddRule { .. } | Call::RemoveRule { .. } | Call::SetPort { .. } => Reconciled::Cannot,
        Call::UpdateFirewall { firewall, name, rules, .. } => {
            let otherwise = if late { Reconciled::Cannot } else { Reconciled::NotYet };
            reconciled::firewall_has(firewall, name, rules, otherwise, inventory)
        }
        Call::AddKey { key } => reconciled::key_added(&key.name, pre_state, late, inventory),
        Call::ChangeKey { id, key, active } => reconciled::key_is(id, key, *active, late, inventory),
        Call::DeleteKey { id } => reconciled::key_gone(id, late, inventory),
        // A key that is there has a secret that nobody was told.
        Call::CreateApiKey {} => Reconciled::Cannot,
        Call::DeleteApiKey { id } => reconciled::api_key_gone(id, late, inventory),
        Call::Made { .. } => Reconciled::Cannot,
        Call::DeleteSnapshot { .. } | Call::RetakeSnapshot { .. } | Call::DeleteVolume { .. } => Reconciled::Cannot,
    }
}

fn resized(instance: &ResourceId, plan: &ResourceId, late: bool, inventory: &Inventory) -> Reconciled {
    let is_so = |shown: &Arc<Instance>| {
        let began = matches!(shown.status, InstanceStatus::Resizing | InstanceStatus::ConfirmResize);
        began || shown.plan.as_ref() == Some(plan)
    };
    reconciled::is(inventory.instance(instance).map(is_so), late)
}

/// The image of a volume names no instance.
fn volume_saved(name: &str, pre_state: &PreState, inventory: &Inventory) -> Reconciled {
    reconciled::is(Some(inventory.snapshots().any(|s| pre_state.made(name, (&s.id, &s.name)))), false)
}

fn volume_gone(volume: &ResourceId, late: bool, inventory: &Inventory) -> Reconciled {
    let known = inventory.is_whole(&ListKey::Volumes);
    let is_there = |volume: &Volume| volume.status != VolumeStatus::Deleting;
    reconciled::gone(known.then(|| inventory.volume(volume).is_some_and(|v| is_there(v))), late)
}

/// `Yes` where the instance shows a state that only this call can have brought about.
fn yes_while(instance: &ResourceId, status: &InstanceStatus, inventory: &Inventory) -> Option<Reconciled> {
    (shown(instance, inventory) == Some(status)).then_some(Reconciled::Yes)
}

/// Whether an instance has its former plan again, or is on its way there. One that has the new plan and waits no more was
/// confirmed by somebody.
fn reverted(instance: &ResourceId, plan: Option<&ResourceId>, late: bool, inventory: &Inventory) -> Reconciled {
    match inventory.instance(instance) {
        Some(shown) if shown.status == InstanceStatus::Resizing => Reconciled::Yes,
        Some(shown) if shown.status == InstanceStatus::ConfirmResize => reconciled::is(Some(false), late),
        Some(shown) if plan.is_some() && shown.plan.as_ref() != plan => Reconciled::Yes,
        Some(_) => Reconciled::Cannot,
        None => Reconciled::NotYet,
    }
}

/// Whether a firewall stands on an instance as it was to.
fn stands(firewall: &ResourceId, instance: &ResourceId, wanted: bool, late: bool, inventory: &Inventory) -> Reconciled {
    let Some(firewall) = inventory.firewall(firewall) else {
        return if inventory.is_whole(&ListKey::Firewalls) { Reconciled::No } else { Reconciled::NotYet };
    };
    match &firewall.on {
        None => Reconciled::Cannot,
        Some(on) => reconciled::is(Some(on.contains(instance) == wanted), late),
    }
}
