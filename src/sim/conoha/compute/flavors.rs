//! Plans. Recorded 2021-11: `swap` is the empty string.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::reply::{fail, links};
use crate::sim::conoha::{ids, pages};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::catalogue::Plan;

pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>, detail: bool) -> Answer {
    let row = |plan: &Plan| {
        let id = ids::flavor(context.turn.catalogue, plan.number);
        (id, plan.name.clone(), record(context, plan, detail).to_string())
    };
    pages::list(context, request, "flavors", context.turn.catalogue.plans.iter().map(row).collect())
}

pub(super) fn one(context: &RequestContext<'_>, id: &str) -> Answer {
    match by_id(context, id) {
        Some(plan) => Answer::one(200, "flavor", &record(context, plan, true).to_string()),
        None => fail(404, &format!("Flavor {id} could not be found.")),
    }
}

pub(super) fn by_id<'d>(context: &RequestContext<'d>, id: &str) -> Option<&'d Plan> {
    context.turn.catalogue.plans.iter().find(|plan| ids::flavor(context.turn.catalogue, plan.number) == id)
}

fn record(context: &RequestContext<'_>, plan: &Plan, detail: bool) -> Value {
    let id = ids::flavor(context.turn.catalogue, plan.number);
    let links = links(context, "flavors", &id);
    if !detail {
        return json!({"id": id, "name": plan.name, "links": links});
    }
    json!({
        "name": plan.name,
        "links": links,
        "ram": (plan.memory * 1024.0).round() as u64,
        "OS-FLV-DISABLED:disabled": false,
        "vcpus": plan.cpus,
        "swap": if context.turn.quirks.conoha.swap_text { json!("") } else { json!(0) },
        "os-flavor-access:is_public": true,
        "rxtx_factor": 1,
        "OS-FLV-EXT-DATA:ephemeral": 0,
        "disk": plan.disk,
        "id": id,
    })
}
