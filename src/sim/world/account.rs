//! One customer of a provider and all that is theirs.

use crate::sim::clock::Moment;
use crate::sim::log::{Effect, Origin};
use crate::sim::world::cloud::{Tenancy, Volume, VolumeSnapshot};
use crate::sim::world::firewall::Firewall;
use crate::sim::world::instance::Instance;
use crate::sim::world::key::{ApiKey, SshKey, Token};
use crate::sim::world::numbers::Numbers;
use crate::sim::world::provider::Provider;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::Snapshot;
use crate::sim::world::turn::Turn;

/// Which of the address blocks reserved for documentation an account's machines are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(pub u64);

impl Network {
    const BLOCKS: [&'static str; 3] = ["203.0.113", "198.51.100", "192.0.2"];

    pub(super) fn v4(self, serial: u64) -> String {
        let block = (self.0 + serial / 250) % 3;
        let prefix = Self::BLOCKS.get(block as usize).unwrap_or(&"192.0.2");
        format!("{prefix}.{}", 1 + serial % 250)
    }

    pub(super) fn v6(self, serial: u64) -> String {
        format!("2001:db8:{:x}::{serial:x}", 0x10 + self.0)
    }
}

pub struct Account {
    /// Its name in the world file and in addresses.
    pub name: String,
    /// Whose API it is reached by.
    pub provider: Provider,
    pub comment: String,
    pub user: u64,
    /// The provider's name of the contract, `idg-…`.
    pub service: String,
    /// The name that a gateway counts its requests under, a UUID.
    pub identifier: String,
    /// The owner's name, as Indigo sends it along with each machine.
    pub owner: String,
    /// Where its addresses come from.
    pub network: Network,
    /// Requests a minute.
    pub quota: u32,
    pub instance_limit: usize,
    pub out_of_stock: Vec<u64>,
    /// What makes it an account of a provider with tenants.
    pub tenancy: Tenancy,
    pub instances: Vec<Instance>,
    pub snapshots: Vec<Snapshot>,
    pub volumes: Vec<Volume>,
    pub volume_snapshots: Vec<VolumeSnapshot>,
    pub firewalls: Vec<Firewall>,
    pub ssh_keys: Vec<SshKey>,
    pub api_keys: Vec<ApiKey>,
    pub tokens: Vec<Token>,
    /// When machines were ordered.
    pub creations: Vec<Moment>,
    pub effects: Vec<Effect>,
    pub next_instance: Numbers,
    pub next_snapshot: Numbers,
    pub next_firewall: Numbers,
    pub next_rule: Numbers,
    pub next_key: Numbers,
    pub next_api_key: Numbers,
    pub next_volume: Numbers,
}

impl Account {
    /// The instance of that number.
    ///
    /// # Errors
    /// [`Refusal::NoInstance`].
    pub fn instance(&self, id: u64) -> Result<&Instance, Refusal> {
        self.instances.iter().find(|instance| instance.id == id).ok_or(Refusal::NoInstance)
    }

    /// The instance of that number, to be changed.
    ///
    /// # Errors
    /// [`Refusal::NoInstance`].
    pub fn instance_mut(&mut self, id: u64) -> Result<&mut Instance, Refusal> {
        self.instances.iter_mut().find(|instance| instance.id == id).ok_or(Refusal::NoInstance)
    }

    /// The number of the first instance of that name, or of that number written out.
    pub fn instance_named(&self, name_or_id: &str) -> Option<u64> {
        self.instances
            .iter()
            .find(|instance| instance.name == name_or_id)
            .or_else(|| {
                let id = name_or_id.parse::<u64>().ok()?;
                self.instances.iter().find(|instance| instance.id == id)
            })
            .map(|instance| instance.id)
    }

    pub fn note(&mut self, turn: &Turn<'_>, verb: &str, target: String) {
        self.effects.push(Effect {
            at: turn.now.timestamp(),
            seconds: turn.now.seconds_since(turn.start),
            account: self.name.clone(),
            verb: verb.to_owned(),
            target,
            by: turn.by,
        });
    }

    /// How many changes clients have made so far.
    pub fn changes_by_clients(&self) -> usize {
        self.effects.iter().filter(|effect| effect.by == Origin::Client).count()
    }

    pub(super) fn due(&self) -> Option<Moment> {
        let machines = self.instances.iter().filter_map(Instance::due);
        let snapshots = self.snapshots.iter().filter_map(Snapshot::due);
        machines.chain(snapshots).min()
    }
}
