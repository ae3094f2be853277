//! The lists that make up the inventory of an account. One list is one request, where the provider does not need more.

use crate::domain::text;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::api_key::ApiKey;
use crate::domain::backup::Backup;
use crate::domain::firewall::{Firewall, Port, RuleSet};
use crate::domain::graph::Graph;
use crate::domain::ids::ResourceId;
use crate::domain::image::Image;
use crate::domain::instance::Instance;
use crate::domain::key::Key;
use crate::domain::network::Network;
use crate::domain::phrase::Phrase;
use crate::domain::plan::Plan;
use crate::domain::quota::Quota;
use crate::domain::region::{InstanceType, Region};
use crate::domain::snapshot::Snapshot;
use crate::domain::volume::Volume;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKey {
    Instances,
    /// Snapshots: of one instance where the provider lists them so, else all.
    Snapshots(Option<ResourceId>),
    /// All firewalls, without their rules.
    Firewalls,
    Rules(ResourceId),
    /// The network ports of one instance.
    Ports(ResourceId),
    Images,
    /// Plans: those that fit one image where the provider lists them so, else all.
    Plans(Option<ResourceId>),
    Keys,
    /// One instance, by its own address. What it shows is taken over into [`ListKey::Instances`].
    Instance(ResourceId),
    /// One snapshot, by its own address. What it shows is taken over into [`ListKey::Snapshots`].
    Snapshot(ResourceId),
    Quota,
    Backups,
    Graphs(ResourceId),
    ApiKeys,
    /// Where instances can be made.
    Regions,
    /// Types of instance that can be ordered.
    Types,
    Volumes,
    /// One volume, by its own address. What it shows is taken over into [`ListKey::Volumes`].
    Volume(ResourceId),
    /// The last lines that an instance wrote to its console.
    ConsoleOutput(ResourceId),
    /// Networks that an instance can be put on.
    Networks,
}

impl ListKey {
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Instances | Self::Instance(_) => "instances",
            Self::Snapshots(_) | Self::Snapshot(_) => "snapshots",
            Self::Firewalls => "firewalls",
            Self::Rules(_) => "rules",
            Self::Ports(_) => "ports",
            Self::Images => "images",
            Self::Plans(_) => "plans",
            Self::Keys => "keys",
            Self::Quota => "quota",
            Self::Backups => "backups",
            Self::Graphs(_) => "graphs",
            Self::ApiKeys => "api_keys",
            Self::Regions => "regions",
            Self::Types => "types",
            Self::Volumes | Self::Volume(_) => "volumes",
            Self::ConsoleOutput(_) => "console_output",
            Self::Networks => "networks",
        }
    }

    /// Whether it is one record of another list, read by its own address.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.whole().is_some()
    }

    /// The list that it is one record of, and which one.
    #[must_use]
    pub fn whole(&self) -> Option<(Self, &ResourceId)> {
        match self {
            Self::Instance(id) => Some((Self::Instances, id)),
            Self::Snapshot(id) => Some((Self::Snapshots(None), id)),
            Self::Volume(id) => Some((Self::Volumes, id)),
            _ => None,
        }
    }
}

/// The content of one list. Records are shared between one reading and the next where they did not change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Collection {
    /// Of [`ListKey::Instances`]; of [`ListKey::Instance`] with one record, or none where it is gone.
    Instances(Vec<Arc<Instance>>),
    /// Of [`ListKey::Snapshots`]; of [`ListKey::Snapshot`] with one record, or none where it is gone.
    Snapshots(Vec<Arc<Snapshot>>),
    /// Of [`ListKey::Firewalls`].
    Firewalls(Vec<Arc<Firewall>>),
    /// Of [`ListKey::Rules`].
    Rules(Arc<RuleSet>),
    /// Of [`ListKey::Ports`].
    Ports(Vec<Arc<Port>>),
    /// Of [`ListKey::Images`].
    Images(Vec<Arc<Image>>),
    /// Of [`ListKey::Plans`].
    Plans(Vec<Arc<Plan>>),
    /// Of [`ListKey::Keys`].
    Keys(Vec<Arc<Key>>),
    /// Of [`ListKey::Quota`].
    Quota(Quota),
    /// Of [`ListKey::Backups`].
    Backups(Vec<Arc<Backup>>),
    /// Of [`ListKey::Graphs`].
    Graphs(Vec<Graph>),
    /// Of [`ListKey::ApiKeys`].
    ApiKeys(Vec<Arc<ApiKey>>),
    /// Of [`ListKey::Regions`].
    Regions(Vec<Arc<Region>>),
    /// Of [`ListKey::Types`].
    Types(Vec<Arc<InstanceType>>),
    /// Of [`ListKey::Volumes`]; of [`ListKey::Volume`] with one record, or none where it is gone.
    Volumes(Vec<Arc<Volume>>),
    /// Of [`ListKey::ConsoleOutput`]: a line each, without what drives a terminal.
    ConsoleOutput(Arc<Vec<String>>),
    /// Of [`ListKey::Networks`].
    Networks(Vec<Arc<Network>>),
}

impl Collection {
    /// How many records it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Instances(rows) => rows.len(),
            Self::Snapshots(rows) => rows.len(),
            Self::Firewalls(rows) => rows.len(),
            Self::Rules(set) => set.rules.len(),
            Self::Ports(rows) => rows.len(),
            Self::Images(rows) => rows.len(),
            Self::Plans(rows) => rows.len(),
            Self::Keys(rows) => rows.len(),
            Self::Quota(_) => 1,
            Self::Backups(rows) => rows.len(),
            Self::Graphs(rows) => rows.len(),
            Self::ApiKeys(rows) => rows.len(),
            Self::Regions(rows) => rows.len(),
            Self::Types(rows) => rows.len(),
            Self::Volumes(rows) => rows.len(),
            Self::ConsoleOutput(lines) => lines.len(),
            Self::Networks(rows) => rows.len(),
        }
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same list with the record of `id` as `one` shows it: replaced, added, or taken away where `one` has none;
    /// `None` where that changes nothing or the two are of different kinds.
    #[must_use]
    pub fn with(&self, id: &ResourceId, one: &Self) -> Option<Self> {
        fn put<T: PartialEq>(rows: &[Arc<T>], new: Option<&Arc<T>>, is: impl Fn(&T) -> bool) -> Option<Vec<Arc<T>>> {
            let at = rows.iter().position(|row| is(row));
            let mut rows = match (at, new) {
                (None, None) => return None,
                (Some(at), Some(new)) if rows.get(at) == Some(new) => return None,
                _ => rows.to_vec(),
            };
            match (at, new) {
                (Some(at), Some(new)) => rows.get_mut(at).into_iter().for_each(|row| *row = Arc::clone(new)),
                (Some(at), None) => drop(rows.remove(at)),
                (None, Some(new)) => rows.push(Arc::clone(new)),
                (None, None) => {}
            }
            Some(rows)
        }
        match (self, one) {
            (Self::Instances(rows), Self::Instances(one)) => {
                put(rows, one.first(), |i| i.id == *id).map(Self::Instances)
            }
            (Self::Snapshots(rows), Self::Snapshots(one)) => {
                put(rows, one.first(), |s| s.id == *id).map(Self::Snapshots)
            }
            (Self::Volumes(rows), Self::Volumes(one)) => put(rows, one.first(), |v| v.id == *id).map(Self::Volumes),
            _ => None,
        }
    }

    /// The same list with the records of `former` that it lacks behind its own: what a list that was cut does not show
    /// may be there all the same.
    #[must_use]
    pub fn with_former(self, former: Option<&Self>) -> Self {
        fn fill<T>(mut rows: Vec<Arc<T>>, former: &[Arc<T>], id: impl Fn(&T) -> &ResourceId) -> Vec<Arc<T>> {
            let known: std::collections::HashSet<ResourceId> = rows.iter().map(|row| id(row).clone()).collect();
            rows.extend(former.iter().filter(|row| !known.contains(id(row))).cloned());
            rows
        }
        match (self, former) {
            (Self::Instances(rows), Some(Self::Instances(old))) => Self::Instances(fill(rows, old, |r| &r.id)),
            (Self::Snapshots(rows), Some(Self::Snapshots(old))) => Self::Snapshots(fill(rows, old, |r| &r.id)),
            (Self::Firewalls(rows), Some(Self::Firewalls(old))) => Self::Firewalls(fill(rows, old, |r| &r.id)),
            (Self::Images(rows), Some(Self::Images(old))) => Self::Images(fill(rows, old, |r| &r.id)),
            (Self::Plans(rows), Some(Self::Plans(old))) => Self::Plans(fill(rows, old, |r| &r.id)),
            (Self::Keys(rows), Some(Self::Keys(old))) => Self::Keys(fill(rows, old, |r| &r.id)),
            (Self::Backups(rows), Some(Self::Backups(old))) => Self::Backups(fill(rows, old, |r| &r.id)),
            (Self::Volumes(rows), Some(Self::Volumes(old))) => Self::Volumes(fill(rows, old, |r| &r.id)),
            (new, _) => new,
        }
    }

    /// The same list with every record that equals one of `former` taken from there, so that what did not change is
    /// the same allocation and is recognised by its address.
    #[must_use]
    pub fn sharing(self, former: Option<&Self>) -> Self {
        fn share<T: PartialEq>(rows: Vec<Arc<T>>, former: &[Arc<T>], id: impl Fn(&T) -> &ResourceId) -> Vec<Arc<T>> {
            let by_id: std::collections::HashMap<&ResourceId, &Arc<T>> = former.iter().map(|r| (id(r), r)).collect();
            rows.into_iter()
                .map(|row| match by_id.get(id(&row)) {
                    Some(same) if ***same == *row => Arc::clone(same),
                    _ => row,
                })
                .collect()
        }
        match (self, former) {
            (Self::Instances(rows), Some(Self::Instances(old))) => Self::Instances(share(rows, old, |r| &r.id)),
            (Self::Snapshots(rows), Some(Self::Snapshots(old))) => Self::Snapshots(share(rows, old, |r| &r.id)),
            (Self::Firewalls(rows), Some(Self::Firewalls(old))) => Self::Firewalls(share(rows, old, |r| &r.id)),
            (Self::Images(rows), Some(Self::Images(old))) => Self::Images(share(rows, old, |r| &r.id)),
            (Self::Plans(rows), Some(Self::Plans(old))) => Self::Plans(share(rows, old, |r| &r.id)),
            (Self::Keys(rows), Some(Self::Keys(old))) => Self::Keys(share(rows, old, |r| &r.id)),
            (Self::Backups(rows), Some(Self::Backups(old))) => Self::Backups(share(rows, old, |r| &r.id)),
            (Self::Networks(rows), Some(Self::Networks(old))) => Self::Networks(share(rows, old, |r| &r.id)),
            (Self::ApiKeys(rows), Some(Self::ApiKeys(old))) => Self::ApiKeys(share(rows, old, |r| &r.id)),
            (Self::Volumes(rows), Some(Self::Volumes(old))) => Self::Volumes(share(rows, old, |r| &r.id)),
            (new, _) => new,
        }
    }
}

/// Why a list may not be all there is, though it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    Circle,
    Pages,
    /// It names a next page in a way that is not understood.
    Link,
    /// The requests that are allowed were spent on the pages before.
    Budget,
    /// One of the services that it is put together from did not tell its part.
    Part,
    /// It is the first page, which is shown while the rest is read: the next reading goes on from there.
    Rest,
}

impl Cut {
    #[must_use]
    pub fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::Circle => text::cut::CIRCLE,
            Self::Pages => text::cut::PAGES,
            Self::Link => text::cut::LINK,
            Self::Budget => text::cut::BUDGET,
            Self::Part => text::cut::PART,
            Self::Rest => text::cut::REST,
        })
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Pages => "too_many_pages",
            Self::Link => "odd_link",
            Self::Budget => "budget",
            Self::Part => "part",
            Self::Rest => "rest",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its content, sharing what did not change with what was known before.
    pub collection: Collection,
    /// Records that were not understood: how many, and the field of the first. They stand in the list all the same,
    /// with an unknown state and their raw text.
    pub malformed: Option<(usize, String)>,
    /// Why there may be more than it holds, where there may be.
    pub cut: Option<Cut>,
}

impl Reading {
    /// A whole list in which everything was understood.
    #[must_use]
    pub const fn whole(collection: Collection) -> Self {
        Self { collection, malformed: None, cut: None }
    }
}
