//! Block storage: disks that are there by themselves. A server may boot from one, which stays when the server goes.

use crate::sim::clock::Moment;
use crate::sim::world::account::Account;
use crate::sim::world::catalogue::Plan;
use crate::sim::world::cloud::{Source, Volume, VolumeSnapshot};
use crate::sim::world::instance::State;
use crate::sim::world::provider::Provider;
use crate::sim::world::snapshot::Saving;
use crate::sim::world::turn::Turn;

/// An order for a volume.
#[derive(Debug, Clone)]
pub struct NewVolume {
    pub name: String,
    pub size: u64,
    pub storage: String,
    pub source: Option<Source>,
}

/// Why a volume is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VolumeRefusal {
    NoVolume,
    NoImage,
    /// A server has it.
    InUse,
    /// Its server runs.
    StillRunning,
    /// Something else is under way with it.
    Busy,
    /// It has snapshots.
    HasSnapshots,
    TooLarge,
}

/// No volume is saved that is so large (the provider's reference).
const MOST_SAVED_GB: u64 = 1_000;

/// GB of the disk of a server of this plan: its own, or that of the volume which it boots from.
pub fn disk_of(provider: Provider, plan: &Plan) -> u64 {
    match plan.disk {
        0 if provider.ways().small_plan => {
            if plan.memory < 1.0 {
                30
            } else {
                100
            }
        }
        0 => u64::MAX,
        own => own,
    }
}

impl Account {
    fn volume(&self, id: u64) -> Result<&Volume, VolumeRefusal> {
        self.volumes.iter().find(|volume| volume.id == id).ok_or(VolumeRefusal::NoVolume)
    }

    /// The volume that a server boots from.
    pub fn volume_of(&self, server: u64) -> Option<&Volume> {
        self.volumes.iter().find(|volume| volume.server == server && server != 0)
    }

    /// The server that has a volume.
    pub fn server_with(&self, volume: &Volume) -> Option<u64> {
        self.instances.iter().map(|instance| instance.id).find(|id| *id == volume.server)
    }

    /// Whether an image of it is being written.
    pub fn is_uploading(&self, volume: &Volume) -> bool {
        self.snapshots.iter().any(|image| image.volume == volume.id && matches!(image.saving, Saving::Running { .. }))
    }

    /// Puts a volume into the account, without asking anybody.
    pub fn add_volume(&mut self, new: NewVolume, created: Moment, made: Moment) -> u64 {
        let id = self.next_volume.give();
        let NewVolume { name, size, storage, source } = new;
        self.volumes.push(Volume { id, name, size, storage, created, made, source, server: 0 });
        id
    }

    /// Orders a volume and gives its number.
    ///
    /// # Errors
    /// [`VolumeRefusal::NoImage`].
    pub fn create_volume(&mut self, turn: &Turn<'_>, new: NewVolume) -> Result<u64, VolumeRefusal> {
        if let Some(Source::Saved(number)) = new.source {
            let saved = self.snapshots.iter().find(|saved| saved.id == number).ok_or(VolumeRefusal::NoImage)?;
            if !matches!(saved.saving, Saving::Created { .. }) || saved.min_disk > new.size {
                return Err(VolumeRefusal::NoImage);
            }
        }
        let id = self.add_volume(new, turn.now, turn.now.plus(turn.durations.make_volume));
        self.note(turn, "create_volume", format!("volume {id}"));
        Ok(id)
    }

    /// Deletes a volume that no server has.
    ///
    /// # Errors
    /// [`VolumeRefusal::NoVolume`], [`VolumeRefusal::InUse`], [`VolumeRefusal::Busy`].
    pub fn delete_volume(&mut self, turn: &Turn<'_>, id: u64) -> Result<(), VolumeRefusal> {
        let volume = self.volume(id)?;
        if self.server_with(volume).is_some() {
            return Err(VolumeRefusal::InUse);
        }
        if volume.made > turn.now || self.is_uploading(volume) {
            return Err(VolumeRefusal::Busy);
        }
        if self.volume_snapshots.iter().any(|snapshot| snapshot.volume == id) {
            return Err(VolumeRefusal::HasSnapshots);
        }
        self.volumes.retain(|volume| volume.id != id);
        self.note(turn, "delete_volume", format!("volume {id}"));
        Ok(())
    }

    /// Takes a snapshot of a volume, for the image of this name, and gives its number.
    pub fn snapshot_volume(&mut self, turn: &Turn<'_>, volume: u64, image: &str) -> Option<u64> {
        let of = self.volumes.iter().find(|of| of.id == volume)?;
        let (size, source) = (of.size, of.source);
        let id = self.next_volume.give();
        let name = format!("snapshot for {image}");
        self.volume_snapshots.push(VolumeSnapshot { id, volume, name, size, taken: turn.now, source });
        Some(id)
    }

    /// Deletes the snapshot of a volume; whether there was one.
    pub fn delete_volume_snapshot(&mut self, turn: &Turn<'_>, id: u64) -> bool {
        let before = self.volume_snapshots.len();
        self.volume_snapshots.retain(|snapshot| snapshot.id != id);
        let is_gone = self.volume_snapshots.len() < before;
        if is_gone {
            self.note(turn, "delete_volume_snapshot", format!("snapshot {id}"));
        }
        is_gone
    }

    /// Begins to save a volume as an image and gives the image's number.
    ///
    /// # Errors
    /// All but [`VolumeRefusal::InUse`]: that a server has it which is off does not matter.
    pub fn save_volume(&mut self, turn: &mut Turn<'_>, id: u64, name: &str) -> Result<u64, VolumeRefusal> {
        let volume = self.volume(id)?;
        let (size, source, server) = (volume.size, volume.source, self.server_with(volume).unwrap_or(0));
        if size >= MOST_SAVED_GB {
            return Err(VolumeRefusal::TooLarge);
        }
        if volume.made > turn.now || self.is_uploading(volume) {
            return Err(VolumeRefusal::Busy);
        }
        match self.instance(server).map(|instance| &instance.state) {
            Ok(State::Stopped) | Err(_) => {}
            Ok(State::Running) => return Err(VolumeRefusal::StillRunning),
            Ok(_) => return Err(VolumeRefusal::Busy),
        }
        let fails = self.instance(server).is_ok_and(|instance| instance.odd.snapshots_fail);
        let until = turn.now.plus(turn.durations.save_image);
        let number = self.add_image(turn, server, name, Saving::Running { until, fails });
        let below = source.map_or(0, |source| self.image_below(source));
        if let Ok(image) = self.snapshot_mut(number) {
            (image.volume, image.min_disk, image.image) = (id, size, below);
        }
        self.note(turn, "take_snapshot", format!("snapshot {number} of volume {id}"));
        Ok(number)
    }

    /// The public image at the bottom of what something was made from; 0 where it is not known any more.
    pub fn image_below(&self, source: Source) -> u64 {
        match source {
            Source::Public(number) => number,
            Source::Saved(number) => {
                self.snapshots.iter().find(|saved| saved.id == number).map_or(0, |saved| saved.image)
            }
            Source::Volume(number) => {
                let of = self.volumes.iter().find(|volume| volume.id == number).and_then(|volume| volume.source);
                of.filter(|source| !matches!(source, Source::Volume(_))).map_or(0, |source| self.image_below(source))
            }
        }
    }
}
