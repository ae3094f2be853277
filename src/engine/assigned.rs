//! On which machines a firewall was put from here, where the provider does not tell.
//!
//! Each call that took effect and names both counts. What was done elsewhere, in the provider's panel or by another
//! program, is not known and never guessed.

use std::collections::BTreeMap;

use crate::domain::{AccountName, Call, Kind, MadeCall, Output, Ref, ResourceId, Timestamp};

/// What was done last with each pair of firewall and machine: when, and whether it stands there since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Assigned(BTreeMap<(AccountName, ResourceId, ResourceId), (Timestamp, bool)>);

impl Assigned {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn note(&mut self, account: &AccountName, firewall: &ResourceId, instance: &ResourceId, at: Timestamp, on: bool) {
        let pair = (account.clone(), firewall.clone(), instance.clone());
        let known = self.0.entry(pair).or_insert((at, on));
        if known.0 <= at {
            *known = (at, on);
        }
    }

    pub(super) fn took_effect(&mut self, account: &AccountName, call: &Call, outputs: &[Output], at: Timestamp) {
        match call {
            Call::SetPort { firewall, instance, on, .. } => {
                if let Some(firewall) = firewall.known(outputs) {
                    self.note(account, firewall, instance, at, *on);
                }
            }
            Call::Made { what: what @ MadeCall::Assign { .. } } => {
                if let Some(id) = Ref::OutputInstance.known(outputs) {
                    self.took_effect(account, &what.on(id), outputs, at);
                }
            }
            Call::CreateFirewall { instances, .. } => {
                let made = outputs.iter().rev().find_map(|output| output.id(Kind::Firewall));
                for instance in instances {
                    made.iter().for_each(|firewall| self.note(account, firewall, instance, at, true));
                }
            }
            Call::UpdateFirewall { firewall, instances, .. } if !instances.is_empty() => {
                // Whether those that are not named any more lose it was recorded by nobody: it is not known of them.
                let here = |(a, f, _): &(AccountName, ResourceId, ResourceId)| a == account && f == firewall;
                let left: Vec<ResourceId> = self
                    .0
                    .keys()
                    .filter(|key| here(key) && !instances.contains(&key.2))
                    .map(|key| key.2.clone())
                    .collect();
                left.iter().for_each(|instance| self.note(account, firewall, instance, at, false));
                instances.iter().for_each(|instance| self.note(account, firewall, instance, at, true));
            }
            Call::DeleteFirewall { firewall } => self.0.retain(|(a, f, _), _| a != account || f != firewall),
            Call::Destroy { instance } => self.0.retain(|(a, _, i), _| a != account || i != instance),
            _ => {
                if let Some((firewall, instance, on)) = call.attachment() {
                    self.note(account, firewall, instance, at, on);
                }
            }
        }
    }

    /// The pairs of an account that stand, with when each was put together.
    pub(super) fn pairs(&self, account: &AccountName) -> impl Iterator<Item = (&ResourceId, &ResourceId, Timestamp)> {
        let of = account.clone();
        self.0.iter().filter(move |((a, ..), (_, on))| *a == of && *on).map(|((_, f, i), (at, _))| (f, i, *at))
    }
}
