//! Saved images, which `ConoHa` itself calls snapshots in brackets.

use std::time::Duration;

use crate::domain::{Raw, ResourceId, Snapshot, StoreStatus, Trouble, text};
use crate::provider::details::{field, named, told};
use crate::provider::http::ListRecord;
use crate::provider::openstack::{status, wire};

/// A saved image that is not used for 90 days is deleted by the provider, unless a paid option holds it (the
/// provider's support page on saved images, as a public client's documents cite it).
const KEPT: Duration = Duration::from_secs(90 * 24 * 60 * 60);

/// Whether an image is one that the account saved. Sources: `image_type` is what a public client of 2023 goes by; the
/// image recorded in 2021 has none, but its server in two places. An image that tells nothing at all of itself is a
/// saved one, unless it has the provider's prefix `vmi-`.
pub(in crate::provider::conoha_v2) fn is_saved(image: &wire::ImageRecord) -> bool {
    let is_of_server = image.server.is_some() || !image.told("instance_uuid").is_empty();
    let is_offered = ["display_order", "dst", "app", "gnc_app"].iter().any(|key| !image.told(key).is_empty());
    image.told("image_type") == "snapshot" || is_of_server || !(is_offered || image.name.trim().starts_with("vmi-"))
}

/// A saved image, whatever could be made of its record.
pub(in crate::provider::conoha_v2) fn snapshot(record: ListRecord<wire::ImageRecord>) -> Snapshot {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, raw),
        Err(what) => crate::provider::malformed::snapshot(what, None, raw),
    }
}

fn understood(sent: wire::ImageRecord, raw: Raw) -> Snapshot {
    let status = status::image(&sent.status);
    let trouble = (status == StoreStatus::Error).then(|| Trouble { said: sent.status.trim().to_owned(), hint: None });
    let fields = [
        field(text::field::SYSTEM, sent.told("dst")),
        field(text::field::UPDATED, &told(sent.updated)),
        field(text::field::GUEST_AGENT, sent.told("hw_qemu_guest_agent")),
    ];
    let fields = fields.into_iter().flatten().collect();
    let expires = sent.updated.filter(|_| status == StoreStatus::Available).map(|at| at + KEPT);
    Snapshot {
        name: named(&sent.name, sent.id.as_str()),
        of: of(&sent),
        raw_status: sent.status.trim().to_owned(),
        trouble,
        stage: status::stage(&status, sent.progress),
        status,
        size: sent.size.filter(|size| *size > 0),
        taken: sent.created,
        expires,
        min_disk_gb: sent.min_disk.filter(|gb| *gb > 0),
        fields,
        id: sent.id,
        raw,
    }
}

fn of(sent: &wire::ImageRecord) -> Option<ResourceId> {
    let told = Some(sent.told("instance_uuid")).filter(|id| !id.is_empty());
    sent.server.clone().or_else(|| told.map(ResourceId::new))
}
