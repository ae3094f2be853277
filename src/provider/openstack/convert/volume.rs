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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::http::rows;

    fn read<T: serde::de::DeserializeOwned>(sent: &str) -> ListRecord<T> {
        let row = serde_json::value::RawValue::from_string(sent.to_owned()).unwrap();
        rows(&[row]).remove(0)
    }

    /// As Zed sends it, November 2026.
    #[test]
    fn a_volume_tells_where_it_is_and_what_it_was_made_of() {
        let volume = volume(read(
            r#"{"id":"v","status":"in-use","size":30,"created_at":"2026-11-28T00:59:21.000000","name":"","volume_type":
            "fast","snapshot_id":null,"bootable":"true","encrypted":false,"attachments":[{"id":"v","attachment_id":"a",
            "server_id":"s","host_name":null,"device":"/dev/sda"}],"volume_image_metadata":{"image_id":"i","image_name":
            "debian","min_disk":"0"}}"#,
        ));
        assert_eq!((volume.name.as_str(), &volume.status, volume.size_gb), ("#v", &VolumeStatus::InUse, Some(30)));
        assert_eq!(volume.attached_to, [Attachment { instance: "s".into(), device: "/dev/sda".to_owned() }]);
        assert_eq!((volume.image, volume.image_name.as_deref()), (Some("i".into()), Some("debian")));
        assert_eq!((volume.bootable, volume.storage.as_deref(), volume.snapshot), (true, Some("fast"), None));
        assert!(volume.created.is_some());
    }

    #[test]
    fn a_snapshot_of_a_volume_is_told_from_an_image_and_one_of_no_volume_is_not_understood() {
        let sent =
            r#"{"id":"s","name":"snapshot for a","volume_id":"v","status":"available","size":1,"description":null}"#;
        let snapshot = volume_snapshot(read(sent));
        assert_eq!(snapshot.kind, SnapshotKind::OfVolume("v".into()));
        assert_eq!((snapshot.status, snapshot.min_disk_gb, snapshot.size), (StoreStatus::Available, Some(1), None));
        let odd = volume_snapshot(read(r#"{"id":"s","status":"available","volume_id":null}"#));
        assert!(matches!(odd.status, StoreStatus::Unknown(_)), "{odd:?}");
    }

    #[rstest::rstest]
    #[case("downloading", VolumeStatus::Creating)]
    #[case("reserved", VolumeStatus::InUse)]
    #[case("detaching", VolumeStatus::InUse)]
    #[case("uploading", VolumeStatus::Saving)]
    #[case("error_deleting", VolumeStatus::Error)]
    #[case("retyping", VolumeStatus::Unknown("retyping".to_owned()))]
    fn each_word_of_a_volume_has_one_meaning(#[case] word: &str, #[case] expected: VolumeStatus) {
        assert_eq!(status::volume(word), expected);
    }
}
