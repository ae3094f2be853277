//! Indigo's words for a state. An instance has two: the life cycle (`READY`, `OPEN`) and free text about power.

use crate::domain::{InstanceStatus, StoreStatus, Trouble, text};

/// The shared word for what an instance shows, and what is wrong with it.
///
/// Recorded October 2024: `Running`, `Stopped`, `Disk image download in-progress (5% Completed)`, `The URL entered is
/// invalid.`; May 2022: `OS installation In Progress`. What it shows while it stops or starts was never recorded; words
/// that say so are understood. All else is unknown: neither running nor stopped.
pub(crate) fn instance(lifecycle: &str, power: &str) -> (InstanceStatus, Option<Trouble>) {
    let word = power.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let cycle = lifecycle.trim().to_ascii_uppercase();
    if !matches!(cycle.as_str(), "" | "READY" | "OPEN" | "UNUSED") {
        return (InstanceStatus::Unknown(words(lifecycle, power)), None);
    }
    let has = |part: &str| word.contains(part);
    let status = match word.as_str() {
        "running" => InstanceStatus::Running,
        "stopped" | "shutoff" => InstanceStatus::Stopped,
        "" if cycle == "READY" => InstanceStatus::Creating,
        _ if has("url") && has("invalid") => {
            let hint = Some(text::trouble::IMPORT_URL);
            return (InstanceStatus::Error, Some(Trouble { said: power.trim().to_owned(), hint }));
        }
        _ if has("download") && (has("progress") || has("%")) => InstanceStatus::Importing(percent(&word)),
        _ if has("install") && has("progress") => InstanceStatus::Creating,
        _ if word.starts_with("stopping") || word.starts_with("shutting down") => InstanceStatus::Stopping,
        _ if word.starts_with("starting") => InstanceStatus::Starting,
        _ if word.starts_with("rebooting") || word.starts_with("resetting") => InstanceStatus::Rebooting,
        _ if word.starts_with("restoring") => InstanceStatus::Restoring,
        _ => InstanceStatus::Unknown(if word.is_empty() { lifecycle.trim() } else { power.trim() }.to_owned()),
    };
    (status, None)
}

/// The provider's own words: `OPEN, Running`.
pub(crate) fn words(lifecycle: &str, power: &str) -> String {
    [lifecycle.trim(), power.trim()].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The number before a percent sign, at most 100.
fn percent(word: &str) -> Option<u8> {
    let before = word.split_once('%')?.0.trim_end();
    let whole = before.rsplit(|c: char| !c.is_ascii_digit() && c != '.').next()?;
    let number: u32 = whole.split('.').next()?.parse().ok()?;
    u8::try_from(number.min(100)).ok()
}

/// The shared word for a snapshot's state: `running`, `created` (recorded October 2024), `failed` (the provider's own
/// sample).
pub(crate) fn snapshot(word: &str, deleted: bool) -> StoreStatus {
    if deleted {
        return StoreStatus::Deleting;
    }
    match word.trim().to_ascii_lowercase().as_str() {
        "running" => StoreStatus::Creating,
        "created" => StoreStatus::Available,
        "failed" => StoreStatus::Error,
        "restoring" => StoreStatus::Restoring,
        "deleting" => StoreStatus::Deleting,
        _ => StoreStatus::Unknown(word.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use InstanceStatus::{Creating, Error, Importing, Running, Starting, Stopped, Stopping, Unknown};

    #[rstest::rstest]
    #[case("OPEN", "Running", Running)]
    #[case("OPEN", " stopped ", Stopped)]
    #[case("READY", "", Creating)]
    #[case("READY", "OS installation In Progress", Creating)]
    #[case("READY", "Disk image download in-progress (5% Completed)", Importing(Some(5)))]
    #[case("READY", "disk image  download In-Progress ( 41 % completed )", Importing(Some(41)))]
    #[case("READY", "Disk image download in-progress (99.7% Completed)", Importing(Some(99)))]
    #[case("READY", "Disk image download in-progress (4000% Completed)", Importing(Some(100)))]
    #[case("READY", "Disk image download in-progress", Importing(None))]
    #[case("READY", "The URL entered is invalid.", Error)]
    #[case("OPEN", "Shutting down", Stopping)]
    #[case("OPEN", "STARTING", Starting)]
    #[case("OPEN", "Hibernating", Unknown("Hibernating".into()))]
    #[case("OPEN", "", Unknown("OPEN".into()))]
    #[case("CLOSED", "Stopped", Unknown("CLOSED, Stopped".into()))]
    #[case("", "", Unknown(String::new()))]
    fn each_word_has_one_meaning_and_unknown_ones_none(
        #[case] lifecycle: &str,
        #[case] power: &str,
        #[case] expected: InstanceStatus,
    ) {
        assert_eq!(instance(lifecycle, power).0, expected);
    }

    #[test]
    fn a_failed_import_says_what_to_do() {
        let (_, trouble) = instance("READY", "The URL entered is invalid.");
        let trouble = trouble.unwrap();
        assert_eq!(trouble.said, "The URL entered is invalid.");
        assert_eq!(trouble.hint, Some(text::trouble::IMPORT_URL));
    }
}
