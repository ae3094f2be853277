//! What is done with snapshots.

use crate::sim::quirks::Orphans;
use crate::sim::world::account::Account;
use crate::sim::world::instance::State;
use crate::sim::world::provider::Provider;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::{Saving, Snapshot};
use crate::sim::world::turn::Turn;

impl Account {
    /// The snapshots of an instance.
    ///
    /// # Errors
    /// [`Refusal::NoInstance`] where the account has, and had, no such instance.
    pub fn snapshots_of(&self, id: u64) -> Result<Vec<&Snapshot>, Refusal> {
        let found: Vec<_> = self.snapshots.iter().filter(|snapshot| snapshot.instance == id).collect();
        if found.is_empty() {
            self.instance(id)?;
        }
        Ok(found)
    }

    /// Begins to take a snapshot and gives its number, which Indigo does not tell.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn take_snapshot(&mut self, turn: &mut Turn<'_>, id: u64, name: &str, slot: u64) -> Result<u64, Refusal> {
        if self.provider.is_openstack() {
            return self.save_image(turn, id, name);
        }
        let instance = self.instance(id)?;
        if matches!(instance.state, State::Destroyed { .. }) {
            return Err(Refusal::AlreadyDestroyed);
        }
        if instance.is_unprovisioned() || instance.is_restoring(turn.now) {
            return Err(Refusal::Busy);
        }
        let fails = instance.odd.snapshots_fail;
        let of_it = self.snapshots_of(id)?;
        if of_it.len() >= turn.quirks.snapshots_per_instance {
            return Err(Refusal::SnapshotLimit);
        }
        if turn.quirks.one_snapshot_at_a_time && self.is_saving(id) {
            return Err(Refusal::Busy);
        }
        let until = turn.now.plus(turn.durations.snapshot);
        let number = self.add_snapshot(turn, id, name, slot, Saving::Running { until, fails });
        self.note(turn, "take_snapshot", format!("snapshot {number} of instance {id}"));
        Ok(number)
    }

    /// Puts a snapshot into the account, without asking anybody.
    pub fn add_snapshot(&mut self, turn: &mut Turn<'_>, instance: u64, name: &str, slot: u64, saving: Saving) -> u64 {
        let id = self.next_snapshot.give();
        let machine = self.instance(instance).ok();
        let plan = machine.and_then(|machine| turn.catalogue.plan(machine.plan));
        let (image, min_disk) = (machine.map_or(0, |machine| machine.image), plan.map_or(0, |plan| plan.disk));
        self.snapshots.push(Snapshot {
            id,
            name: name.to_owned(),
            instance,
            disk: instance.saturating_sub(100_000),
            volume: 1 + turn.chance.below(40),
            slot,
            size: 1_071_529_984 + turn.chance.below(4096) * 1_048_576,
            saving,
            begun: turn.now,
            image,
            min_disk,
            names: 0,
            raw: None,
        });
        id
    }

    /// Whether a snapshot of the instance is being taken.
    pub fn is_saving(&self, id: u64) -> bool {
        self.snapshots.iter().any(|s| s.instance == id && matches!(s.saving, Saving::Running { .. }))
    }

    /// Takes a snapshot again under its number.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn retake_snapshot(&mut self, turn: &mut Turn<'_>, instance: u64, id: u64) -> Result<(), Refusal> {
        let machine = self.instance(instance)?;
        if matches!(machine.state, State::Destroyed { .. }) {
            return Err(Refusal::AlreadyDestroyed);
        }
        let fails = machine.odd.snapshots_fail;
        let until = turn.now.plus(turn.durations.snapshot);
        let snapshot = self.snapshot_mut(id)?;
        if snapshot.instance != instance {
            return Err(Refusal::NoSnapshot);
        }
        if matches!(snapshot.saving, Saving::Running { .. }) {
            return Err(Refusal::Busy);
        }
        snapshot.saving = Saving::Running { until, fails };
        self.note(turn, "retake_snapshot", format!("snapshot {id} of instance {instance}"));
        Ok(())
    }

    /// Begins to write a snapshot back over the machine's disk.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn restore_snapshot(&mut self, turn: &mut Turn<'_>, instance: u64, id: u64) -> Result<(), Refusal> {
        let snapshot = self.snapshot_mut(id)?;
        if snapshot.instance != instance {
            return Err(Refusal::NoSnapshot);
        }
        let complete = matches!(snapshot.saving, Saving::Created { .. });
        let machine = self.instance_mut(instance)?;
        if matches!(machine.state, State::Destroyed { .. }) {
            return Err(Refusal::AlreadyDestroyed);
        }
        if machine.is_on() {
            return Err(Refusal::StopBeforeRestore);
        }
        if machine.is_unprovisioned() || machine.is_restoring(turn.now) || !complete {
            return Err(Refusal::Busy);
        }
        machine.restoring = Some(turn.now.plus(turn.durations.restore));
        machine.at_grub = machine.odd.hangs_at_grub;
        self.note(turn, "restore_snapshot", format!("snapshot {id} to instance {instance}"));
        Ok(())
    }

    /// Deletes a snapshot, at once.
    ///
    /// # Errors
    /// [`Refusal::NoSnapshot`].
    pub fn delete_snapshot(&mut self, turn: &mut Turn<'_>, id: u64) -> Result<(), Refusal> {
        let before = self.snapshots.len();
        self.snapshots.retain(|snapshot| snapshot.id != id);
        if self.snapshots.len() == before {
            return Err(Refusal::NoSnapshot);
        }
        self.note(turn, "delete_snapshot", format!("snapshot {id}"));
        Ok(())
    }

    /// Takes an instance out of the lists, and its snapshots where they go with it.
    pub(crate) fn drop_instance(&mut self, id: u64, orphans: Orphans) {
        self.instances.retain(|instance| instance.id != id);
        if orphans == Orphans::Go && self.provider == Provider::Indigo {
            self.snapshots.retain(|snapshot| snapshot.instance != id);
        }
    }

    pub(crate) fn snapshot_mut(&mut self, id: u64) -> Result<&mut Snapshot, Refusal> {
        self.snapshots.iter_mut().find(|snapshot| snapshot.id == id).ok_or(Refusal::NoSnapshot)
    }
}
