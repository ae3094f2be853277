//! What makes an action risky besides its verb.

use std::sync::Arc;
use std::time::Duration;

use super::{kind_of, room};
use crate::domain::{
    Action, Arg, Phrase, Picture, Reboot, ResourceId, RiskFact, Snapshot, StatusKind, StoreStatus, Target, Wall,
};

/// A copy older than this is no recent one.
const RECENT: Duration = Duration::from_secs(7 * 86_400);

pub(super) fn risks(action: &Action, picture: &Picture, now: Wall) -> Vec<RiskFact> {
    let mut facts = Facts(Vec::new());
    let runs = |target: &Target| kind_of(target, picture) == StatusKind::Running;
    match action {
        Action::Start { .. } | Action::RetakeSnapshot { .. } | Action::AssignFirewall { .. } => {}
        Action::Reboot { how: Reboot::Provider | Reboot::StopAndStart, .. } => {}
        Action::Reboot { how: Reboot::Hard, .. } => facts.raise(Phrase::new("conoha.risk.cuts-power")),
        Action::DetachFirewall { .. } => facts.say(Phrase::new("conoha.risk.closes")),
        Action::Stop { .. } => facts.say(Phrase::new("conoha.risk.billed-while-stopped")),
        Action::ForceStop { .. } => facts.say(Phrase::new("conoha.risk.cuts-power")),
        Action::Destroy { instance, snapshots } => {
            if runs(instance) {
                facts.raise(Phrase::new("conoha.risk.running"));
            }
            let gone: Vec<&ResourceId> = snapshots.iter().map(Target::id).collect();
            facts.copies_left(instance.id(), &gone, picture, now);
            facts.images_stay(instance.id(), &gone, picture);
        }
        Action::TakeSnapshot { instance, start_again, .. } => {
            if runs(instance) {
                let key = if *start_again { "conoha.risk.interrupted" } else { "conoha.risk.stays-off" };
                facts.say(Phrase::new(key));
            }
            room::fills(instance.id(), picture).into_iter().for_each(|phrase| facts.say(phrase));
        }
        Action::Restore { snapshot, instance, save_first } => {
            if runs(instance) {
                facts.raise(Phrase::new("conoha.risk.running-is-rebuilt"));
            }
            facts.raise(overwrites(snapshot, picture));
            facts.raise(Phrase::new("conoha.risk.rebuild-not-recorded"));
            match save_first {
                None => facts.say(Phrase::new("conoha.risk.not-saved-first")),
                Some(_) => room::fills(instance.id(), picture).into_iter().for_each(|phrase| facts.say(phrase)),
            }
        }
        Action::Park { instance, .. } => {
            if runs(instance) {
                facts.raise(Phrase::new("conoha.risk.park-stops"));
            }
            facts.say(Phrase::new("conoha.risk.park-address"));
            facts.say(Phrase::new("conoha.risk.park-frees"));
            room::fills(instance.id(), picture).into_iter().for_each(|phrase| facts.say(phrase));
        }
        Action::RestoreAsNew { plan, .. } => {
            let name = picture.plan(plan).map_or(plan.as_str(), |plan| plan.name.as_str());
            facts.say(Phrase::new("conoha.risk.new-address"));
            facts.say(Phrase::new("conoha.risk.new-billed").with("plan", name));
        }
        Action::DeleteSnapshot { snapshot, .. } => facts.deleted(snapshot.id(), picture, now),
    }
    facts.0
}

fn overwrites(snapshot: &Target, picture: &Picture) -> Phrase {
    match picture.snapshot(snapshot.id()).and_then(|s| s.taken) {
        Some(taken) => Phrase::new("conoha.risk.overwrites-since").with("taken", taken),
        None => Phrase::new("conoha.risk.overwrites"),
    }
}

struct Facts(Vec<RiskFact>);

impl Facts {
    fn say(&mut self, phrase: Phrase) {
        self.0.push(RiskFact { phrase, raises: false });
    }

    fn raise(&mut self, phrase: Phrase) {
        self.0.push(RiskFact { phrase, raises: true });
    }

    /// Whether a recent copy of the instance is left once `gone` are.
    fn copies_left(&mut self, instance: &ResourceId, gone: &[&ResourceId], picture: &Picture, now: Wall) {
        let Some(kept) = copies(instance, gone, picture) else {
            return self.raise(Phrase::new("conoha.risk.copies-unknown"));
        };
        if kept.is_empty() {
            return self.raise(Phrase::new("conoha.risk.only-copy"));
        }
        match kept.iter().filter_map(|s| s.taken).max().map(|newest| now.since(newest)) {
            Some(age) if age <= RECENT => {}
            Some(age) => self.raise(Phrase::new("conoha.risk.old-copy").with("age", Arg::Lasts(age))),
            None => self.raise(Phrase::new("conoha.risk.copies-unknown")),
        }
    }

    /// Saved images outlive their server and take room until they are deleted.
    fn images_stay(&mut self, instance: &ResourceId, gone: &[&ResourceId], picture: &Picture) {
        let rows = picture.snapshots_of(instance).unwrap_or_default();
        let stay = rows.iter().filter(|s| !gone.contains(&&s.id)).count();
        if stay > 0 {
            self.say(Phrase::new("conoha.risk.images-stay").with("n", stay));
        }
    }

    /// Many keep a server that they do not need as an image alone: the last one of those is all there is.
    fn deleted(&mut self, snapshot: &ResourceId, picture: &Picture, now: Wall) {
        let of = picture.snapshot(snapshot).and_then(|s| s.of.clone());
        match of {
            None => self.raise(Phrase::new("conoha.risk.origin-unknown")),
            Some(of) if picture.instance(&of).is_some() => self.copies_left(&of, &[snapshot], picture, now),
            Some(of) => match copies(&of, &[snapshot], picture).map_or(0, |kept| kept.len()) {
                0 => self.raise(Phrase::new("conoha.risk.last-of-gone")),
                n => self.say(Phrase::new("conoha.risk.others-of-gone").with("n", n)),
            },
        }
    }
}

/// The images of an instance that can be used and are none of `gone`; `None` where they were never read.
fn copies<'a>(instance: &ResourceId, gone: &[&ResourceId], picture: &'a Picture) -> Option<Vec<&'a Arc<Snapshot>>> {
    let rows = picture.snapshots_of(instance)?;
    Some(rows.into_iter().filter(|s| s.status == StoreStatus::Available && !gone.contains(&&s.id)).collect())
}
