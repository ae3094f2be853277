//! Nova v2, its tenant in the path.

mod action;
mod create;
mod flavors;
mod images;
mod keypairs;
mod parts;
mod password;
mod rrd;
mod server;
mod servers;
mod status;

pub(super) use images::{progress, saved_by_id};
pub(super) use parts::fixed_ips;
pub(super) use server::local_mac;
pub(super) use servers::number as server_number;

use serde_json::{Value, json};

use super::answer::{Answer, TEXT_HTML};
use super::{Request, RequestContext, Service, errors};

pub(super) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let rest = match parts {
        ["v2"] => return super::versions::document(context, Service::Compute),
        ["v2", tenant, rest @ ..] if *tenant == context.account.tenancy.tenant => rest,
        ["v2", ..] => return fail(400, "Malformed request url"),
        _ => return errors::no_such_path(Service::Compute),
    };
    match (request.method, rest) {
        ("GET", ["flavors"]) => flavors::list(context, request, false),
        ("GET", ["flavors", "detail"]) => flavors::list(context, request, true),
        ("GET", ["flavors", id]) => flavors::one(context, id),
        ("GET", ["images"]) => images::list(context, request, false),
        ("GET", ["images", "detail"]) => images::list(context, request, true),
        ("GET", ["images", id]) => images::one(context, id),
        ("GET", ["servers"]) => servers::list(context, request, false),
        ("GET", ["servers", "detail"]) => servers::list(context, request, true),
        ("POST", ["servers"]) => create::create(context, request),
        ("GET", ["backup"]) => Answer::list("backup", &[]).labelled(TEXT_HTML),
        (_, ["os-keypairs", rest @ ..]) => keypairs::route(context, request, rest),
        (_, ["servers", id, rest @ ..]) => match servers::number(context, id) {
            Some(number) => of_server(context, request, number, rest),
            None => no_server(id),
        },
        _ => errors::no_such_path(Service::Compute),
    }
}

fn of_server(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64, rest: &[&str]) -> Answer {
    match (request.method, rest) {
        ("GET", []) => servers::one(context, number),
        ("DELETE", []) => servers::delete(context, number),
        ("POST", ["action"]) => action::act(context, request, number),
        ("GET", ["metadata"]) => parts::metadata(context, number),
        ("POST", ["metadata"]) => parts::merge_metadata(context, request, number),
        ("GET", ["ips"]) => parts::ips(context, number),
        ("GET", ["os-interface"]) => parts::interfaces(context, number),
        ("GET", ["os-security-groups"]) => parts::groups(context, number),
        ("GET", ["rrd", what]) => rrd::series(context, request, number, what),
        _ => errors::no_such_path(Service::Compute),
    }
}

fn fail(status: u16, message: &str) -> Answer {
    errors::error(Service::Compute, status, message)
}

fn no_server(id: &str) -> Answer {
    fail(404, &format!("Instance {id} could not be found."))
}

/// The two addresses of something, and for images a third.
fn links(context: &RequestContext<'_>, what: &str, id: &str) -> Value {
    if !context.turn.quirks.conoha.links {
        return json!([]);
    }
    let (base, tenant) = (context.base, &context.account.tenancy.tenant);
    let mut links = vec![
        json!({"href": format!("{base}/compute/v2/{tenant}/{what}/{id}"), "rel": "self"}),
        json!({"href": format!("{base}/compute/{tenant}/{what}/{id}"), "rel": "bookmark"}),
    ];
    if what == "images" {
        links.push(json!({
            "href": format!("{base}/image/{tenant}/images/{id}"),
            "type": "application/vnd.openstack.image",
            "rel": "alternate",
        }));
    }
    Value::Array(links)
}

fn bookmark(context: &RequestContext<'_>, what: &str, id: &str) -> Value {
    if !context.turn.quirks.conoha.links {
        return json!([]);
    }
    let (base, tenant) = (context.base, &context.account.tenancy.tenant);
    json!([{"href": format!("{base}/compute/{tenant}/{what}/{id}"), "rel": "bookmark"}])
}
