//! A provider with five slots for snapshots, whose plans name what was chosen.

use std::time::Duration;

use crate::domain::{
    Action, Answer, Call, Condition, Inventory, Limit, ListKey, Phrase, Possible, PowerCall, PreState, ProviderPolicy,
    Reboot, Reconciled, Ref, Resource, ResourceId, RiskFact, StatusKind, Step, Timestamp, Verb, Verdict,
};

#[derive(Debug)]
pub(super) struct Lab;

fn power(id: &ResourceId, what: PowerCall) -> Step {
    Step::Call { call: Call::Power { instance: id.clone(), what }, needs: None }
}

fn until(id: &ResourceId, kind: StatusKind) -> Step {
    Step::Wait(Condition::InstanceIs(id.clone(), kind))
}

fn off(id: &ResourceId) -> Vec<Step> {
    vec![power(id, PowerCall::Stop), until(id, StatusKind::Stopped)]
}

fn on(id: &ResourceId) -> Vec<Step> {
    vec![power(id, PowerCall::Start), until(id, StatusKind::Running)]
}

fn take(id: &ResourceId, name: &str) -> Step {
    Step::Call { call: Call::TakeSnapshot { instance: id.clone(), name: name.to_owned() }, needs: None }
}

fn delete(id: &ResourceId, of: Option<&ResourceId>) -> Step {
    let call = Call::DeleteSnapshot { snapshot: Ref::Known(id.clone()), of: of.cloned() };
    Step::Call { call, needs: None }
}

impl ProviderPolicy for Lab {
    fn key(&self) -> &'static str {
        "lab"
    }
    fn label(&self) -> &'static str {
        "provider.lab"
    }
    fn default_limit(&self) -> Option<Limit> {
        None
    }
    fn snapshots_per_instance(&self) -> bool {
        true
    }
    fn snapshot_slots(&self) -> Option<usize> {
        Some(3)
    }
    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images]
    }
    fn possible(&self, verb: Verb, on: Resource<'_>, _: &Inventory) -> Possible {
        match (verb, on) {
            (Verb::Start, Resource::Instance(i)) if i.status.kind() == StatusKind::Running => {
                Possible::No(Phrase::verbatim("why-not.runs"))
            }
            (
                Verb::Park | Verb::RetakeSnapshot | Verb::RestoreAsNew | Verb::AssignFirewall | Verb::DetachFirewall,
                _,
            ) => Possible::Never,
            (verb, _) if verb.resizes() => Possible::Never,
            _ => Possible::Yes,
        }
    }
    fn plan(&self, action: &Action, _: &Inventory) -> Vec<Step> {
        let id = action.subject().id();
        match action {
            Action::Start { .. } => on(id),
            Action::Stop { .. } => off(id),
            Action::ForceStop { .. } => vec![power(id, PowerCall::ForceStop), until(id, StatusKind::Stopped)],
            Action::Reboot { how: Reboot::Provider, .. } => vec![power(id, PowerCall::Reboot)],
            Action::Reboot { .. } => [off(id), on(id)].concat(),
            Action::Destroy { snapshots, .. } => {
                let mut steps: Vec<Step> = snapshots.iter().map(|s| delete(s.id(), Some(id))).collect();
                steps.push(Step::Call { call: Call::Destroy { instance: id.clone() }, needs: None });
                steps
            }
            Action::TakeSnapshot { name, stop_first: true, .. } => [off(id), vec![take(id, name)], on(id)].concat(),
            Action::TakeSnapshot { name, .. } => vec![take(id, name)],
            Action::Restore { snapshot, save_first, .. } => {
                let mut steps: Vec<Step> = save_first.iter().map(|name| take(id, name)).collect();
                let snapshot = Ref::Known(snapshot.id().clone());
                steps.push(Step::Call { call: Call::Restore { instance: id.clone(), snapshot }, needs: None });
                steps
            }
            Action::DeleteSnapshot { of, .. } => vec![delete(id, of.as_ref())],
            Action::CreateInstance { order, .. } => {
                vec![Step::Call { call: Call::CreateInstance { order: order.clone() }, needs: None }]
            }
            Action::UpdateFirewall { name, rules, .. } => {
                let (firewall, name, rules) = (id.clone(), name.clone(), rules.clone());
                let call = Call::UpdateFirewall { firewall, name, rules, instances: Vec::new() };
                vec![Step::Call { call, needs: None }]
            }
            _ => Vec::new(),
        }
    }
    fn judge(&self, _: &Call, answer: &Answer) -> Verdict {
        match answer {
            Answer::Replied { status: 200..=299, .. } => Verdict::TookEffect,
            _ => Verdict::Unknown,
        }
    }
    fn reconcile(&self, call: &Call, _: &PreState, _: &Inventory, _: Timestamp) -> Reconciled {
        if matches!(call, Call::Power { what: PowerCall::Reboot, .. }) {
            Reconciled::Cannot
        } else {
            Reconciled::NotYet
        }
    }
    fn usual(&self, _: &Call) -> Duration {
        Duration::from_secs(30)
    }
    fn risks(&self, action: &Action, _: &Inventory, _: Timestamp) -> Vec<RiskFact> {
        let raises =
            matches!(action, Action::Reboot { how: Reboot::StopAndStart, instance } if instance.name == "frail");
        if raises { vec![RiskFact { phrase: Phrase::verbatim("risk.frail"), raises }] } else { Vec::new() }
    }
}
