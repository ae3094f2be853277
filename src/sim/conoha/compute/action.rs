//! `POST servers/{id}/action`: 202 with nothing in it for most, and nothing has happened yet.

use serde_json::{Value, json};

use crate::sim::conoha::answer::{Answer, TEXT_HTML};
use crate::sim::conoha::body::text;
use crate::sim::conoha::compute::create::{key, password, source};
use crate::sim::conoha::compute::reply::fail;
use crate::sim::conoha::compute::{console, flavors, server, servers, upstream};
use crate::sim::conoha::ids::{self, Kind};
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{body, errors};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::cloud::Source;
use crate::sim::world::instance::State;
use crate::sim::world::power::PowerVerb;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::ways::{Console, Saves};

pub(super) fn act(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64) -> Answer {
    let fields = match body::object(Service::Compute, request) {
        Ok(fields) => fields,
        Err(refused) => return refused,
    };
    let Some((action, how)) = fields.iter().next().filter(|_| fields.len() == 1) else {
        return fail(400, "Malformed request body");
    };
    match action.as_str() {
        "os-start" => power(context, number, action, PowerVerb::Start),
        "os-stop" => {
            let forced = how.get("force_shutdown") == Some(&Value::Bool(true));
            power(context, number, action, if forced { PowerVerb::ForceStop } else { PowerVerb::Stop })
        }
        "reboot" => reboot(context, number, how),
        "os-getConsoleOutput" if context.account.provider.ways().console_output => {
            console::output(context, number, how)
        }
        "resize" => resize(context, number, how),
        "confirmResize" => {
            let outcome = context.account.end_resize(&context.turn, number, true);
            outcome.map_or_else(|why| servers::refused(context, number, action, why), |()| Answer::empty(204))
        }
        "revertResize" => {
            let outcome = context.account.end_resize(&context.turn, number, false);
            done(context, number, action, outcome)
        }
        "rebuild" => rebuild(context, number, how).unwrap_or_else(|refused| refused),
        "addSecurityGroup" | "removeSecurityGroup" if context.ways().is_v3 => {
            upstream::change_groups(context, number, how, action == "addSecurityGroup")
        }
        "createImage" => save(context, number, how),
        "os-getVNCConsole" if context.ways().console == Console::Action => console(context, number, how),
        other => fail(400, &format!("There is no such action: {other}")),
    }
}

fn done(context: &RequestContext<'_>, number: u64, action: &str, outcome: Result<(), Refusal>) -> Answer {
    match outcome {
        Ok(()) => Answer::empty(202),
        Err(refusal) => servers::refused(context, number, action, refusal),
    }
}

fn power(context: &mut RequestContext<'_>, number: u64, action: &str, verb: PowerVerb) -> Answer {
    let outcome = context.account.power(&mut context.turn, number, verb);
    done(context, number, action.trim_start_matches("os-"), outcome)
}

fn reboot(context: &mut RequestContext<'_>, number: u64, how: &Value) -> Answer {
    let hard = match how.get("type").and_then(Value::as_str) {
        Some("SOFT") => false,
        Some("HARD") => true,
        _ => return fail(400, "Argument 'type' for reboot is not HARD or SOFT"),
    };
    let outcome = context.account.reboot(&context.turn, number, hard);
    done(context, number, "reboot", outcome)
}

fn resize(context: &mut RequestContext<'_>, number: u64, how: &Value) -> Answer {
    let Some(flavor) = how.get("flavorRef").and_then(Value::as_str) else {
        return fail(400, "Invalid input for field/attribute resize. 'flavorRef' is a required property");
    };
    let Some(plan) = flavors::by_id(context, flavor).map(|plan| plan.number) else {
        return fail(400, &format!("Flavor {flavor} could not be found."));
    };
    let outcome = context.account.resize(&context.turn, number, plan);
    done(context, number, "resize", outcome)
}

/// 202 with the server, labelled as a page.
fn rebuild(context: &mut RequestContext<'_>, number: u64, how: &Value) -> Result<Answer, Answer> {
    let fields = how.as_object().ok_or_else(|| fail(400, "Malformed request body"))?;
    let from = source(context, fields)?;
    if matches!(from, Source::Saved(_)) && !context.turn.quirks.conoha.rebuild_from_saved {
        return Err(fail(400, "Can not find requested image"));
    }
    let password = password(context, fields, from)?;
    let key = key(context, fields)?;
    let outcome = context.account.rebuild(&mut context.turn, number, from);
    outcome.map_err(|refusal| servers::refused(context, number, "rebuild", refusal))?;
    if key != 0
        && let Ok(instance) = context.account.instance_mut(number)
    {
        instance.key = key;
    }
    let made = context.account.instance(number).map_err(|_| fail(404, "Instance could not be found."))?;
    let mut record: Value = serde_json::from_str(&server::text(context, made)).unwrap_or_default();
    if let Some(fields) = record.as_object_mut() {
        fields.insert("adminPass".to_owned(), json!(password));
    }
    Ok(Answer::json(202, &json!({"server": record})).labelled(TEXT_HTML))
}

/// 202, nothing in it, and the image's address in a header. Its errors are flat.
fn save(context: &mut RequestContext<'_>, number: u64, how: &Value) -> Answer {
    let Some(name) = how.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()) else {
        return errors::flat(400, "createImage entity requires name attribute");
    };
    if context.ways().saves == Saves::Volume {
        return errors::flat(context.turn.quirks.conoha.create_image_v3, "createImage is not supported.");
    }
    let refused = context.turn.quirks.conoha.image_quota_status;
    if refused != 0 && context.account.is_over_image_quota() {
        return errors::flat(refused, "The quota of saved images is exceeded.");
    }
    match context.account.save_image(&mut context.turn, number, name) {
        Ok(image) => {
            let id = ids::own(Kind::Image, context.account, image);
            let tenant = &context.account.tenancy.tenant;
            let location = match context.ways().is_v3 {
                true => format!("{}/image/images/{id}", context.base),
                false => format!("{}/compute/v2/{tenant}/images/{id}", context.base),
            };
            let told = context.turn.quirks.conoha.image_location;
            Answer { location: told.then_some(location), ..Answer::empty(202) }
        }
        Err(Refusal::StillRunning) => errors::flat(
            context.turn.quirks.conoha.save_while_running,
            &servers::conflict(context, number, "createImage"),
        ),
        Err(_) => errors::flat(409, &servers::conflict(context, number, "createImage")),
    }
}

/// The address is a secret while it lasts.
fn console(context: &mut RequestContext<'_>, number: u64, how: &Value) -> Answer {
    match address(context, number, how) {
        Ok(url) => Answer::json(200, &json!({"console": {"type": "novnc", "url": url}})).labelled(TEXT_HTML),
        Err(refused) => refused,
    }
}

/// `POST servers/{id}/remote-consoles`, answered with 200 as the documents have it.
pub(super) fn remote_console(context: &mut RequestContext<'_>, request: &Request<'_>, number: u64) -> Answer {
    let made = body::inside(Service::Compute, request, "remote_console").and_then(|fields| {
        if text(&fields, "protocol") != Some("vnc") {
            return Err(fail(400, "Invalid protocol."));
        }
        address(context, number, &Value::Object(fields))
    });
    match made {
        Ok(url) => Answer::json(200, &json!({"remote_console": {"protocol": "vnc", "type": "novnc", "url": url}})),
        Err(refused) => refused,
    }
}

fn address(context: &mut RequestContext<'_>, number: u64, how: &Value) -> Result<String, Answer> {
    if how.get("type").and_then(Value::as_str) != Some("novnc") {
        return Err(fail(400, "Invalid type."));
    }
    let is_on = context.account.instance(number).is_ok_and(|instance| instance.state == State::Running);
    if !is_on {
        return Err(fail(409, "Instance not yet ready"));
    }
    let token = context.turn.chance.uuid();
    let (scheme, region) = (&context.turn.quirks.conoha.console_scheme, &context.account.tenancy.region);
    Ok(format!("{scheme}://vnc.{region}.conoha.io/vnc_auto.html?token={token}"))
}
