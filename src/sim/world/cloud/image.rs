//! Saved images: taken of a stopped server, kept when it is gone.

use crate::sim::world::account::Account;
use crate::sim::world::instance::State;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::Saving;
use crate::sim::world::turn::Turn;
use crate::sim::world::ways::Saves;

/// Bytes of the smallest made-up image: above what 32 bits hold, as the recorded one was.
const SMALLEST: u64 = 9_126_805_504;

impl Account {
    /// Begins to save a server as an image, at ConoHa a stopped one, and gives its number.
    ///
    /// # Errors
    /// [`Refusal::StillRunning`], [`Refusal::Busy`] while something else goes on; nothing has changed then.
    pub fn save_image(&mut self, turn: &mut Turn<'_>, id: u64, name: &str) -> Result<u64, Refusal> {
        let instance = self.instance(id)?;
        match &instance.state {
            State::Stopped if !self.is_saving(id) => {}
            State::Running if self.provider.ways().saves == Saves::Always && !self.is_saving(id) => {}
            State::Running => return Err(Refusal::StillRunning),
            State::Destroyed { .. } => return Err(Refusal::AlreadyDestroyed),
            _ => return Err(Refusal::Busy),
        }
        // Upstream's Nova makes a snapshot of the volume, and an image without data that names it.
        if let Some(volume) = self.volume_of(id).map(|volume| volume.id)
            && self.provider.ways().saves == Saves::Always
        {
            let names = self.snapshot_volume(turn, volume, name).unwrap_or(0);
            let number = self.add_image(turn, id, name, Saving::Created { at: turn.now });
            if let Ok(image) = self.snapshot_mut(number) {
                (image.size, image.begun, image.names) = (0, turn.now, names);
            }
            self.note(turn, "take_snapshot", format!("snapshot {number} of instance {id}"));
            return Ok(number);
        }
        let fails = instance.odd.snapshots_fail;
        let until = turn.now.plus(turn.durations.save_image);
        let number = self.add_image(turn, id, name, Saving::Running { until, fails });
        self.note(turn, "take_snapshot", format!("snapshot {number} of instance {id}"));
        Ok(number)
    }

    /// Whether the saved images take as much as they may.
    pub fn is_over_image_quota(&self) -> bool {
        let quota = self.tenancy.image_quota.trim_end_matches("GB").parse::<u64>().unwrap_or(u64::MAX);
        let taken: u64 = self.snapshots.iter().map(|image| image.size).sum();
        taken >= quota.saturating_mul(1 << 30)
    }

    /// Puts a saved image into the account, without asking anybody.
    pub fn add_image(&mut self, turn: &mut Turn<'_>, instance: u64, name: &str, saving: Saving) -> u64 {
        let number = self.add_snapshot(turn, instance, name, 0, saving);
        let took = turn.durations.save_image;
        let size = SMALLEST + turn.chance.below(12_000) * 1_048_576;
        if let Ok(image) = self.snapshot_mut(number) {
            image.size = size;
            if let Saving::Created { at } = saving {
                image.begun = at.plus(-took);
            }
        }
        number
    }

    /// Deletes a saved image that is not being written.
    ///
    /// # Errors
    /// [`Refusal::NoSnapshot`], [`Refusal::Busy`].
    pub fn delete_image(&mut self, turn: &mut Turn<'_>, id: u64) -> Result<(), Refusal> {
        if matches!(self.snapshot_mut(id)?.saving, Saving::Running { .. }) {
            return Err(Refusal::Busy);
        }
        self.delete_snapshot(turn, id)
    }
}
