//! What can be done at a cloud and how, where every kind does it alike. Pure.

mod firewall_steps;
mod firewalls;
mod judge;
mod network;
mod order;
mod plan;
mod possible;
mod ready;
mod reconcile;
mod resize;
mod risks;
mod spec;

#[cfg(test)]
pub(in crate::provider) mod fixtures;
#[cfg(test)]
mod judge_tests;
#[cfg(test)]
mod ready_tests;
#[cfg(test)]
mod reconcile_tests;

pub(in crate::provider) use spec::spec_of;

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Action, Answer, Call, FirewallChange, Instance, Inventory, Limit, ListKey, MadeFrom, Order, OrderForm, OrderNeeds,
    Phrase, Plan, Possible, PowerCall, PreState, ProviderPolicy, Ready, Reboot, Reconciled, RequestText, Resource,
    RiskFact, Rule, Snapshot, Step, Target, Timestamp, Verb, Verdict, rule_edit::RuleForm, text,
};
use crate::provider::openstack::dialect::Dialect;

/// What a kind of cloud can do and why not.
#[derive(Debug, Clone, Copy)]
pub(in crate::provider) struct OpenstackPolicy(pub(in crate::provider) &'static Dialect);

impl ProviderPolicy for OpenstackPolicy {
    fn key(&self) -> &'static str {
        self.0.key
    }

    fn label(&self) -> &'static str {
        self.0.label
    }

    /// None is documented.
    fn default_limit(&self) -> Option<Limit> {
        None
    }

    /// Saved images stand in one list; they outlive their server.
    fn snapshots_per_instance(&self) -> bool {
        false
    }

    /// Room is limited, not their number.
    fn snapshot_slots(&self) -> Option<usize> {
        None
    }

    /// Which servers a group is on its ports tell, and where there are graphs there are three.
    fn requests(&self, list: &ListKey) -> u32 {
        match list {
            ListKey::Firewalls => 2,
            ListKey::Snapshots(_) if self.0.has_volume_snapshots() => 2,
            ListKey::Graphs(_) => 3,
            _ => 1,
        }
    }

    fn supports(&self, list: &ListKey) -> bool {
        match list {
            ListKey::ConsoleOutput(_) => self.0.console_output,
            ListKey::Networks => self.0.orders_network,
            list => (self.0.supports)(list),
        }
    }

    /// Its name is its id, and stands in addresses (the official schema of names).
    fn key_name_mistake(&self, name: &str) -> Option<Phrase> {
        let fits =
            (1..=255).contains(&name.len()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
        (!fits).then(|| Phrase::new(text::cannot::KEY_NAME))
    }

    fn reboots(&self) -> &'static [Reboot] {
        &[Reboot::Provider, Reboot::Hard, Reboot::StopAndStart]
    }

    fn bills_stopped(&self) -> bool {
        self.0.bills_stopped
    }

    fn saves_only_when_off(&self) -> bool {
        self.0.saves_only_when_off
    }

    fn has_console(&self) -> bool {
        true
    }

    fn plans_for(&self, snapshot: &Snapshot, inventory: &Inventory) -> Vec<Arc<Plan>> {
        (self.0.plans)(MadeFrom::Snapshot(snapshot), inventory)
    }

    fn plans_to_resize(&self, instance: &Instance, inventory: &Inventory) -> Vec<(Arc<Plan>, Option<Phrase>)> {
        resize::plans(instance, inventory, self.0)
    }

    /// Saved images stand among the images, so that those change.
    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Plans(None)]
    }

    fn order_form(&self) -> OrderForm {
        OrderForm { firewalls_in_order: true, ends_stopped: false, from_snapshots: true }
    }

    fn asks(&self, from: MadeFrom<'_>) -> OrderNeeds {
        order::asks(from)
    }

    fn plans_to_order(&self, from: MadeFrom<'_>, inventory: &Inventory) -> Vec<Arc<Plan>> {
        (self.0.plans)(from, inventory)
    }

    fn password_mistake(&self, password: &str) -> Option<Phrase> {
        (self.0.password_mistake)(password)
    }

    fn order_lists(&self) -> &'static [ListKey] {
        self.0.order_lists
    }

    fn order_notes(&self, order: &Order, inventory: &Inventory) -> Vec<(Phrase, bool)> {
        (self.0.order_notes)(order, inventory)
    }

    fn request_of(&self, call: &Call) -> Option<RequestText> {
        order::request_of(call, self.0)
    }

    fn as_taken(&self, rule: &Rule) -> Rule {
        firewalls::as_taken(rule)
    }

    fn rule_form(&self) -> RuleForm {
        firewalls::form()
    }

    fn possible(&self, verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
        possible::possible(verb, on, inventory, self.0)
    }

    fn plan(&self, action: &Action, inventory: &Inventory) -> Vec<Step> {
        plan::plan(action, inventory, self.0)
    }

    /// The ports of those that a firewall is put on, or taken off, and the rules of one that was made in part.
    fn plan_lists(&self, action: &Action) -> Vec<ListKey> {
        let ports = |instance: &Target| ListKey::Ports(instance.id().clone());
        match action.firewall_change() {
            Some(FirewallChange::Stands { instance, .. }) => vec![ports(instance)],
            Some(FirewallChange::New { instances, .. }) => {
                let new = action.subject().id();
                let made = (!new.as_str().is_empty()).then(|| ListKey::Rules(new.clone()));
                instances.iter().map(ports).chain(made).collect()
            }
            _ if action.verb().copies() && self.0.orders_network => vec![ListKey::Networks],
            _ => Vec::new(),
        }
    }

    fn ready(&self, call: &Call, inventory: &Inventory) -> Ready {
        ready::ready(call, inventory)
    }

    fn judge(&self, call: &Call, answer: &Answer) -> Verdict {
        judge::judge(call, answer, self.0)
    }

    fn reconcile(&self, call: &Call, pre_state: &PreState, inventory: &Inventory, now: Timestamp) -> Reconciled {
        reconcile::reconcile(call, pre_state, inventory, now)
    }

    /// Recorded at `ConoHa`: 20 GB were saved in 194 s (2021), 8 GiB in 55 s (2023). The rest is what users tell.
    fn usual(&self, call: &Call) -> Duration {
        Duration::from_secs(match call {
            Call::Power { what: PowerCall::Start, .. } => 15,
            Call::Power { what: PowerCall::Stop, .. } => 60,
            Call::Power { what: PowerCall::ForceStop, .. } => 5,
            Call::Power { what: PowerCall::Reboot, .. } | Call::RevertResize { .. } => 60,
            Call::Power { what: PowerCall::HardReboot, .. } | Call::ConfirmResize { .. } => 20,
            Call::Destroy { .. } => 20,
            Call::TakeSnapshot { .. } | Call::SaveVolume { .. } | Call::Resize { .. } => 180,
            Call::Restore { .. } | Call::CreateInstance { .. } => 90,
            Call::AddRule { .. } | Call::RemoveRule { .. } | Call::RenameFirewall { .. } => 1,
            Call::AddKey { .. }
            | Call::ChangeKey { .. }
            | Call::DeleteKey { .. }
            | Call::CreateApiKey {}
            | Call::DeleteApiKey { .. } => 2,
            _ => 10,
        })
    }

    fn risks(&self, action: &Action, inventory: &Inventory, now: Timestamp) -> Vec<RiskFact> {
        risks::risks(action, inventory, now, self.0)
    }
}
