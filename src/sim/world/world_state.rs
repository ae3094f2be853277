//! All accounts at one moment, and how time passes for them.

use crate::sim::chance::Chance;
use crate::sim::clock::Moment;
use crate::sim::log::Origin;
use crate::sim::quirks::Quirks;
use crate::sim::world::account::Account;
use crate::sim::world::catalogue::Catalogues;
use crate::sim::world::durations::Durations;
use crate::sim::world::instance::State;
use crate::sim::world::turn::Turn;

pub struct World {
    /// The accounts, in the order of the world file.
    pub accounts: Vec<Account>,
    pub durations: Durations,
    /// Where the records are silent.
    pub quirks: Quirks,
    pub catalogues: Catalogues,
    /// Where made-up names come from.
    pub chance: Chance,
    pub start: Moment,
    /// World time up to which everything that was due has happened.
    pub now: Moment,
}

impl World {
    /// An account and the turn in which `by` acts on it.
    pub fn turn(&mut self, account: usize, by: Origin) -> Option<(&mut Account, Turn<'_>)> {
        let provider = self.accounts.get(account)?.provider;
        let turn = Turn {
            now: self.now,
            start: self.start,
            durations: &self.durations,
            quirks: &self.quirks,
            catalogue: self.catalogues.of(provider),
            chance: &mut self.chance,
            by,
        };
        Some((self.accounts.get_mut(account)?, turn))
    }

    /// Where the account of that name stands.
    pub fn place_of(&self, account: &str) -> Option<usize> {
        self.accounts.iter().position(|known| known.name == account)
    }

    pub fn account(&mut self, name: &str) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|known| known.name == name)
    }

    pub fn due(&self) -> Option<Moment> {
        self.accounts.iter().filter_map(Account::due).min()
    }

    /// Lets everything happen that is due up to `until`, in order.
    pub fn pass_until(&mut self, until: Moment) {
        while let Some(at) = self.due().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.pass_at(at);
        }
        self.now = self.now.max(until);
    }

    fn pass_at(&mut self, at: Moment) {
        let orphans = self.quirks.orphaned_snapshots;
        for account in &mut self.accounts {
            let mut gone = Vec::new();
            for instance in &mut account.instances {
                if instance.due().is_some_and(|due| due <= at) {
                    if matches!(instance.state, State::Destroyed { .. }) {
                        gone.push(instance.id);
                    } else {
                        instance.pass(at, &self.durations);
                    }
                }
            }
            for id in gone {
                account.drop_instance(id, orphans);
            }
            for snapshot in &mut account.snapshots {
                if snapshot.due().is_some_and(|due| due <= at) {
                    snapshot.pass(at);
                }
            }
        }
    }
}
