//! What comes back on a change, decoded but not judged.

use reqwest::Url;
use serde_json::Value;

use crate::domain::{Answer, Call, Hidden, Order, Output, ResourceId, SecretOf};
use crate::provider::http::{Reply, one};
use crate::provider::openstack::error::{Shape, code, said, shape};
use crate::provider::openstack::refused::nothing_there;
use crate::provider::openstack::wire;

/// What came back on a call that was sent to `url`.
pub(super) fn replied(call: &Call, url: &Url, reply: &Reply) -> Answer {
    let body = reply.text();
    let refused = !reply.is_success();
    let words = if reply.status == 404 && !is_about_a_resource(call) {
        nothing_there(url, &body)
    } else {
        said(reply.status, &body).into()
    };
    Answer::Replied {
        status: reply.status,
        code: refused.then(|| code(&body)).flatten(),
        said: refused.then_some(words),
        request_id: reply.request_id.clone(),
        body: reply.shown(2_000),
        understood: is_understood(reply, &body),
        outputs: outputs(call, reply),
        wait_until: reply.wait_until,
    }
}

/// Whether an address names something that may be gone, so that a 404 is about that.
const fn is_about_a_resource(call: &Call) -> bool {
    !matches!(
        call,
        Call::CreateInstance { .. } | Call::CreateVolume { .. } | Call::CreateFirewall { .. } | Call::AddKey { .. }
    )
}

/// A good answer is empty, or has one of the objects that a change is answered with; a refusal has one of the shapes
/// of the services. A page of somebody in front is neither.
fn is_understood(reply: &Reply, body: &str) -> bool {
    if !reply.is_success() {
        return shape(reply.status, body) != Shape::Foreign;
    }
    if body.trim().is_empty() {
        return true;
    }
    let json: Value = serde_json::from_str(body).unwrap_or_default();
    const KEYS: [&str; 8] = [
        "server",
        "port",
        "image",
        "security_group",
        "security_group_rule",
        "keypair",
        "volume",
        "os-volume_upload_image",
    ];
    KEYS.iter().any(|key| json.get(key).is_some_and(Value::is_object))
}

/// The id of a new image stands only in the last part of the `Location`, whose host may be another than the one that
/// was asked; that of a new server or group in the body.
fn outputs(call: &Call, reply: &Reply) -> Vec<Output> {
    if !reply.is_success() {
        return Vec::new();
    }
    if let Call::CreateInstance { order } = call {
        return ordered(order, &reply.text());
    }
    let found = match call {
        Call::TakeSnapshot { .. } => reply.location.as_deref().and_then(last_part).map(Output::Snapshot),
        Call::SaveVolume { .. } => {
            one::<wire::OneUpload>(&reply.text()).ok().map(|sent| Output::Snapshot(sent.upload.image_id))
        }
        Call::CreateVolume { .. } => {
            one::<wire::OneCreatedVolume>(&reply.text()).ok().map(|m| Output::Volume(m.volume.id))
        }
        // A key pair's name is its id.
        Call::AddKey { key } => Some(Output::Key(ResourceId::new(&key.name))),
        Call::CreateFirewall { .. } => {
            one::<wire::OneSecurityGroup>(&reply.text()).ok().map(|made| Output::Firewall(made.security_group.id))
        }
        _ => None,
    };
    found.into_iter().collect()
}

/// The id of a new server, and the password that the provider chose for it, where none was ordered.
fn ordered(order: &Order, body: &str) -> Vec<Output> {
    let Ok(created) = one::<wire::OneCreatedServer>(body) else { return Vec::new() };
    let chosen = created.server.password.filter(|password| order.password.is_empty() && !password.is_empty());
    let secret = chosen.map(|password| Output::Secret {
        of: SecretOf::Password,
        name: order.name.clone(),
        value: Hidden::new(&password),
    });
    std::iter::once(Output::Instance(created.server.id)).chain(secret).collect()
}

/// The last part of the path of an address, whole or not.
fn last_part(address: &str) -> Option<ResourceId> {
    let path = address.split(['?', '#']).next()?.trim_end_matches('/');
    let last = path.rsplit('/').next()?.trim();
    (!last.is_empty() && !last.contains(':')).then(|| ResourceId::new(last))
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
