//! What an order asks for, and what a call sends.

use crate::domain::{Call, Image, ImageKind, MadeFrom, Need, OrderNeeds, OrderSource, RequestText, ResourceId};
use crate::provider::openstack::body;
use crate::provider::openstack::dialect::Dialect;
use crate::provider::policy::told;

/// Without a password the provider makes one up and tells it once; the disk of a saved image keeps the one it has (the
/// provider's reference).
pub(super) const fn asks(from: MadeFrom<'_>) -> OrderNeeds {
    use Need::{May, Never};
    match from {
        MadeFrom::Image(Image { kind: ImageKind::Windows, .. }) => {
            OrderNeeds { region: Never, key: Never, password: May }
        }
        MadeFrom::Image(Image { kind: ImageKind::Linux, .. }) => OrderNeeds { region: Never, key: May, password: May },
        _ => OrderNeeds { region: Never, key: May, password: Never },
    }
}

/// The request of a call, as it is sent, for people; the address of each service stands in the configuration.
pub(super) fn request_of(call: &Call, dialect: &Dialect) -> Option<RequestText> {
    let call = told::shown(call);
    let outputs = told::outputs();
    let image: Option<&ResourceId> = match &call {
        Call::CreateInstance { order } => match &order.source {
            OrderSource::Image(image) => Some(image),
            OrderSource::Volume(volume) => volume.known(&outputs),
            _ => told::snapshot(&call),
        },
        Call::DeleteVolume { volume } => volume.known(&outputs),
        call => told::snapshot(call),
    };
    let sent = body::request(&call, image, &outputs, dialect)?;
    Some(RequestText {
        method: sent.method.to_string(),
        path: format!("{} /{}", sent.service.kind(), sent.path.join("/")),
        body: sent.body.map(|body| body.to_string()),
    })
}
