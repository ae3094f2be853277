//! What each service says at its root, and at the address of one version.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::service::Service;
use crate::sim::request_context::RequestContext;
use crate::sim::world::ways::Console;

/// The first microversion of compute v2.1, in which it answers whoever asks for none.
pub(super) const FIRST: &str = "2.1";

/// The last one that is served: with 2.6 consoles became a resource.
pub(super) fn last(context: &RequestContext<'_>) -> &'static str {
    if context.ways().console == Console::Remote { "2.6" } else { FIRST }
}

/// All versions. At ConoHa the status is not known: 200 or upstream's 300.
pub(super) fn document(context: &RequestContext<'_>, service: Service) -> Answer {
    if context.ways().is_v3 {
        return upstream(context, service);
    }
    let links = |path: &str| json!([{"href": format!("{}{path}", context.base), "rel": "self"}]);
    let updated = "2014-06-28T12:20:21Z";
    let versions: Value = match service {
        Service::Identity => json!({"values": [{
            "id": "v2.0",
            "status": "stable",
            "updated": updated,
            "links": links("/identity/v2.0/"),
            "media-types": [{"base": "application/json", "type": "application/vnd.openstack.identity-v2.0+json"}],
        }]}),
        Service::Compute => json!([{
            "id": "v2.0", "status": "CURRENT", "updated": updated, "links": links("/compute/v2/"),
        }]),
        Service::Image => json!([{"id": "v2.2", "status": "CURRENT", "links": links("/image/v2/")}]),
        Service::Volume => json!([{"id": "v3.0", "status": "CURRENT", "links": links("/volume/v3/")}]),
        Service::Network => json!([{"id": "v2.0", "status": "CURRENT", "links": links("/network/v2.0")}]),
    };
    Answer::json(context.turn.quirks.conoha.version_status, &json!({"versions": versions}))
}

/// As Zed has them: Keystone and Glance answer 300, Nova and Neutron 200.
fn upstream(context: &RequestContext<'_>, service: Service) -> Answer {
    let links = |path: &str| json!([{"href": format!("{}{path}", context.base), "rel": "self"}]);
    let (status, versions) = match service {
        Service::Identity => (300, json!({"values": [record(context, service)]})),
        Service::Compute => (200, json!([record(context, service)])),
        Service::Image => {
            let version = |(minor, status): (u32, &str)| json!({"id": format!("v2.{minor}"), "status": status, "links": links("/image/v2/")});
            let earlier = (0..7).rev().map(|minor| (minor, "SUPPORTED"));
            (300, std::iter::once((7, "CURRENT")).chain(earlier).map(version).collect())
        }
        Service::Network => (200, json!([{"id": "v2.0", "status": "CURRENT", "links": links("/network/v2.0/")}])),
        Service::Volume => (300, json!([{"id": "v3.0", "status": "CURRENT", "links": links("/volume/v3/")}])),
    };
    Answer::json(status, &json!({"versions": versions}))
}

/// What stands at the address of the one version.
pub(super) fn one(context: &RequestContext<'_>, service: Service) -> Answer {
    Answer::json(200, &json!({"version": record(context, service)}))
}

fn record(context: &RequestContext<'_>, service: Service) -> Value {
    let base = context.base;
    let kind = |name: &str, version: &str| json!([{"base": "application/json", "type": format!("application/vnd.openstack.{name}+json{version}")}]);
    match service {
        Service::Identity => json!({
            "id": "v3.14",
            "status": "stable",
            "updated": "2020-04-07T00:00:00Z",
            "links": [{"rel": "self", "href": format!("{base}/identity/v3/")}],
            "media-types": kind("identity-v3", ""),
        }),
        _ => json!({
            "id": "v2.1",
            "status": "CURRENT",
            "version": last(context),
            "min_version": FIRST,
            "updated": "2013-07-23T11:33:21Z",
            "links": [{"rel": "self", "href": format!("{base}/compute/v2.1/")}],
            "media-types": kind("compute", ";version=2.1"),
        }),
    }
}
