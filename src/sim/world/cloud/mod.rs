//! What only a provider with tenants has: delete locks, name tags, saved images that outlive their server, security
//! groups. The machines, snapshots and firewalls are the same as anywhere; these are the rules of ConoHa's Ver.2.0.

mod create;
mod group;
mod image;
mod power;
mod resize;
mod token;
mod volume;

use std::collections::BTreeMap;

use crate::sim::clock::Moment;
use crate::sim::world::instance::State;

pub use create::{Order, fits};
pub use group::{GROUP_LIMIT, Group, GroupRule};
pub use volume::{NewVolume, VolumeRefusal, disk_of};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tenancy {
    /// The tenant, 32 hexadecimal digits.
    pub tenant: String,
    /// The region, `tyo1`.
    pub region: String,
    /// What saved images may take, `50GB`.
    pub image_quota: String,
    /// The ids of servers by their number, where they are not made from it.
    pub server_uuids: BTreeMap<u64, String>,
    pub image_uuids: BTreeMap<u64, String>,
}

#[derive(Debug, Clone)]
pub struct Extras {
    /// What its owner or the panel has written to it, besides its name tag, which is its name here.
    pub metadata: BTreeMap<String, String>,
    /// Since when it is at what it is at.
    pub since: Moment,
    /// Whether the reset that it is in was a forced one.
    pub hard: bool,
    /// What it was at before it was deleted.
    pub before: Option<Box<State>>,
    /// Its second port, in a private network.
    pub local: Option<LocalPort>,
}

/// What a server, or a volume, is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A public image, by its number.
    Public(u64),
    Saved(u64),
    /// A volume that no server has.
    Volume(u64),
}

/// A disk that is there by itself.
#[derive(Debug, Clone)]
pub struct Volume {
    pub id: u64,
    pub name: String,
    /// GB.
    pub size: u64,
    /// What kind of storage it is on.
    pub storage: String,
    pub created: Moment,
    /// Until when it is being made.
    pub made: Moment,
    /// What it was made from; none of an empty one.
    pub source: Option<Source>,
    /// The server that has it, or had it; 0 for none.
    pub server: u64,
}

/// What a volume held at a moment. Upstream's Nova makes one of a server that boots from a volume.
#[derive(Debug, Clone)]
pub struct VolumeSnapshot {
    pub id: u64,
    /// The number of its volume.
    pub volume: u64,
    pub name: String,
    /// That of the volume, in GB.
    pub size: u64,
    pub taken: Moment,
    /// What the volume was made from.
    pub source: Option<Source>,
}

/// A port in a private network, with groups of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPort {
    /// Its IPv4 address.
    pub address: String,
    pub groups: Vec<u64>,
}

/// The key of the delete lock. It is no more than metadata: the API deletes a locked server all the same.
pub const LOCK: &str = "IsDeleteLocked";

impl Extras {
    /// Those of a machine that begins at `since`.
    pub const fn new(since: Moment) -> Self {
        Self { metadata: BTreeMap::new(), since, hard: false, before: None, local: None }
    }

    /// Sets the panel's delete lock or takes it off.
    pub fn lock(&mut self, locked: bool) {
        if locked {
            self.metadata.insert(LOCK.to_owned(), "True".to_owned());
        } else {
            self.metadata.remove(LOCK);
        }
    }
}
