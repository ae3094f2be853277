//! On which instances a firewall is known to be, and which firewalls an instance is known to be behind.

use crate::domain::{AccountName, Instance, ListKey, ResourceId, Timestamp};
use crate::engine::{AccountState, Engine};

/// The instances that a firewall is known to be on, as the provider tells, or as the instances do; where neither does,
/// those it was put on from here.
#[must_use]
pub fn known_on(engine: &Engine, account: &AccountName, firewall: &ResourceId) -> Vec<ResourceId> {
    let Some(account) = engine.account(account) else { return Vec::new() };
    let Some(known) = account.inventory.firewall(firewall) else { return Vec::new() };
    match &known.on {
        None if !account.account.policy.tells_firewalls() => {
            engine.assigned(&account.account.name, firewall).into_iter().map(|(id, _)| id).collect()
        }
        Some(on) => on.clone(),
        None => account
            .inventory
            .instances()
            .iter()
            .filter(|instance| behind(account, instance).is_some_and(|all| all.contains(firewall)))
            .map(|instance| instance.id.clone())
            .collect(),
    }
}

/// The firewalls that an instance is behind, as the firewalls tell, else as it names them; `None` where neither does.
#[must_use]
pub fn behind(account: &AccountState, instance: &Instance) -> Option<Vec<ResourceId>> {
    let firewalls = account.inventory.firewalls();
    let told = firewalls.iter().any(|f| f.on.is_some());
    if told {
        let on = firewalls.iter().filter(|f| f.on.as_ref().is_some_and(|on| on.contains(&instance.id)));
        return Some(on.map(|f| f.id.clone()).collect());
    }
    let names = instance.firewalls.as_ref()?;
    Some(firewalls.iter().filter(|f| names.contains(&f.name)).map(|f| f.id.clone()).collect())
}

/// Whether it is told at all on which instances a firewall is.
#[must_use]
pub fn is_told(engine: &Engine, account: &AccountName, firewall: &ResourceId) -> bool {
    let Some(account) = engine.account(account) else { return false };
    let told = account.inventory.firewall(firewall).is_some_and(|f| f.on.is_some());
    told || account.inventory.instances().iter().any(|i| i.firewalls.is_some())
}

impl Engine {
    /// The machines that a firewall was put on from here, with when; where the provider does not tell that is all that
    /// is known. Machines that are gone are left out.
    #[must_use]
    pub fn assigned(&self, account: &AccountName, firewall: &ResourceId) -> Vec<(ResourceId, Timestamp)> {
        self.pairs(account).filter(|(f, ..)| *f == firewall).map(|(_, i, at)| (i.clone(), at)).collect()
    }

    /// The firewalls that were put on a machine from here, with when.
    #[must_use]
    pub fn assigned_to(&self, account: &AccountName, instance: &ResourceId) -> Vec<(ResourceId, Timestamp)> {
        self.pairs(account).filter(|(_, i, _)| *i == instance).map(|(f, _, at)| (f.clone(), at)).collect()
    }

    fn pairs(&self, account: &AccountName) -> impl Iterator<Item = (&ResourceId, &ResourceId, Timestamp)> {
        let inventory = self.account(account).map(|a| &a.inventory);
        let gone = move |id: &ResourceId| {
            inventory.is_some_and(|p| p.is_whole(&ListKey::Instances) && p.instance(id).is_none())
        };
        let dead = move |id: &ResourceId| {
            inventory.is_some_and(|p| p.is_whole(&ListKey::Firewalls) && p.firewall(id).is_none())
        };
        self.ledger.assigned.pairs(account).filter(move |(f, i, _)| !gone(i) && !dead(f))
    }
}
