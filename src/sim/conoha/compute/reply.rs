//! What several answers of this service have in common.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::errors;
use crate::sim::conoha::service::Service;
use crate::sim::request_context::RequestContext;

pub(super) fn fail(status: u16, message: &str) -> Answer {
    errors::error(Service::Compute, status, message)
}

pub(super) fn no_server(id: &str) -> Answer {
    fail(404, &format!("Instance {id} could not be found."))
}

/// The two addresses of something, and for images a third.
pub(super) fn links(context: &RequestContext<'_>, what: &str, id: &str) -> Value {
    if !context.turn.quirks.conoha.links {
        return json!([]);
    }
    let (base, tenant) = (context.base, &context.account.tenancy.tenant);
    if context.ways().is_v3 {
        return json!([
            {"href": format!("{base}/compute/v2.1/{what}/{id}"), "rel": "self"},
            {"href": format!("{base}/compute/{what}/{id}"), "rel": "bookmark"},
        ]);
    }
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

pub(super) fn bookmark(context: &RequestContext<'_>, what: &str, id: &str) -> Value {
    if !context.turn.quirks.conoha.links {
        return json!([]);
    }
    let (base, tenant) = (context.base, &context.account.tenancy.tenant);
    json!([{"href": format!("{base}/compute/{tenant}/{what}/{id}"), "rel": "bookmark"}])
}
