//! What one kind of `OpenStack` does in its own way, as data: how it sends and is asked, what it can do, what it takes.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Instance, Inventory, ListKey, MadeFrom, NewVolume, Order, Phrase, Plan, ResourceId, Snapshot, Spec, Text,
};
use crate::provider::openstack::wire;

pub(in crate::provider) struct Dialect {
    /// Its name in the configuration.
    pub(in crate::provider) key: &'static str,
    pub(in crate::provider) label: &'static str,

    pub(in crate::provider) supports: fn(&ListKey) -> bool,
    /// Whether it shows what a server writes to its console: `os-getConsoleOutput`.
    pub(in crate::provider) console_output: bool,
    /// Whether an order may name the network that the server is put on.
    pub(in crate::provider) orders_network: bool,
    pub(in crate::provider) images: Images,
    /// What an image tells of itself in its properties.
    pub(in crate::provider) properties: Properties,
    /// Whether an image is one that the account saved from a server.
    pub(in crate::provider) is_saved: fn(&wire::ImageRecord) -> bool,
    /// How the names of images begin that are the provider's.
    pub(in crate::provider) own_prefix: Option<&'static str>,
    /// So long a saved image is kept that is not used.
    pub(in crate::provider) kept: Option<Duration>,
    /// How people name a server.
    pub(in crate::provider) server_names: ServerNames,
    /// How the names of public networks begin; else the addresses tell.
    pub(in crate::provider) public_networks: Option<&'static str>,
    /// Whether a group of this name can be read and nothing else.
    pub(in crate::provider) is_fixed: fn(&str) -> bool,
    /// Whether a stop may cut the power: `{"os-stop":{"force_shutdown":true}}`.
    pub(in crate::provider) forces_stop: bool,
    pub(in crate::provider) console: ConsoleCall,
    /// The short lists that tell whether servers can be read: their paths, which name what is in them.
    pub(in crate::provider) probes: &'static [&'static str],

    /// Whether its prices are known, by which a server costs the same running and stopped; else nothing is said of them.
    pub(in crate::provider) bills_stopped: bool,
    pub(in crate::provider) saves_only_when_off: bool,
    /// How the volume is saved that a server boots from.
    pub(in crate::provider) boot_disk: BootDisk,
    /// Whether an instance is to be off for its plan to be changed.
    pub(in crate::provider) resizes_only_when_off: bool,
    /// Whether the second plan can be had in the place of the first.
    pub(in crate::provider) resizes: fn(&Plan, &Plan) -> bool,
    /// At most so many firewalls an account.
    pub(in crate::provider) most_firewalls: Option<usize>,
    /// Whether it was seen what becomes of a server that is made anew from a saved image.
    pub(in crate::provider) rebuild_was_seen: bool,
    /// Whether an instance of this size can have a saved image for its disk: the image, and the instance it was saved
    /// from.
    pub(in crate::provider) fits: fn(&Snapshot, Option<&Instance>, &Inventory, &Spec) -> bool,
    pub(in crate::provider) plans: fn(MadeFrom<'_>, &Inventory) -> Vec<Arc<Plan>>,
    pub(in crate::provider) password_mistake: fn(&str) -> Option<Phrase>,
    pub(in crate::provider) order_lists: &'static [ListKey],
    /// What a refused order may be about, where that is known.
    pub(in crate::provider) order_refusal: Option<Text>,
    pub(in crate::provider) order_notes: fn(&Order, &Inventory) -> Vec<(Phrase, bool)>,
    /// The volume that is made first for an order, where a server of that plan boots from one.
    pub(in crate::provider) new_volume: fn(&Order, &Inventory) -> Option<NewVolume>,
    /// What saving an instance's disk takes of what there is room for.
    pub(in crate::provider) fills: fn(&ResourceId, &Inventory) -> Vec<Phrase>,
}

impl Dialect {
    /// Whether volumes have snapshots, which are listed beside the saved images.
    pub(in crate::provider) fn has_volume_snapshots(&self) -> bool {
        (self.supports)(&ListKey::Volumes) && self.boot_disk == BootDisk::SnapshotOfVolume
    }
}

/// How the volume is saved that a server boots from, and how a server is made of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::provider) enum BootDisk {
    /// By Nova's `createImage`: an image that names a snapshot of the volume. Cinder makes an image of no volume that a
    /// server has, whether that runs or not, and `force` is switched off unless an operator says otherwise (seen at
    /// Zed, 2026). A server is told all of the mapping.
    SnapshotOfVolume,
    /// By Cinder's `os-volume_upload_image` of the volume, while its server is off. A server is told the volume alone.
    ImageOfVolume,
}

/// Which service shows images.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::provider) enum Images {
    /// Nova, as it did before version 2.36.
    Compute,
    Glance,
}

/// The keys under which images tell what they hold; of several the first that is there counts.
#[derive(Debug, Clone, Copy)]
pub(in crate::provider) struct Properties {
    pub(in crate::provider) system: &'static [&'static str],
    pub(in crate::provider) app: &'static [&'static str],
}

/// How the address of a server's screen is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::provider) enum ConsoleCall {
    /// By the action `os-getVNCConsole`, as Nova did before version 2.6.
    Action,
    /// By making a `remote-console` of the server's.
    Remote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::provider) enum ServerNames {
    /// By its name.
    Own,
    /// By this tag of its metadata; its name is the provider's.
    Tag(&'static str),
}

impl std::fmt::Debug for Dialect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}
