//! What a server says it is at: four fields that lag behind what was asked for.

use crate::sim::clock::Moment;
use crate::sim::request_context::RequestContext;
use crate::sim::world::account::Account;
use crate::sim::world::instance::{Instance, State};
use crate::sim::world::snapshot::Saving;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Status {
    /// `status`.
    pub(super) status: String,
    /// `OS-EXT-STS:vm_state`.
    pub(super) vm: String,
    /// `OS-EXT-STS:task_state`; none when idle.
    pub(super) task: Option<&'static str>,
    /// `OS-EXT-STS:power_state`: 0 none, 1 running, 4 off.
    pub(super) power: u8,
}

fn status(status: &str, vm: &str, task: Option<&'static str>, power: u8) -> Status {
    Status { status: status.to_owned(), vm: vm.to_owned(), task, power }
}

pub(super) fn of(context: &RequestContext<'_>, instance: &Instance) -> Status {
    let now = context.turn.now;
    let seen = of_state(&instance.state, instance, now, context.account);
    match &instance.word {
        Some(word) => Status { status: word.clone(), vm: word.to_lowercase(), ..seen },
        None => seen,
    }
}

fn of_state(state: &State, instance: &Instance, now: Moment, account: &Account) -> Status {
    match state {
        State::Running => status("ACTIVE", "active", None, 1),
        State::Stopped => status("SHUTOFF", "stopped", saving(account, instance.id, now), 4),
        State::Starting { .. } => status("SHUTOFF", "stopped", Some("powering-on"), 4),
        State::Stopping { .. } => status("ACTIVE", "active", Some("powering-off"), 1),
        State::Resetting { .. } if instance.cloud.hard => status("HARD_REBOOT", "active", Some("rebooting_hard"), 1),
        State::Resetting { .. } => status("REBOOT", "active", Some("rebooting"), 1),
        State::Building { until } | State::Installing { until } => {
            let steps = ["scheduling", "networking", "block_device_mapping", "spawning", "spawning", "spawning"];
            status("BUILD", "building", step(&steps, instance.cloud.since, *until, now), 0)
        }
        State::Importing { .. } => status("BUILD", "building", Some("spawning"), 0),
        State::Rebuilding { until } => {
            status("REBUILD", "active", step(&["rebuilding", "rebuild_spawning"], instance.cloud.since, *until, now), 1)
        }
        State::Resizing { until, was, .. } => {
            let steps = ["resize_prep", "resize_migrating", "resize_migrated", "resize_finish"];
            let (vm, power) = if was.1 { ("active", 1) } else { ("stopped", 4) };
            status("RESIZE", vm, step(&steps, instance.cloud.since, *until, now), power)
        }
        // Upstream shows no task while it is being confirmed (seen 2026-11).
        State::Resized { was, .. } => status("VERIFY_RESIZE", "resized", None, if was.1 { 1 } else { 4 }),
        State::Reverting { was, .. } => {
            status("REVERT_RESIZE", "resized", Some("resize_reverting"), if was.1 { 1 } else { 4 })
        }
        State::ImportFailed { .. } => status("ERROR", "error", None, 0),
        State::Destroyed { .. } => {
            let before = instance.cloud.before.as_deref().unwrap_or(&State::Stopped);
            Status { task: Some("deleting"), ..of_state(before, instance, now, account) }
        }
    }
}

fn saving(account: &Account, id: u64, now: Moment) -> Option<&'static str> {
    // Nova is not told of what Cinder saves.
    if account.volume_of(id).is_some() {
        return None;
    }
    let steps = [
        "image_snapshot",
        "image_pending_upload",
        "image_uploading",
        "image_uploading",
        "image_uploading",
        "image_uploading",
    ];
    let mut images = account.snapshots.iter().filter(|image| image.instance == id);
    images.find_map(|image| match image.saving {
        Saving::Running { until, .. } => step(&steps, image.begun, until, now),
        _ => None,
    })
}

/// Which of several equally long steps it is at.
fn step(steps: &[&'static str], since: Moment, until: Moment, now: Moment) -> Option<&'static str> {
    let done = now.seconds_since(since) / until.seconds_since(since).max(0.001);
    let place = (done.clamp(0.0, 0.999) * steps.len() as f64) as usize;
    steps.get(place).copied()
}
