//! New machines: from an image, from a disk at an address, from a snapshot.

use crate::sim::world::account::Account;
use crate::sim::world::catalogue::{Addresses, IMPORT_IMAGE};
use crate::sim::world::cloud::Extras;
use crate::sim::world::instance::{Instance, Oddities, State};
use crate::sim::world::refusal::Refusal;
use crate::sim::world::snapshot::Saving;
use crate::sim::world::turn::Turn;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Linux {
        image: u64,
        key: u64,
    },
    /// A Windows image and a password.
    Windows {
        image: u64,
    },
    Import {
        url: String,
    },
    Snapshot {
        id: u64,
        key: u64,
    },
}

impl Account {
    /// Orders a machine and gives its number.
    ///
    /// # Errors
    /// A refusal, after which nothing was ordered.
    pub fn create_instance(
        &mut self,
        turn: &mut Turn<'_>,
        name: &str,
        plan: u64,
        source: &Source,
    ) -> Result<u64, Refusal> {
        let windows = turn.catalogue.plan(plan).ok_or(Refusal::BadPlan)?.windows;
        let (image, key, from_snapshot) = self.resolve(turn, windows, source)?;
        if self.out_of_stock.contains(&plan) {
            return Err(Refusal::OutOfStock);
        }
        if self.instances.len() >= self.instance_limit {
            return Err(Refusal::InstanceLimit);
        }
        let since_yesterday = turn.now.plus(-86_400.0);
        self.creations.retain(|at| *at > since_yesterday);
        let limit = turn.quirks.creations_per_day as usize;
        if limit > 0 && self.creations.len() >= limit {
            return Err(Refusal::CreationLimit);
        }
        self.creations.push(turn.now);
        let id = self.blank_instance(turn, name, plan, image);
        let state = match source {
            Source::Import { url } => State::Importing {
                since: turn.now,
                percent: 0.0,
                pace: turn.durations.import_percent,
                fails: (!is_plausible(url))
                    .then(|| (turn.now.plus(turn.durations.bad_url), "The URL entered is invalid.".to_owned())),
            },
            _ => State::Installing { until: turn.now.plus(turn.durations.install) },
        };
        let instance = self.instance_mut(id)?;
        instance.key = key;
        instance.from_snapshot = from_snapshot;
        instance.imported = matches!(source, Source::Import { .. });
        instance.state = state;
        self.note(turn, "create_instance", format!("instance {id}"));
        Ok(id)
    }

    fn resolve(&self, turn: &Turn<'_>, windows_plan: bool, source: &Source) -> Result<(u64, u64, u64), Refusal> {
        let fits = |image: u64, windows: bool| {
            turn.catalogue.image(image).is_some_and(|known| known.windows == windows && windows == windows_plan)
        };
        match source {
            Source::Linux { image, key } if fits(*image, false) => {
                let known = self.ssh_keys.iter().any(|known| known.id == *key);
                known.then_some((*image, *key, 0)).ok_or(Refusal::NoKey)
            }
            Source::Windows { image } if fits(*image, true) => Ok((*image, 0, 0)),
            Source::Import { .. } if !windows_plan => Ok((IMPORT_IMAGE, 0, 0)),
            Source::Snapshot { id, key } => {
                let snapshot = self.snapshots.iter().find(|snapshot| snapshot.id == *id).ok_or(Refusal::NoSnapshot)?;
                if !matches!(snapshot.saving, Saving::Created { .. }) {
                    return Err(Refusal::Busy);
                }
                let image = self.instance(snapshot.instance).map_or(22, |instance| instance.image);
                Ok((image, *key, *id))
            }
            _ => Err(Refusal::BadPlan),
        }
    }

    /// Puts a stopped, provisioned machine into the account, without asking anybody, and gives its number.
    pub fn blank_instance(&mut self, turn: &mut Turn<'_>, name: &str, plan: u64, image: u64) -> u64 {
        let id = self.next_instance.give();
        self.next_instance.skip(turn.chance.below(3));
        let addresses = turn.catalogue.plan(plan).map_or(Addresses::Dual, |plan| plan.addresses);
        let serial = self.instances.len() as u64 + 10;
        self.instances.push(Instance {
            id,
            name: name.to_owned(),
            uuid: turn.chance.uuid(),
            set_no: 10 + turn.chance.below(9),
            host: 1 + turn.chance.below(200),
            plan,
            image,
            key: 0,
            from_snapshot: 0,
            imported: false,
            created: turn.now,
            provisioned: None,
            v4: (addresses != Addresses::V6).then(|| self.network.v4(serial)),
            v6: (addresses != Addresses::V4).then(|| self.network.v6(serial)),
            mac: turn.chance.mac(),
            console_port: 11_000 + turn.chance.below(900),
            console_password: turn.chance.letters(8),
            state: State::Stopped,
            settles: None,
            restoring: None,
            at_grub: false,
            cloud: Extras::new(turn.now),
            odd: Oddities::default(),
            firewalls: Vec::new(),
            word: None,
            raw: None,
        });
        id
    }
}

/// An address that could be one; `invalid` as its end is the reserved name for one that is not.
fn is_plausible(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return false;
    };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    host.contains('.') && !host.ends_with(".invalid") && rest.contains('/')
}
