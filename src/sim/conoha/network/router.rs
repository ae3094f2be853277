//! Its paths.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::network::reply::NETWORK;
use crate::sim::conoha::network::{groups, ports, rules};
use crate::sim::conoha::{errors, networks, versions};
use crate::sim::request_context::{Request, RequestContext};

pub(in crate::sim::conoha) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let rest = parts.strip_prefix(&["v2.0"]).unwrap_or(parts);
    match (request.method, rest) {
        ("GET", []) => versions::document(context, NETWORK),
        ("GET", ["security-groups"]) => groups::list(context, request),
        ("POST", ["security-groups"]) => groups::create(context, request),
        ("GET", ["security-groups", id]) => groups::one(context, id),
        ("PUT", ["security-groups", id]) => groups::update(context, request, id),
        ("DELETE", ["security-groups", id]) => groups::delete(context, id),
        ("GET", ["security-group-rules"]) => rules::list(context, request),
        ("POST", ["security-group-rules"]) => rules::create(context, request),
        ("GET", ["security-group-rules", id]) => rules::one(context, id),
        ("DELETE", ["security-group-rules", id]) => rules::delete(context, id),
        ("GET", ["networks"]) => networks::list(context, request),
        ("GET", ["networks", id]) => networks::one(context, id),
        ("GET", ["subnets"]) => networks::subnets(context, request),
        ("GET", ["subnets", id]) => networks::subnet(context, id),
        ("GET", ["extensions"]) => extensions(),
        ("GET", ["ports"]) => ports::list(context, request),
        ("GET", ["ports", id]) => ports::one(context, id),
        ("PUT", ["ports", id]) => ports::update(context, request, id),
        _ => errors::no_such_path(NETWORK),
    }
}

/// Those that a client of this face needs.
fn extensions() -> Answer {
    let extension = |(alias, name): (&str, &str)| json!({"alias": alias, "name": name, "description": "", "links": []});
    let known = [("security-group", "security-group"), ("port-security", "Port Security")];
    let known: Vec<Value> = known.into_iter().map(extension).collect();
    Answer::json(200, &json!({"extensions": known}))
}
