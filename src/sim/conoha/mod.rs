//! ConoHa VPS Ver.2.0's face of the world: Keystone v2.0, Nova v2, Glance v2 and Neutron v2.0, as recorded 2021-11,
//! as documented, and where both are silent as OpenStack of that age (about Juno) does it.
//!
//! Each service has an address of its own below the account's: `/identity`, `/compute`, `/image`, `/network`. Ids are
//! UUIDs made of a kind and the world's number ([`ids`]); errors come in five shapes. There is no limit on
//! the number of requests: none is known.

mod answer;
mod body;
mod compute;
mod errors;
mod faults;
mod identity;
pub mod ids;
mod image;
mod network;
mod pages;
mod times;
mod versions;

pub use faults::stands_in;

use super::request_context::{Outgoing, Request, RequestContext};
use answer::Answer;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    Identity,
    Compute,
    Image,
    Network,
}

impl Service {
    /// The service of a path below the account's address, and the parts of the path below the service's.
    fn of(path: &str) -> Option<(Self, Vec<String>)> {
        let mut parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(unescaped).collect();
        let service = match parts.first()?.as_str() {
            "identity" => Self::Identity,
            "compute" => Self::Compute,
            "image" => Self::Image,
            "network" => Self::Network,
            _ => return None,
        };
        parts.remove(0);
        Some((service, parts))
    }
}

/// A part of a path without its escapes. One that is none stays as it is.
fn unescaped(part: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(part.len()), part);
    while let Some((plain, escape)) = rest.split_once('%') {
        bytes.extend(plain.bytes());
        let byte = escape.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { &escape[2..] } else { escape };
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

pub fn answer(context: &mut RequestContext<'_>, request: &Request<'_>) -> Outgoing {
    let Some((service, parts)) = Service::of(request.path) else {
        return answer::finish(Answer::page(404), Service::Identity, context);
    };
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let answer = route(context, request, service, &parts);
    answer::finish(answer, service, context)
}

fn route(context: &mut RequestContext<'_>, request: &Request<'_>, service: Service, parts: &[&str]) -> Answer {
    if parts.is_empty() {
        return versions::document(context, service);
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
    }
}
