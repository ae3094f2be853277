//! Power and destruction.

use crate::sim::world::account::Account;
use crate::sim::world::instance::{Instance, State};
use crate::sim::world::refusal::Refusal;
use crate::sim::world::turn::Turn;

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PowerVerb {
    Start,
    Stop,
    ForceStop,
    Reset,
    Destroy,
}

impl PowerVerb {
    /// The word of Indigo's call and of the ledger.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::ForceStop => "forcestop",
            Self::Reset => "reset",
            Self::Destroy => "destroy",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Start, Self::Stop, Self::ForceStop, Self::Reset, Self::Destroy]
            .into_iter()
            .find(|verb| verb.word() == word)
    }
}

impl Account {
    /// Does `verb` to the instance, or says why not.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn power(&mut self, turn: &mut Turn<'_>, id: u64, verb: PowerVerb) -> Result<(), Refusal> {
        if self.provider.is_openstack() {
            return self.cloud_power(turn, id, verb);
        }
        let instance = self.instance_mut(id)?;
        let changed = match verb {
            PowerVerb::Start => start(instance, turn)?,
            PowerVerb::Stop => stop(instance, turn)?,
            PowerVerb::ForceStop => force_stop(instance, turn)?,
            PowerVerb::Reset => reset(instance, turn)?,
            PowerVerb::Destroy => destroy(instance, turn)?,
        };
        if changed {
            self.note(turn, verb.word(), format!("instance {id}"));
        }
        Ok(())
    }
}

fn refuse_destroyed(instance: &Instance) -> Result<(), Refusal> {
    match instance.state {
        State::Destroyed { .. } => Err(Refusal::AlreadyDestroyed),
        _ => Ok(()),
    }
}

fn start(instance: &mut Instance, turn: &Turn<'_>) -> Result<bool, Refusal> {
    refuse_destroyed(instance)?;
    if instance.is_on() {
        return Err(Refusal::AlreadyRunning);
    }
    if instance.is_unprovisioned() || instance.is_settling(turn.now) || instance.is_restoring(turn.now) {
        return Err(Refusal::Busy);
    }
    if instance.odd.licence_fails {
        return Err(Refusal::Licence);
    }
    instance.state = State::Starting { until: turn.now.plus(turn.durations.start) };
    Ok(true)
}

fn stop(instance: &mut Instance, turn: &Turn<'_>) -> Result<bool, Refusal> {
    refuse_destroyed(instance)?;
    match instance.state {
        State::Stopped => Err(Refusal::AlreadyStopped),
        State::Stopping { .. } => Ok(false),
        State::Starting { .. } | State::Running | State::Resetting { .. } => {
            let hangs = instance.odd.hangs_on_stop || instance.at_grub;
            instance.state = State::Stopping { until: (!hangs).then(|| turn.now.plus(turn.durations.stop)) };
            Ok(true)
        }
        _ => Err(Refusal::Busy),
    }
}

fn force_stop(instance: &mut Instance, turn: &Turn<'_>) -> Result<bool, Refusal> {
    refuse_destroyed(instance)?;
    if instance.state == State::Stopped {
        return Err(Refusal::AlreadyStopped);
    }
    if !instance.is_on() {
        return Err(Refusal::Busy);
    }
    instance.at_grub = false;
    instance.state = State::Stopping { until: Some(turn.now.plus(turn.durations.force_stop)) };
    Ok(true)
}

fn reset(instance: &mut Instance, turn: &Turn<'_>) -> Result<bool, Refusal> {
    refuse_destroyed(instance)?;
    if instance.state == State::Stopped {
        return Err(Refusal::AlreadyStopped);
    }
    if !instance.is_on() {
        return Err(Refusal::Busy);
    }
    instance.state = State::Resetting { until: turn.now.plus(turn.durations.reset) };
    Ok(true)
}

fn destroy(instance: &mut Instance, turn: &Turn<'_>) -> Result<bool, Refusal> {
    refuse_destroyed(instance)?;
    if instance.is_on() {
        return Err(Refusal::StillRunning);
    }
    match instance.state {
        State::ImportFailed { .. } if turn.quirks.failed_import_destroyable => {}
        State::Stopped if !instance.is_restoring(turn.now) => {}
        _ => return Err(Refusal::Busy),
    }
    instance.state = State::Destroyed { until: turn.now.plus(turn.durations.linger) };
    Ok(true)
}
