//! From a path to the service that answers it.

use crate::sim::conoha::answer::{Answer, finish};
use crate::sim::conoha::service::Service;
use crate::sim::conoha::{compute, errors, identity, image, network, versions, volume};
use crate::sim::request_context::{Outgoing, Request, RequestContext};

pub fn answer(context: &mut RequestContext<'_>, request: &Request<'_>) -> Outgoing {
    let Some((service, parts)) = Service::of_path(request.path) else {
        return finish(Answer::page(404), Service::Identity, context);
    };
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let answer = route(context, request, service, &parts);
    finish(answer, service, context)
}

fn route(context: &mut RequestContext<'_>, request: &Request<'_>, service: Service, parts: &[&str]) -> Answer {
    match (service, parts) {
        (_, []) => return versions::document(context, service),
        (Service::Compute, ["v2.1"]) if context.ways().is_v3 => return versions::one(context, service),
        _ => {}
    }
    let now = context.turn.now;
    if service != Service::Identity && !request.auth_token.is_some_and(|token| context.account.knows_token(token, now))
    {
        return errors::unauthorized(service);
    }
    match service {
        Service::Identity => identity::route(context, request, parts),
        Service::Compute => compute::route(context, request, parts),
        Service::Image => image::route(context, request, parts),
        Service::Network => network::route(context, request, parts),
        Service::Volume if context.ways().is_v3 => volume::route(context, request, parts),
        Service::Volume => errors::no_such_path(service),
    }
}
