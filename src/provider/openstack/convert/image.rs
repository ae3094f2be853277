//! Images.

use crate::domain::{Image, ImageKind, Raw, ResourceId, StoreStatus, text};
use crate::provider::details::{field, named};
use crate::provider::http::ListRecord;
use crate::provider::openstack::convert::family::family;
use crate::provider::openstack::dialect::Dialect;
use crate::provider::openstack::{status, wire};

pub(in crate::provider) fn image(record: ListRecord<wire::ImageRecord>, dialect: &Dialect) -> Image {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, dialect, raw),
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

fn understood(sent: wire::ImageRecord, dialect: &Dialect, raw: Raw) -> Image {
    let kind = match ((dialect.is_saved)(&sent), sent.told("os_type").to_ascii_lowercase().starts_with("win")) {
        (true, _) => ImageKind::Saved,
        (false, true) => ImageKind::Windows,
        (false, false) => ImageKind::Linux,
    };
    let number = |number: Option<u64>, unit: &str| match number {
        None | Some(0) => String::new(),
        Some(number) => format!("{number} {unit}"),
    };
    let details = [
        field(text::field::SYSTEM, sent.first_told(dialect.properties.system)),
        field(text::field::APP, sent.first_told(dialect.properties.app)),
        field(text::field::MIN_DISK, &number(sent.min_disk, "GB")),
        field(text::field::MIN_MEMORY, &number(sent.min_ram, "MB")),
        field(text::field::SAVED_FROM, saved_from(&sent).as_ref().map_or("", ResourceId::as_str)),
        field(text::field::GUEST_AGENT, sent.told("hw_qemu_guest_agent")),
    ];
    Image {
        family: family(system_or_name(&sent), dialect.own_prefix, kind),
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

/// What tells the family: the system where it is written to the image, else its name.
fn system_or_name(sent: &wire::ImageRecord) -> &str {
    match sent.told("os_distro") {
        "" => &sent.name,
        system => system,
    }
}

/// The server that it was saved from: upstream's Nova writes it to every image that it makes.
pub(super) fn saved_from(sent: &wire::ImageRecord) -> Option<ResourceId> {
    let told = Some(sent.told("instance_uuid")).filter(|id| !id.is_empty());
    sent.server.clone().or_else(|| told.map(ResourceId::new))
}
