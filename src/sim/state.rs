//! Everything behind the one lock, and how one request goes through it.

use std::collections::VecDeque;

use crate::sim::clock::Clock;
use crate::sim::faults::{Fault, FaultBook};
use crate::sim::indigo::{self, Gates, TOKEN_PATH};
use crate::sim::log::{Logged, Origin};
use crate::sim::request_context::{Outgoing, Request, RequestContext};
use crate::sim::world::provider::Provider;
use crate::sim::world::world_state::World;
use crate::sim::worldfile::Event;
use crate::sim::{conoha, script};

const LOG_LENGTH: usize = 50_000;

/// The world and all that stands between it and its clients.
pub(super) struct State {
    pub(super) clock: Clock,
    pub(super) world: World,
    pub(super) faults: FaultBook,
    pub(super) log: VecDeque<Logged>,
    gates: Gates,
    url: String,
    script: VecDeque<Event>,
}

/// What is to be sent, and how.
#[derive(Debug)]
pub(super) struct Served {
    /// The answer; none where the connection is to be dropped.
    pub(super) answer: Option<Outgoing>,
    pub(super) fault: Option<Fault>,
}

impl State {
    pub(super) fn new(clock: Clock, world: World, mut script: Vec<Event>, url: String) -> Self {
        script.sort_by(|a, b| a.at.total_cmp(&b.at));
        Self {
            clock,
            world,
            faults: FaultBook::default(),
            log: VecDeque::new(),
            gates: Gates::default(),
            url,
            script: script.into(),
        }
    }

    /// Lets everything happen that is due: the world's own changes and the script's, in order.
    pub(super) fn pass(&mut self) {
        let now = self.clock.now();
        let start = self.clock.start();
        let is_due = |event: &Event| start.plus(event.at) <= now;
        while self.script.front().is_some_and(is_due) {
            let Some(event) = self.script.pop_front() else {
                break;
            };
            let at = start.plus(event.at);
            self.world.pass_until(at);
            if let Some(change) = &event.change
                && let Err(error) = script::make(&mut self.world, change)
            {
                tracing::warn!(%error, at = event.at, "a scripted change was not made");
            }
            if let Some(fault) = event.fault {
                self.faults.add(fault, at);
            }
        }
        self.world.pass_until(now);
    }

    /// Serves one request to the account at `place`.
    pub(super) fn serve(&mut self, place: usize, request: &Request<'_>) -> Served {
        let now = self.world.now;
        let request_id = self.world.chance.uuid();
        let Some((account, turn)) = self.world.turn(place, Origin::Client) else {
            return Served { answer: None, fault: None };
        };
        let fault = self.faults.strike(&account.name, request, now);
        let before = account.changes_by_clients();
        let base = format!("{}/a/{}", self.url, account.name);
        let mut context = RequestContext { account, turn, clock: &self.clock, base: &base, request_id: &request_id };
        let gates = &mut self.gates;
        let instead = fault.as_ref().and_then(|fault| match context.account.provider {
            Provider::Indigo => indigo::stands_in(fault, &mut context, gates, request),
            Provider::ConohaV2 | Provider::Conoha | Provider::Openstack => {
                conoha::stands_in(fault, &mut context, request)
            }
        });
        let reaches =
            fault.as_ref().is_none_or(|fault| fault.takes_effect.unwrap_or_else(|| fault.kind.reaches_the_world()));
        let real = reaches.then(|| match context.account.provider {
            Provider::Indigo => indigo::answer(&mut context, gates, request),
            Provider::ConohaV2 | Provider::Conoha | Provider::Openstack => conoha::answer(&mut context, request),
        });
        let took_effect = context.account.changes_by_clients() > before;
        let name = context.account.name.clone();
        let answer = instead.or(real);
        let dropped = fault.as_ref().is_some_and(Fault::drops);
        let sent = answer.filter(|_| !dropped);
        self.remember(Logged {
            at: now.timestamp(),
            seconds: now.seconds_since(self.clock.start()),
            account: name,
            method: request.method.to_owned(),
            path: request.path.to_owned(),
            changing: request.is_changing(),
            status: sent.as_ref().map(|answer| answer.status),
            code: sent.as_ref().and_then(|answer| answer.code.clone()),
            took_effect,
            fault: fault.as_ref().map(|fault| fault.kind.name().to_owned()),
            request_id,
        });
        Served { answer: sent, fault }
    }

    fn remember(&mut self, logged: Logged) {
        if self.log.len() >= LOG_LENGTH {
            self.log.pop_front();
        }
        self.log.push_back(logged);
    }

    /// The account a request is for, and its path below that account's base address.
    ///
    /// Without a prefix it is the provider's own address, where the credentials tell the account; those that fit none
    /// fall to the first.
    pub(super) fn place_of<'p>(&self, path: &'p str, bearer: Option<&str>, body: &[u8]) -> Option<(usize, &'p str)> {
        if let Some(rest) = path.strip_prefix("/a/") {
            let (name, _) = rest.split_once('/')?;
            let below = rest.get(name.len()..)?;
            return Some((self.world.place_of(name)?, below));
        }
        let now = self.world.now;
        let by_credentials = self.world.accounts.iter().position(|account| {
            if account.provider != Provider::Indigo {
                false
            } else if path == TOKEN_PATH {
                let text = String::from_utf8_lossy(body);
                account.api_keys.iter().any(|key| text.contains(&format!("\"{}\"", key.key)))
            } else {
                bearer.is_some_and(|token| account.knows_token(token, now))
            }
        });
        let first = || {
            let mut accounts = self.world.accounts.iter();
            accounts.position(|account| account.provider == Provider::Indigo)
        };
        by_credentials.or_else(first).map(|place| (place, path))
    }
}
