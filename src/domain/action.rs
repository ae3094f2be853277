//! What a person can ask for. An action carries its targets by value: exactly what the dialog showed.
//! Longer than most files here because every verb has its row in each table.

use crate::domain::{Text, text};
use serde::{Deserialize, Serialize};

use super::allow::OwnRule;
use super::firewall::Rule;
use super::ids::{AccountName, Kind, ResourceId, ResourceRef};
use super::instance::Instance;
use super::order::{NewKey, Order};
use super::status::StatusKind;

/// A verb: one row of what can be done, with how risky it is by nature. Facts raise the risk, nothing lowers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    Start,
    /// Shut an instance down in order.
    Stop,
    ForceStop,
    Reboot,
    Destroy,
    TakeSnapshot,
    Restore,
    DeleteSnapshot,
    RetakeSnapshot,
    RestoreAsNew,
    AssignFirewall,
    DetachFirewall,
    /// Save an instance's disk, then destroy the instance, to make it anew another day.
    Park,
    CreateInstance,
    CreateFirewall,
    /// Give a firewall other rules or another name.
    UpdateFirewall,
    DeleteFirewall,
    AddKey,
    /// Rename an SSH key, or say whether new instances can be given it.
    ChangeKey,
    DeleteKey,
    CreateApiKey,
    /// Delete a key of the provider's API for good.
    DeleteApiKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// Can be undone: a question, answered with `y`.
    Question,
    Typed,
}

impl Verb {
    pub const ALL: [Self; 22] = [
        Self::Start,
        Self::Stop,
        Self::ForceStop,
        Self::Reboot,
        Self::Destroy,
        Self::TakeSnapshot,
        Self::Restore,
        Self::DeleteSnapshot,
        Self::RetakeSnapshot,
        Self::RestoreAsNew,
        Self::AssignFirewall,
        Self::DetachFirewall,
        Self::Park,
        Self::CreateInstance,
        Self::CreateFirewall,
        Self::UpdateFirewall,
        Self::DeleteFirewall,
        Self::AddKey,
        Self::ChangeKey,
        Self::DeleteKey,
        Self::CreateApiKey,
        Self::DeleteApiKey,
    ];

    /// Its name in commands, journal and JSON; the same in every language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::ForceStop => "force-stop",
            Self::Reboot => "reboot",
            Self::Destroy => "destroy",
            Self::TakeSnapshot => "take-snapshot",
            Self::Restore => "restore",
            Self::DeleteSnapshot => "delete",
            Self::RetakeSnapshot => "retake-snapshot",
            Self::RestoreAsNew => "restore-as-new",
            Self::AssignFirewall => "assign",
            Self::DetachFirewall => "detach",
            Self::Park => "park",
            Self::CreateInstance => "create",
            Self::CreateFirewall => "create-firewall",
            Self::UpdateFirewall => "edit-rules",
            Self::DeleteFirewall => "delete-firewall",
            Self::AddKey => "add-key",
            Self::ChangeKey => "change-key",
            Self::DeleteKey => "delete-key",
            Self::CreateApiKey => "create-api-key",
            Self::DeleteApiKey => "delete-api-key",
        }
    }

    /// How it is asked for where no fact raises it.
    #[must_use]
    pub const fn risk(self) -> Risk {
        match self {
            Self::Start
            | Self::Stop
            | Self::Reboot
            | Self::TakeSnapshot
            | Self::RetakeSnapshot
            | Self::RestoreAsNew
            | Self::AssignFirewall
            | Self::DetachFirewall
            | Self::CreateInstance
            | Self::CreateFirewall
            | Self::UpdateFirewall
            | Self::AddKey
            | Self::ChangeKey
            | Self::CreateApiKey => Risk::Question,
            Self::ForceStop
            | Self::Destroy
            | Self::Restore
            | Self::DeleteSnapshot
            | Self::Park
            | Self::DeleteFirewall
            | Self::DeleteKey
            | Self::DeleteApiKey => Risk::Typed,
        }
    }

    #[must_use]
    pub const fn subject(self) -> Kind {
        match self {
            Self::DeleteSnapshot | Self::Restore | Self::RetakeSnapshot | Self::RestoreAsNew => Kind::Snapshot,
            Self::CreateFirewall | Self::UpdateFirewall | Self::DeleteFirewall => Kind::Firewall,
            Self::AddKey | Self::ChangeKey | Self::DeleteKey => Kind::Key,
            Self::CreateApiKey | Self::DeleteApiKey => Kind::ApiKey,
            _ => Kind::Instance,
        }
    }

    /// Whether something is gone for good afterwards, so that it counts down before its first request.
    #[must_use]
    pub const fn destroys(self) -> bool {
        matches!(
            self,
            Self::Destroy
                | Self::Restore
                | Self::DeleteSnapshot
                | Self::Park
                | Self::DeleteFirewall
                | Self::DeleteKey
                | Self::DeleteApiKey
        )
    }

    /// Whether it makes something that is not there yet, so that there is nothing to be selected for it.
    #[must_use]
    pub const fn makes(self) -> bool {
        matches!(self, Self::CreateInstance | Self::CreateFirewall | Self::AddKey | Self::CreateApiKey)
    }

    /// Whether it is done where this is the state of what it is asked of.
    #[must_use]
    pub const fn leads_to(self, status: StatusKind) -> bool {
        matches!(
            (self, status),
            (Self::Start, StatusKind::Running) | (Self::Stop | Self::ForceStop, StatusKind::Stopped)
        )
    }

    /// The word that is typed for several, such as `delete 3`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::DeleteSnapshot | Self::DeleteFirewall | Self::DeleteKey | Self::DeleteApiKey => "delete",
            _ => self.name(),
        }
    }
}

impl Verb {
    /// What it is called in a sentence, over its dialog, and on its button.
    const fn texts(self) -> [Text; 3] {
        use text::{button, title, verb};
        match self {
            Self::Start => [verb::START, title::START, button::START],
            Self::Stop => [verb::STOP, title::STOP, button::STOP],
            Self::ForceStop => [verb::FORCE_STOP, title::FORCE_STOP, button::FORCE_STOP],
            Self::Reboot => [verb::REBOOT, title::REBOOT, button::REBOOT],
            Self::Destroy => [verb::DESTROY, title::DESTROY, button::DESTROY],
            Self::TakeSnapshot => [verb::TAKE_SNAPSHOT, title::TAKE_SNAPSHOT, button::TAKE_SNAPSHOT],
            Self::Restore => [verb::RESTORE, title::RESTORE, button::RESTORE],
            Self::DeleteSnapshot => [verb::DELETE, title::DELETE, button::DELETE],
            Self::RetakeSnapshot => [verb::RETAKE_SNAPSHOT, title::RETAKE_SNAPSHOT, button::RETAKE_SNAPSHOT],
            Self::RestoreAsNew => [verb::RESTORE_AS_NEW, title::RESTORE_AS_NEW, button::RESTORE_AS_NEW],
            Self::AssignFirewall => [verb::ASSIGN, title::ASSIGN, button::ASSIGN],
            Self::DetachFirewall => [verb::DETACH, title::DETACH, button::DETACH],
            Self::Park => [verb::PARK, title::PARK, button::PARK],
            Self::CreateInstance => [verb::CREATE, title::CREATE, button::CREATE],
            Self::CreateFirewall => [verb::CREATE_FIREWALL, title::CREATE_FIREWALL, button::CREATE_FIREWALL],
            Self::UpdateFirewall => [verb::EDIT_RULES, title::EDIT_RULES, button::EDIT_RULES],
            Self::DeleteFirewall => [verb::DELETE_FIREWALL, title::DELETE_FIREWALL, button::DELETE_FIREWALL],
            Self::AddKey => [verb::ADD_KEY, title::ADD_KEY, button::ADD_KEY],
            Self::ChangeKey => [verb::CHANGE_KEY, title::CHANGE_KEY, button::CHANGE_KEY],
            Self::DeleteKey => [verb::DELETE_KEY, title::DELETE_KEY, button::DELETE_KEY],
            Self::CreateApiKey => [verb::CREATE_API_KEY, title::CREATE_API_KEY, button::CREATE_API_KEY],
            Self::DeleteApiKey => [verb::DELETE_API_KEY, title::DELETE_API_KEY, button::DELETE_API_KEY],
        }
    }

    #[must_use]
    pub const fn text(self) -> Text {
        self.texts()[0]
    }

    #[must_use]
    pub const fn title(self) -> Text {
        self.texts()[1]
    }

    #[must_use]
    pub const fn button(self) -> Text {
        self.texts()[2]
    }
}

/// A resource as a dialog showed it. It is compared with a fresh read just before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    pub resource: ResourceRef,
    pub name: String,
    pub status: StatusKind,
}

impl Target {
    /// Something that is to be made: it has a name and no id yet.
    #[must_use]
    pub fn new(account: &AccountName, kind: Kind, name: &str) -> Self {
        let resource = ResourceRef::new(account, kind, &ResourceId::new(""));
        Self { resource, name: name.to_owned(), status: StatusKind::None }
    }

    /// Something that has no state of its own, such as a firewall or a key.
    #[must_use]
    pub fn stateless(account: &AccountName, kind: Kind, id: &ResourceId, name: &str) -> Self {
        Self { resource: ResourceRef::new(account, kind, id), name: name.to_owned(), status: StatusKind::None }
    }

    #[must_use]
    pub fn account(&self) -> &AccountName {
        &self.resource.account
    }

    #[must_use]
    pub fn id(&self) -> &ResourceId {
        &self.resource.id
    }
}

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
        /// What it takes to make the instance anew from it.
        kept: Box<Parked>,
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

/// What an instance had that was parked, to make it anew from its snapshot.
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

impl Action {
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

    /// Everything the dialog showed and bound itself to.
    #[must_use]
    pub fn targets(&self) -> Vec<&Target> {
        match self {
            Self::Destroy { instance, snapshots } => std::iter::once(instance).chain(snapshots).collect(),
            Self::Restore { snapshot, instance, .. } => vec![instance, snapshot],
            Self::AssignFirewall { firewall, instance } | Self::DetachFirewall { firewall, instance } => {
                vec![instance, firewall]
            }
            Self::CreateInstance { firewalls, .. } => firewalls.iter().collect(),
            Self::CreateFirewall { instances, .. } => instances.iter().collect(),
            Self::AddKey { .. } | Self::CreateApiKey { .. } => Vec::new(),
            _ => vec![self.subject()],
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
        if let Self::DeleteSnapshot { snapshot, of: Some(of) } = self {
            held.push(ResourceRef::new(snapshot.account(), Kind::Instance, of));
        }
        if let Self::RetakeSnapshot { snapshot, of } = self {
            held.push(ResourceRef::new(snapshot.account(), Kind::Instance, of));
        }
        held
    }
}
