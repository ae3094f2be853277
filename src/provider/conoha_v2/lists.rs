//! The bodies of lists, decoded: from text to the words of the trade, one odd record at a time.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::convert;
use crate::domain::{Fault, ListKey, Listing, Reading, ResourceId};
use crate::provider::http::{Odd, not_understood, one, rows};
use crate::provider::oddities::Oddities;
use crate::provider::openstack::wire;

/// Decodes the body of a list that is one request. `region`: that of the account.
pub(super) fn decode(list: &ListKey, region: &str, body: &str) -> Result<Reading, Fault> {
    let mut odd = Oddities::default();
    let listing = match list {
        ListKey::Instances => {
            let servers = one::<wire::Servers>(body)?.servers;
            Listing::Instances(odd.rows(&servers, |record| convert::instance(record, region)))
        }
        ListKey::Instance(_) => {
            let server = one::<wire::OneServer>(body)?.server;
            Listing::Instances(odd.rows(&[server], |record| convert::instance(record, region)))
        }
        ListKey::Snapshots(None) => Listing::Snapshots(saved(&one::<wire::Images>(body)?.images, &mut odd)),
        ListKey::Snapshot(_) => {
            let image = one::<wire::OneImage>(body)?.image;
            Listing::Snapshots(odd.rows(&[image], convert::snapshot))
        }
        ListKey::Images => {
            let images = odd.rows(&one::<wire::Images>(body)?.images, convert::image);
            Listing::Images(once(images, |image| &image.id, &mut odd))
        }
        ListKey::Plans(None) => Listing::Plans(odd.rows(&one::<wire::Flavors>(body)?.flavors, convert::plan)),
        ListKey::Keys => {
            let pairs: Vec<_> = one::<wire::KeyPairs>(body)?.keypairs.into_iter().map(|pair| pair.keypair).collect();
            Listing::Keys(odd.rows(&pairs, convert::key))
        }
        ListKey::Rules(_) => {
            let sent: wire::OneSecurityGroup = one(body)?;
            let set = convert::rules(&sent.security_group, body)
                .map_err(|said| not_understood("security_group.security_group_rules", &said, body))?;
            Listing::Rules(Arc::new(set))
        }
        ListKey::Quota => Listing::Quota(convert::quota(&one(body)?, region)),
        ListKey::Backups => Listing::Backups(odd.rows(&one::<convert::Backups>(body)?.backup, convert::backup)),
        ListKey::Firewalls
        | ListKey::Graphs(_)
        | ListKey::Plans(Some(_))
        | ListKey::Snapshots(Some(_))
        | ListKey::ApiKeys
        | ListKey::Regions
        | ListKey::Types => {
            return Err(not_understood(".", "there is no such list here", ""));
        }
    };
    Ok(odd.reading(listing))
}

/// Decodes the firewalls: the groups, and the ports that tell which servers are behind them.
pub(super) fn firewalls(groups: &str, ports: &str) -> Result<Reading, Fault> {
    let mut odd = Oddities::default();
    let ports = one::<wire::Ports>(ports)?.ports;
    let groups = one::<wire::SecurityGroups>(groups)?.security_groups;
    let listing = Listing::Firewalls(odd.rows(&groups, |record| convert::firewall(record, &ports)));
    Ok(odd.reading(listing))
}

/// Those images that the account saved. A record that is not understood stays, unless it has the name of an image of
/// the provider.
fn saved(images: &[Box<RawValue>], odd: &mut Oddities) -> Vec<Arc<crate::domain::Snapshot>> {
    let records = rows::<wire::Image>(images).into_iter().filter(|record| match &record.value {
        Ok(image) => convert::is_saved(image),
        Err(what) => !what.name.as_deref().unwrap_or_default().starts_with("vmi-"),
    });
    let mut found = Vec::new();
    for record in records {
        if let Err(what) = &record.value {
            odd.note(what);
        }
        found.push(Arc::new(convert::snapshot(record)));
    }
    once(found, |snapshot| &snapshot.id, odd)
}

/// Each id once: of records that share one the first stays, and the others count as odd.
fn once<T>(records: Vec<Arc<T>>, id: impl Fn(&T) -> &ResourceId, odd: &mut Oddities) -> Vec<Arc<T>> {
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(records.len());
    for record in records {
        let own = id(&record).clone();
        if seen.insert(own.clone()) {
            kept.push(record);
        } else {
            odd.note(&Odd { field: "id".to_owned(), said: "it stands twice".to_owned(), id: own, name: None });
        }
    }
    kept
}
