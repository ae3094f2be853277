//! How much room a saved image takes, and how much there is.

use crate::domain::{Inventory, Phrase, ResourceId, text};
use crate::provider::openstack::policy::spec_of;

const GB: u64 = 1_000_000_000;

/// What saving an instance's disk takes of the room for saved images: what its newest image took, else at most its
/// whole disk. Nobody tells beforehand, and what the provider does when there is no room was never recorded: so it is
/// said and refuses nothing.
pub(in crate::provider) fn fills(instance: &ResourceId, inventory: &Inventory) -> Vec<Phrase> {
    let Some(free) = free(inventory) else { return vec![Phrase::new(text::risk::ROOM_BILLED)] };
    let with = |text: fn(u64, u64) -> Phrase, size: u64| text(about(size), free / GB);
    match (last_size(instance, inventory), disk(instance, inventory)) {
        (Some(size), _) if size <= free => vec![with(text::risk::room, size)],
        (Some(size), _) => vec![with(text::risk::no_room, size), Phrase::new(text::risk::ROOM_BILLED)],
        (None, Some(disk)) if disk <= free => vec![with(text::risk::room_at_most, disk)],
        (None, Some(disk)) => {
            vec![with(text::risk::room_may_lack, disk), Phrase::new(text::risk::ROOM_BILLED)]
        }
        (None, None) => {
            vec![text::risk::room_left(free / GB), Phrase::new(text::risk::ROOM_BILLED)]
        }
    }
}

/// What is left for saved images, where both the quota and all sizes are known.
fn free(inventory: &Inventory) -> Option<u64> {
    let allowed = inventory.quota()?.images?;
    let known = inventory.list(&crate::domain::ListKey::Snapshots(None)).is_some();
    let taken: u64 = inventory.snapshots().filter_map(|s| s.size).sum();
    known.then(|| allowed.saturating_sub(taken))
}

/// The size of the newest image of an instance; 0 while it is being saved tells nothing.
fn last_size(instance: &ResourceId, inventory: &Inventory) -> Option<u64> {
    let rows = inventory.snapshots_of(instance)?;
    let sized = rows.into_iter().filter(|s| s.size.is_some_and(|size| size > 0));
    sized.max_by_key(|s| s.taken).and_then(|s| s.size)
}

fn disk(instance: &ResourceId, inventory: &Inventory) -> Option<u64> {
    let instance = inventory.instance(instance)?;
    let boot = || inventory.volume(&inventory.boot_volume(instance)?.id)?.size_gb;
    spec_of(instance, inventory).disk_gb.or_else(boot).map(|gb| gb * GB)
}

/// A size in whole GB, at least one: no more is known.
fn about(size: u64) -> u64 {
    ((size + GB / 2) / GB).max(u64::from(size > 0))
}
