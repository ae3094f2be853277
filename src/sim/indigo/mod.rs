//! WebARENA Indigo's face of the world: its paths, shapes, codes and habits, as recorded 2022-05 to 2026-05.

pub mod answer;
mod apikeys;
mod body;
mod catalogue;
mod create;
mod firewalls;
mod gateway;
mod instances;
mod keys;
mod power;
mod record;
mod snapshots;
mod token;

pub use gateway::{Gates, answer, stands_in};

use super::clock::Clock;
use super::world::Turn;
use super::world::account::Account;
use answer::{Answer, no_such_path, refused};
use body::Body;

/// A request below the account's base address.
#[derive(Debug)]
pub struct Request<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// The path, without the query.
    pub path: &'a str,
    /// The query, without its question mark.
    pub query: &'a str,
    /// What stands behind `Bearer`.
    pub bearer: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// A number in the query.
    fn query_number(&self, field: &str) -> Option<u64> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(name, _)| *name == field)
            .and_then(|(_, value)| value.parse().ok())
    }
}

/// The desk at which one request is served.
pub struct Desk<'a> {
    /// Whose request it is.
    pub account: &'a mut Account,
    /// What verbs need to know.
    pub turn: Turn<'a>,
    /// The clock, to tell times by.
    pub clock: &'a Clock,
    /// The `x-request-id` of the answer.
    pub request_id: &'a str,
}

impl Desk<'_> {
    /// A moment as Indigo writes it.
    fn time(&self, moment: super::clock::Moment) -> String {
        self.clock.told(moment).text()
    }

    fn refuse(&self, refusal: super::world::refusal::Refusal) -> Answer {
        refused(self.turn.quirks, refusal)
    }
}

/// Where the token call is.
pub const TOKEN_PATH: &str = "/oauth/v1/accesstokens";
const BASE: &str = "/webarenaIndigo/v1/";

/// The application behind the gateway: one row a call.
fn route(desk: &mut Desk<'_>, request: &Request<'_>) -> Answer {
    let body = Body::read(request.body);
    let Some(path) = request.path.strip_prefix(BASE) else {
        return no_such_path(desk.request_id);
    };
    let parts: Vec<&str> = path.split('/').collect();
    let answer = match (request.method, parts.as_slice()) {
        ("GET", ["vm", "instancetypes"]) => catalogue::types(),
        ("GET", ["vm", "getregion"]) => catalogue::regions(request),
        ("GET", ["vm", "oslist"]) => catalogue::images(request),
        ("GET", ["vm", "getinstancespec"]) => catalogue::plans(desk, request),
        ("GET", ["vm", "getinstancelist"]) => instances::list(desk),
        ("POST", ["vm", "createinstance"]) => create::create(desk, &body),
        ("POST", ["vm", "instance", "statusupdate"]) => power::update(desk, &body),
        ("GET", ["vm", "sshkey"]) => keys::list(desk, false),
        ("GET", ["vm", "sshkey", "active", "status"]) => keys::list(desk, true),
        ("GET", ["vm", "sshkey", id]) => keys::one(desk, number(id)),
        ("POST", ["vm", "sshkey"]) => keys::add(desk, &body),
        ("PUT", ["vm", "sshkey", id]) => keys::update(desk, number(id), &body),
        ("DELETE", ["vm", "sshkey", id]) => keys::delete(desk, number(id)),
        ("GET", ["auth", "apikey"]) => apikeys::list(desk),
        ("GET", ["auth", "create", "apikey"]) => apikeys::create(desk),
        ("DELETE", ["auth", "apikey", id]) => apikeys::delete(desk, number(id)),
        ("GET", ["nw", "getfirewalllist"]) => firewalls::list(desk),
        ("GET", ["nw", "gettemplate", id]) => firewalls::rules(desk, number(id)),
        ("POST", ["nw", "createfirewall"]) => firewalls::create(desk, &body),
        ("PUT", ["nw", "updatefirewall"]) => firewalls::update(desk, &body),
        ("POST", ["nw", "assign"]) => firewalls::assign(desk, &body),
        ("DELETE", ["nw", "deletefirewall", id]) => firewalls::delete(desk, number(id)),
        ("GET", ["disk", "snapshotlist", id]) => snapshots::list(desk, number(id)),
        ("POST", ["disk", "takesnapshot"]) => snapshots::take(desk, &body),
        ("POST", ["disk", "retakesnapshot"]) => snapshots::retake(desk, &body),
        ("POST", ["disk", "restoresnapshot"]) => snapshots::restore(desk, &body),
        ("DELETE", ["disk", "deletesnapshot", id]) => snapshots::delete(desk, number(id)),
        _ => return no_such_path(desk.request_id),
    };
    if desk.turn.quirks.php_escapes {
        Answer {
            body: record::php_escaped(&answer.body),
            ..answer
        }
    } else {
        answer
    }
}

/// A number in a path; 0, which nothing has, where it is none.
fn number(part: &str) -> u64 {
    part.parse().unwrap_or(0)
}
