//! Volumes and their snapshots.

use crate::domain::{
    Attachment, Raw, ResourceId, Snapshot, SnapshotKind, StoreStatus, Trouble, Volume, VolumeStatus, text,
};
use crate::provider::details::{field, named, told};
use crate::provider::http::ListRecord;
use crate::provider::openstack::{status, wire};

pub(in crate::provider) fn volume(record: ListRecord<wire::VolumeRecord>) -> Volume {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, raw),
        Err(what) => Volume {
            name: crate::provider::malformed::name(&what),
            status: VolumeStatus::Unknown(what.state()),
            raw_status: what.state(),
            id: what.id,
            size_gb: None,
            storage: None,
            bootable: false,
            attached_to: Vec::new(),
            image: None,
            image_name: None,
            snapshot: None,
            created: None,
            fields: Vec::new(),
            raw,
        },
    }
}

fn understood(sent: wire::VolumeRecord, raw: Raw) -> Volume {
    let of_image = |key: &str| sent.image.get(key).map(|value| value.trim()).filter(|value| !value.is_empty());
    let fields = [
        field(text::field::UPDATED, &told(sent.updated_at)),
        field(text::field::ZONE, &sent.availability_zone),
        field(text::field::DESCRIPTION, &sent.description),
        field(text::field::ENCRYPTED, if sent.encrypted { "yes" } else { "" }),
    ];
    let at = |attachment: &wire::VolumeAttachment| {
        let instance = attachment.server_id.clone()?;
        Some(Attachment { instance, device: attachment.device.trim().to_owned() })
    };
    Volume {
        name: named(&sent.name, sent.id.as_str()),
        status: status::volume(&sent.status),
        raw_status: sent.status.trim().to_owned(),
        size_gb: sent.size,
        storage: Some(sent.volume_type.trim()).filter(|name| !name.is_empty()).map(str::to_owned),
        bootable: sent.bootable.trim().eq_ignore_ascii_case("true"),
        attached_to: sent.attachments.iter().filter_map(at).collect(),
        image: of_image("image_id").map(ResourceId::new),
        image_name: of_image("image_name").map(str::to_owned),
        snapshot: sent.snapshot_id,
        created: sent.created_at,
        fields: fields.into_iter().flatten().collect(),
        id: sent.id,
        raw,
    }
}

/// A snapshot of a volume. What it takes of storage is not told: its size is that of its volume.
pub(in crate::provider) fn volume_snapshot(record: ListRecord<wire::VolumeSnapshotRecord>) -> Snapshot {
    let raw = record.raw;
    let sent = match record.value {
        Ok(sent) => sent,
        Err(what) => return crate::provider::malformed::snapshot(what, None, raw),
    };
    let status = status::volume_snapshot(&sent.status);
    let fields = [
        field(text::field::VOLUME, sent.volume_id.as_str()),
        field(text::field::UPDATED, &told(sent.updated_at)),
        field(text::field::DESCRIPTION, &sent.description),
    ];
    Snapshot {
        name: named(&sent.name, sent.id.as_str()),
        kind: SnapshotKind::OfVolume(sent.volume_id),
        of: None,
        raw_status: sent.status.trim().to_owned(),
        trouble: (status == StoreStatus::Error).then(|| Trouble { said: sent.status.trim().to_owned(), hint: None }),
        stage: None,
        status,
        size: None,
        taken: sent.created_at,
        expires: None,
        min_disk_gb: sent.size,
        fields: fields.into_iter().flatten().collect(),
        id: sent.id,
        raw,
    }
}
