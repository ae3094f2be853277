//! Power and deletion: one thing at a time, and a server may be deleted whatever it is at.

use crate::sim::world::account::Account;
use crate::sim::world::instance::State;
use crate::sim::world::power::PowerVerb;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::turn::Turn;

impl Account {
    /// Does `verb` to the server, or says why not.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub(in crate::sim::world) fn cloud_power(
        &mut self,
        turn: &Turn<'_>,
        id: u64,
        verb: PowerVerb,
    ) -> Result<(), Refusal> {
        match verb {
            PowerVerb::Reset => self.reboot(turn, id, true),
            PowerVerb::Destroy => self.delete_server(turn, id),
            PowerVerb::Start | PowerVerb::Stop | PowerVerb::ForceStop => self.switch(turn, id, verb),
        }
    }

    fn switch(&mut self, turn: &Turn<'_>, id: u64, verb: PowerVerb) -> Result<(), Refusal> {
        let saving = self.is_saving(id);
        let instance = self.instance_mut(id)?;
        let after = |seconds: f64| turn.now.plus(seconds);
        let durations = turn.durations;
        instance.state = match (&instance.state, verb) {
            (State::Destroyed { .. }, _) => return Err(Refusal::AlreadyDestroyed),
            (State::Stopped, PowerVerb::Start) if !saving => {
                if instance.odd.licence_fails {
                    return Err(Refusal::Licence);
                }
                State::Starting { until: after(durations.start) }
            }
            (State::Running, PowerVerb::Start) => return Err(Refusal::AlreadyRunning),
            (State::Running, PowerVerb::Stop) => {
                let hangs = instance.odd.hangs_on_stop;
                State::Stopping { until: Some(after(if hangs { durations.stop_timeout } else { durations.stop })) }
            }
            (State::Running, PowerVerb::ForceStop) => State::Stopping { until: Some(after(durations.force_stop)) },
            (State::Stopping { .. }, PowerVerb::ForceStop) if turn.quirks.conoha.forced_stop_interrupts => {
                State::Stopping { until: Some(after(durations.force_stop)) }
            }
            (State::Stopped, PowerVerb::Stop | PowerVerb::ForceStop) if !saving => {
                return Err(Refusal::AlreadyStopped);
            }
            _ => return Err(Refusal::Busy),
        };
        instance.cloud.since = turn.now;
        self.note(turn, verb.word(), format!("instance {id}"));
        Ok(())
    }

    /// Restarts a running server, by force or by asking its guest.
    ///
    /// # Errors
    /// A refusal, after which nothing has changed.
    pub fn reboot(&mut self, turn: &Turn<'_>, id: u64, hard: bool) -> Result<(), Refusal> {
        let instance = self.instance_mut(id)?;
        match &instance.state {
            State::Running => {}
            State::Resetting { .. } if hard => {}
            State::Stopped => return Err(Refusal::AlreadyStopped),
            State::Destroyed { .. } => return Err(Refusal::AlreadyDestroyed),
            _ => return Err(Refusal::Busy),
        }
        let seconds = if hard { turn.durations.reset } else { turn.durations.stop + turn.durations.start };
        instance.state = State::Resetting { until: turn.now.plus(seconds) };
        instance.cloud.hard = hard;
        instance.cloud.since = turn.now;
        self.note(turn, if hard { "reset" } else { "reboot" }, format!("instance {id}"));
        Ok(())
    }

    /// Deletes a server; its lock is for the panel only. A second time is taken as well and does nothing.
    ///
    /// # Errors
    /// [`Refusal::NoInstance`], and [`Refusal::StillRunning`] where the world is so strict.
    pub fn delete_server(&mut self, turn: &Turn<'_>, id: u64) -> Result<(), Refusal> {
        let instance = self.instance_mut(id)?;
        if matches!(instance.state, State::Destroyed { .. }) {
            return Ok(());
        }
        if instance.is_on() && turn.quirks.conoha.running_delete_refused {
            return Err(Refusal::StillRunning);
        }
        let gone = State::Destroyed { until: turn.now.plus(turn.durations.delete) };
        instance.cloud.before = Some(Box::new(std::mem::replace(&mut instance.state, gone)));
        instance.cloud.since = turn.now;
        self.note(turn, PowerVerb::Destroy.word(), format!("instance {id}"));
        Ok(())
    }
}
