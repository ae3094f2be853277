//! The headers of Indigo's answers, recorded 2024-10; those of the quota 2024-05.

use crate::sim::indigo::answer::{Answer, Writer};
use crate::sim::request_context::{Outgoing, RequestContext};

const GATEWAY: [(&str, &str); 6] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-headers", "origin, x-requested-with, accept, Authorization, Content-Type"),
    ("access-control-max-age", "1728000"),
    ("access-control-allow-methods", "GET, PUT, POST, DELETE"),
    ("via", "1.1 google"),
    ("alt-svc", r#"h3=":443"; ma=2592000,h3-29=":443"; ma=2592000"#),
];

const BACKEND: [(&str, &str); 6] = [
    ("vary", "Authorization"),
    ("cache-control", "no-cache, private"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "sameorigin"),
    ("x-xss-protection", "1; mode=block"),
    ("strict-transport-security", "max-age=631138519; includeSubDomains"),
];

/// Puts the headers on an answer. The quota's reset is in milliseconds of the client's clock.
pub(super) fn finish(answer: Answer, context: &RequestContext<'_>) -> Outgoing {
    let owned = |(name, value): (&'static str, &str)| (name, value.to_owned());
    let mut headers = vec![
        ("date", context.clock.told(context.turn.now).http_date()),
        ("content-type", answer.content_type.to_owned()),
        ("x-request-id", context.request_id.to_owned()),
    ];
    headers.extend(GATEWAY.map(owned));
    if answer.writer == Writer::Backend {
        headers.push(("severity", answer.status.to_string()));
        headers.extend(BACKEND.map(owned));
    }
    if let Some(standing) = answer.standing {
        let reset = context.clock.told(standing.reset).millis();
        headers.push(("x-quota-allowed", standing.allowed.to_string()));
        headers.push(("x-quota-available", standing.available.to_string()));
        headers.push(("x-quota-reset", reset.to_string()));
    }
    if let Some(location) = answer.location {
        headers.push(("location", location.to_owned()));
    }
    Outgoing { code: answer.code(), status: answer.status, headers, body: answer.body }
}
