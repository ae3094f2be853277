//! What each service says at its root. Its status is not known: 200 or upstream's 300.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::service::Service;
use crate::sim::request_context::RequestContext;

pub(super) fn document(context: &RequestContext<'_>, service: Service) -> Answer {
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
        Service::Network => json!([{"id": "v2.0", "status": "CURRENT", "links": links("/network/v2.0")}]),
    };
    Answer::json(context.turn.quirks.conoha.version_status, &json!({"versions": versions}))
}
