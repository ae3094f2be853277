//! Who we are at a provider: one login at a time, shared by all who wait for it, renewed before its end and once after
//! a 401. How a provider logs in is its own business.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::Url;
use secrecy::SecretString;
use tokio::sync::Mutex;

use super::clock::stopwatch;
use super::fault::SendFault;
use super::http_client::HttpClient;
use super::path::NotInPath;
use super::request::{Reply, Request};
use crate::domain::{Answer, Fault, Timestamp, text};
use crate::provider::SecretSource;

/// A login is renewed at most so long before its end.
const MARGIN: Duration = Duration::from_secs(60);

/// What a login gave: a token, and whatever came with it.
pub trait AuthSession: Send + Sync + 'static {
    /// When it ends, on the server's clock; `None` where it was not said. An end that has passed already when the login
    /// is fresh tells nothing: such a login is used until a 401.
    fn ends(&self) -> Option<Timestamp>;
}

pub trait Authenticator: Send + Sync {
    type Session: AuthSession;

    /// Logs in, with one request through the HTTP client.
    ///
    /// # Errors
    /// [`Fault::WrongCredentials`] is remembered, as is a secret that cannot be had: no further login is tried until
    /// asked.
    fn log_in<'a>(
        &'a self,
        http: &'a HttpClient,
        secret: &'a SecretString,
    ) -> BoxFuture<'a, Result<Self::Session, Fault>>;
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
                Fault::Unreachable { host, said } => Answer::NotConnected { said: text::plain::at(host, said) },
                Fault::TimedOut { host } => Answer::NotConnected { said: text::http::login_timed_out(host) },
                Fault::BrokenOff { said } => Answer::NotConnected { said },
                Fault::Quota { until: None } => Answer::NotConnected { said: text::http::LOGINS.into() },
                Fault::SecretAwaited { from } => Answer::NotAuthorised { said: from.into() },
                Fault::WrongCredentials { said } => Answer::NotAuthorised { said: said.unwrap_or_else(|| "".into()) },
                Fault::NoSecret { said } | Fault::LockedSecret { said } => Answer::NotAuthorised { said },
                Fault::Unauthorised { service } => Answer::NotAuthorised { said: service.into() },
                Fault::NotOffered { said } => Answer::NotSent { why: said },
                Fault::Refused { status, said, .. } => {
                    Answer::NotAuthorised { said: text::http::login_refused(status, said) }
                }
                Fault::NotUnderstood { field, said, .. } => {
                    Answer::NotAuthorised { said: text::http::login_odd(field, said) }
                }
            },
        }
    }
}

pub struct Tokens<L: Authenticator> {
    login: L,
    secret: Arc<dyn SecretSource>,
    /// Whether the secret is being asked for: a keyring or a program may wait for a person.
    asks: AtomicBool,
    held: Mutex<Held<L::Session>>,
    /// Why no further login is tried until a person asks.
    rests: Lock<Option<Fault>>,
    /// Services that answered 401, each with the number of the login it refused. One that refuses a later login as
    /// well is not worth another.
    suspect: Lock<HashMap<String, u64>>,
}

struct Held<S> {
    token: Option<Arc<HeldToken<S>>>,
    /// Counts logins, so that of many who saw a 401 only the first renews.
    number: u64,
}

struct HeldToken<S> {
    session: S,
    number: u64,
    /// The time since it was given out. Its age is measured here: the clocks of two services may differ, and ours may
    /// be set.
    age: Box<dyn Fn() -> Duration + Send + Sync>,
    /// At this age it is renewed; `None` where its end is not known.
    good_for: Option<Duration>,
    /// Whether a request left with it. However short its life is, one that is fresh is used: our own rate limiter may hold
    /// back for longer.
    used: AtomicBool,
}

impl<S> HeldToken<S> {
    fn is_good(&self) -> bool {
        !self.used.load(Ordering::Relaxed) || self.good_for.is_none_or(|good_for| (self.age)() < good_for)
    }
}

/// At which age a login of this life is renewed: a tenth of its life before its end, and at most a minute.
fn renewed_at(life: Duration) -> Duration {
    life - (life / 10).min(MARGIN)
}

impl<L: Authenticator> Tokens<L> {
    /// Not logged in yet.
    pub fn new(login: L, secret: Arc<dyn SecretSource>) -> Self {
        Self {
            login,
            secret,
            asks: AtomicBool::new(false),
            held: Mutex::new(Held { token: None, number: 0 }),
            rests: Lock::default(),
            suspect: Lock::default(),
        }
    }

    /// Logs in, where there is no login.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn log_in(&self, http: &HttpClient) -> Result<(), Fault> {
        self.newer_than(http, 0).await.map(drop)
    }

    /// What the login tells; logs in, where there is none.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn with<T>(&self, http: &HttpClient, of: impl Fn(&L::Session) -> T) -> Result<T, Fault> {
        Ok(of(&self.newer_than(http, 0).await?.session))
    }

    /// Whether the secret is being asked for, and where.
    #[must_use]
    pub fn asks_for_secret(&self) -> Option<String> {
        self.asks.load(Ordering::Relaxed).then(|| self.secret.place())
    }

    /// Sends a request with the login. A 401 renews it once for all who wait and sends the request again: a 401 is
    /// proven to have had no effect. A 401 on a fresh login is the answer, until that service accepts one again. The
    /// address, which may depend on the login, comes back with its answer.
    ///
    /// # Errors
    /// A [`Failure`] where no whole answer came, or the login is none to make this request with.
    pub async fn send(
        &self,
        http: &HttpClient,
        service: &str,
        make: impl Fn(&L::Session) -> Result<Request, Fault>,
    ) -> Result<(Url, Reply), Failure> {
        let token = self.newer_than(http, 0).await.map_err(Failure::Login)?;
        let (url, reply) = sent(http, &token, &make).await?;
        if reply.status != 401 {
            self.accepted(service);
            return Ok((url, reply));
        }
        if self.refused(service, token.number) {
            return Ok((url, reply));
        }
        let token = self.newer_than(http, token.number).await.map_err(Failure::Login)?;
        let (url, reply) = sent(http, &token, &make).await?;
        if reply.status == 401 {
            self.refused(service, token.number);
        } else {
            self.accepted(service);
        }
        Ok((url, reply))
    }

    /// Forgets refusals, since a person asks again.
    pub fn try_again(&self) {
        *self.rests.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.suspect.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// A login with a number above `number` that is not about to end.
    async fn newer_than(&self, http: &HttpClient, number: u64) -> Result<Arc<HeldToken<L::Session>>, Fault> {
        let mut held = self.held.lock().await;
        let rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(fault) = rests {
            return Err(fault);
        }
        if let Some(token) = held.token.as_ref().filter(|token| token.number > number && token.is_good()) {
            return Ok(Arc::clone(token));
        }
        held.token = None;
        match self.new_session(http).await {
            Ok(session) => {
                held.number += 1;
                let life = session.ends().map(|ends| ends.since(http.server_now())).filter(|life| !life.is_zero());
                let token = Arc::new(HeldToken {
                    session,
                    number: held.number,
                    age: Box::new(stopwatch()),
                    good_for: life.map(renewed_at),
                    used: AtomicBool::new(false),
                });
                held.token = Some(Arc::clone(&token));
                Ok(token)
            }
            Err(fault) => {
                if fault.needs_a_person() {
                    *self.rests.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault.clone());
                }
                Err(fault)
            }
        }
    }

    async fn new_session(&self, http: &HttpClient) -> Result<L::Session, Fault> {
        let asking = Asking::begin(&self.asks);
        let secret = self.secret.secret().await?;
        drop(asking);
        self.login.log_in(http, &secret).await
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

/// Says that the secret is being asked for, until it is dropped: whoever asks may be given up, too.
struct Asking<'a>(&'a AtomicBool);

impl<'a> Asking<'a> {
    fn begin(asks: &'a AtomicBool) -> Self {
        asks.store(true, Ordering::Relaxed);
        Self(asks)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

/// Sends a request with this login, and takes note that it was used.
async fn sent<S>(
    http: &HttpClient,
    token: &HeldToken<S>,
    make: &impl Fn(&S) -> Result<Request, Fault>,
) -> Result<(Url, Reply), Failure> {
    let request = make(&token.session).map_err(Failure::Login)?;
    let url = request.url.clone();
    let answer = http.send(request).await;
    if !matches!(answer, Err(SendFault::OverBudget { .. } | SendFault::NotConnected { .. })) {
        token.used.store(true, Ordering::Relaxed);
    }
    Ok((url, answer.map_err(Failure::Send)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(3_600_000, 3_540_000)]
    #[case(86_400_000, 86_340_000)]
    #[case(30_000, 27_000)]
    #[case(1_000, 900)]
    fn the_margin_is_a_part_of_the_life(#[case] life_ms: u64, #[case] at_ms: u64) {
        assert_eq!(renewed_at(Duration::from_millis(life_ms)), Duration::from_millis(at_ms));
    }
}
