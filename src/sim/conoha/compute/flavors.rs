//! Plans. Recorded 2021-11: `swap` is the empty string.

use serde_json::{Value, json};

use super::{Desk, Request, fail, links};
use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::{ids, pages};
use crate::sim::world::catalogue::Plan;

pub(super) fn list(desk: &Desk<'_>, request: &Request<'_>, detail: bool) -> Answer {
    let row = |plan: &Plan| {
        let id = ids::flavor(desk.turn.catalogue, plan.number);
        (id, plan.name.clone(), record(desk, plan, detail).to_string())
    };
    pages::list(desk, request, "flavors", desk.turn.catalogue.plans.iter().map(row).collect())
}

pub(super) fn one(desk: &Desk<'_>, id: &str) -> Answer {
    match by_id(desk, id) {
        Some(plan) => Answer::one(200, "flavor", &record(desk, plan, true).to_string()),
        None => fail(404, &format!("Flavor {id} could not be found.")),
    }
}

pub(super) fn by_id<'d>(desk: &Desk<'d>, id: &str) -> Option<&'d Plan> {
    desk.turn.catalogue.plans.iter().find(|plan| ids::flavor(desk.turn.catalogue, plan.number) == id)
}

fn record(desk: &Desk<'_>, plan: &Plan, detail: bool) -> Value {
    let id = ids::flavor(desk.turn.catalogue, plan.number);
    let links = links(desk, "flavors", &id);
    if !detail {
        return json!({"id": id, "name": plan.name, "links": links});
    }
    json!({
        "name": plan.name,
        "links": links,
        "ram": (plan.memory * 1024.0).round() as u64,
        "OS-FLV-DISABLED:disabled": false,
        "vcpus": plan.cpus,
        "swap": "",
        "os-flavor-access:is_public": true,
        "rxtx_factor": 1,
        "OS-FLV-EXT-DATA:ephemeral": 0,
        "disk": plan.disk,
        "id": id,
    })
}
