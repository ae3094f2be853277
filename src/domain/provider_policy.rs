//! How one provider differs from the next, as a trait that the pure layers ask. No pure layer names a provider.

use crate::domain::text;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::action::{Action, Reboot};
use crate::domain::answer::{Answer, Verdict};
use crate::domain::budget::Limit;
use crate::domain::call::Call;
use crate::domain::firewall::Rule;
use crate::domain::firewall::rule_edit::RuleForm;
use crate::domain::ids::ResourceId;
use crate::domain::instance::Instance;
use crate::domain::inventory::Inventory;
use crate::domain::list::ListKey;
use crate::domain::order::Order;
use crate::domain::ordering::{MadeFrom, Need, OrderForm, OrderNeeds, RequestText};
use crate::domain::phrase::Phrase;
use crate::domain::plan::Plan;
use crate::domain::resource::Resource;
use crate::domain::snapshot::Snapshot;
use crate::domain::status::StatusKind;
use crate::domain::step::Step;
use crate::domain::target::Target;
use crate::domain::time::Timestamp;
use crate::domain::verb::Verb;

/// What a provider can do and why not; how an action becomes steps; what its answers mean.
pub trait ProviderPolicy: Debug + Send + Sync {
    /// The provider's name in the configuration and in JSON.
    fn key(&self) -> &'static str;

    /// The key of the phrase with the provider's full name.
    fn label(&self) -> &'static str;

    /// What may be sent where neither configuration nor headers say; `None` where no limit is known.
    fn default_limit(&self) -> Option<Limit>;

    fn snapshots_per_instance(&self) -> bool;

    /// The list that shows the snapshots of an instance.
    fn snapshots_of(&self, instance: &ResourceId) -> ListKey {
        ListKey::Snapshots(self.snapshots_per_instance().then(|| instance.clone()))
    }

    /// How many snapshots one instance can have, where that is limited.
    fn snapshot_slots(&self) -> Option<usize>;

    fn supports(&self, list: &ListKey) -> bool {
        !matches!(
            list,
            ListKey::Instance(_)
                | ListKey::Snapshot(_)
                | ListKey::Ports(_)
                | ListKey::Quota
                | ListKey::Backups
                | ListKey::Graphs(_)
                | ListKey::ApiKeys
                | ListKey::Regions
                | ListKey::Types
                | ListKey::Volumes
                | ListKey::Volume(_)
                | ListKey::ConsoleOutput(_)
                | ListKey::Networks
        )
    }

    /// How many requests it takes to read a list.
    fn requests(&self, _list: &ListKey) -> u32 {
        1
    }

    /// The ways to restart, the one that is taken where nothing is chosen first.
    fn reboots(&self) -> &'static [Reboot] {
        &[Reboot::Provider, Reboot::StopAndStart]
    }

    /// Whether a stopped instance costs what a running one does.
    fn bills_stopped(&self) -> bool {
        true
    }

    /// Whether an instance is to be off for its disk to be saved.
    fn saves_only_when_off(&self) -> bool {
        false
    }

    /// Whether an action takes a machine that runs out of service for a while, so that of several one goes after the
    /// other.
    fn interrupts(&self, action: &Action, inventory: &Inventory) -> bool {
        let runs = |instance: &Target| {
            let kind = inventory.instance(instance.id()).map_or(instance.status, |i| i.status.kind());
            kind == StatusKind::Running
        };
        action.interrupts(runs, self.saves_only_when_off())
    }

    /// Whether an instance has a console that a browser shows.
    fn has_console(&self) -> bool {
        false
    }

    /// The plans that a new instance from this snapshot can have, the best guess first.
    fn plans_for(&self, _snapshot: &Snapshot, _inventory: &Inventory) -> Vec<Arc<Plan>> {
        Vec::new()
    }

    /// The plans there are for an instance instead of its own, and why it cannot have one where it cannot; none where the
    /// provider changes no plan.
    fn plans_to_resize(&self, _instance: &Instance, _inventory: &Inventory) -> Vec<(Arc<Plan>, Option<Phrase>)> {
        Vec::new()
    }

    /// Whether the provider tells on which instances a firewall is. Where not, what is known is what was done from here.
    fn tells_firewalls(&self) -> bool {
        true
    }

    /// Whether an instance that no firewall is on is open to everybody, so that its first one closes what it does not
    /// allow.
    fn open_without_firewall(&self) -> bool {
        false
    }

    /// A rule as this provider takes it: its own presets, its own way to say anywhere.
    fn as_taken(&self, rule: &Rule) -> Rule {
        rule.clone()
    }

    /// Whether an SSH key of this kind, such as `ssh-ed25519`, may be refused: the provider decides.
    fn key_kind_may_be_refused(&self, _kind: &str) -> bool {
        false
    }

    /// Whether an SSH key may be refused since a comment stands behind it.
    fn key_comment_may_be_refused(&self) -> bool {
        false
    }

    /// Why an SSH key cannot be called so; `None` where nothing is known against it.
    fn key_name_mistake(&self, name: &str) -> Option<Phrase> {
        match name {
            name if name.trim().is_empty() => Some(Phrase::new(text::key_name::EMPTY)),
            name if name.chars().any(char::is_control) => Some(Phrase::new(text::key_name::CONTROL)),
            _ => None,
        }
    }

    /// What rules can be made of here, and what is not known of it.
    fn rule_form(&self) -> RuleForm {
        RuleForm::default()
    }

    /// The lists that change so seldom that they are kept on disk and asked for at most once a day.
    fn catalogue(&self) -> Vec<ListKey>;

    /// Whether a list changes so seldom: those of [`ProviderPolicy::catalogue`], and what can be ordered, and where.
    fn is_catalogue(&self, list: &ListKey) -> bool {
        matches!(list, ListKey::Plans(_) | ListKey::Regions | ListKey::Types) || self.catalogue().contains(list)
    }

    /// The type of instance that is ordered here, of those that can be; `None` where there are no types.
    fn instance_type(&self) -> Option<ResourceId> {
        None
    }

    /// How an order goes here.
    fn order_form(&self) -> OrderForm {
        OrderForm::default()
    }

    /// What an order asks for that is made from this.
    fn asks(&self, _from: MadeFrom<'_>) -> OrderNeeds {
        OrderNeeds { region: Need::Never, key: Need::May, password: Need::Never }
    }

    /// The list that shows the plans that fit; `None` while it is not known which.
    fn plans_list(&self, _from: MadeFrom<'_>, _inventory: &Inventory) -> Option<ListKey> {
        Some(ListKey::Plans(None))
    }

    /// The plans that fit, the best guess first, from what that list shows.
    fn plans_to_order(&self, from: MadeFrom<'_>, inventory: &Inventory) -> Vec<Arc<Plan>> {
        self.plans_list(from, inventory).map_or_else(Vec::new, |list| inventory.plans_of(&list).to_vec())
    }

    /// The kinds of address that a plan gives, in a few words.
    fn addresses_of(&self, _plan: &Plan) -> Option<Phrase> {
        None
    }

    fn name_mistake(&self, name: &str) -> Option<Phrase> {
        name_mistake(name)
    }

    /// Why a password is not taken.
    fn password_mistake(&self, password: &str) -> Option<Phrase> {
        password.is_empty().then(|| Phrase::new(text::order::NO_PASSWORD))
    }

    /// Why an SSH key may not be taken: a doubt, which stands in nobody's way.
    fn key_warning(&self, _public: &str) -> Option<Phrase> {
        None
    }

    /// The lists that tell what is to be thought of before something is ordered.
    fn order_lists(&self) -> &'static [ListKey] {
        &[]
    }

    /// What is to be thought of before something is ordered: a line each; the flag says whether it warns.
    fn order_notes(&self, _order: &Order, _inventory: &Inventory) -> Vec<(Phrase, bool)> {
        Vec::new()
    }

    /// The request of a call, without any secret; `None` where it is not one request.
    fn request_of(&self, _call: &Call) -> Option<RequestText> {
        None
    }

    /// Whether a verb is possible on an instance or snapshot now, and why not. It is asked with the provider's own
    /// state, never with the word our operation shows.
    fn possible(&self, verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible;

    /// The steps of an action, from what the inventory shows now.
    fn plan(&self, action: &Action, inventory: &Inventory) -> Vec<Step>;

    /// The lists that a plan is made from, besides those that show what the action is about.
    fn plan_lists(&self, _action: &Action) -> Vec<ListKey> {
        Vec::new()
    }

    /// Whether a call is to be sent, from what was read just before.
    fn ready(&self, call: &Call, _inventory: &Inventory) -> Ready {
        Ready::Send(call.clone())
    }

    fn judge(&self, call: &Call, answer: &Answer) -> Verdict;

    /// Whether a change whose answer was lost took effect, from what was before and what is shown now. `inventory` was
    /// read after the change.
    fn reconcile(&self, call: &Call, pre_state: &PreState, inventory: &Inventory, now: Timestamp) -> Reconciled;

    /// How long a step of this kind usually takes, where nothing was learnt yet.
    fn usual(&self, call: &Call) -> Duration;

    /// What makes an action risky besides the verb: a line each in the dialog.
    fn risks(&self, action: &Action, inventory: &Inventory, now: Timestamp) -> Vec<RiskFact>;
}

/// At most so many characters in a name, where no provider says less.
const LONGEST_NAME: usize = 255;

/// Why nobody takes a name: it is empty, too long, or has what no name has.
#[must_use]
pub fn name_mistake(name: &str) -> Option<Phrase> {
    let length = name.trim().chars().count();
    if length == 0 {
        return Some(Phrase::new(text::order::NO_NAME));
    }
    if name.chars().any(char::is_control) {
        return Some(Phrase::new(text::order::NAME_CONTROL));
    }
    (length > LONGEST_NAME).then(|| text::order::name_long(LONGEST_NAME, length))
}

#[derive(Debug, Clone, PartialEq)]
pub enum Possible {
    Yes,
    No(Phrase),
    /// This provider has no such thing; it is not shown at all.
    Never,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RiskFact {
    pub phrase: Phrase,
    /// Whether it raises a question to a typed dialog.
    pub raises: bool,
}

/// What was there just before a change was sent: kept in its intent line, to settle it by if the answer is lost.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PreState {
    pub status: Option<StatusKind>,
    /// The ids of the list that the change adds to or takes from.
    pub ids: Vec<ResourceId>,
    pub at: Timestamp,
    /// How much it moves, in GB, where that is known: how long it takes depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_gb: Option<u64>,
}

impl PreState {
    /// Whether something that is shown now was made since, under this name.
    #[must_use]
    pub fn made(&self, name: &str, (id, called): (&ResourceId, &str)) -> bool {
        called.trim() == name.trim() && !self.ids.contains(id)
    }
}

/// What a read just before a call says of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Ready {
    /// It is sent, completed by what was read.
    Send(Call),
    /// All is as it is to be: nothing is sent.
    AlreadySo,
    /// It makes no sense any more.
    Cannot(Phrase),
}

/// What the provider shows of a change whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reconciled {
    Yes,
    No,
    /// It cannot be told yet.
    NotYet,
    /// It can never be told; a person decides.
    Cannot,
}
