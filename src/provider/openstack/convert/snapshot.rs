//! Saved images, which are the snapshots of a server.

use crate::domain::{Raw, ResourceId, Snapshot, SnapshotKind, StoreStatus, Trouble, text};
use crate::provider::details::{field, named, told};
use crate::provider::http::ListRecord;
use crate::provider::openstack::convert::image::saved_from;
use crate::provider::openstack::dialect::Dialect;
use crate::provider::openstack::{status, wire};

/// A saved image, whatever could be made of its record.
pub(in crate::provider) fn snapshot(record: ListRecord<wire::ImageRecord>, dialect: &Dialect) -> Snapshot {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, dialect, raw),
        Err(what) => crate::provider::malformed::snapshot(what, None, raw),
    }
}

fn understood(sent: wire::ImageRecord, dialect: &Dialect, raw: Raw) -> Snapshot {
    let status = status::image(&sent.status);
    let trouble = (status == StoreStatus::Error).then(|| Trouble { said: sent.status.trim().to_owned(), hint: None });
    let fields = [
        field(text::field::SYSTEM, sent.first_told(dialect.properties.system)),
        field(text::field::UPDATED, &told(sent.updated)),
        field(text::field::GUEST_AGENT, sent.told("hw_qemu_guest_agent")),
    ];
    let fields = fields.into_iter().flatten().collect();
    let at_rest = sent.updated.filter(|_| status == StoreStatus::Available);
    let expires = at_rest.zip(dialect.kept).map(|(at, kept)| at + kept);
    Snapshot {
        name: named(&sent.name, sent.id.as_str()),
        of: saved_from(&sent),
        raw_status: sent.status.trim().to_owned(),
        trouble,
        stage: status::stage(&status, sent.progress),
        status,
        size: sent.size.filter(|size| *size > 0),
        taken: sent.created,
        kind: kind(&sent),
        expires,
        min_disk_gb: sent.min_disk.filter(|gb| *gb > 0),
        fields,
        id: sent.id,
        raw,
    }
}

/// What an image of a server is that boots from a volume: Nova makes it of no bytes, with the snapshots of the volumes in
/// its properties, as JSON (seen at Zed, 2026).
fn kind(sent: &wire::ImageRecord) -> SnapshotKind {
    #[derive(serde::Deserialize)]
    struct Mapped {
        snapshot_id: Option<ResourceId>,
    }
    let mapping: Vec<Mapped> = serde_json::from_str(sent.told(wire::MAPPING)).unwrap_or_default();
    let named: Vec<ResourceId> = mapping.into_iter().filter_map(|mapped| mapped.snapshot_id).collect();
    if named.is_empty() { SnapshotKind::Disk } else { SnapshotKind::NamesOthers(named) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::conoha_v2::DIALECT;

    /// As Nova writes it of a server that boots from a volume (Zed, November 2026).
    #[rstest::rstest]
    #[case(r#"[{"boot_index":0,"source_type":"snapshot","snapshot_id":"s","volume_id":null}]"#, &["s"])]
    #[case(r#"[{"snapshot_id":"a"},{"snapshot_id":"b"},{"snapshot_id":null}]"#, &["a", "b"])]
    #[case("[]", &[])]
    #[case("no JSON", &[])]
    fn an_image_without_data_names_the_snapshots_of_volumes(#[case] mapping: &str, #[case] named: &[&str]) {
        let sent = serde_json::json!({"id": "i", "name": "n", "status": "active", "size": 0, "visibility": "private",
            "block_device_mapping": mapping});
        let image: wire::GlanceImage = serde_json::from_value(sent).unwrap();
        let expected: Vec<ResourceId> = named.iter().copied().map(ResourceId::new).collect();
        let record = ListRecord { raw: Raw::default(), value: Ok(image.0) };
        assert_eq!(snapshot(record, &DIALECT).named(), expected);
    }
}
