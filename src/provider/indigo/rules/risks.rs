//! What makes an action risky besides its verb.

use std::time::Duration;

use super::{SLOTS, kind_of};
use crate::domain::{
    Action, Arg, Phrase, Picture, Reboot, ResourceId, RiskFact, Snapshot, StatusKind, StoreStatus, Target, Wall,
};

/// A copy older than this is no recent one.
const RECENT: Duration = Duration::from_secs(7 * 86_400);

pub(super) fn risks(action: &Action, picture: &Picture, now: Wall) -> Vec<RiskFact> {
    let mut facts = Facts(Vec::new());
    let runs = |target: &Target| kind_of(target, picture) == StatusKind::Running;
    match action {
        Action::Start { .. }
        | Action::RetakeSnapshot { .. }
        | Action::RestoreAsNew { .. }
        | Action::Park { .. }
        | Action::AssignFirewall { .. }
        | Action::DetachFirewall { .. } => {}
        Action::Stop { .. } => facts.say("indigo.risk.billed-while-stopped"),
        Action::ForceStop { .. } => facts.say("indigo.risk.cuts-power"),
        Action::Reboot { how: Reboot::Provider | Reboot::Hard, .. } => facts.say("indigo.risk.reboot-may-cut"),
        Action::Reboot { how: Reboot::StopAndStart, .. } => {}
        Action::Destroy { instance, snapshots } => {
            if runs(instance) {
                facts.raise(Phrase::new("indigo.risk.running"));
            }
            let gone: Vec<&ResourceId> = snapshots.iter().map(Target::id).collect();
            facts.copies_left(instance.id(), &gone, picture, now);
            facts.snapshots_stay(instance.id(), &gone, picture);
        }
        Action::TakeSnapshot { instance, stop_first, .. } => {
            if runs(instance) {
                facts.say(if *stop_first { "indigo.risk.interrupted" } else { "indigo.risk.taken-running" });
            }
            facts.say("indigo.risk.snapshot-billed");
        }
        Action::Restore { snapshot, instance, save_first } => {
            if runs(instance) {
                facts.raise(Phrase::new("indigo.risk.running-is-stopped"));
            }
            facts.0.push(RiskFact { phrase: overwrites(snapshot, picture), raises: true });
            match save_first {
                None => facts.say("indigo.risk.not-saved-first"),
                Some(_) if picture.snapshots_of(instance.id()).is_some_and(|rows| rows.len() >= SLOTS) => {
                    facts.say("indigo.risk.no-slot");
                }
                Some(_) => {}
            }
        }
        Action::DeleteSnapshot { snapshot, of } => {
            if let Some(of) = of.as_ref().filter(|of| picture.instance(of).is_some()) {
                facts.copies_left(of, &[snapshot.id()], picture, now);
            } else {
                facts.raise(Phrase::new("indigo.risk.instance-gone"));
            }
        }
    }
    facts.0
}

fn overwrites(snapshot: &Target, picture: &Picture) -> Phrase {
    match picture.snapshot(snapshot.id()).and_then(|s| s.taken) {
        Some(taken) => Phrase::new("indigo.risk.overwrites-since").with("taken", taken),
        None => Phrase::new("indigo.risk.overwrites"),
    }
}

struct Facts(Vec<RiskFact>);

impl Facts {
    fn say(&mut self, key: &'static str) {
        self.0.push(RiskFact { phrase: Phrase::new(key), raises: false });
    }

    fn raise(&mut self, phrase: Phrase) {
        self.0.push(RiskFact { phrase, raises: true });
    }

    /// Whether a recent copy of the instance is left once `gone` are.
    fn copies_left(&mut self, instance: &ResourceId, gone: &[&ResourceId], picture: &Picture, now: Wall) {
        let Some(rows) = picture.snapshots_of(instance) else {
            return self.raise(Phrase::new("indigo.risk.copies-unknown"));
        };
        let left = |s: &&&std::sync::Arc<Snapshot>| s.status == StoreStatus::Available && !gone.contains(&&s.id);
        let kept: Vec<_> = rows.iter().filter(left).collect();
        if kept.is_empty() {
            return self.raise(Phrase::new("indigo.risk.only-copy"));
        }
        match kept.iter().filter_map(|s| s.taken).max().map(|newest| now.since(newest)) {
            Some(age) if age <= RECENT => {}
            Some(age) => self.raise(Phrase::new("indigo.risk.old-copy").with("age", Arg::Lasts(age))),
            None => self.raise(Phrase::new("indigo.risk.copies-unknown")),
        }
    }

    /// Snapshots outlive their instance and are billed until they are deleted.
    fn snapshots_stay(&mut self, instance: &ResourceId, gone: &[&ResourceId], picture: &Picture) {
        let rows = picture.snapshots_of(instance).unwrap_or_default();
        let stay = rows.iter().filter(|s| !gone.contains(&&s.id)).count();
        if stay > 0 {
            let phrase = Phrase::new("indigo.risk.snapshots-stay").with("n", stay);
            self.0.push(RiskFact { phrase, raises: false });
        }
    }
}
