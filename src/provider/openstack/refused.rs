//! What becomes of an answer that is no success.

use reqwest::Url;

use crate::domain::{Fault, Phrase, text};
use crate::provider::http::Reply;
use crate::provider::openstack::endpoints::{Service, Versions};
use crate::provider::openstack::error::{Shape, code, said, shape};

/// Whether a 404 is about the resource that stands in the address, not about the address: the services say so in a
/// shape of their own, Glance with a page that names it (seen at Zed, 2026); a proxy or a wrong address answers with
/// another page.
pub(in crate::provider) fn is_gone(reply: &Reply, id: &str) -> bool {
    let body = reply.text();
    reply.status == 404
        && match shape(404, &body) {
            Shape::Json | Shape::Empty => true,
            Shape::Page => body.contains(id),
            Shape::Foreign => false,
        }
}

/// The fault of a read that was refused. `url`: what was read.
pub(in crate::provider) fn of_read(service: Service, url: &Url, reply: &Reply) -> Fault {
    let body = reply.text();
    if reply.is_too_much() {
        return Fault::Quota { until: reply.wait_until };
    }
    match reply.status {
        401 => Fault::Unauthorised { service: service.name().to_owned() },
        404 => no_such_address(url, &body, reply.request_id.clone()),
        status @ (300 | 403) => {
            let words = said(status, &body);
            let said = match (status, Versions::read(&body)) {
                (300, Some(versions)) => text::http::versions(address(url), versions.names()),
                (403, _) => text::http::forbidden(words.trim_end_matches('.')),
                _ => words.into(),
            };
            Fault::Refused { status, code: code(&body), said, request_id: reply.request_id.clone() }
        }
        status => Fault::Refused {
            status,
            code: code(&body),
            said: said(status, &body).into(),
            request_id: reply.request_id.clone(),
        },
    }
}

/// The fault of an address at which there is nothing.
pub(in crate::provider) fn no_such_address(url: &Url, body: &str, request_id: Option<String>) -> Fault {
    Fault::Refused { status: 404, code: code(body), said: nothing_there(url, body), request_id }
}

/// What is said of an address at which there is nothing: the address first, so that a wrong endpoint shows.
pub(in crate::provider) fn nothing_there(url: &Url, body: &str) -> Phrase {
    text::http::nothing_there(address(url), said(404, body))
}

pub(in crate::provider) fn address(url: &Url) -> String {
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    let host = url.host_str().unwrap_or("?");
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}
