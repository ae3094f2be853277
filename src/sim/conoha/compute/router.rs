//! Its paths.

use crate::sim::conoha::answer::{Answer, TEXT_HTML};
use crate::sim::conoha::compute::reply::{fail, no_server};
use crate::sim::conoha::compute::{action, create, flavors, images, keypairs, parts, rrd, servers, upstream};
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{errors, versions};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::ways::Console;

pub(in crate::sim::conoha) fn route(context: &mut RequestContext<'_>, request: &Request<'_>, parts: &[&str]) -> Answer {
    let ways = context.ways();
    let rest = match parts {
        ["v2.1", rest @ ..] if ways.is_v3 => rest,
        _ if ways.is_v3 => return errors::no_such_path(Service::Compute),
        ["v2"] => return versions::document(context, Service::Compute),
        ["v2", tenant, rest @ ..] if *tenant == context.account.tenancy.tenant => rest,
        ["v2", ..] => return fail(400, "Malformed request url"),
        _ => return errors::no_such_path(Service::Compute),
    };
    if ways.is_v3
        && let Some(answer) = upstream::route(context, request, rest)
    {
        return answer;
    }
    match (request.method, rest) {
        ("GET", ["limits"]) if ways.limits => servers::limits(context),
        ("GET", ["images", ..] | ["backup"]) if !ways.compute_images => errors::no_such_path(Service::Compute),
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
        ("POST", ["remote-consoles"]) if context.ways().console == Console::Remote => {
            action::remote_console(context, request, number)
        }
        ("GET", ["os-volume_attachments"]) if context.ways().is_v3 => parts::volumes(context, number),
        ("GET", ["metadata"]) => parts::metadata(context, number),
        ("POST", ["metadata"]) => parts::merge_metadata(context, request, number),
        ("GET", ["ips"]) => parts::ips(context, number),
        ("GET", ["os-interface"]) => parts::interfaces(context, number),
        ("GET", ["os-security-groups"]) => parts::groups(context, number),
        ("GET", ["rrd", what]) if context.ways().graphs => rrd::series(context, request, number, what),
        _ => errors::no_such_path(Service::Compute),
    }
}
