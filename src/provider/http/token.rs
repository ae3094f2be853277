//! Who we are at a provider: one login at a time, shared by all who wait for it, renewed before its end and once after
//! a 401. How a provider logs in is its own business.

use std::collections::HashMap;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

use super::door::Door;
use super::fault::SendFault;
use super::path::NotInPath;
use super::request::{Reply, Request};
use crate::domain::{Answer, Fault, Wall};

/// A login is renewed so long before its end.
const MARGIN: Duration = Duration::from_secs(60);

/// What a login gave: a token, and whatever came with it.
pub trait Session: Send + Sync + 'static {
    /// When it ends, on the server's clock; `None` where it was not said.
    fn ends(&self) -> Option<Wall>;
}

/// How a provider logs in.
pub trait Login: Send + Sync {
    /// What a login gives.
    type Session: Session;

    /// Logs in, with one request through the door.
    ///
    /// # Errors
    /// [`Fault::WrongCredentials`] and [`Fault::NoSecret`] are remembered: no further login is tried until asked.
    fn log_in<'a>(&'a self, door: &'a Door) -> BoxFuture<'a, Result<Self::Session, Fault>>;
}

/// Why a request with a login brought no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no login to send it with. Nothing was sent, or what was sent was answered with 401.
    Login(Fault),
    /// It was to be sent.
    Send(SendFault),
    /// It has no address. Nothing was sent.
    Path(NotInPath),
}

impl Failure {
    /// What became of a read.
    #[must_use]
    pub fn of_read(self) -> Fault {
        match self {
            Self::Login(fault) => fault,
            Self::Send(fault) => fault.of_read(),
            Self::Path(error) => error.of_read(),
        }
    }

    /// What became of a change. A login that failed proves that it had no effect.
    #[must_use]
    pub fn of_change(self) -> Answer {
        match self {
            Self::Send(fault) => fault.of_change(),
            Self::Path(error) => error.of_change(),
            Self::Login(fault) => match fault {
                Fault::OverBudget { until } | Fault::Quota { until: Some(until) } => Answer::OverBudget { until },
                Fault::Unreachable { host, said } => Answer::NotConnected { said: format!("{host}: {said}") },
                Fault::TimedOut { host } => Answer::NotConnected { said: format!("{host} does not answer a login") },
                Fault::BrokenOff { said } => Answer::NotConnected { said },
                Fault::Quota { until: None } => Answer::NotConnected { said: "too many logins".to_owned() },
                Fault::WrongCredentials { said } | Fault::NoSecret { said } => Answer::NotAuthorised { said },
                Fault::Unauthorised { service } => Answer::NotAuthorised { said: service },
                Fault::Refused { status, said, .. } => {
                    Answer::NotAuthorised { said: format!("the login was answered with {status}: {said}") }
                }
                Fault::NotUnderstood { field, said, .. } => {
                    Answer::NotAuthorised { said: format!("the login's answer was not understood at {field}: {said}") }
                }
            },
        }
    }
}

/// The logins of one account.
pub struct Tokens<L: Login> {
    login: L,
    held: Mutex<Held<L::Session>>,
    /// Why no further login is tried until a person asks.
    rests: Lock<Option<Fault>>,
    /// Services that answered 401, each with the number of the login it refused. One that refuses a later login as
    /// well is not worth another.
    suspect: Lock<HashMap<String, u64>>,
}

struct Held<S> {
    session: Option<Arc<S>>,
    /// Counts logins, so that of many who saw a 401 only the first renews.
    number: u64,
}

impl<L: Login> Tokens<L> {
    /// Not logged in yet.
    pub fn new(login: L) -> Self {
        Self {
            login,
            held: Mutex::new(Held { session: None, number: 0 }),
            rests: Lock::default(),
            suspect: Lock::default(),
        }
    }

    /// The login there is, or a new one.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn session(&self, door: &Door) -> Result<Arc<L::Session>, Fault> {
        self.newer_than(door, 0).await.map(|(session, _)| session)
    }

    /// Sends a request with the login. A 401 renews it once for all who wait and sends the request again: a 401 is
    /// proven to have had no effect. A 401 on a fresh login is the answer, until that service accepts one again.
    ///
    /// # Errors
    /// A [`Failure`] where no whole answer came.
    pub async fn send(
        &self,
        door: &Door,
        service: &str,
        make: impl Fn(&L::Session) -> Request,
    ) -> Result<Reply, Failure> {
        let (session, number) = self.newer_than(door, 0).await.map_err(Failure::Login)?;
        let reply = door.send(make(&session)).await.map_err(Failure::Send)?;
        if reply.status != 401 {
            self.accepted(service);
            return Ok(reply);
        }
        if self.refused(service, number) {
            return Ok(reply);
        }
        let (session, number) = self.newer_than(door, number).await.map_err(Failure::Login)?;
        let reply = door.send(make(&session)).await.map_err(Failure::Send)?;
        if reply.status == 401 {
            self.refused(service, number);
        } else {
            self.accepted(service);
        }
        Ok(reply)
    }

    /// Forgets refusals, since a person asks again.
    pub fn try_again(&self) {
        *self.rests.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.suspect.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// A login with a number above `number` that does not end within a minute.
    async fn newer_than(&self, door: &Door, number: u64) -> Result<(Arc<L::Session>, u64), Fault> {
        let mut held = self.held.lock().await;
        let rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(fault) = rests {
            return Err(fault);
        }
        if let Some(session) = held.session.as_ref().filter(|_| held.number > number)
            && session.ends().is_none_or(|ends| ends > door.server_now() + MARGIN)
        {
            return Ok((Arc::clone(session), held.number));
        }
        held.session = None;
        match self.login.log_in(door).await {
            Ok(session) => {
                let session = Arc::new(session);
                held.session = Some(Arc::clone(&session));
                held.number += 1;
                Ok((session, held.number))
            }
            Err(fault) => {
                if fault.needs_a_person() {
                    *self.rests.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault.clone());
                }
                Err(fault)
            }
        }
    }

    /// Takes note of a 401; says whether this service refused an earlier login already.
    fn refused(&self, service: &str, number: u64) -> bool {
        let mut suspect = self.suspect.lock().unwrap_or_else(PoisonError::into_inner);
        let first = *suspect.entry(service.to_owned()).or_insert(number);
        first < number
    }

    fn accepted(&self, service: &str) {
        self.suspect.lock().unwrap_or_else(PoisonError::into_inner).remove(service);
    }
}
