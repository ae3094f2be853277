//! What an operation is made of.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::answer::Output;
use crate::domain::call::{Call, Ref};
use crate::domain::ids::ResourceId;
use crate::domain::list::ListKey;
use crate::domain::status::StatusKind;

/// One step of an operation. Steps run in order, each once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Send this. `needs` is the kind of state the instance must show just before, where the call demands one; before
    /// the first call the dialog's own state counts instead.
    Call {
        call: Call,
        /// What the instance must show.
        needs: Option<StatusKind>,
    },
    /// Wait until a read begun after the answer shows this.
    Wait(Condition),
    /// Let this much time pass, since the provider shows nothing. The next call then finds out by being refused or not.
    Settle { at_least: Duration },
}

impl Step {
    #[must_use]
    pub const fn call(&self) -> Option<&Call> {
        match self {
            Self::Call { call, .. } => Some(call),
            _ => None,
        }
    }

    /// Names what an earlier step made.
    pub fn name(&mut self, output: &Output) {
        match (output, self) {
            (Output::Instance(id), Self::Call { call, .. }) => {
                if let Call::Made { what } = call {
                    *call = what.on(id);
                }
            }
            (Output::Instance(id), Self::Wait(Condition::Answers { instance: instance @ None, .. })) => {
                *instance = Some(id.clone());
            }
            (Output::Firewall(id), Self::Call { call, .. }) => call.name_firewall(id),
            (Output::Firewall(id), Self::Wait(Condition::FirewallOn { firewall, .. })) => firewall.name_firewall(id),
            _ => {}
        }
    }
}

/// A firewall by its id alone, as it was written once, or as a reference.
fn id_or_ref<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ref, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Ref(Ref),
        Id(ResourceId),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Ref(firewall) => firewall,
        Written::Id(id) => Ref::Known(id),
    })
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    InstanceIs(ResourceId, StatusKind),
    /// The instance shows that it runs or is off, whichever: nothing is under way with it any more.
    InstanceRests(ResourceId),
    InstanceGone(ResourceId),
    /// The instance has this plan, whether that waits to be confirmed or was confirmed meanwhile.
    Resized {
        instance: ResourceId,
        plan: ResourceId,
    },
    /// The instance that an earlier step made shows this state.
    NewInstanceIs(StatusKind),
    /// A port of the instance answers; of the one that an earlier step made where none is named. No list shows it: it
    /// is tried from here.
    Answers {
        instance: Option<ResourceId>,
        port: u16,
    },
    /// The firewall stands on the instance, or does not.
    FirewallOn {
        #[serde(deserialize_with = "id_or_ref")]
        firewall: Ref,
        instance: ResourceId,
        on: bool,
    },
    /// The snapshot is available. Fails where it shows an error.
    SnapshotAvailable {
        /// The instance whose list shows it, where lists are per instance.
        of: Option<ResourceId>,
        which: Ref,
    },
    SnapshotGone {
        of: Option<ResourceId>,
        which: Ref,
    },
    /// No instance has the volume, and nothing is under way with it. Fails where it shows an error.
    VolumeAvailable(Ref),
    VolumeGone(Ref),
}

impl Condition {
    #[must_use]
    pub const fn instance(&self) -> Option<&ResourceId> {
        match self {
            Self::InstanceIs(id, _)
            | Self::InstanceRests(id)
            | Self::InstanceGone(id)
            | Self::Resized { instance: id, .. }
            | Self::FirewallOn { instance: id, .. } => Some(id),
            Self::NewInstanceIs(_) | Self::VolumeAvailable(_) | Self::VolumeGone(_) => None,
            Self::Answers { instance, .. } => instance.as_ref(),
            Self::SnapshotAvailable { of, .. } | Self::SnapshotGone { of, .. } => of.as_ref(),
        }
    }

    /// The list that shows whether it is met. `per_instance`: whether the provider lists snapshots per instance.
    #[must_use]
    pub fn list(&self, per_instance: bool) -> ListKey {
        match self {
            Self::InstanceIs(..)
            | Self::InstanceRests(_)
            | Self::InstanceGone(_)
            | Self::Resized { .. }
            | Self::NewInstanceIs(_)
            | Self::Answers { .. } => ListKey::Instances,
            Self::FirewallOn { .. } => ListKey::Firewalls,
            Self::VolumeAvailable(_) | Self::VolumeGone(_) => ListKey::Volumes,
            Self::SnapshotAvailable { of, .. } | Self::SnapshotGone { of, .. } => {
                ListKey::Snapshots(if per_instance { of.clone() } else { None })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(firewall: Ref) -> Step {
        Step::Wait(Condition::FirewallOn { firewall, instance: "i".into(), on: true })
    }

    #[test]
    fn what_earlier_versions_wrote_is_read_and_what_is_written_is_read_back() {
        let old = r#"{"wait":{"firewall_on":{"firewall":"f","instance":"i","on":true}}}"#;
        assert_eq!(serde_json::from_str::<Step>(old).unwrap(), stands(Ref::Known("f".into())));
        for step in [stands(Ref::Known("f".into())), stands(Ref::OutputFirewall)] {
            assert_eq!(serde_json::from_str::<Step>(&serde_json::to_string(&step).unwrap()).unwrap(), step);
        }
        let old = r#"{"call":{"call":{"call":"restore","instance":"i","snapshot":"learnt_snapshot"},"needs":null}}"#;
        let call = Call::Restore { instance: "i".into(), snapshot: Ref::OutputSnapshot };
        let restore = Step::Call { call, needs: None };
        assert_eq!(serde_json::from_str::<Step>(old).unwrap(), restore);
        assert_eq!(serde_json::to_string(&restore).unwrap(), old);
    }

    #[test]
    fn what_was_made_is_named_by_its_id_from_then_on() {
        let mut steps = [
            stands(Ref::OutputFirewall),
            Step::Call { call: Call::RenameFirewall { firewall: "other".into(), name: "n".to_owned() }, needs: None },
        ];
        let other = steps[1].clone();
        steps.iter_mut().for_each(|step| step.name(&Output::Firewall("f".into())));
        assert_eq!(steps, [stands(Ref::Known("f".into())), other]);
    }
}
