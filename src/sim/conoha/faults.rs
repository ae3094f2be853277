//! What goes wrong, in the shape of the service that it falls on.

use crate::sim::conoha::answer::{self, Answer};
use crate::sim::conoha::errors;
use crate::sim::conoha::service::Service;
use crate::sim::faults::{Fault, FaultKind};
use crate::sim::request_context::{Outgoing, Request, RequestContext};

/// The answer that a fault puts in the place of the real one, where it is one in the service's own words.
pub fn stands_in(fault: &Fault, context: &mut RequestContext<'_>, request: &Request<'_>) -> Option<Outgoing> {
    let service = Service::of_path(request.path).map_or(Service::Identity, |(service, _)| service);
    let answer = in_its_words(fault, context, request, service)?;
    Some(answer::finish(answer, service, context))
}

fn in_its_words(
    fault: &Fault,
    context: &mut RequestContext<'_>,
    request: &Request<'_>,
    service: Service,
) -> Option<Answer> {
    Some(match fault.kind {
        FaultKind::Quota => {
            errors::error(service, context.turn.quirks.conoha.over_limit, "This request was rate-limited.")
        }
        FaultKind::Spike => errors::error(service, 413, "This request was rate-limited."),
        FaultKind::ExpiredToken => {
            context.account.tokens.retain(|token| Some(token.value.as_str()) != request.auth_token);
            errors::unauthorized(service)
        }
        FaultKind::Unauthorized => errors::unauthorized(service),
        // How ConoHa says it is unknown.
        FaultKind::OutOfStock => errors::error(service, 400, "The requested flavor is out of stock."),
        FaultKind::HtmlError { status } => Answer::page(status),
        FaultKind::HtmlOk => Answer::page(200),
        FaultKind::Refusal { status } => {
            errors::error(service, status, fault.said.as_deref().unwrap_or("It is refused."))
        }
        FaultKind::Reply { status } => Answer::text(status, fault.said.clone().unwrap_or_default()),
        FaultKind::ServerError { status } => errors::error(service, status, "An unexpected error has occurred."),
        FaultKind::Redirect => {
            Answer { location: Some("https://maintenance.example/".to_owned()), ..Answer::page(302) }
        }
        _ => return None,
    })
}
