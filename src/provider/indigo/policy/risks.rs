//! What makes an action risky besides its verb.

use super::SLOTS;
use crate::domain::{Action, Inventory, Phrase, Reboot, ResourceId, RiskFact, StatusKind, Target, Timestamp};
use crate::provider::policy::facts::{CopyWords, Facts};
use crate::provider::policy::kind_of;

const COPIES: CopyWords =
    CopyWords { unknown: "indigo.risk.copies-unknown", none: "indigo.risk.only-copy", old: "indigo.risk.old-copy" };

pub(super) fn risks(action: &Action, inventory: &Inventory, now: Timestamp) -> Vec<RiskFact> {
    let mut facts = Facts::default();
    let runs = |target: &Target| kind_of(target, inventory) == StatusKind::Running;
    match action {
        Action::CreateFirewall { rules, .. } | Action::UpdateFirewall { rules, .. } => {
            facts.shuts_off("indigo.risk.nothing-gets-in", rules);
            facts.of_new_rules(action, &super::firewalls::form());
        }
        Action::DeleteFirewall { .. } => facts.say(Phrase::new("indigo.risk.firewall-gone")),
        Action::CreateInstance { .. }
        | Action::AddKey { .. }
        | Action::ChangeKey { .. }
        | Action::DeleteKey { .. }
        | Action::CreateApiKey { .. }
        | Action::DeleteApiKey { .. } => {}
        Action::Start { .. }
        | Action::RetakeSnapshot { .. }
        | Action::RestoreAsNew { .. }
        | Action::Park { .. }
        | Action::AssignFirewall { .. }
        | Action::DetachFirewall { .. } => {}
        Action::Stop { .. } => facts.say(Phrase::new("risk.billed-while-stopped")),
        Action::ForceStop { .. } => facts.say(Phrase::new("risk.cuts-power")),
        Action::Reboot { how: Reboot::Provider | Reboot::Hard, .. } => {
            facts.say(Phrase::new("indigo.risk.reboot-may-cut"));
        }
        Action::Reboot { how: Reboot::StopAndStart, .. } => {}
        Action::Destroy { instance, snapshots } => {
            if runs(instance) {
                facts.raise(Phrase::new("risk.running"));
            }
            let gone: Vec<&ResourceId> = snapshots.iter().map(Target::id).collect();
            facts.copies_left(&COPIES, instance.id(), &gone, inventory, now);
            facts.stay("indigo.risk.snapshots-stay", instance.id(), &gone, inventory);
        }
        Action::TakeSnapshot { instance, stop_first, .. } => {
            if runs(instance) {
                let key = if *stop_first { "indigo.risk.interrupted" } else { "indigo.risk.taken-running" };
                facts.say(Phrase::new(key));
            }
            facts.say(Phrase::new("indigo.risk.snapshot-billed"));
        }
        Action::Restore { snapshot, instance, save_first } => {
            if runs(instance) {
                facts.raise(Phrase::new("indigo.risk.running-is-stopped"));
            }
            facts.overwrites(snapshot, inventory);
            match save_first {
                None => facts.say(Phrase::new("risk.not-saved-first")),
                Some(_) if inventory.snapshots_of(instance.id()).is_some_and(|rows| rows.len() >= SLOTS) => {
                    facts.say(Phrase::new("indigo.risk.no-slot"));
                }
                Some(_) => {}
            }
        }
        Action::DeleteSnapshot { snapshot, of } => {
            if let Some(of) = of.as_ref().filter(|of| inventory.instance(of).is_some()) {
                facts.copies_left(&COPIES, of, &[snapshot.id()], inventory, now);
            } else {
                facts.raise(Phrase::new("indigo.risk.instance-gone"));
            }
        }
    }
    facts.0
}
