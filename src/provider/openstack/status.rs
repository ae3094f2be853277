//! Nova's words for states. A server has three: `status` for people, `vm_state` beneath it, and the task under way,
//! which is null when there is none. `status` lags: a server on its way down is `ACTIVE` with `powering-off`.

use crate::domain::{InstanceStatus, Stage, StoreStatus, VolumeStatus};

/// The shared word for a server's state. Words that nobody knows are unknown: neither running nor stopped.
pub(in crate::provider) fn server(status: &str, task: &str, vm: &str) -> InstanceStatus {
    let task = task.trim();
    let by_task = match task {
        "deleting" | "soft-deleting" => Some(InstanceStatus::Destroying),
        "powering-on" => Some(InstanceStatus::Starting),
        "powering-off" => Some(InstanceStatus::Stopping),
        _ if task.starts_with("image_") => Some(InstanceStatus::Saving),
        _ if task.starts_with("reboot") => Some(InstanceStatus::Rebooting),
        _ if task.starts_with("rebuild") => Some(InstanceStatus::Rebuilding),
        _ if task.starts_with("resize") => Some(InstanceStatus::Resizing),
        _ => None,
    };
    let shown = by_status(status).or_else(|| by_vm_state(vm).filter(|_| matches!(status.trim(), "" | "UNKNOWN")));
    match (by_task, shown) {
        (Some(by_task), _) => by_task,
        (None, Some(shown)) if task.is_empty() || !is_settled(&shown) => shown,
        _ => InstanceStatus::Unknown(words(status, task)),
    }
}

/// A state in which nothing is said to be under way, so that a task beside it means something else.
const fn is_settled(shown: &InstanceStatus) -> bool {
    matches!(shown, InstanceStatus::Running | InstanceStatus::Stopped)
}

fn by_status(status: &str) -> Option<InstanceStatus> {
    Some(match status.trim().to_ascii_uppercase().as_str() {
        "ACTIVE" => InstanceStatus::Running,
        "SHUTOFF" => InstanceStatus::Stopped,
        "BUILD" => InstanceStatus::Creating,
        "REBOOT" | "HARD_REBOOT" => InstanceStatus::Rebooting,
        "REBUILD" => InstanceStatus::Rebuilding,
        "RESIZE" | "REVERT_RESIZE" | "MIGRATING" => InstanceStatus::Resizing,
        "VERIFY_RESIZE" => InstanceStatus::ConfirmResize,
        "PAUSED" => InstanceStatus::Paused,
        "SUSPENDED" => InstanceStatus::Suspended,
        "SHELVED" | "SHELVED_OFFLOADED" => InstanceStatus::Shelved,
        "RESCUE" => InstanceStatus::Rescue,
        "DELETED" | "SOFT_DELETED" => InstanceStatus::Destroying,
        "ERROR" => InstanceStatus::Error,
        _ => return None,
    })
}

fn by_vm_state(vm: &str) -> Option<InstanceStatus> {
    Some(match vm.trim().to_ascii_lowercase().as_str() {
        "active" => InstanceStatus::Running,
        "stopped" => InstanceStatus::Stopped,
        "building" => InstanceStatus::Creating,
        "paused" => InstanceStatus::Paused,
        "suspended" => InstanceStatus::Suspended,
        "resized" => InstanceStatus::ConfirmResize,
        "rescued" => InstanceStatus::Rescue,
        "deleted" | "soft-delete" => InstanceStatus::Destroying,
        "error" => InstanceStatus::Error,
        _ => return None,
    })
}

/// The provider's own words: `ACTIVE, powering-off`.
pub(in crate::provider) fn words(status: &str, task: &str) -> String {
    [status.trim(), task.trim()].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ")
}

/// What the power of a server is at, by the number that Nova sends.
pub(in crate::provider) fn power(number: Option<u64>) -> String {
    match number {
        None => String::new(),
        Some(0) => "none".to_owned(),
        Some(1) => "running".to_owned(),
        Some(3) => "paused".to_owned(),
        Some(4) => "off".to_owned(),
        Some(6) => "crashed".to_owned(),
        Some(7) => "suspended".to_owned(),
        Some(other) => other.to_string(),
    }
}

/// The shared word for an image's state: Nova's words are in capitals, Glance's are not.
pub(in crate::provider) fn image(status: &str) -> StoreStatus {
    match status.trim().to_ascii_lowercase().as_str() {
        "active" => StoreStatus::Available,
        "saving" | "queued" | "uploading" | "importing" => StoreStatus::Saving,
        "deleted" | "pending_delete" => StoreStatus::Deleting,
        "error" | "killed" => StoreStatus::Error,
        // Nova's own word for what it cannot tell is unknown as well.
        _ => StoreStatus::Unknown(status.trim().to_owned()),
    }
}

/// The shared word for a volume's state.
pub(in crate::provider) fn volume(status: &str) -> VolumeStatus {
    match status.trim().to_ascii_lowercase().as_str() {
        "creating" | "downloading" => VolumeStatus::Creating,
        "available" => VolumeStatus::Available,
        "in-use" | "reserved" | "attaching" | "detaching" => VolumeStatus::InUse,
        "uploading" => VolumeStatus::Saving,
        "deleting" => VolumeStatus::Deleting,
        word if word.starts_with("error") => VolumeStatus::Error,
        _ => VolumeStatus::Unknown(status.trim().to_owned()),
    }
}

/// The shared word for the state of a volume's snapshot.
pub(in crate::provider) fn volume_snapshot(status: &str) -> StoreStatus {
    match status.trim().to_ascii_lowercase().as_str() {
        "creating" | "backing-up" | "unmanaging" => StoreStatus::Creating,
        "available" => StoreStatus::Available,
        "restoring" => StoreStatus::Restoring,
        "deleting" | "deleted" => StoreStatus::Deleting,
        word if word.starts_with("error") => StoreStatus::Error,
        _ => StoreStatus::Unknown(status.trim().to_owned()),
    }
}

/// How far the saving of an image has come. Nova's `progress` is no percentage: it is 25 while Glance has it queued, 50
/// while it is stored, 100 when it is done (upstream's code; seen at `ConoHa` by public clients).
pub(in crate::provider) fn stage(status: &StoreStatus, progress: Option<u64>) -> Option<Stage> {
    let at = match progress? {
        25 => 1,
        50 => 2,
        _ => return None,
    };
    (*status == StoreStatus::Saving).then_some(Stage { at, of: 3 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use InstanceStatus::{
        ConfirmResize, Creating, Destroying, Error, Rebooting, Rebuilding, Resizing, Running, Saving, Starting,
        Stopped, Stopping, Unknown,
    };

    #[rstest::rstest]
    #[case("ACTIVE", "", "active", Running)]
    #[case("ACTIVE", "powering-off", "active", Stopping)]
    #[case("SHUTOFF", "", "stopped", Stopped)]
    #[case("SHUTOFF", "powering-on", "stopped", Starting)]
    #[case("SHUTOFF", "image_snapshot", "stopped", Saving)]
    #[case("SHUTOFF", "image_pending_upload", "stopped", Saving)]
    #[case("SHUTOFF", "image_uploading", "stopped", Saving)]
    #[case("ACTIVE", "reboot_started", "active", Rebooting)]
    #[case("REBOOT", "rebooting", "active", Rebooting)]
    #[case("HARD_REBOOT", "rebooting_hard", "active", Rebooting)]
    #[case("HARD_REBOOT", "", "active", Rebooting)]
    #[case("ACTIVE", "deleting", "active", Destroying)]
    #[case("ERROR", "deleting", "error", Destroying)]
    #[case("REBUILD", "rebuild_spawning", "active", Rebuilding)]
    #[case("BUILD", "spawning", "building", Creating)]
    #[case("BUILD", "", "building", Creating)]
    #[case("SHUTOFF", "resize_prep", "stopped", Resizing)]
    #[case("RESIZE", "resize_migrating", "stopped", Resizing)]
    #[case("REVERT_RESIZE", "", "resized", Resizing)]
    #[case("VERIFY_RESIZE", "", "resized", ConfirmResize)]
    #[case("ERROR", "", "error", Error)]
    #[case("UNKNOWN", "", "stopped", Stopped)]
    #[case("UNKNOWN", "", "", Unknown("UNKNOWN".into()))]
    #[case("ACTIVE", "meditating", "active", Unknown("ACTIVE, meditating".into()))]
    #[case("PASSWORD", "updating_password", "active", Unknown("PASSWORD, updating_password".into()))]
    #[case("DREAMING", "", "active", Unknown("DREAMING".into()))]
    #[case("", "", "", Unknown(String::new()))]
    fn each_word_has_one_meaning(
        #[case] status: &str,
        #[case] task: &str,
        #[case] vm: &str,
        #[case] expected: InstanceStatus,
    ) {
        assert_eq!(server(status, task, vm), expected);
    }

    #[rstest::rstest]
    #[case("SAVING", Some(25), StoreStatus::Saving, Some(1))]
    #[case("SAVING", Some(50), StoreStatus::Saving, Some(2))]
    #[case("saving", Some(0), StoreStatus::Saving, None)]
    #[case("ACTIVE", Some(100), StoreStatus::Available, None)]
    #[case("ACTIVE", Some(25), StoreStatus::Available, None)]
    #[case("DELETED", None, StoreStatus::Deleting, None)]
    #[case("ERROR", Some(0), StoreStatus::Error, None)]
    #[case("UNKNOWN", None, StoreStatus::Unknown("UNKNOWN".into()), None)]
    fn an_image_is_at_one_of_few_stages(
        #[case] word: &str,
        #[case] progress: Option<u64>,
        #[case] status: StoreStatus,
        #[case] at: Option<u8>,
    ) {
        assert_eq!(image(word), status);
        assert_eq!(stage(&status, progress).map(|stage| stage.at), at);
    }
}
