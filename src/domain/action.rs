//! What a person can ask for. An action carries its targets by value: exactly what was shown.

use serde::{Deserialize, Serialize};

use crate::domain::allow::OwnRule;
use crate::domain::firewall::Rule;
use crate::domain::ids::{Kind, ResourceId, ResourceRef};
use crate::domain::instance::Instance;
use crate::domain::order::{NewKey, Order};
use crate::domain::phrase::Phrase;
use crate::domain::status::StatusKind;
use crate::domain::target::Target;
use crate::domain::text;
use crate::domain::verb::Verb;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reboot {
    /// With the provider's one call; in order, where it has two.
    Provider,
    /// With the provider's call that cuts the power.
    Hard,
    /// Stop, wait until it is off, start: slower and clean.
    StopAndStart,
}

/// Something asked for, complete: nothing has to be looked up to carry it out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "kebab-case")]
pub enum Action {
    Start {
        instance: Target,
    },
    Stop {
        instance: Target,
    },
    ForceStop {
        instance: Target,
    },
    Reboot {
        instance: Target,
        how: Reboot,
    },
    Destroy {
        instance: Target,
        /// Its snapshots that are deleted before it.
        snapshots: Vec<Target>,
        /// Its volumes that are deleted after it, since they would stay.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        volumes: Vec<Target>,
    },
    TakeSnapshot {
        instance: Target,
        name: String,
        stop_first: bool,
        /// Whether to start it again afterwards, where it was shut down for it.
        start_again: bool,
    },
    Restore {
        snapshot: Target,
        instance: Target,
        /// The name under which the present disk is saved first, where that was chosen.
        save_first: Option<String>,
    },
    DeleteSnapshot {
        snapshot: Target,
        of: Option<ResourceId>,
        /// Snapshots of volumes that it names, which are deleted after it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        named: Vec<Target>,
    },
    RetakeSnapshot {
        snapshot: Target,
        of: ResourceId,
    },
    /// Make a new instance from a snapshot: with an id and an address of its own.
    RestoreAsNew {
        snapshot: Target,
        name: String,
        plan: ResourceId,
        /// The names of the firewalls it is put behind.
        firewalls: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key: Option<ResourceId>,
    },
    AssignFirewall {
        firewall: Target,
        instance: Target,
    },
    DetachFirewall {
        firewall: Target,
        instance: Target,
    },
    Park {
        instance: Target,
        name: String,
        /// What it takes to make the instance again from it.
        kept: Box<Parked>,
    },
    Resize {
        instance: Target,
        plan: Target,
    },
    ConfirmResize {
        instance: Target,
    },
    RevertResize {
        instance: Target,
    },
    CreateInstance {
        /// The instance, without an id.
        new: Target,
        order: Box<Order>,
        /// An SSH key that is added first; the order then names it as learnt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        add_key: Option<NewKey>,
        /// Whether it is switched on when it is ready, where it is made switched off.
        start: bool,
        /// Firewalls that are put on it when it is ready, where the order does not take them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        firewalls: Vec<Target>,
        /// The port that must answer for it to be done.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<u16>,
    },
    CreateFirewall {
        /// The firewall, without an id.
        new: Target,
        rules: Vec<Rule>,
        instances: Vec<Target>,
    },
    /// Give a firewall these rules and no others, and this name.
    UpdateFirewall {
        firewall: Target,
        name: String,
        rules: Vec<Rule>,
        /// Its rules as they were shown: other ones found just before mean that somebody else changed them.
        was: Vec<Rule>,
        /// All instances it is known to be on, where the provider wants to be told.
        instances: Vec<ResourceId>,
        /// Who lets the person's own address in by it, and so may put another in its place later; nobody where the
        /// change is any other.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        own: Option<OwnRule>,
    },
    DeleteFirewall {
        firewall: Target,
    },
    AddKey {
        /// The key, without an id.
        new: Target,
        key: NewKey,
    },
    ChangeKey {
        key: Target,
        to: NewKey,
        active: bool,
    },
    DeleteKey {
        key: Target,
    },
    CreateApiKey {
        /// The key, without an id.
        new: Target,
    },
    DeleteApiKey {
        key: Target,
    },
}

/// What an instance had that was parked, to make it again from its snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Parked {
    pub name: String,
    /// Its plan, where it was known.
    pub plan: Option<ResourceId>,
    /// Its SSH key, where it was known.
    pub key: Option<ResourceId>,
    pub firewalls: Vec<String>,
}

impl From<&Instance> for Parked {
    fn from(instance: &Instance) -> Self {
        Self {
            name: instance.name.clone(),
            plan: instance.plan.clone(),
            key: instance.key.clone(),
            firewalls: instance.firewalls.clone().unwrap_or_default(),
        }
    }
}

/// What an action does to the rules that machines are behind.
#[derive(Debug, Clone, Copy)]
pub enum FirewallChange<'a> {
    /// A new firewall with these rules is put on instances.
    New {
        rules: &'a [Rule],
        instances: &'a [Target],
    },
    /// It has these rules from then on, in the place of those that were shown.
    Rules {
        firewall: &'a Target,
        was: &'a [Rule],
        rules: &'a [Rule],
    },
    Gone {
        firewall: &'a Target,
    },
    /// It is put on an instance, or taken off.
    Stands {
        firewall: &'a Target,
        instance: &'a Target,
        on: bool,
    },
}

impl<'a> FirewallChange<'a> {
    /// The rules that it leads to, where it is about rules.
    #[must_use]
    pub const fn rules(&self) -> Option<&'a [Rule]> {
        match self {
            Self::New { rules, .. } | Self::Rules { rules, .. } => Some(rules),
            Self::Gone { .. } | Self::Stands { .. } => None,
        }
    }
}

impl Action {
    /// The action of a verb that takes no more than what it is about; `None` for one that takes more.
    #[must_use]
    pub fn plain(verb: Verb, subject: Target, other: Option<&Target>) -> Option<Self> {
        Some(match verb {
            Verb::Start => Self::Start { instance: subject },
            Verb::Stop => Self::Stop { instance: subject },
            Verb::ForceStop => Self::ForceStop { instance: subject },
            Verb::DeleteSnapshot => {
                Self::DeleteSnapshot { snapshot: subject, of: other.map(|of| of.id().clone()), named: Vec::new() }
            }
            Verb::RetakeSnapshot => Self::RetakeSnapshot { snapshot: subject, of: other?.id().clone() },
            Verb::AssignFirewall => Self::AssignFirewall { firewall: other?.clone(), instance: subject },
            Verb::DetachFirewall => Self::DetachFirewall { firewall: other?.clone(), instance: subject },
            Verb::Resize => Self::Resize { plan: other?.clone(), instance: subject },
            Verb::ConfirmResize => Self::ConfirmResize { instance: subject },
            Verb::RevertResize => Self::RevertResize { instance: subject },
            Verb::DeleteFirewall => Self::DeleteFirewall { firewall: subject },
            Verb::DeleteKey => Self::DeleteKey { key: subject },
            Verb::CreateApiKey => Self::CreateApiKey { new: subject },
            Verb::DeleteApiKey => Self::DeleteApiKey { key: subject },
            Verb::Reboot
            | Verb::Destroy
            | Verb::TakeSnapshot
            | Verb::Restore
            | Verb::RestoreAsNew
            | Verb::Park
            | Verb::CreateInstance
            | Verb::CreateFirewall
            | Verb::UpdateFirewall
            | Verb::AddKey
            | Verb::ChangeKey => return None,
        })
    }

    #[must_use]
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Start { .. } => Verb::Start,
            Self::Stop { .. } => Verb::Stop,
            Self::ForceStop { .. } => Verb::ForceStop,
            Self::Reboot { .. } => Verb::Reboot,
            Self::Destroy { .. } => Verb::Destroy,
            Self::TakeSnapshot { .. } => Verb::TakeSnapshot,
            Self::Restore { .. } => Verb::Restore,
            Self::DeleteSnapshot { .. } => Verb::DeleteSnapshot,
            Self::RetakeSnapshot { .. } => Verb::RetakeSnapshot,
            Self::RestoreAsNew { .. } => Verb::RestoreAsNew,
            Self::AssignFirewall { .. } => Verb::AssignFirewall,
            Self::DetachFirewall { .. } => Verb::DetachFirewall,
            Self::Park { .. } => Verb::Park,
            Self::Resize { .. } => Verb::Resize,
            Self::ConfirmResize { .. } => Verb::ConfirmResize,
            Self::RevertResize { .. } => Verb::RevertResize,
            Self::CreateInstance { .. } => Verb::CreateInstance,
            Self::CreateFirewall { .. } => Verb::CreateFirewall,
            Self::UpdateFirewall { .. } => Verb::UpdateFirewall,
            Self::DeleteFirewall { .. } => Verb::DeleteFirewall,
            Self::AddKey { .. } => Verb::AddKey,
            Self::ChangeKey { .. } => Verb::ChangeKey,
            Self::DeleteKey { .. } => Verb::DeleteKey,
            Self::CreateApiKey { .. } => Verb::CreateApiKey,
            Self::DeleteApiKey { .. } => Verb::DeleteApiKey,
        }
    }

    /// What it is done to: what is lost by it, where something is lost.
    #[must_use]
    pub const fn subject(&self) -> &Target {
        match self {
            Self::Start { instance }
            | Self::Stop { instance }
            | Self::ForceStop { instance }
            | Self::Reboot { instance, .. }
            | Self::Destroy { instance, .. }
            | Self::TakeSnapshot { instance, .. }
            | Self::AssignFirewall { instance, .. }
            | Self::DetachFirewall { instance, .. }
            | Self::Restore { instance, .. }
            | Self::Resize { instance, .. }
            | Self::ConfirmResize { instance }
            | Self::RevertResize { instance }
            | Self::Park { instance, .. } => instance,
            Self::DeleteSnapshot { snapshot, .. }
            | Self::RetakeSnapshot { snapshot, .. }
            | Self::RestoreAsNew { snapshot, .. } => snapshot,
            Self::CreateInstance { new, .. }
            | Self::CreateFirewall { new, .. }
            | Self::AddKey { new, .. }
            | Self::CreateApiKey { new } => new,
            Self::UpdateFirewall { firewall, .. } | Self::DeleteFirewall { firewall } => firewall,
            Self::ChangeKey { key, .. } | Self::DeleteKey { key } | Self::DeleteApiKey { key } => key,
        }
    }

    /// The firewall that is put on an instance or taken off, the instance, and whether it is put on.
    #[must_use]
    pub const fn attachment(&self) -> Option<(&Target, &Target, bool)> {
        match self {
            Self::AssignFirewall { firewall, instance } => Some((firewall, instance, true)),
            Self::DetachFirewall { firewall, instance } => Some((firewall, instance, false)),
            _ => None,
        }
    }

    /// What it is about besides its subject.
    #[must_use]
    pub const fn other(&self) -> Option<&Target> {
        match self {
            Self::AssignFirewall { firewall, .. } | Self::DetachFirewall { firewall, .. } => Some(firewall),
            Self::Restore { snapshot, .. } => Some(snapshot),
            Self::Resize { plan, .. } => Some(plan),
            _ => None,
        }
    }

    /// What the verb is asked of, which need not be what is lost by it.
    #[must_use]
    pub fn asked_of(&self) -> &Target {
        self.other().filter(|other| other.resource.kind == self.verb().subject()).unwrap_or_else(|| self.subject())
    }

    /// What it is called in lists: verb and what it is about. `subject`: how that is called.
    #[must_use]
    pub fn called(&self, subject: String) -> Phrase {
        let made = match self {
            Self::TakeSnapshot { name, .. } | Self::RestoreAsNew { name, .. } => Some(name),
            _ => None,
        };
        match self.verb().naming().zip(self.other().map(|other| &other.name).or(made)) {
            Some((naming, other)) => naming(other.clone(), subject),
            None => text::op::name(self.verb(), subject),
        }
    }

    #[must_use]
    pub const fn firewall_change(&self) -> Option<FirewallChange<'_>> {
        Some(match self {
            Self::CreateFirewall { rules, instances, .. } => {
                FirewallChange::New { rules: rules.as_slice(), instances: instances.as_slice() }
            }
            Self::UpdateFirewall { firewall, was, rules, .. } => {
                FirewallChange::Rules { firewall, was: was.as_slice(), rules: rules.as_slice() }
            }
            Self::DeleteFirewall { firewall } => FirewallChange::Gone { firewall },
            _ => match self.attachment() {
                Some((firewall, instance, on)) => FirewallChange::Stands { firewall, instance, on },
                None => return None,
            },
        })
    }

    /// What is deleted after its subject, since it would stay.
    #[must_use]
    pub fn deleted_after(&self) -> &[Target] {
        match self {
            Self::Destroy { volumes: after, .. } | Self::DeleteSnapshot { named: after, .. } => after,
            _ => &[],
        }
    }

    /// The firewall whose rules are replaced, and those it was shown with.
    #[must_use]
    pub const fn replaced_rules(&self) -> Option<(&Target, &[Rule])> {
        match self.firewall_change() {
            Some(FirewallChange::Rules { firewall, was, .. }) => Some((firewall, was)),
            _ => None,
        }
    }

    /// What an instance had that is parked.
    #[must_use]
    pub fn parked(&self) -> Option<&Parked> {
        match self {
            Self::Park { kept, .. } => Some(kept),
            _ => None,
        }
    }

    /// Whether a person who asks for it wants the machine to be off afterwards, or on; `None` where it says neither.
    #[must_use]
    pub fn wants_off(&self) -> Option<bool> {
        match self {
            Self::TakeSnapshot { stop_first, start_again, .. } => stop_first.then_some(!start_again),
            Self::Reboot { .. } | Self::Restore { .. } | Self::CreateInstance { .. } => Some(false),
            _ if self.verb().leads_to(StatusKind::Running) => Some(false),
            _ if self.verb().leads_to(StatusKind::Stopped) => Some(true),
            _ => (self.verb().subject() == Kind::Instance && self.verb().removes()).then_some(true),
        }
    }

    /// Whether it takes a machine out of service; `saves_off`: whether none that runs is saved.
    #[must_use]
    pub fn interrupts(&self, runs: impl Fn(&Target) -> bool, saves_off: bool) -> bool {
        match self {
            Self::Reboot { .. } | Self::RevertResize { .. } => true,
            Self::TakeSnapshot { instance, stop_first, .. } => runs(instance) && (*stop_first || saves_off),
            Self::Restore { instance, .. } | Self::Park { instance, .. } | Self::Resize { instance, .. } => {
                runs(instance)
            }
            _ => self.verb().leads_to(StatusKind::Stopped),
        }
    }

    /// Everything that was shown and bound itself to.
    #[must_use]
    pub fn targets(&self) -> Vec<&Target> {
        match self {
            Self::Destroy { instance, snapshots, volumes } => {
                std::iter::once(instance).chain(snapshots).chain(volumes).collect()
            }
            Self::DeleteSnapshot { snapshot, named, .. } => std::iter::once(snapshot).chain(named).collect(),
            Self::CreateInstance { firewalls, .. } => firewalls.iter().collect(),
            Self::CreateFirewall { instances, .. } => instances.iter().collect(),
            Self::AddKey { .. } | Self::CreateApiKey { .. } => Vec::new(),
            // A plan is of all, and stays as it is.
            Self::Resize { instance, .. } => vec![instance],
            _ => std::iter::once(self.subject()).chain(self.other()).collect(),
        }
    }

    /// The resources that refuse other changes while this is under way.
    #[must_use]
    pub fn holds(&self) -> Vec<ResourceRef> {
        // What is only named by something new stays free for others.
        if self.verb().makes() {
            return Vec::new();
        }
        let mut held: Vec<ResourceRef> = self.targets().iter().map(|t| t.resource.clone()).collect();
        if let Self::DeleteSnapshot { snapshot, of: Some(of), .. } = self {
            held.push(ResourceRef::new(snapshot.account(), Kind::Instance, of));
        }
        if let Self::RetakeSnapshot { snapshot, of } = self {
            held.push(ResourceRef::new(snapshot.account(), Kind::Instance, of));
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_action_is_of_its_verb_and_about_what_it_was_asked_for() {
        let target = |kind, id: &str| Target::stateless(&"a".into(), kind, &id.into(), id);
        let plain: Vec<&str> = Verb::ALL
            .into_iter()
            .filter_map(|verb| {
                let (subject, other) = (target(verb.subject(), "s"), target(Kind::Instance, "o"));
                let action = Action::plain(verb, subject.clone(), Some(&other))?;
                assert_eq!((action.verb(), action.subject()), (verb, &subject));
                Some(verb.name())
            })
            .collect();
        assert_eq!(plain.len(), 14, "{plain:?}");
    }
}
