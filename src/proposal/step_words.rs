//! The steps of an operation in words.

use crate::domain::rule_edit::write_line;
use crate::domain::{
    Action, Arg, Call, Condition, MadeCall, Phrase, PowerCall, Ref, ResourceId, StatusKind, Step, text,
};

#[must_use]
pub fn step_phrase(step: &Step, action: &Action) -> Phrase {
    step_named(step, |id| {
        let target = action.targets().into_iter().chain(action.other()).find(|t| t.id() == id);
        // What an earlier step made is called as it was to be.
        let made = action.subject().id().as_str().is_empty().then(|| action.subject());
        Arg::Text(target.or(made).map_or_else(|| id.as_str().to_owned(), |t| t.name.clone()))
    })
}

/// What a step does to each of several; what is made is named `*` and what stands behind each name.
pub(super) fn step_of_each(step: &Step, action: &Action) -> Phrase {
    if let Step::Call { call: Call::TakeSnapshot { name, .. } | Call::SaveVolume { name, .. }, .. } = step {
        let rest = name.strip_prefix(action.subject().name.as_str()).unwrap_or(name);
        return text::step::take(format!("*{rest}"));
    }
    step_named(step, |_| Arg::from(Phrase::new(text::confirm::EACH)))
}

/// Steps in words, each with the number of the first, from 0, and how many they are: those that do the same one after the
/// other are told together.
#[must_use]
pub fn step_lines(steps: &[Step], action: &Action) -> Vec<(usize, usize, Phrase)> {
    let mut lines: Vec<(usize, usize, Phrase)> = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        match (together(step, n), lines.last_mut()) {
            (Some(many), Some((first, count, phrase)))
                if steps.get(*first).and_then(|step| together(step, n)).as_ref() == Some(&many) =>
            {
                *count += 1;
                *phrase = together(step, *count).unwrap_or(many);
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

/// What so many steps like this one are called together.
fn together(step: &Step, count: usize) -> Option<Phrase> {
    Some(match step {
        Step::Call { call: Call::AddRule { .. }, .. } => text::step::add_rules(count),
        Step::Call { call: Call::RemoveRule { .. }, .. } => text::step::remove_rules(count),
        Step::Call { call: Call::SetPort { on: true, .. }, .. } => text::step::set_ports(count),
        Step::Call { call: Call::SetPort { on: false, .. }, .. } => text::step::clear_ports(count),
        Step::Wait(Condition::FirewallOn { .. }) => text::step::until_all(count),
        _ => return None,
    })
}

fn step_named(step: &Step, name_of: impl Fn(&ResourceId) -> Arg) -> Phrase {
    let instance_named = |text: fn(Arg) -> Phrase, id| text(name_of(id));
    match step {
        Step::Call { call, .. } => match call {
            Call::Power { instance, what } => instance_named(
                match what {
                    PowerCall::Start => text::step::start,
                    PowerCall::Stop => text::step::stop,
                    PowerCall::ForceStop => text::step::force_stop,
                    PowerCall::Reboot => text::step::reboot,
                    PowerCall::HardReboot => text::step::hard_reboot,
                },
                instance,
            ),
            Call::Destroy { instance } => instance_named(text::step::destroy, instance),
            Call::TakeSnapshot { name, .. } => text::step::take(name.as_str()),
            Call::RetakeSnapshot { snapshot, .. } => instance_named(text::step::retake, snapshot),
            Call::Restore { snapshot: Ref::Known(id), .. } => instance_named(text::step::restore, id),
            Call::Restore { .. } => Phrase::new(text::step::RESTORE_NEW),
            Call::DeleteSnapshot { snapshot: Ref::Known(id), .. } => instance_named(text::step::delete, id),
            Call::DeleteSnapshot { .. } => Phrase::new(text::step::DELETE_NEW),
            Call::DeleteVolumeSnapshot { snapshot } => instance_named(text::step::delete, snapshot),
            Call::SaveVolume { name, .. } => text::step::take(name.as_str()),
            Call::CreateVolume { volume } => text::step::create_volume(volume.name.as_str(), volume.size_gb),
            Call::DeleteVolume { volume: Ref::Known(id) } => instance_named(text::step::delete_volume, id),
            Call::DeleteVolume { .. } => Phrase::new(text::step::DELETE_NEW_VOLUME),
            Call::CreateFirewall { name, .. } => text::step::create_firewall(name.as_str()),
            Call::UpdateFirewall { name, .. } => text::step::update_firewall(name.as_str()),
            Call::AssignFirewall { firewall, .. } => instance_named(text::step::assign_firewall, firewall),
            Call::DetachFirewall { firewall, .. } => instance_named(text::step::detach_firewall, firewall),
            Call::AddRule { rule, .. } => text::step::add_rule(write_line(rule)),
            Call::RemoveRule { rule, .. } => text::step::remove_rule(write_line(rule)),
            Call::RenameFirewall { name, .. } => text::step::rename_firewall(name.as_str()),
            Call::SetPort { instance, on, .. } => {
                instance_named(if *on { text::step::set_port } else { text::step::clear_port }, instance)
            }
            Call::Resize { instance, plan } => text::step::resize(name_of(instance), name_of(plan)),
            Call::ConfirmResize { instance } => instance_named(text::step::confirm_resize, instance),
            Call::RevertResize { instance, .. } => instance_named(text::step::revert_resize, instance),
            Call::CreateInstance { order } => text::step::create(order.name.as_str()),
            Call::Made { what: MadeCall::Start } => Phrase::new(text::step::START_MADE),
            Call::Made { what: MadeCall::Assign { firewall } } => instance_named(text::step::assign_firewall, firewall),
            Call::AddKey { key } => text::step::add_key(key.name.as_str()),
            Call::ChangeKey { key, .. } => text::step::change_key(key.name.as_str()),
            Call::DeleteKey { id } => instance_named(text::step::delete_key, id),
            Call::CreateApiKey {} => Phrase::new(text::step::CREATE_API_KEY),
            Call::DeleteApiKey { id } => instance_named(text::step::delete_api_key, id),
            Call::DeleteFirewall { firewall } => instance_named(text::step::delete_firewall, firewall),
        },
        Step::Wait(Condition::InstanceIs(_, StatusKind::Stopped)) => Phrase::new(text::step::UNTIL_STOPPED),
        Step::Wait(Condition::InstanceIs(_, StatusKind::Running)) => Phrase::new(text::step::UNTIL_RUNNING),
        Step::Wait(Condition::NewInstanceIs(StatusKind::Stopped)) => Phrase::new(text::step::UNTIL_NEW_READY),
        Step::Wait(Condition::NewInstanceIs(_)) => Phrase::new(text::step::UNTIL_NEW_RUNS),
        Step::Wait(Condition::Answers { port, .. }) => text::step::until_answers(u64::from(*port)),
        Step::Wait(Condition::FirewallOn { on, .. }) => {
            Phrase::new(if *on { text::step::UNTIL_ASSIGNED } else { text::step::UNTIL_DETACHED })
        }
        Step::Wait(Condition::Resized { .. }) => Phrase::new(text::step::UNTIL_RESIZED),
        Step::Wait(Condition::InstanceIs(..) | Condition::InstanceRests(_)) => Phrase::new(text::step::UNTIL_READY),
        Step::Wait(Condition::InstanceGone(_) | Condition::SnapshotGone { .. } | Condition::VolumeGone(_)) => {
            Phrase::new(text::step::UNTIL_GONE)
        }
        Step::Wait(Condition::VolumeAvailable(Ref::Known(_))) => Phrase::new(text::step::UNTIL_VOLUME_FREE),
        Step::Wait(Condition::SnapshotAvailable { .. } | Condition::VolumeAvailable(_)) => {
            Phrase::new(text::step::UNTIL_AVAILABLE)
        }
        Step::Settle { .. } => Phrase::new(text::step::SETTLE),
    }
}
