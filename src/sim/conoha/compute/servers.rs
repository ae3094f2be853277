//! Lists of servers, one of them, and its end.

use serde_json::json;

use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::reply::{fail, no_server};
use crate::sim::conoha::compute::{server, status};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::pages;
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::instance::Instance;
use crate::sim::world::refusal::Refusal;

pub(in crate::sim::conoha) fn number(context: &RequestContext<'_>, id: &str) -> Option<u64> {
    let numbers = context.account.instances.iter().map(|instance| instance.id);
    ids::number_of(Kind::Server, context.account, id, numbers)
}

pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>, detail: bool) -> Answer {
    let wanted = request.query_text("status").filter(|_| context.ways().is_v3);
    let at = |instance: &Instance| status::of(context, instance).status;
    let is_at = |instance: &&Instance| wanted.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&at(instance)));
    let rows = context.account.instances.iter().filter(is_at).map(|instance| {
        let json =
            if detail { server::listed(context, instance) } else { server::brief(context, instance).to_string() };
        (server::id(context, instance), server::name(context, instance), json)
    });
    pages::list(context, request, "servers", rows.collect())
}

pub(super) fn one(context: &RequestContext<'_>, number: u64) -> Answer {
    match context.account.instance(number) {
        Ok(instance) => Answer::one(200, "server", &server::text(context, instance)),
        Err(_) => no_server(&number.to_string()),
    }
}

/// What the project may have, and has.
pub(super) fn limits(context: &RequestContext<'_>) -> Answer {
    let account = &context.account;
    let plans = account.instances.iter().filter_map(|instance| context.turn.catalogue.plan(instance.plan));
    let (cores, memory) = plans.fold((0, 0.0), |(cores, memory), plan| (cores + plan.cpus, memory + plan.memory));
    let absolute = json!({
        "maxTotalInstances": account.instance_limit,
        "totalInstancesUsed": account.instances.len(),
        "maxTotalCores": 20,
        "totalCoresUsed": cores,
        "maxTotalRAMSize": -1,
        "totalRAMUsed": (memory * 1024.0_f64).round() as u64,
    });
    Answer::json(200, &json!({"limits": {"rate": [], "absolute": absolute}}))
}

pub(super) fn delete(context: &mut RequestContext<'_>, number: u64) -> Answer {
    match context.account.delete_server(&context.turn, number) {
        Ok(()) => Answer::empty(204),
        Err(refusal) => refused(context, number, "delete", refusal),
    }
}

pub(super) fn refused(context: &RequestContext<'_>, number: u64, action: &str, refusal: Refusal) -> Answer {
    match refusal {
        Refusal::SamePlan => fail(400, "When resizing, instances must change flavor!"),
        Refusal::DiskTooSmall if action == "resize" => {
            fail(400, "Flavor's disk is smaller than the minimum size specified in image metadata.")
        }
        Refusal::DiskTooSmall => fail(400, "Flavor's disk is too small for requested image."),
        Refusal::ImageNotReady => fail(400, "Image is not active."),
        Refusal::NoSnapshot => fail(400, "Can not find requested image"),
        Refusal::BadPlan => fail(400, "The flavor could not be found."),
        Refusal::BadRequest => fail(400, "Malformed request body"),
        Refusal::OutOfStock => fail(400, "The requested flavor is out of stock."),
        Refusal::InstanceLimit => fail(413, "Quota exceeded for instances."),
        Refusal::Licence => fail(403, "Licence is in a bad state."),
        _ => {
            let saving = action == "start" && context.account.is_saving(number);
            let status = if saving { context.turn.quirks.conoha.start_while_saving } else { 409 };
            fail(status, &conflict(context, number, action))
        }
    }
}

/// Why something cannot be done now, worded as upstream words it.
pub(super) fn conflict(context: &RequestContext<'_>, number: u64, action: &str) -> String {
    let Ok(instance) = context.account.instance(number) else {
        return "Conflict".to_owned();
    };
    let status = status::of(context, instance);
    let (field, state) = status.task.map_or(("vm_state", status.vm.as_str()), |task| ("task_state", task));
    format!("Cannot '{action}' instance {} while it is in {field} {state}", server::id(context, instance))
}
