//! The facts that dialogs name, where all providers have them alike.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::rule_edit::{self, RuleForm};
use crate::domain::{
    Action, FirewallChange, Inventory, Phrase, ResourceId, RiskFact, Rule, Snapshot, SnapshotKind, StoreStatus, Target,
    Text, Timestamp, text,
};

/// A copy older than this is no recent one.
const RECENT: Duration = Duration::from_secs(7 * 86_400);

/// What a provider says of the copies that are left, in its own word for them.
pub(in crate::provider) struct CopyWords {
    /// Whether there is one is not known.
    pub(in crate::provider) unknown: Text,
    pub(in crate::provider) none: Text,
    /// The newest is of that `age`.
    pub(in crate::provider) old: fn(Duration) -> Phrase,
}

/// Facts, in the order in which they are said.
#[derive(Default)]
pub(in crate::provider) struct Facts(pub(in crate::provider) Vec<RiskFact>);

impl Facts {
    /// What its verb warns of.
    pub(in crate::provider) fn new(action: &Action, bills_stopped: bool) -> Self {
        let mut facts = Self::default();
        let warning = action.verb().warning().filter(|text| bills_stopped || *text != text::risk::BILLED_WHILE_STOPPED);
        warning.into_iter().for_each(|text| facts.say(Phrase::new(text)));
        facts
    }

    pub(in crate::provider) fn say(&mut self, phrase: Phrase) {
        self.0.push(RiskFact { phrase, raises: false });
    }

    pub(in crate::provider) fn raise(&mut self, phrase: Phrase) {
        self.0.push(RiskFact { phrase, raises: true });
    }

    pub(in crate::provider) fn overwrites(&mut self, snapshot: &Target, inventory: &Inventory) {
        self.raise(match inventory.snapshot(snapshot.id()).and_then(|s| s.taken) {
            Some(taken) => text::risk::overwrites_since(taken),
            None => Phrase::new(text::risk::OVERWRITES),
        });
    }

    /// Whether a recent copy of the instance is left once `gone` are.
    pub(in crate::provider) fn copies_left(
        &mut self,
        words: &CopyWords,
        instance: &ResourceId,
        gone: &[&ResourceId],
        inventory: &Inventory,
        now: Timestamp,
    ) {
        let Some(kept) = copies(instance, gone, inventory, now) else {
            return self.raise(Phrase::new(words.unknown));
        };
        if kept.is_empty() {
            return self.raise(Phrase::new(words.none));
        }
        match kept.iter().filter_map(|s| s.taken).max().map(|newest| now.since(newest)) {
            Some(age) if age <= RECENT => {}
            Some(age) => self.raise((words.old)(age)),
            None => self.raise(Phrase::new(words.unknown)),
        }
    }

    /// A set of rules that lets nothing in.
    pub(in crate::provider) fn shuts_off(&mut self, key: Text, rules: &[Rule]) {
        if !rule_edit::lets_in(rules) {
            self.raise(Phrase::new(key));
        }
    }

    /// What is to be said of rules that a change adds.
    pub(in crate::provider) fn of_new_rules(&mut self, action: &Action, form: &RuleForm) {
        let (was, rules): (&[Rule], &[Rule]) = match action.firewall_change() {
            Some(FirewallChange::New { rules, .. }) => (&[], rules),
            Some(FirewallChange::Rules { was, rules, .. }) => (was, rules),
            _ => return,
        };
        let new = |rule: &&Rule| !rule_edit::has(was, rule);
        if let Some(said) = rules.iter().filter(new).find_map(|rule| rule_edit::warnings(rule, form)) {
            self.say(said);
        }
    }

    /// Snapshots that outlive their instance: so many are left once `gone` are.
    pub(in crate::provider) fn stay(
        &mut self,
        said: fn(usize) -> Phrase,
        instance: &ResourceId,
        gone: &[&ResourceId],
        inventory: &Inventory,
    ) {
        let rows = inventory.snapshots_of(instance).unwrap_or_default();
        let stay = rows.iter().filter(|s| s.kind == SnapshotKind::Disk && !gone.contains(&&s.id)).count();
        if stay > 0 {
            self.say(said(stay));
        }
    }
}

/// The snapshots of an instance that can be used and are none of `gone`; `None` where they were never read. One whose
/// day is past may be gone tomorrow, and is none to rely on.
pub(in crate::provider) fn copies<'a>(
    instance: &ResourceId,
    gone: &[&ResourceId],
    inventory: &'a Inventory,
    now: Timestamp,
) -> Option<Vec<&'a Arc<Snapshot>>> {
    let rows = inventory.snapshots_of(instance)?;
    let stays = |s: &&Arc<Snapshot>| s.holds_data() && !gone.contains(&&s.id) && !s.is_overdue(now);
    Some(rows.into_iter().filter(|s| s.status == StoreStatus::Available).filter(stays).collect())
}
