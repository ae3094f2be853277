//! The steps of an operation in words.

use crate::domain::rule_edit::write_line;
use crate::domain::{Action, Arg, Call, Condition, MadeCall, Phrase, PowerCall, Ref, ResourceId, StatusKind, Step};

#[must_use]
pub fn step_phrase(step: &Step, action: &Action) -> Phrase {
    step_named(step, |id| {
        let target = action.targets().into_iter().find(|t| t.id() == id);
        // What an earlier step made is called as it was to be.
        let made = action.subject().id().as_str().is_empty().then(|| action.subject());
        Arg::Text(target.or(made).map_or_else(|| id.as_str().to_owned(), |t| t.name.clone()))
    })
}

/// What a step does to each of several; what is made is named `*` and what stands behind each name.
pub(super) fn step_of_each(step: &Step, action: &Action) -> Phrase {
    if let Step::Call { call: Call::TakeSnapshot { name, .. }, .. } = step {
        let rest = name.strip_prefix(action.subject().name.as_str()).unwrap_or(name);
        return Phrase::new("step.take").with("name", format!("*{rest}"));
    }
    step_named(step, |_| Arg::from(Phrase::new("confirm.each")))
}

/// Steps in words, each with the number of the first, from 0, and how many they are: those that do the same one after the
/// other are told together.
#[must_use]
pub fn step_lines(steps: &[Step], action: &Action) -> Vec<(usize, usize, Phrase)> {
    let mut lines: Vec<(usize, usize, Phrase)> = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        match (together(step), lines.last_mut()) {
            (Some(key), Some((first, count, phrase))) if steps.get(*first).and_then(together) == Some(key) => {
                *count += 1;
                *phrase = Phrase::new(key).with("count", *count);
            }
            _ => lines.push((n, 1, step_phrase(step, action))),
        }
    }
    lines
}

/// The line of the step with this number, and the number that stands before it: `2`, or `2-13` of several.
#[must_use]
pub fn step_line(steps: &[Step], at: usize, action: &Action) -> Option<(String, Phrase)> {
    let line = step_lines(steps, action).into_iter().rfind(|(first, ..)| *first <= at);
    line.map(|(first, count, phrase)| (step_number(first, count), phrase))
}

#[must_use]
pub fn step_number(first: usize, count: usize) -> String {
    if count == 1 { (first + 1).to_string() } else { format!("{}-{}", first + 1, first + count) }
}

/// What several steps like this one are called together.
const fn together(step: &Step) -> Option<&'static str> {
    Some(match step {
        Step::Call { call: Call::AddRule { .. }, .. } => "step.add-rules",
        Step::Call { call: Call::RemoveRule { .. }, .. } => "step.remove-rules",
        Step::Call { call: Call::SetPort { on: true, .. }, .. } => "step.set-ports",
        Step::Call { call: Call::SetPort { on: false, .. }, .. } => "step.clear-ports",
        Step::Wait(Condition::FirewallOn { .. }) => "step.until-all",
        _ => return None,
    })
}

fn step_named(step: &Step, name_of: impl Fn(&ResourceId) -> Arg) -> Phrase {
    let instance_named = |key, id| Phrase::new(key).with("name", name_of(id));
    match step {
        Step::Call { call, .. } => match call {
            Call::Power { instance, what } => instance_named(
                match what {
                    PowerCall::Start => "step.start",
                    PowerCall::Stop => "step.stop",
                    PowerCall::ForceStop => "step.force-stop",
                    PowerCall::Reboot => "step.reboot",
                    PowerCall::HardReboot => "step.hard-reboot",
                },
                instance,
            ),
            Call::Destroy { instance } => instance_named("step.destroy", instance),
            Call::TakeSnapshot { name, .. } => Phrase::new("step.take").with("name", name.as_str()),
            Call::RetakeSnapshot { snapshot, .. } => instance_named("step.retake", snapshot),
            Call::Restore { snapshot: Ref::Known(id), .. } => instance_named("step.restore", id),
            Call::Restore { .. } => Phrase::new("step.restore-new"),
            Call::DeleteSnapshot { snapshot: Ref::Known(id), .. } => instance_named("step.delete", id),
            Call::DeleteSnapshot { .. } => Phrase::new("step.delete-new"),
            Call::CreateFirewall { name, .. } => Phrase::new("step.create-firewall").with("name", name.as_str()),
            Call::UpdateFirewall { name, .. } => Phrase::new("step.update-firewall").with("name", name.as_str()),
            Call::AssignFirewall { firewall, .. } => instance_named("step.assign-firewall", firewall),
            Call::DetachFirewall { firewall, .. } => instance_named("step.detach-firewall", firewall),
            Call::AddRule { rule, .. } => Phrase::new("step.add-rule").with("rule", write_line(rule)),
            Call::RemoveRule { rule, .. } => Phrase::new("step.remove-rule").with("rule", write_line(rule)),
            Call::RenameFirewall { name, .. } => Phrase::new("step.rename-firewall").with("name", name.as_str()),
            Call::SetPort { instance, on, .. } => {
                instance_named(if *on { "step.set-port" } else { "step.clear-port" }, instance)
            }
            Call::CreateInstance { order } => Phrase::new("step.create").with("name", order.name.as_str()),
            Call::Made { what: MadeCall::Start } => Phrase::new("step.start-made"),
            Call::Made { what: MadeCall::Assign { firewall } } => instance_named("step.assign-firewall", firewall),
            Call::AddKey { key } => Phrase::new("step.add-key").with("name", key.name.as_str()),
            Call::ChangeKey { key, .. } => Phrase::new("step.change-key").with("name", key.name.as_str()),
            Call::DeleteKey { id } => instance_named("step.delete-key", id),
            Call::CreateApiKey {} => Phrase::new("step.create-api-key"),
            Call::DeleteApiKey { id } => instance_named("step.delete-api-key", id),
            Call::DeleteFirewall { firewall } => instance_named("step.delete-firewall", firewall),
        },
        Step::Wait(Condition::InstanceIs(_, StatusKind::Stopped)) => Phrase::new("step.until-stopped"),
        Step::Wait(Condition::InstanceIs(_, StatusKind::Running)) => Phrase::new("step.until-running"),
        Step::Wait(Condition::NewInstanceIs(StatusKind::Stopped)) => Phrase::new("step.until-new-ready"),
        Step::Wait(Condition::NewInstanceIs(_)) => Phrase::new("step.until-new-runs"),
        Step::Wait(Condition::Answers { port, .. }) => Phrase::new("step.until-answers").with("port", u64::from(*port)),
        Step::Wait(Condition::FirewallOn { on, .. }) => {
            Phrase::new(if *on { "step.until-assigned" } else { "step.until-detached" })
        }
        Step::Wait(Condition::InstanceIs(..) | Condition::InstanceRests(_)) => Phrase::new("step.until-ready"),
        Step::Wait(Condition::InstanceGone(_) | Condition::SnapshotGone { .. }) => Phrase::new("step.until-gone"),
        Step::Wait(Condition::SnapshotAvailable { .. }) => Phrase::new("step.until-available"),
        Step::Settle { .. } => Phrase::new("step.settle"),
    }
}
