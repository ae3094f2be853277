//! What makes an action risky besides its verb.

use super::SLOTS;
use crate::domain::{
    Action, FirewallChange, Inventory, Phrase, Reboot, ResourceId, RiskFact, StatusKind, Target, Timestamp, text,
};
use crate::provider::policy::facts::{CopyWords, Facts};
use crate::provider::policy::kind_of;

const COPIES: CopyWords =
    CopyWords { unknown: text::risk::COPIES_UNKNOWN, none: text::risk::ONLY_COPY, old: text::risk::old_copy };

pub(super) fn risks(action: &Action, inventory: &Inventory, now: Timestamp) -> Vec<RiskFact> {
    let mut facts = Facts::new(action, true);
    let runs = |target: &Target| kind_of(target, inventory) == StatusKind::Running;
    match action {
        Action::Reboot { how: Reboot::Provider | Reboot::Hard, .. } => {
            facts.say(Phrase::new(text::risk::REBOOT_MAY_CUT));
        }
        Action::Destroy { instance, snapshots, .. } => {
            if runs(instance) {
                facts.raise(Phrase::new(text::risk::RUNNING));
            }
            let gone: Vec<&ResourceId> = snapshots.iter().map(Target::id).collect();
            facts.copies_left(&COPIES, instance.id(), &gone, inventory, now);
            facts.stay(text::risk::snapshots_stay, instance.id(), &gone, inventory);
        }
        Action::TakeSnapshot { instance, stop_first, .. } => {
            if runs(instance) {
                let key = if *stop_first { text::risk::STOPPED_FOR_SNAPSHOT } else { text::risk::TAKEN_RUNNING };
                facts.say(Phrase::new(key));
            }
            facts.say(Phrase::new(text::risk::SNAPSHOT_BILLED));
        }
        Action::Restore { snapshot, instance, save_first } => {
            if runs(instance) {
                facts.raise(Phrase::new(text::risk::RUNNING_IS_STOPPED));
            }
            facts.overwrites(snapshot, inventory);
            match save_first {
                None => facts.say(Phrase::new(text::risk::NOT_SAVED_FIRST)),
                Some(_) if inventory.snapshots_of(instance.id()).is_some_and(|rows| rows.len() >= SLOTS) => {
                    facts.say(Phrase::new(text::risk::NO_SLOT));
                }
                Some(_) => {}
            }
        }
        Action::DeleteSnapshot { snapshot, of, .. } => {
            if let Some(of) = of.as_ref().filter(|of| inventory.instance(of).is_some()) {
                facts.copies_left(&COPIES, of, &[snapshot.id()], inventory, now);
            } else {
                facts.raise(Phrase::new(text::risk::MAYBE_LAST_COPY));
            }
        }
        _ => match action.firewall_change() {
            Some(FirewallChange::New { rules, .. } | FirewallChange::Rules { rules, .. }) => {
                facts.shuts_off(text::risk::NOTHING_GETS_IN, rules);
                facts.of_new_rules(action, &super::firewalls::form());
            }
            Some(FirewallChange::Gone { .. }) => facts.say(Phrase::new(text::risk::RULES_GONE_REFUSED_WHILE_ON)),
            _ => {}
        },
    }
    facts.0
}
