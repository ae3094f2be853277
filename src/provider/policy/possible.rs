//! What is possible, as far as all providers have it alike.

use crate::domain::{InstanceStatus, Kind, Phrase, Resource, StatusKind, Verb, text};

/// Whether a verb is about such a thing at all.
pub(in crate::provider) fn concerns(verb: Verb, on: Resource<'_>) -> bool {
    let kind = match on {
        Resource::Account => return verb.makes(),
        Resource::Instance(_) if verb.overwrites() => return true,
        Resource::Instance(_) => Kind::Instance,
        Resource::Snapshot(_) => Kind::Snapshot,
        Resource::Firewall(_) => Kind::Firewall,
        Resource::Key(_) => Kind::Key,
        Resource::ApiKey(_) => Kind::ApiKey,
        Resource::Volume(_) => Kind::Volume,
    };
    verb.subject() == kind && !verb.makes()
}

/// Whether a verb cuts the power of an instance without asking its guest.
pub(in crate::provider) fn cuts_power(verb: Verb) -> bool {
    verb == Verb::ForceStop
}

/// Why the power of an instance cannot be switched so now; `None` for a verb that does not switch it.
pub(in crate::provider) fn power(verb: Verb, status: &InstanceStatus) -> Option<Option<Phrase>> {
    use InstanceStatus::{Running, Stopped, Stopping};
    let stops = verb.leads_to(StatusKind::Stopped);
    let why = match (verb, status) {
        (Verb::Start, Stopped) | (Verb::Stop | Verb::ForceStop | Verb::Reboot, Running) => return Some(None),
        (Verb::ForceStop, Stopping) => return Some(None),
        (Verb::Start, Running) => text::cannot::RUNS_ALREADY,
        (Verb::Start, _) => text::cannot::ONLY_STOPPED,
        (_, Stopped) if stops => text::cannot::OFF_ALREADY,
        (_, Stopping) if stops => text::cannot::STOPS_ALREADY,
        (Verb::Reboot, _) => text::cannot::ONLY_RUNNING,
        _ if stops => text::cannot::ONLY_RUNNING,
        _ => return None,
    };
    Some(Some(Phrase::new(why)))
}
