//! Instances.

use crate::domain::{Address, Field, Instance, InstanceStatus, InstanceVolume, Raw, ResourceId, Spec, Trouble, text};
use crate::provider::details::{field, named, told};
use crate::provider::http::ListRecord;
use crate::provider::openstack::dialect::{Dialect, ServerNames};
use crate::provider::openstack::{network, status, wire};

/// An instance, whatever could be made of its record. `region`: that of the account.
pub(in crate::provider) fn instance(
    record: ListRecord<wire::ServerRecord>,
    region: Option<&str>,
    dialect: &Dialect,
) -> Instance {
    let raw = record.raw;
    match record.value {
        Ok(sent) => understood(sent, region, dialect, raw),
        Err(what) => crate::provider::malformed::instance(what, raw),
    }
}

/// Size and system are those of its plan and its image, which are lists of their own.
fn understood(sent: wire::ServerRecord, region: Option<&str>, dialect: &Dialect, raw: Raw) -> Instance {
    let status = status::server(&sent.status, &sent.task, &sent.vm);
    let tag = match dialect.server_names {
        ServerNames::Own => "",
        ServerNames::Tag(key) => sent.metadata.get(key).map_or("", String::as_str),
    };
    let name = if tag.trim().is_empty() { &sent.name } else { tag };
    let fault = sent.fault.as_ref().map_or("", |fault| fault.message.trim());
    let trouble = (status == InstanceStatus::Error)
        .then(|| Trouble { said: if fault.is_empty() { sent.status.clone() } else { fault.to_owned() }, hint: None });
    // Only the panel honours this lock: the API destroys all the same, so whoever calls it must.
    let locked = sent.metadata.get("IsDeleteLocked").is_some_and(|lock| lock.trim().eq_ignore_ascii_case("true"));
    Instance {
        name: named(name, sent.id.as_str()),
        raw_status: status::words(&sent.status, &sent.task),
        status,
        trouble,
        addresses: addresses(&sent, dialect.public_networks),
        plan: sent.flavor.clone(),
        spec: Spec::default(),
        os: None,
        image: sent.image.clone(),
        volumes: volumes(&sent),
        region: region.map(str::to_owned),
        key: sent.key_name.clone(),
        firewalls: firewalls(&sent),
        locked,
        created: sent.created,
        fields: details(&sent, name, locked),
        id: sent.id,
        raw,
    }
}

/// `shown`: the name that is shown already.
fn details(sent: &wire::ServerRecord, shown: &str, locked: bool) -> Vec<Field> {
    let mut macs: Vec<&str> = sent.addresses.values().flatten().map(|address| address.mac.as_str()).collect();
    macs.sort_unstable();
    macs.dedup();
    let backup = match sent.metadata.get("backup_set").map_or("", |set| set.trim()) {
        "" | "0" => String::new(),
        set => set.to_owned(),
    };
    let all = [
        field(text::field::NAME, if shown == sent.name { "" } else { &sent.name }),
        field(text::field::POWER, &status::power(sent.power)),
        field(text::field::TASK, &sent.task),
        field(text::field::VM_STATE, &sent.vm),
        field(text::field::LOCK, if locked { "yes" } else { "" }),
        field(text::field::LAUNCHED, &told(sent.launched)),
        field(text::field::UPDATED, &told(sent.updated)),
        field(text::field::BACKUP, &backup),
        field(text::field::MAC, &macs.join(" ")),
        field(text::field::ZONE, &sent.zone),
        field(text::field::HOST, &sent.host),
        field(text::field::CONFIG_DRIVE, &sent.config_drive),
    ];
    all.into_iter().flatten().collect()
}

fn volumes(sent: &wire::ServerRecord) -> Vec<InstanceVolume> {
    let volumes = sent.volumes.iter().filter(|volume| !volume.id.trim().is_empty());
    let volume = |volume: &wire::AttachedVolume| InstanceVolume {
        id: ResourceId::new(volume.id.trim()),
        goes_too: volume.delete_on_termination,
    };
    volumes.map(volume).collect()
}

/// Each group once; a name may stand twice where two ports are behind it.
fn firewalls(sent: &wire::ServerRecord) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for group in sent.security_groups.as_ref()? {
        if !names.contains(&group.name) {
            names.push(group.name.clone());
        }
    }
    Some(names)
}

/// Public IPv4 first, then public IPv6, then the rest with the name of its network. `public`: how the names of public
/// networks begin.
fn addresses(sent: &wire::ServerRecord, public: Option<&str>) -> Vec<Address> {
    let mut found: Vec<(u8, Address)> = Vec::new();
    let several = sent.addresses.len() > 1;
    for (name, addresses) in &sent.addresses {
        for address in addresses.iter().filter(|address| !address.addr.trim().is_empty()) {
            let text = address.addr.trim();
            let is_public = match public {
                Some(begin) => name.starts_with(begin) || (!several && network::is_public(text)),
                None => address.kind == "floating" || network::is_public(text),
            };
            let rank = if is_public { u8::from(text.contains(':')) } else { 2 };
            let address = Address { text: text.to_owned(), network: (rank == 2).then(|| name.clone()) };
            if !found.iter().any(|(_, other)| other.text == address.text) {
                found.push((rank, address));
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, address)| address).collect()
}
