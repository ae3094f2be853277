//! WebARENA Indigo's face of the world: its paths, shapes, codes and habits, as recorded 2022-05 to 2026-05.

mod answer;
mod apikeys;
mod body;
mod catalogue;
mod create;
mod firewalls;
mod gateway;
mod headers;
mod instances;
mod keys;
mod power;
mod record;
mod snapshots;
mod token;

pub use gateway::{Gates, answer, stands_in};

use super::clock::Moment;
use super::desk::{Desk, Request};
use super::world::refusal::Refusal;
use answer::{Answer, no_such_path, refused};
use body::Body;

impl Desk<'_> {
    fn time(&self, moment: Moment) -> String {
        self.clock.told(moment).text()
    }

    fn refuse(&self, refusal: Refusal) -> Answer {
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
    if desk.turn.quirks.php_escapes { Answer { body: record::php_escaped(&answer.body), ..answer } } else { answer }
}

/// A number in a path; 0, which nothing has, where it is none.
fn number(part: &str) -> u64 {
    part.parse().unwrap_or(0)
}
