//! How Indigo differs from others. Pure.

mod firewalls;
mod judge;
mod order;
mod plan;
mod possible;
mod reconcile;
mod risks;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod judge_tests;
#[cfg(test)]
mod order_tests;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod possible_tests;
#[cfg(test)]
mod reconcile_tests;
#[cfg(test)]
mod risks_tests;

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Action, Answer, Call, Inventory, Limit, ListKey, MadeFrom, Order, OrderForm, OrderNeeds, OrderSource, Phrase, Plan,
    Possible, PowerCall, PreState, ProviderPolicy, Reconciled, RequestText, Resource, ResourceId, RiskFact, Rule, Step,
    Timestamp, Verb, Verdict, rule_edit::RuleForm,
};

use super::address::KVM;

/// At most so many snapshots an instance (the provider's page, September 2026).
const SLOTS: usize = 5;

/// What Indigo can do and why not.
#[derive(Debug, Clone, Copy, Default)]
pub struct IndigoPolicy;

impl ProviderPolicy for IndigoPolicy {
    fn key(&self) -> &'static str {
        "indigo"
    }

    fn label(&self) -> &'static str {
        "WebARENA Indigo"
    }

    /// Six a minute was measured in May 2024, one per 500 ms in 2022.
    fn default_limit(&self) -> Option<Limit> {
        Some(Limit { per_minute: 6, spacing_ms: 500 })
    }

    fn snapshots_per_instance(&self) -> bool {
        true
    }

    fn snapshot_slots(&self) -> Option<usize> {
        Some(SLOTS)
    }

    /// No record has an address of its own, and nothing tells of quotas, backups and graphs.
    /// What comes back where plans are asked for without a system was never recorded.
    fn supports(&self, list: &ListKey) -> bool {
        matches!(
            list,
            ListKey::Instances
                | ListKey::Snapshots(_)
                | ListKey::Firewalls
                | ListKey::Rules(_)
                | ListKey::Images
                | ListKey::Plans(Some(_))
                | ListKey::Keys
                | ListKey::ApiKeys
                | ListKey::Regions
                | ListKey::Types
        )
    }

    /// Only RSA is known to be taken (2024); ed25519 was refused in May 2022, and nobody told since.
    fn key_kind_may_be_refused(&self, kind: &str) -> bool {
        kind != "ssh-rsa"
    }

    /// A firewall is a list of what is allowed; without one nothing is dropped.
    fn open_without_firewall(&self) -> bool {
        true
    }

    /// One client says so (2026); others sent keys with comments in 2022 and 2023.
    fn key_comment_may_be_refused(&self) -> bool {
        true
    }

    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images]
    }

    /// The other one, `MicroVPS`, has no image, region or plan at all (recorded).
    fn instance_type(&self) -> Option<ResourceId> {
        Some(ResourceId::new(KVM))
    }

    fn order_form(&self) -> OrderForm {
        OrderForm { firewalls_in_order: false, ends_stopped: true, from_snapshots: true }
    }

    fn asks(&self, from: MadeFrom<'_>) -> OrderNeeds {
        order::asks(from)
    }

    fn plans_list(&self, from: MadeFrom<'_>, inventory: &Inventory) -> Option<ListKey> {
        order::plans_list(from, inventory)
    }

    fn plans_to_order(&self, from: MadeFrom<'_>, inventory: &Inventory) -> Vec<Arc<Plan>> {
        order::plans(from, inventory)
    }

    fn addresses_of(&self, plan: &Plan) -> Option<Phrase> {
        order::addresses_of(plan)
    }

    fn key_warning(&self, public: &str) -> Option<Phrase> {
        order::key_warning(public)
    }

    fn order_notes(&self, order: &Order, inventory: &Inventory) -> Vec<(Phrase, bool)> {
        order::notes(order, inventory)
    }

    fn request_of(&self, call: &Call) -> Option<RequestText> {
        order::request_of(call)
    }

    /// No call tells on which machines a firewall is (all recorded bodies, 2018 to 2026).
    fn tells_firewalls(&self) -> bool {
        false
    }

    fn as_taken(&self, rule: &Rule) -> Rule {
        firewalls::as_taken(rule)
    }

    fn rule_form(&self) -> RuleForm {
        firewalls::form()
    }

    fn possible(&self, verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
        possible::possible(verb, on, inventory)
    }

    fn plan(&self, action: &Action, inventory: &Inventory) -> Vec<Step> {
        plan::plan(action, inventory)
    }

    fn judge(&self, call: &Call, answer: &Answer) -> Verdict {
        judge::judge(call, answer)
    }

    fn reconcile(&self, call: &Call, pre_state: &PreState, inventory: &Inventory, now: Timestamp) -> Reconciled {
        reconcile::reconcile(call, pre_state, inventory, now)
    }

    /// What users report: a stop takes minutes, a destroyed machine lingers up to two.
    fn usual(&self, call: &Call) -> Duration {
        Duration::from_secs(match call {
            Call::Power { what: PowerCall::Start, .. } => 30,
            Call::Power { what: PowerCall::Stop, .. } => 120,
            Call::Power { what: PowerCall::ForceStop, .. } => 20,
            Call::Power { what: PowerCall::Reboot | PowerCall::HardReboot, .. } => 60,
            Call::Destroy { .. } => 60,
            Call::TakeSnapshot { .. } | Call::RetakeSnapshot { .. } => 180,
            Call::Restore { .. } => 60,
            // Recorded: 64 s from the order to the end of the installation. An import tells how far it is.
            Call::CreateInstance { order } if matches!(order.source, OrderSource::Import { .. }) => 600,
            Call::CreateInstance { .. } => 65,
            Call::AddKey { .. }
            | Call::ChangeKey { .. }
            | Call::DeleteKey { .. }
            | Call::CreateApiKey {}
            | Call::DeleteApiKey { .. } => 2,
            _ => 10,
        })
    }

    fn risks(&self, action: &Action, inventory: &Inventory, now: Timestamp) -> Vec<RiskFact> {
        risks::risks(action, inventory, now)
    }
}
