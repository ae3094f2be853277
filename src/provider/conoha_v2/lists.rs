//! The bodies of lists, decoded: from text to the words of the trade, one malformed record at a time.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::convert;
use super::pages::Rows;
use crate::domain::{Collection, Fault, ListKey, Reading, ResourceId, text};
use crate::provider::decode_failures::{DecodeFailures, Raws};
use crate::provider::http::{DecodeFailure, not_understood, one, rows};
use crate::provider::openstack::wire;

/// What was sent for a list.
#[derive(Debug)]
pub(super) enum ListBody {
    Rows(Raws),
    /// What is no list: one record, or what stands alone.
    Body(String),
}

/// The key under which the records of a list stand; `None` where it is no list, or not read in one piece.
pub(super) const fn key(list: &ListKey) -> Option<&'static str> {
    Some(match list {
        ListKey::Instances => "servers",
        ListKey::Snapshots(None) | ListKey::Images => "images",
        ListKey::Plans(None) => "flavors",
        ListKey::Keys => "keypairs",
        ListKey::Ports(_) => "ports",
        // In the singular.
        ListKey::Backups => "backup",
        _ => return None,
    })
}

/// Decodes what was sent for a list. `region`: that of the account.
pub(super) fn decode(list: &ListKey, region: &str, sent: &ListBody) -> Result<Reading, Fault> {
    let mut failures = DecodeFailures::default();
    let collection = match (list, sent) {
        (ListKey::Instances, ListBody::Rows(rows)) => {
            Collection::Instances(failures.rows(rows, |record| convert::instance(record, region)))
        }
        (ListKey::Instance(_), ListBody::Body(body)) => {
            let server = one::<wire::OneServer>(body)?.server;
            Collection::Instances(failures.rows(&[server], |record| convert::instance(record, region)))
        }
        (ListKey::Snapshots(None), ListBody::Rows(rows)) => Collection::Snapshots(saved(rows, &mut failures)),
        (ListKey::Snapshot(_), ListBody::Body(body)) => {
            let image = one::<wire::OneImage>(body)?.image;
            Collection::Snapshots(failures.rows(&[image], convert::snapshot))
        }
        (ListKey::Images, ListBody::Rows(rows)) => {
            let images = failures.rows(rows, convert::image);
            Collection::Images(once(images, |image| &image.id, &mut failures))
        }
        (ListKey::Plans(None), ListBody::Rows(rows)) => Collection::Plans(failures.rows(rows, convert::plan)),
        (ListKey::Keys, ListBody::Rows(rows)) => {
            let pairs: Raws = rows.iter().map(|row| unwrapped(row)).collect::<Result<_, _>>()?;
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
        (ListKey::Quota, ListBody::Body(body)) => Collection::Quota(convert::quota(&one(body)?, region)),
        (ListKey::Backups, ListBody::Rows(rows)) => Collection::Backups(failures.rows(rows, convert::backup)),
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

/// Decodes the firewalls: the groups, and the ports that tell which servers are behind them. Where there may be more
/// ports, that is not known.
pub(super) fn firewalls(groups: &Rows, ports: &Rows) -> Result<Reading, Fault> {
    let mut failures = DecodeFailures::default();
    let all = ports_of(&ports.rows)?;
    let on = ports.cut.is_none().then_some(all.as_slice());
    let collection = Collection::Firewalls(failures.rows(&groups.rows, |record| convert::firewall(record, on)));
    Ok(Reading { cut: groups.cut.or(ports.cut), ..failures.reading(collection) })
}

/// Those images that the account saved. A record that is not understood stays, unless it has the name of an image of
/// the provider.
fn saved(images: &[Box<RawValue>], failures: &mut DecodeFailures) -> Vec<Arc<crate::domain::Snapshot>> {
    let records = rows::<wire::ImageRecord>(images).into_iter().filter(|record| match &record.value {
        Ok(image) => convert::is_saved(image),
        Err(what) => !what.name.as_deref().unwrap_or_default().starts_with("vmi-"),
    });
    let mut found = Vec::new();
    for record in records {
        if let Err(what) = &record.value {
            failures.note(what);
        }
        found.push(Arc::new(convert::snapshot(record)));
    }
    once(found, |snapshot| &snapshot.id, failures)
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
