//! The one event loop, of the dashboard and of a run without a screen: whatever happens comes in on one channel, so there
//! is one order of events; only signals, and that the log cannot be written, have one of their own, which is heard first
//! and may be there before anything else is. What is made of an event is its handler's.

use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::domain::Monotonic;
use crate::engine::{Effect, Msg};
use crate::runtime::event::{Event, Events, Signal};
use crate::runtime::tasks::Tasks;
use crate::runtime::{clock, signals};

pub(crate) struct Driver<O> {
    pub(crate) tasks: Tasks,
    pub(crate) to: Events<O>,
    events: UnboundedReceiver<Event<O>>,
    signals: UnboundedReceiver<Event<O>>,
    wake: Option<Monotonic>,
}

impl<O: Send + 'static> Driver<O> {
    pub(crate) fn new(tasks: Tasks, signals: UnboundedReceiver<Event<O>>) -> Self {
        let (to, events) = unbounded_channel();
        Self { tasks, to, events, signals, wake: None }
    }

    /// One that only a signal to end, or to interrupt, ends.
    ///
    /// # Errors
    /// What the system said.
    pub(crate) fn interruptible(tasks: Tasks) -> std::io::Result<Self> {
        let (to, heard) = unbounded_channel();
        signals::hear(&[Signal::Interrupt, Signal::Terminate], &to, |_| {})?;
        Ok(Self::new(tasks, heard))
    }

    /// The channel of signals, for a driver that follows this one.
    pub(crate) fn into_signals(self) -> UnboundedReceiver<Event<O>> {
        self.signals
    }

    /// What happens next. Where the engine is to be woken before, or nothing happens for `longest`, it is that.
    pub(crate) async fn next(&mut self, longest: Duration) -> Event<O> {
        let pause = self.wake.map_or(longest, |at| clock::until(at).min(longest));
        tokio::select! {
            // What happened before what is only due: a key is never behind a timer.
            biased;
            Some(event) = self.signals.recv() => event,
            Some(event) = self.events.recv() => event,
            () = tokio::time::sleep(pause) => {
                self.wake = None;
                Event::Engine(Box::new(Msg::Woke))
            }
        }
    }

    /// What has happened already, where anything has.
    pub(crate) fn waiting(&mut self) -> Option<Event<O>> {
        self.events.try_recv().ok()
    }

    /// Carries out what the engine wants done.
    pub(crate) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::WakeAt(at) => self.wake = Some(at),
            effect => self.tasks.carry_out(effect, &self.to),
        }
    }

    /// Waits for something that is no event; `None` where a signal comes first.
    pub(crate) async fn unless_interrupted<T>(&mut self, what: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            _ = self.signals.recv() => None,
            done = what => Some(done),
        }
    }

    /// Asks a person, which blocks; `None` where a signal comes first.
    pub(crate) async fn ask<T: Send + 'static>(&mut self, question: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let asked = tokio::task::spawn_blocking(question);
        self.unless_interrupted(asked).await?.ok()
    }
}
