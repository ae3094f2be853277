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
use super::{Desk, Request, Service, errors};

pub(super) fn route(desk: &mut Desk<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let rest = match parts {
        ["v2"] => return super::versions::document(desk, Service::Compute),
        ["v2", tenant, rest @ ..] if *tenant == desk.account.tenancy.tenant => rest,
        ["v2", ..] => return fail(400, "Malformed request url"),
        _ => return errors::no_such_path(Service::Compute),
    };
    match (request.method, rest) {
        ("GET", ["flavors"]) => flavors::list(desk, request, false),
        ("GET", ["flavors", "detail"]) => flavors::list(desk, request, true),
        ("GET", ["flavors", id]) => flavors::one(desk, id),
        ("GET", ["images"]) => images::list(desk, request, false),
        ("GET", ["images", "detail"]) => images::list(desk, request, true),
        ("GET", ["images", id]) => images::one(desk, id),
        ("GET", ["servers"]) => servers::list(desk, request, false),
        ("GET", ["servers", "detail"]) => servers::list(desk, request, true),
        ("POST", ["servers"]) => create::create(desk, request),
        ("GET", ["backup"]) => Answer::list("backup", &[]).labelled(TEXT_HTML),
        (_, ["os-keypairs", rest @ ..]) => keypairs::route(desk, request, rest),
        (_, ["servers", id, rest @ ..]) => match servers::number(desk, id) {
            Some(number) => of_server(desk, request, number, rest),
            None => no_server(id),
        },
        _ => errors::no_such_path(Service::Compute),
    }
}

fn of_server(desk: &mut Desk<'_>, request: &Request<'_>, number: u64, rest: &[&str]) -> Answer {
    match (request.method, rest) {
        ("GET", []) => servers::one(desk, number),
        ("DELETE", []) => servers::delete(desk, number),
        ("POST", ["action"]) => action::act(desk, request, number),
        ("GET", ["metadata"]) => parts::metadata(desk, number),
        ("POST", ["metadata"]) => parts::merge_metadata(desk, request, number),
        ("GET", ["ips"]) => parts::ips(desk, number),
        ("GET", ["os-interface"]) => parts::interfaces(desk, number),
        ("GET", ["os-security-groups"]) => parts::groups(desk, number),
        ("GET", ["rrd", what]) => rrd::series(desk, request, number, what),
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
fn links(desk: &Desk<'_>, what: &str, id: &str) -> Value {
    if !desk.turn.quirks.conoha.links {
        return json!([]);
    }
    let (base, tenant) = (desk.base, &desk.account.tenancy.tenant);
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

fn bookmark(desk: &Desk<'_>, what: &str, id: &str) -> Value {
    if !desk.turn.quirks.conoha.links {
        return json!([]);
    }
    let (base, tenant) = (desk.base, &desk.account.tenancy.tenant);
    json!([{"href": format!("{base}/compute/{tenant}/{what}/{id}"), "rel": "bookmark"}])
}
