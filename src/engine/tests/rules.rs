//! Providers like the real ones: the stricter, with snapshots listed per instance and a restore that shows nothing; and
//! one with all snapshots in one list and an address for every single record.

use std::time::Duration;

use crate::domain::{
    Action, Answer, Call, Condition, Explained, Inventory, Limit, ListKey, Order, Phrase, Possible, PowerCall,
    PreState, ProviderPolicy, Ready, Reconciled, Ref, Resource, ResourceId, RiskFact, Rule, StatusKind, Step,
    Timestamp, Verb, Verdict,
};

pub(super) const SIX: Limit = Limit { per_minute: 6, spacing_ms: 500 };

#[derive(Debug)]
pub(super) struct Fake {
    /// Whether single records have an address of their own, and snapshots one list.
    pub(super) singles: bool,
}

fn call(call: Call, needs: Option<StatusKind>) -> Step {
    Step::Call { call, needs }
}

fn power(instance: &ResourceId, what: PowerCall, needs: Option<StatusKind>) -> Step {
    call(Call::Power { instance: instance.clone(), what }, needs)
}

fn until(instance: &ResourceId, kind: StatusKind) -> Step {
    Step::Wait(Condition::InstanceIs(instance.clone(), kind))
}

/// Stop and wait, where it runs.
fn off(instance: &ResourceId, inventory: &Inventory) -> Vec<Step> {
    match inventory.instance(instance).map(|i| i.status.kind()) {
        Some(StatusKind::Running) => vec![power(instance, PowerCall::Stop, None), until(instance, StatusKind::Stopped)],
        _ => Vec::new(),
    }
}

impl ProviderPolicy for Fake {
    fn key(&self) -> &'static str {
        "fake"
    }
    fn label(&self) -> &'static str {
        "provider.fake"
    }
    fn default_limit(&self) -> Option<Limit> {
        Some(SIX)
    }
    fn snapshots_per_instance(&self) -> bool {
        !self.singles
    }
    fn supports(&self, list: &ListKey) -> bool {
        match list {
            ListKey::Instance(_) | ListKey::Snapshot(_) => self.singles,
            ListKey::Quota | ListKey::Backups | ListKey::Graphs(_) | ListKey::Ports(_) => false,
            _ => true,
        }
    }
    fn tells_firewalls(&self) -> bool {
        self.singles
    }
    fn open_without_firewall(&self) -> bool {
        !self.singles
    }
    fn snapshot_slots(&self) -> Option<usize> {
        None
    }
    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images]
    }
    fn possible(&self, _: Verb, _: Resource<'_>, _: &Inventory) -> Possible {
        Possible::Yes
    }

    fn plan(&self, action: &Action, inventory: &Inventory) -> Vec<Step> {
        match action {
            Action::Start { instance } => {
                vec![power(instance.id(), PowerCall::Start, None), until(instance.id(), StatusKind::Running)]
            }
            Action::Stop { instance } => {
                vec![power(instance.id(), PowerCall::Stop, None), until(instance.id(), StatusKind::Stopped)]
            }
            Action::ForceStop { instance } => {
                vec![power(instance.id(), PowerCall::ForceStop, None), until(instance.id(), StatusKind::Stopped)]
            }
            Action::Reboot { instance, .. } => {
                vec![power(instance.id(), PowerCall::Reboot, None), until(instance.id(), StatusKind::Running)]
            }
            Action::Destroy { instance, .. } => {
                let id = instance.id();
                let mut steps = off(id, inventory);
                steps.push(call(Call::Destroy { instance: id.clone() }, Some(StatusKind::Stopped)));
                steps.push(Step::Wait(Condition::InstanceGone(id.clone())));
                steps
            }
            Action::TakeSnapshot { instance, name, .. } => vec![
                call(Call::TakeSnapshot { instance: instance.id().clone(), name: name.clone() }, None),
                Step::Wait(Condition::SnapshotAvailable {
                    of: Some(instance.id().clone()),
                    which: Ref::OutputSnapshot,
                }),
            ],
            Action::Restore { snapshot, instance, .. } => {
                let id = instance.id();
                let mut steps = off(id, inventory);
                let which = Ref::Known(snapshot.id().clone());
                steps.push(call(Call::Restore { instance: id.clone(), snapshot: which }, Some(StatusKind::Stopped)));
                steps.push(Step::Settle { at_least: Duration::from_secs(30) });
                steps.push(power(id, PowerCall::Start, Some(StatusKind::Stopped)));
                steps.push(until(id, StatusKind::Running));
                steps
            }
            Action::DeleteSnapshot { snapshot, of, .. } => {
                let which = Ref::Known(snapshot.id().clone());
                vec![
                    call(Call::DeleteSnapshot { snapshot: which.clone(), of: of.clone() }, None),
                    Step::Wait(Condition::SnapshotGone { of: of.clone(), which }),
                ]
            }
            Action::RestoreAsNew { snapshot, name, plan, firewalls, key } => {
                let image = Ref::Known(snapshot.id().clone());
                vec![
                    call(Order::from_snapshot(name, image, plan, firewalls, key.as_ref()).into(), None),
                    Step::Wait(Condition::NewInstanceIs(StatusKind::Running)),
                ]
            }
            Action::CreateInstance { order, answers, .. } => {
                let mut steps = vec![
                    call((**order).clone().into(), None),
                    Step::Wait(Condition::NewInstanceIs(StatusKind::Running)),
                ];
                steps.extend(answers.map(|port| Step::Wait(Condition::Answers { instance: None, port })));
                steps
            }
            Action::AssignFirewall { firewall, instance } | Action::DetachFirewall { firewall, instance } => {
                let on = matches!(action, Action::AssignFirewall { .. });
                let (firewall, instance) = (firewall.id().clone(), instance.id().clone());
                let change = if on {
                    Call::AssignFirewall { firewall: firewall.clone(), instance: instance.clone() }
                } else {
                    Call::DetachFirewall { firewall: firewall.clone(), instance: instance.clone() }
                };
                vec![
                    call(change, None),
                    Step::Wait(Condition::FirewallOn { firewall: Ref::Known(firewall), instance, on }),
                ]
            }
            Action::Park { instance, name, .. } => {
                let id = instance.id();
                let mut steps = off(id, inventory);
                steps.push(call(Call::TakeSnapshot { instance: id.clone(), name: name.clone() }, None));
                let of = Some(id.clone());
                steps.push(Step::Wait(Condition::SnapshotAvailable { of, which: Ref::OutputSnapshot }));
                steps.push(call(Call::Destroy { instance: id.clone() }, Some(StatusKind::Stopped)));
                steps.push(Step::Wait(Condition::InstanceGone(id.clone())));
                steps
            }
            Action::UpdateFirewall { firewall, rules, was, .. } => {
                let firewall = Ref::Known(firewall.id().clone());
                let remove =
                    |rule: &Rule| Call::RemoveRule { firewall: firewall.clone(), rule: rule.clone(), id: None };
                let add = |rule: &Rule| Call::AddRule { firewall: firewall.clone(), rule: rule.clone() };
                was.iter().map(remove).chain(rules.iter().map(add)).map(|change| call(change, None)).collect()
            }
            Action::CreateFirewall { new, rules, instances } => {
                let make = Call::CreateFirewall { name: new.name.clone(), rules: Vec::new(), instances: Vec::new() };
                let mut steps = vec![call(make, None)];
                for rule in rules {
                    steps.push(call(Call::AddRule { firewall: Ref::OutputFirewall, rule: rule.clone() }, None));
                }
                for instance in instances {
                    let (instance, firewall, firewalls) = (instance.id().clone(), Ref::OutputFirewall, Vec::new());
                    let set = Call::SetPort { instance: instance.clone(), port: None, firewall, on: true, firewalls };
                    steps.push(call(set, None));
                    let firewall = Ref::OutputFirewall;
                    steps.push(Step::Wait(Condition::FirewallOn { firewall, instance, on: true }));
                }
                steps
            }
            Action::RetakeSnapshot { .. } => Vec::new(),
            _ => Vec::new(),
        }
    }

    fn ready(&self, call: &Call, inventory: &Inventory) -> Ready {
        match call {
            Call::AddRule { rule, .. } if rule.ports == "odd" => Ready::Cannot(Phrase::verbatim("cannot.odd")),
            Call::RemoveRule { firewall: firewall @ Ref::Known(known), rule, id: None } => {
                let Some(set) = inventory.rules(known) else { return Ready::AlreadySo };
                let Some(at) = set.rules.iter().position(|other| other == rule) else { return Ready::AlreadySo };
                let (firewall, rule, id) = (firewall.clone(), rule.clone(), Some(set.ids[at].clone()));
                Ready::Send(Call::RemoveRule { firewall, rule, id })
            }
            Call::SetPort { instance, firewall: Ref::Known(firewall), on, .. }
                if inventory.stands_on(firewall, instance) == Some(*on) =>
            {
                Ready::AlreadySo
            }
            call => Ready::Send(call.clone()),
        }
    }

    fn judge(&self, _: &Call, answer: &Answer) -> Verdict {
        match answer {
            Answer::Replied { status: 200..=299, understood: true, .. } => Verdict::TookEffect,
            Answer::Replied { status: 404, .. } => Verdict::TookEffectIfGone,
            Answer::Replied { status: 401 | 409 | 429, wait_until, .. } => {
                Verdict::NoEffect { why: Phrase::verbatim("why.busy"), not_before: *wait_until }
            }
            Answer::NotConnected { .. } | Answer::OverBudget { .. } | Answer::NotAuthorised { .. } => {
                Verdict::NoEffect { why: Phrase::verbatim("why.unreachable"), not_before: None }
            }
            Answer::Replied { status: 400..=499, code, said, request_id, .. } => Verdict::Refused(Explained {
                meaning: None,
                unsent: false,
                said: said.clone().unwrap_or_else(|| "".into()),
                code: code.clone(),
                request_id: request_id.clone(),
            }),
            _ => Verdict::Unknown,
        }
    }

    fn reconcile(&self, call: &Call, pre_state: &PreState, inventory: &Inventory, now: Timestamp) -> Reconciled {
        let shown = call.instance().and_then(|id| inventory.instance(id)).map(|i| i.status.kind());
        let old = now.since(pre_state.at) > Duration::from_secs(60);
        let yes = match call {
            Call::Power { what: PowerCall::Stop | PowerCall::ForceStop, .. } => shown == Some(StatusKind::Stopped),
            Call::Power { what: PowerCall::Start, .. } => shown == Some(StatusKind::Running),
            Call::Destroy { .. } => shown.is_none(),
            Call::CreateInstance { order } => {
                inventory.instances().iter().any(|i| i.name == order.name && !pre_state.ids.contains(&i.id))
            }
            Call::TakeSnapshot { instance, name } => inventory
                .snapshots_of(instance)
                .is_some_and(|all| all.iter().any(|s| s.name == *name && !pre_state.ids.contains(&s.id))),
            _ => return Reconciled::Cannot,
        };
        if yes {
            Reconciled::Yes
        } else if old && shown == pre_state.status {
            Reconciled::No
        } else {
            Reconciled::NotYet
        }
    }

    fn usual(&self, _: &Call) -> Duration {
        Duration::from_secs(30)
    }
    fn risks(&self, _: &Action, _: &Inventory, _: Timestamp) -> Vec<RiskFact> {
        Vec::new()
    }
}
