//! The bodies of lists, decoded: from text to the words of the trade, one malformed record at a time.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::domain::{Collection, Cut, Fault, ListKey, Reading, ResourceId, Snapshot, text};
use crate::provider::decode_failures::{DecodeFailures, Raws};
use crate::provider::http::{DecodeFailure, ListRecord, not_understood, one, rows};
use crate::provider::openstack::dialect::{Dialect, Images};
use crate::provider::openstack::session::Scope;
use crate::provider::openstack::{convert, wire};

/// What was sent for a list.
#[derive(Debug)]
pub(in crate::provider) enum ListBody {
    Rows(Raws),
    /// What is no list: one record, or what stands alone.
    Body(String),
}

/// The records of a list, and why there may be more.
pub(in crate::provider) struct Rows {
    pub(in crate::provider) rows: Raws,
    pub(in crate::provider) cut: Option<Cut>,
}

/// The key under which the records of a list stand; `None` where it is no list, or not read in one piece.
pub(in crate::provider) const fn key(list: &ListKey) -> Option<&'static str> {
    Some(match list {
        ListKey::Instances => "servers",
        ListKey::Snapshots(None) | ListKey::Images => "images",
        ListKey::Plans(None) => "flavors",
        ListKey::Keys => "keypairs",
        ListKey::Ports(_) => "ports",
        ListKey::Volumes => "volumes",
        ListKey::Networks => "networks",
        _ => return None,
    })
}

/// Decodes what was sent for a list. `region`: that of the account.
pub(in crate::provider) fn decode(
    list: &ListKey,
    region: Option<&str>,
    sent: &ListBody,
    dialect: &Dialect,
) -> Result<Reading, Fault> {
    let mut failures = DecodeFailures::default();
    let instance = |record| convert::instance(record, region, dialect);
    let collection = match (list, sent) {
        (ListKey::Instances, ListBody::Rows(rows)) => Collection::Instances(failures.rows(rows, instance)),
        (ListKey::Instance(_), ListBody::Body(body)) => {
            let server = one::<wire::OneServer>(body)?.server;
            if server.get() == "null" {
                return Err(not_understood("server", text::not_sent::NOTHING_SENT, body));
            }
            Collection::Instances(failures.rows(&[server], instance))
        }
        (ListKey::Snapshots(None), ListBody::Rows(rows)) => Collection::Snapshots(saved(rows, dialect, &mut failures)),
        (ListKey::Snapshot(_), ListBody::Body(body)) => {
            let image = one_image(body, dialect.images)?;
            let record = images(&[image], dialect.images).into_iter().inspect(|record| failures.note_of(record));
            Collection::Snapshots(record.map(|record| Arc::new(convert::snapshot(record, dialect))).collect())
        }
        (ListKey::Volumes, ListBody::Rows(rows)) => Collection::Volumes(failures.rows(rows, convert::volume)),
        (ListKey::Volume(_), ListBody::Body(body)) => {
            let volume = one::<wire::OneVolume>(body)?.volume;
            Collection::Volumes(failures.rows(&[volume], convert::volume))
        }
        (ListKey::Images, ListBody::Rows(rows)) => {
            let records = images(rows, dialect.images).into_iter().inspect(|record| failures.note_of(record));
            let images = records.map(|record| Arc::new(convert::image(record, dialect))).collect();
            Collection::Images(once(images, |image| &image.id, &mut failures))
        }
        (ListKey::Plans(None), ListBody::Rows(rows)) => Collection::Plans(failures.rows(rows, convert::plan)),
        (ListKey::Keys, ListBody::Rows(rows)) => {
            let mut pairs: Raws = rows.iter().map(|row| unwrapped(row)).collect::<Result<_, _>>()?;
            pairs.retain(|pair| pair.get() != "null");
            Collection::Keys(failures.rows(&pairs, convert::key))
        }
        (ListKey::Rules(_), ListBody::Body(body)) => {
            let sent: wire::OneSecurityGroup = one(body)?;
            let set = convert::rules(&sent.security_group, body)
                .map_err(|said| not_understood("security_group.security_group_rules", said, body))?;
            Collection::Rules(Arc::new(set))
        }
        (ListKey::Ports(instance), ListBody::Rows(rows)) => {
            Collection::Ports(convert::ports(&ports_of(rows)?, instance).into_iter().map(Arc::new).collect())
        }
        (ListKey::Networks, ListBody::Rows(rows)) => {
            let sent = rows.iter().map(|row| one(row.get())).collect::<Result<Vec<wire::NetworkRecord>, Fault>>()?;
            Collection::Networks(sent.into_iter().filter_map(convert::network).map(Arc::new).collect())
        }
        _ => return Err(not_understood(".", text::not_sent::NO_LIST, "")),
    };
    Ok(failures.reading(collection))
}

fn unwrapped(row: &RawValue) -> Result<Box<RawValue>, Fault> {
    Ok(one::<wire::OneKeyPair>(row.get())?.keypair)
}

fn ports_of(rows: &[Box<RawValue>]) -> Result<Vec<wire::PortRecord>, Fault> {
    rows.iter().map(|port| one(port.get())).collect()
}

fn one_image(body: &str, from: Images) -> Result<Box<RawValue>, Fault> {
    match from {
        Images::Compute => Ok(one::<wire::OneImage>(body)?.image),
        Images::Glance => one(body),
    }
}

fn images(rows_sent: &[Box<RawValue>], from: Images) -> Vec<ListRecord<wire::ImageRecord>> {
    match from {
        Images::Compute => rows(rows_sent),
        Images::Glance => {
            let bare = |record: ListRecord<wire::GlanceImage>| ListRecord {
                raw: record.raw,
                value: record.value.map(|i| i.0),
            };
            rows(rows_sent).into_iter().map(bare).collect()
        }
    }
}

/// The images that are the project's to use. To an administrator Glance sends those of all projects.
pub(in crate::provider) fn usable(mut images: Raws, scope: &Scope) -> Raws {
    #[derive(Deserialize)]
    struct Sent {
        owner: Option<String>,
        visibility: Option<String>,
    }
    images.retain(|row| {
        let Ok(sent) = serde_json::from_str::<Sent>(row.get()) else { return true };
        let is_foreign = sent.owner.is_some_and(|owner| !owner.is_empty() && owner != scope.project);
        match sent.visibility.as_deref() {
            Some("private") => !is_foreign,
            // With whom an image is shared its list does not tell: to others only that is sent which is shared with them.
            Some("shared") => !(is_foreign && scope.is_admin),
            _ => true,
        }
    });
    images
}

/// Decodes the firewalls: the groups, and the ports that tell which servers are behind them. Where there may be more
/// ports, that is not known.
pub(in crate::provider) fn firewalls(groups: &Rows, ports: &Rows, dialect: &Dialect) -> Result<Reading, Fault> {
    let mut failures = DecodeFailures::default();
    let all = ports_of(&ports.rows)?;
    let on = ports.cut.is_none().then_some(all.as_slice());
    let convert = |record| convert::firewall(record, on, dialect);
    let collection = Collection::Firewalls(failures.rows(&groups.rows, convert));
    Ok(Reading { cut: groups.cut.or(ports.cut), ..failures.reading(collection) })
}

/// Decodes what is saved: images, and snapshots of volumes behind them.
pub(in crate::provider) fn snapshots(images: &Rows, of_volumes: &Rows, dialect: &Dialect) -> Reading {
    let mut failures = DecodeFailures::default();
    let mut all = saved(&images.rows, dialect, &mut failures);
    all.extend(failures.rows(&of_volumes.rows, convert::volume_snapshot));
    Reading { cut: images.cut.or(of_volumes.cut), ..failures.reading(Collection::Snapshots(all)) }
}

/// Decodes one snapshot of a volume.
pub(in crate::provider) fn volume_snapshot(body: &str) -> Result<Reading, Fault> {
    let mut failures = DecodeFailures::default();
    let sent = one::<wire::OneVolumeSnapshot>(body)?.snapshot;
    let rows = failures.rows(&[sent], convert::volume_snapshot);
    Ok(failures.reading(Collection::Snapshots(rows)))
}

/// Those images that the account saved. A record that is not understood stays, unless it has the name of an image of
/// the provider.
fn saved(sent: &[Box<RawValue>], dialect: &Dialect, failures: &mut DecodeFailures) -> Vec<Arc<Snapshot>> {
    let is_own = |name: &str| dialect.own_prefix.is_some_and(|prefix| name.starts_with(prefix));
    let records = images(sent, dialect.images).into_iter().filter(|record| match &record.value {
        Ok(image) => (dialect.is_saved)(image),
        Err(what) => !is_own(what.name.as_deref().unwrap_or_default()),
    });
    let records = records.inspect(|record| failures.note_of(record));
    let found = records.map(|record| Arc::new(convert::snapshot(record, dialect))).collect();
    once(found, |snapshot: &Snapshot| &snapshot.id, failures)
}

/// Each id once: of records that share one the first stays, and the others count as odd.
fn once<T>(records: Vec<Arc<T>>, id: impl Fn(&T) -> &ResourceId, failures: &mut DecodeFailures) -> Vec<Arc<T>> {
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(records.len());
    for record in records {
        let own = id(&record).clone();
        if seen.insert(own.clone()) {
            kept.push(record);
        } else {
            failures.note(&DecodeFailure {
                field: "id".to_owned(),
                said: "it stands twice".to_owned(),
                id: own,
                name: None,
            });
        }
    }
    kept
}

#[cfg(test)]
#[path = "lists_tests.rs"]
mod tests;
