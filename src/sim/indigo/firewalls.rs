//! Firewalls, called templates. Recorded 2024-10; the list is documented and was seen by others.

use crate::sim::indigo::answer::{Answer, done};
use crate::sim::indigo::body::Body;
use crate::sim::indigo::record::{Record, list as joined};
use crate::sim::quirks::TemplateShape;
use crate::sim::request_context::RequestContext;
use crate::sim::world::firewall::{Firewall, FirewallDraft, Rule};
use crate::sim::world::refusal::Refusal;

pub(super) fn list(context: &RequestContext<'_>) -> Answer {
    let rows: Vec<String> = context
        .account
        .firewalls
        .iter()
        .map(|firewall| {
            Record::new()
                .with_id("id", firewall.id, context.turn.quirks.ids_as_strings)
                .with("service_id", &context.account.service)
                .with("user_id", context.account.user)
                .with("name", &firewall.name)
                .with("status", 1)
                .with("created_at", context.time(firewall.created))
                .with("updated_at", context.time(firewall.updated))
                .end()
        })
        .collect();
    Answer::backend(200, joined(&rows))
}

/// One row a rule, each with the firewall's number and name: rules have none of their own.
pub(super) fn rules(context: &RequestContext<'_>, id: u64) -> Answer {
    let Some(firewall) = context.account.firewalls.iter().find(|known| known.id == id) else {
        return context.refuse(Refusal::NoFirewall);
    };
    let row = |direction, rule| rule_row(context, firewall, direction, rule);
    let rows: Vec<String> = (firewall.inbound.iter().map(|rule| row("in", rule)))
        .chain(firewall.outbound.iter().map(|rule| row("out", rule)))
        .collect();
    Answer::backend(
        200,
        match context.turn.quirks.template_shape {
            TemplateShape::Flat => joined(&rows),
            TemplateShape::Nested => format!("[{}]", joined(&rows)),
            TemplateShape::Bracketless => rows.join(","),
        },
    )
}

fn rule_row(context: &RequestContext<'_>, firewall: &Firewall, direction: &str, rule: &Rule) -> String {
    Record::new()
        .with_id("id", firewall.id, context.turn.quirks.ids_as_strings)
        .with("name", &firewall.name)
        .with("direction", direction)
        .with("type", &rule.kind)
        .with("protocol", &rule.protocol)
        .with("port", &rule.port)
        .with("source", &rule.source)
        .end()
}

fn draft(body: &Body) -> FirewallDraft {
    FirewallDraft {
        name: body.text("name").map(str::to_owned),
        inbound: body.rules("inbound"),
        outbound: body.rules("outbound"),
        instances: body.numbers("instances"),
    }
}

pub(super) fn create(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    match context.account.create_firewall(&mut context.turn, draft(body)) {
        Ok(id) => Answer::backend(
            200,
            done("Firewall template has been created successfully.", "F60002").with("firewallId", id).end(),
        ),
        Err(refusal) => context.refuse(refusal),
    }
}

/// The code has four digits, and `firewallId` came back as the string that was sent.
pub(super) fn update(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let Some(id) = body.number("templateid") else {
        return context.refuse(Refusal::BadRequest);
    };
    let as_text = context.turn.quirks.firewall_id_echo && body.is_text("templateid");
    match context.account.update_firewall(&mut context.turn, id, draft(body)) {
        Ok(()) => Answer::backend(
            200,
            done("Firewall template is updated successfully.", "F6004").with_id("firewallId", id, as_text).end(),
        ),
        Err(refusal) => context.refuse(refusal),
    }
}

pub(super) fn assign(context: &mut RequestContext<'_>, body: &Body) -> Answer {
    let (Some(instance), Some(id)) = (body.number("instanceid"), body.number("templateid")) else {
        return context.refuse(Refusal::BadRequest);
    };
    match context.account.assign_firewall(&mut context.turn, id, instance) {
        Ok(()) => Answer::backend(200, done("Firewall template is assigned successfully.", "F60003").end()),
        Err(refusal) => context.refuse(refusal),
    }
}

pub(super) fn delete(context: &mut RequestContext<'_>, id: u64) -> Answer {
    match context.account.delete_firewall(&mut context.turn, id) {
        Ok(()) => Answer::backend(200, done("Firewall template has been deleted successfully.", "F6005").end()),
        Err(refusal) => context.refuse(refusal),
    }
}
