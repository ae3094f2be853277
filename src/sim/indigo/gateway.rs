//! The gateway in front: tokens, quota, spike arrest. What it lets pass goes to the application behind.

use std::collections::HashMap;

use crate::sim::clock::Moment;
use crate::sim::faults::{Fault, FaultKind};
use crate::sim::indigo::answer::{self, Answer};
use crate::sim::indigo::headers::finish;
use crate::sim::indigo::router::route;
use crate::sim::indigo::{TOKEN_PATH, token};
use crate::sim::quirks::{QuotaHeaders, QuotaScope, SpikeScope};
use crate::sim::quota::{Gate, Row, Verdict};
use crate::sim::request_context::{Outgoing, Request, RequestContext};

#[derive(Debug, Default)]
pub struct Gates(HashMap<String, Gate>);

impl Gates {
    fn of(&mut self, context: &RequestContext<'_>, bearer: Option<&str>) -> &mut Gate {
        let quirks = context.turn.quirks;
        let key = match (quirks.quota_scope, bearer) {
            (QuotaScope::Token, Some(token)) => format!("{}/{token}", context.account.name),
            _ => context.account.name.clone(),
        };
        let fresh = Gate::new(context.account.quota, quirks.spike_seconds);
        let gate = self.0.entry(key).or_insert(fresh);
        gate.allow(context.account.quota);
        gate
    }
}

pub fn answer(context: &mut RequestContext<'_>, gates: &mut Gates, request: &Request<'_>) -> Outgoing {
    let answer = pass(context, gates, request);
    finish(answer, context)
}

fn pass(context: &mut RequestContext<'_>, gates: &mut Gates, request: &Request<'_>) -> Answer {
    let is_token_call = request.path == TOKEN_PATH;
    let now = context.turn.now;
    if !is_token_call && !is_known(context, request, now) {
        let why = if request.bearer.is_some() { "Invalid or expired access token" } else { "Access token is missing" };
        return answer::unauthorized(context.turn.quirks, why, context.request_id);
    }
    let mut standing = None;
    if !is_token_call || context.turn.quirks.token_call_counts {
        let bearer = request.bearer.filter(|_| !is_token_call);
        match gates.of(context, bearer).pass(row(context, request), now) {
            Verdict::Pass(left) => standing = Some(left),
            Verdict::OverQuota(left) => {
                return answer::over_quota(left, &context.account.identifier, context.request_id);
            }
            Verdict::Spike => return answer::spike(context.turn.quirks, context.request_id),
        }
    }
    let mut answer = if is_token_call { token::issue(context, request) } else { route(context, request) };
    if context.turn.quirks.quota_headers == QuotaHeaders::Always {
        answer.standing = standing;
    }
    answer
}

/// The requests that this one keeps its distance to.
fn row(context: &RequestContext<'_>, request: &Request<'_>) -> Row {
    match context.turn.quirks.spike_scope {
        SpikeScope::All => Row::All,
        SpikeScope::Kind if request.path == TOKEN_PATH => Row::Logins,
        SpikeScope::Kind if request.method == "GET" => Row::Reads,
        SpikeScope::Kind => Row::Changes,
    }
}

/// The answer that a fault puts in the place of the real one, where it is one in Indigo's own words.
pub fn stands_in(
    fault: &Fault,
    context: &mut RequestContext<'_>,
    gates: &mut Gates,
    request: &Request<'_>,
) -> Option<Outgoing> {
    let answer = in_our_words(fault, context, gates, request)?;
    Some(finish(answer, context))
}

fn in_our_words(
    fault: &Fault,
    context: &mut RequestContext<'_>,
    gates: &mut Gates,
    request: &Request<'_>,
) -> Option<Answer> {
    let quirks = context.turn.quirks;
    let now = context.turn.now;
    Some(match fault.kind {
        FaultKind::Quota => {
            let gate = gates.of(context, request.bearer);
            gate.exhaust(now);
            answer::over_quota(gate.standing(now), &context.account.identifier, context.request_id)
        }
        FaultKind::Spike => answer::spike(quirks, context.request_id),
        FaultKind::ExpiredToken => {
            context.account.tokens.retain(|token| Some(token.value.as_str()) != request.bearer);
            answer::unauthorized(quirks, "Access token expired", context.request_id)
        }
        FaultKind::Unauthorized => answer::unauthorized(quirks, "Invalid access token", context.request_id),
        FaultKind::OutOfStock => answer::refused(quirks, crate::sim::world::refusal::Refusal::OutOfStock),
        FaultKind::HtmlError { status } => Answer::html(status),
        FaultKind::HtmlOk => Answer::html(200),
        FaultKind::Refusal { status } => answer::refused_in(quirks, status, fault.said.as_deref()),
        FaultKind::Reply { status } => Answer::gateway(status, fault.said.clone().unwrap_or_default()),
        FaultKind::ServerError { status } => answer::gateway_error(
            crate::sim::quirks::GatewayShape::Envelope,
            status,
            "Internal Server Error.",
            "The backend did not answer.",
            "messaging.adaptors.http.flow.ServiceUnavailable",
            context.request_id,
        ),
        FaultKind::Redirect => Answer { location: Some("https://maintenance.example/"), ..Answer::html(302) },
        _ => return None,
    })
}

fn is_known(context: &RequestContext<'_>, request: &Request<'_>, now: Moment) -> bool {
    request.bearer.is_some_and(|token| context.account.knows_token(token, now))
}
