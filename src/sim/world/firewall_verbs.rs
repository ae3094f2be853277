//! What is done with firewalls.

use crate::sim::world::account::Account;
use crate::sim::world::cloud::Group;
use crate::sim::world::firewall::{Firewall, FirewallDraft};
use crate::sim::world::instance::State;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::turn::Turn;

impl Account {
    /// Makes a firewall and gives its number.
    ///
    /// # Errors
    /// [`Refusal::BadRequest`] without a name, [`Refusal::NoInstance`] for a machine that is not there.
    pub fn create_firewall(&mut self, turn: &mut Turn<'_>, draft: FirewallDraft) -> Result<u64, Refusal> {
        let name = draft.name.ok_or(Refusal::BadRequest)?;
        let machines = draft.instances.unwrap_or_default();
        self.require_instances(&machines)?;
        let id = self.next_firewall.give();
        self.firewalls.push(Firewall {
            id,
            name,
            inbound: draft.inbound.unwrap_or_default(),
            outbound: draft.outbound.unwrap_or_default(),
            group: Group::default(),
            created: turn.now,
            updated: turn.now,
        });
        for machine in machines {
            self.put_on(turn, id, machine)?;
        }
        self.note(turn, "create_firewall", format!("firewall {id}"));
        Ok(id)
    }

    /// Replaces the rules of a firewall.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn update_firewall(&mut self, turn: &mut Turn<'_>, id: u64, draft: FirewallDraft) -> Result<(), Refusal> {
        if let Some(machines) = &draft.instances {
            self.require_instances(machines)?;
        }
        let now = turn.now;
        let firewall = self.firewalls.iter_mut().find(|firewall| firewall.id == id).ok_or(Refusal::NoFirewall)?;
        if let Some(name) = draft.name {
            firewall.name = name;
        }
        firewall.inbound = draft.inbound.unwrap_or_default();
        firewall.outbound = draft.outbound.unwrap_or_default();
        firewall.updated = now;
        if let Some(machines) = draft.instances {
            let detach =
                if machines.is_empty() { turn.quirks.empty_instances_detach } else { turn.quirks.instances_replace };
            if detach {
                for instance in &mut self.instances {
                    instance.firewalls.retain(|on| *on != id);
                }
            }
            for machine in machines {
                self.put_on(turn, id, machine)?;
            }
        }
        self.note(turn, "update_firewall", format!("firewall {id}"));
        Ok(())
    }

    /// Puts a firewall on a machine.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn assign_firewall(&mut self, turn: &mut Turn<'_>, firewall: u64, instance: u64) -> Result<(), Refusal> {
        if !self.firewalls.iter().any(|known| known.id == firewall) {
            return Err(Refusal::NoFirewall);
        }
        let machine = self.instance(instance)?;
        if machine.is_unprovisioned() {
            return Err(Refusal::Busy);
        }
        if matches!(machine.state, State::Destroyed { .. }) {
            return Err(Refusal::AlreadyDestroyed);
        }
        self.put_on(turn, firewall, instance)?;
        self.note(turn, "assign_firewall", format!("firewall {firewall} to instance {instance}"));
        Ok(())
    }

    /// Deletes a firewall that no machine carries.
    ///
    /// # Errors
    /// [`Refusal::FirewallInUse`], [`Refusal::NoFirewall`].
    pub fn delete_firewall(&mut self, turn: &mut Turn<'_>, id: u64) -> Result<(), Refusal> {
        if !self.firewalls.iter().any(|known| known.id == id) {
            return Err(Refusal::NoFirewall);
        }
        let in_use = self
            .instances
            .iter()
            .any(|instance| instance.firewalls.contains(&id) && !matches!(instance.state, State::Destroyed { .. }));
        if in_use {
            return Err(Refusal::FirewallInUse);
        }
        self.firewalls.retain(|known| known.id != id);
        self.note(turn, "delete_firewall", format!("firewall {id}"));
        Ok(())
    }

    fn require_instances(&self, ids: &[u64]) -> Result<(), Refusal> {
        ids.iter().try_for_each(|id| self.instance(*id).map(|_| ()))
    }

    fn put_on(&mut self, turn: &Turn<'_>, firewall: u64, instance: u64) -> Result<(), Refusal> {
        let machine = self.instance_mut(instance)?;
        if !turn.quirks.several_firewalls {
            machine.firewalls.clear();
        }
        if !machine.firewalls.contains(&firewall) {
            machine.firewalls.push(firewall);
        }
        Ok(())
    }
}
