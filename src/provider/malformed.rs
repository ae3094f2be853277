//! Records that were not understood keep their place in their list; nothing can be done to them.

use super::details::named;
use super::http::DecodeFailure;
use crate::domain::{Instance, InstanceStatus, Raw, ResourceId, Snapshot, SnapshotKind, Spec, StoreStatus, Trouble};

/// What it is called: by its name where one was found, else by its id.
pub(super) fn name(what: &DecodeFailure) -> String {
    named(what.name.as_deref().unwrap_or_default(), what.id.as_str())
}

fn trouble(what: &DecodeFailure) -> Option<Trouble> {
    Some(Trouble { said: format!("{}: {}", what.field, what.said), hint: None })
}

pub(super) fn instance(what: DecodeFailure, raw: Raw) -> Instance {
    Instance {
        name: name(&what),
        status: InstanceStatus::Unknown(what.state()),
        raw_status: what.state(),
        trouble: trouble(&what),
        id: what.id,
        addresses: Vec::new(),
        plan: None,
        spec: Spec::default(),
        os: None,
        image: None,
        volumes: Vec::new(),
        region: None,
        key: None,
        firewalls: None,
        locked: false,
        created: None,
        fields: Vec::new(),
        raw,
    }
}

/// A snapshot. `of`: the instance whose list it stands in, where lists are per instance.
pub(super) fn snapshot(what: DecodeFailure, of: Option<ResourceId>, raw: Raw) -> Snapshot {
    Snapshot {
        name: name(&what),
        of,
        status: StoreStatus::Unknown(what.state()),
        raw_status: what.state(),
        trouble: trouble(&what),
        id: what.id,
        stage: None,
        size: None,
        taken: None,
        kind: SnapshotKind::Disk,
        expires: None,
        min_disk_gb: None,
        fields: Vec::new(),
        raw,
    }
}
