//! Snapshots. Indigo does not tell whose they are: it is known from the list they were asked for with.

use super::{field, named, status};
use crate::domain::{Raw, ResourceId, Snapshot, SnapshotKind, StoreStatus, Trouble, text};
use crate::provider::http::ListRecord;
use crate::provider::indigo::wire;

/// A snapshot of `of`.
pub(crate) fn snapshot(record: ListRecord<wire::SnapshotRecord>, of: &ResourceId) -> Snapshot {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, of, raw),
        Err(what) => crate::provider::malformed::snapshot(what, Some(of.clone()), raw),
    }
}

fn understood(sent: wire::SnapshotRecord, of: &ResourceId, raw: Raw) -> Snapshot {
    let status = status::snapshot(&sent.status, sent.deleted.is_some_and(|n| n > 0));
    let trouble = (status == StoreStatus::Error)
        .then(|| Trouble { said: sent.status.trim().to_owned(), hint: Some(text::trouble::SNAPSHOT_FAILED) });
    let fields = [
        field(text::field::SERVICE_ID, &sent.service_id),
        field(text::field::VOLUME, &sent.volume),
        field(text::field::SLOT, &sent.slot_number),
    ];
    Snapshot {
        name: named(&sent.name, sent.id.as_str()),
        id: sent.id,
        of: Some(of.clone()),
        status,
        raw_status: sent.status.trim().to_owned(),
        trouble,
        stage: None,
        size: sent.size,
        taken: sent.completed_timestamp,
        kind: SnapshotKind::Disk,
        expires: None,
        min_disk_gb: None,
        fields: fields.into_iter().flatten().collect(),
        raw,
    }
}
