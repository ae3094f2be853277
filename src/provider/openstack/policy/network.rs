//! The network of a server that is made anew.

use crate::domain::{Inventory, Network, ResourceId};

/// That of the server that was saved, where it is still there; else the first. `None` where there is no choice, which the
/// service then makes.
pub(super) fn of_copy<'a>(snapshot: &ResourceId, inventory: &'a Inventory) -> Option<&'a Network> {
    let networks = inventory.networks_to_choose();
    let saved = inventory.snapshot(snapshot).and_then(|snapshot| inventory.instance(snapshot.of.as_ref()?));
    let had = |network: &Network| {
        let addresses = saved.map_or(&[][..], |instance| instance.addresses.as_slice());
        addresses.iter().any(|address| address.network.as_deref() == Some(network.name.as_str()))
    };
    let found = networks.iter().position(|network| had(network)).unwrap_or(0);
    networks.get(found).copied().map(AsRef::as_ref)
}
