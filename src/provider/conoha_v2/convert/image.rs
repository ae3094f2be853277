//! Images.

use super::{family, is_saved};
use crate::domain::{Image, ImageKind, Raw, ResourceId, StoreStatus, text};
use crate::provider::details::{field, named};
use crate::provider::http::ListRecord;
use crate::provider::openstack::{status, wire};

pub(in crate::provider::conoha_v2) fn image(record: ListRecord<wire::ImageRecord>) -> Image {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, raw),
        Err(what) => Image {
            name: crate::provider::malformed::name(&what),
            family: None,
            kind: ImageKind::Linux,
            status: StoreStatus::Unknown(what.state()),
            id: what.id,
            size: None,
            min_disk_gb: None,
            created: None,
            fields: Vec::new(),
            raw,
        },
    }
}

fn understood(sent: wire::ImageRecord, raw: Raw) -> Image {
    let kind = match (is_saved(&sent), sent.told("os_type").to_ascii_lowercase().starts_with("win")) {
        (true, _) => ImageKind::Saved,
        (false, true) => ImageKind::Windows,
        (false, false) => ImageKind::Linux,
    };
    let number = |number: Option<u64>, unit: &str| match number {
        None | Some(0) => String::new(),
        Some(number) => format!("{number} {unit}"),
    };
    let app = if sent.told("app").is_empty() { sent.told("gnc_app") } else { sent.told("app") };
    let details = [
        field(text::field::SYSTEM, sent.told("dst")),
        field(text::field::APP, app),
        field(text::field::MIN_DISK, &number(sent.min_disk, "GB")),
        field(text::field::MIN_MEMORY, &number(sent.min_ram, "MB")),
        field(text::field::SAVED_FROM, sent.server.as_ref().map_or("", ResourceId::as_str)),
        field(text::field::GUEST_AGENT, sent.told("hw_qemu_guest_agent")),
    ];
    Image {
        family: family::of(&sent.name, kind),
        name: named(&sent.name, sent.id.as_str()),
        kind,
        status: status::image(&sent.status),
        size: sent.size.filter(|size| *size > 0),
        min_disk_gb: sent.min_disk.filter(|gb| *gb > 0),
        created: sent.created,
        fields: details.into_iter().flatten().collect(),
        id: sent.id,
        raw,
    }
}
