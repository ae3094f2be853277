//! New servers, and servers written again.

use std::collections::HashSet;

use crate::sim::world::account::Account;
use crate::sim::world::catalogue::Plan;
use crate::sim::world::cloud::Source;
use crate::sim::world::cloud::volume::disk_of;
use crate::sim::world::instance::State;
use crate::sim::world::provider::Provider;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::Saving;
use crate::sim::world::turn::Turn;

/// IPv4 addresses in the blocks that are reserved for documentation.
const ADDRESSES: u64 = 750;

/// An order for a server.
#[derive(Debug, Clone)]
pub struct Order {
    /// Its name tag; its address stands for it where it is none.
    pub tag: Option<String>,
    /// What else its owner has written to it.
    pub metadata: Vec<(String, String)>,
    pub plan: u64,
    pub source: Source,
    pub groups: Vec<u64>,
    /// The number of its key, or 0.
    pub key: u64,
}

/// Whether a disk of a plan can take an image that asks for `min_disk` GB: large enough, and at ConoHa a plan of 512 MB
/// takes only the small images, the others only the large ones.
pub fn fits(provider: Provider, plan: &Plan, min_disk: u64) -> bool {
    let (small, disk) = (plan.memory < 1.0, disk_of(provider, plan));
    let suits = !provider.ways().small_plan || (min_disk <= 30) == small;
    min_disk == 0 || (min_disk <= disk && suits)
}

impl Account {
    /// Orders a server and gives its number.
    ///
    /// # Errors
    /// A refusal, after which nothing was ordered.
    pub fn create_server(&mut self, turn: &mut Turn<'_>, order: Order) -> Result<u64, Refusal> {
        let image = self.image_for(turn, order.plan, order.source)?;
        if self.out_of_stock.contains(&order.plan) {
            return Err(Refusal::OutOfStock);
        }
        if self.instances.len() >= self.instance_limit {
            return Err(Refusal::InstanceLimit);
        }
        let addresses = self.free_addresses();
        let id = self.blank_instance(turn, "", order.plan, image);
        let until = turn.now.plus(turn.durations.build);
        let instance = self.instance_mut(id)?;
        if let Some((v4, v6)) = addresses {
            (instance.v4, instance.v6) = (Some(v4), Some(v6));
        }
        let address = instance.v4.clone().unwrap_or_default().replace('.', "-");
        instance.name = order.tag.filter(|tag| !tag.is_empty()).unwrap_or(address);
        instance.state = State::Building { until };
        instance.key = order.key;
        instance.firewalls = order.groups;
        instance.cloud.metadata.extend(order.metadata);
        if let Source::Saved(saved) = order.source {
            instance.from_snapshot = saved;
        }
        for volume in self.volumes.iter_mut().filter(|volume| order.source == Source::Volume(volume.id)) {
            volume.server = id;
        }
        self.note(turn, "create_instance", format!("instance {id}"));
        Ok(id)
    }

    /// Addresses that no server has: their names are made of them.
    fn free_addresses(&self) -> Option<(String, String)> {
        let taken: HashSet<&str> = self.instances.iter().filter_map(|instance| instance.v4.as_deref()).collect();
        let first = self.instances.len() as u64 + 10;
        let free = (first..first + ADDRESSES).find(|serial| !taken.contains(self.network.v4(*serial).as_str()))?;
        Some((self.network.v4(free), self.network.v6(free)))
    }

    /// Writes a server's disk again.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn rebuild(&mut self, turn: &mut Turn<'_>, id: u64, source: Source) -> Result<(), Refusal> {
        let instance = self.instance(id)?;
        let image = self.image_for(turn, instance.plan, source)?;
        match &instance.state {
            State::Running | State::Stopped if !self.is_saving(id) => {}
            State::Destroyed { .. } => return Err(Refusal::AlreadyDestroyed),
            _ => return Err(Refusal::Busy),
        }
        let until = turn.now.plus(turn.durations.rebuild);
        let instance = self.instance_mut(id)?;
        instance.state = State::Rebuilding { until };
        instance.image = image;
        instance.from_snapshot = if let Source::Saved(saved) = source { saved } else { 0 };
        instance.cloud.since = turn.now;
        self.note(turn, "rebuild", format!("instance {id}"));
        Ok(())
    }

    /// The public image at the bottom of a source that fits the plan.
    fn image_for(&self, turn: &Turn<'_>, plan: u64, source: Source) -> Result<u64, Refusal> {
        let plan = turn.catalogue.plan(plan).ok_or(Refusal::BadPlan)?;
        let (image, min_disk) = match source {
            Source::Public(number) => {
                let image = turn.catalogue.public(number).ok_or(Refusal::NoSnapshot)?;
                (number, image.min_disk)
            }
            Source::Saved(number) => {
                let saved = self.snapshots.iter().find(|saved| saved.id == number).ok_or(Refusal::NoSnapshot)?;
                if !matches!(saved.saving, Saving::Created { .. }) {
                    return Err(Refusal::ImageNotReady);
                }
                (saved.image, saved.min_disk)
            }
            Source::Volume(number) => {
                let volume = self.volumes.iter().find(|volume| volume.id == number).ok_or(Refusal::NoSnapshot)?;
                let is_free = self.server_with(volume).is_none() && volume.made <= turn.now;
                if !is_free || self.is_uploading(volume) || volume.source.is_none() {
                    return Err(Refusal::ImageNotReady);
                }
                (self.image_below(source), volume.size)
            }
        };
        if fits(self.provider, plan, min_disk) { Ok(image) } else { Err(Refusal::DiskTooSmall) }
    }
}
