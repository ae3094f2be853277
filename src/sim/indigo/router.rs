//! The application behind the gateway.

use crate::sim::indigo::answer::{Answer, no_such_path};
use crate::sim::indigo::body::Body;
use crate::sim::indigo::{apikeys, catalogue, create, firewalls, instances, keys, power, record, snapshots};
use crate::sim::request_context::{Request, RequestContext};

/// Where the token call is.
pub const TOKEN_PATH: &str = "/oauth/v1/accesstokens";
const BASE: &str = "/webarenaIndigo/v1/";

/// One row a call.
pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>) -> Answer {
    let body = Body::read(request.body);
    let Some(path) = request.path.strip_prefix(BASE) else {
        return no_such_path(context.request_id);
    };
    let parts: Vec<&str> = path.split('/').collect();
    let answer = match (request.method, parts.as_slice()) {
        ("GET", ["vm", "instancetypes"]) => catalogue::types(),
        ("GET", ["vm", "getregion"]) => catalogue::regions(request),
        ("GET", ["vm", "oslist"]) => catalogue::images(request),
        ("GET", ["vm", "getinstancespec"]) => catalogue::plans(context, request),
        ("GET", ["vm", "getinstancelist"]) => instances::list(context),
        ("POST", ["vm", "createinstance"]) => create::create(context, &body),
        ("POST", ["vm", "instance", "statusupdate"]) => power::update(context, &body),
        ("GET", ["vm", "sshkey"]) => keys::list(context, false),
        ("GET", ["vm", "sshkey", "active", "status"]) => keys::list(context, true),
        ("GET", ["vm", "sshkey", id]) => keys::one(context, number(id)),
        ("POST", ["vm", "sshkey"]) => keys::add(context, &body),
        ("PUT", ["vm", "sshkey", id]) => keys::update(context, number(id), &body),
        ("DELETE", ["vm", "sshkey", id]) => keys::delete(context, number(id)),
        ("GET", ["auth", "apikey"]) => apikeys::list(context),
        ("GET", ["auth", "create", "apikey"]) => apikeys::create(context),
        ("DELETE", ["auth", "apikey", id]) => apikeys::delete(context, number(id)),
        ("GET", ["nw", "getfirewalllist"]) => firewalls::list(context),
        ("GET", ["nw", "gettemplate", id]) => firewalls::rules(context, number(id)),
        ("POST", ["nw", "createfirewall"]) => firewalls::create(context, &body),
        ("PUT", ["nw", "updatefirewall"]) => firewalls::update(context, &body),
        ("POST", ["nw", "assign"]) => firewalls::assign(context, &body),
        ("DELETE", ["nw", "deletefirewall", id]) => firewalls::delete(context, number(id)),
        ("GET", ["disk", "snapshotlist", id]) => snapshots::list(context, number(id)),
        ("POST", ["disk", "takesnapshot"]) => snapshots::take(context, &body),
        ("POST", ["disk", "retakesnapshot"]) => snapshots::retake(context, &body),
        ("POST", ["disk", "restoresnapshot"]) => snapshots::restore(context, &body),
        ("DELETE", ["disk", "deletesnapshot", id]) => snapshots::delete(context, number(id)),
        _ => return no_such_path(context.request_id),
    };
    if context.turn.quirks.php_escapes { Answer { body: record::php_escaped(&answer.body), ..answer } } else { answer }
}

/// A number in a path; 0, which nothing has, where it is none.
fn number(part: &str) -> u64 {
    part.parse().unwrap_or(0)
}
