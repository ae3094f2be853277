//! What an order asks for, which plans fit, which passwords are taken, and what is to be thought of before it.

use std::sync::Arc;

use super::super::body;
use super::super::endpoints::Service;
use super::plans;
use crate::domain::{
    Call, Image, ImageKind, Inventory, MadeFrom, Need, Order, OrderNeeds, OrderSource, Phrase, Plan, RequestText,
    ResourceId, text,
};
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

/// The plans whose disk takes it, the smallest of today's first.
pub(super) fn plans(from: MadeFrom<'_>, inventory: &Inventory) -> Vec<Arc<Plan>> {
    match from {
        MadeFrom::Snapshot(snapshot) => plans::plans_for(snapshot, inventory),
        MadeFrom::Image(image) => match inventory.snapshot(&image.id) {
            Some(snapshot) => plans::plans_for(snapshot, inventory),
            None => plans::plans_for_image(image.min_disk_gb, &image.name, inventory),
        },
    }
}

/// Symbols that a password may have (the provider's reference).
const SYMBOLS: &str = "!#$%&?\"'=+-_{}[]^~:;().,/|\\*@";

/// 9 to 70 characters, upper case, lower case, and a digit or a symbol (the provider's reference).
pub(super) fn password_mistake(password: &str) -> Option<Phrase> {
    let has = |test: &dyn Fn(char) -> bool| password.chars().any(test);
    let length = password.chars().count();
    if !(9..=70).contains(&length) {
        return Some(text::order::password_length(length));
    }
    if let Some(odd) = password.chars().find(|c| !c.is_ascii_alphanumeric() && !SYMBOLS.contains(*c)) {
        let odd = if odd.is_control() { String::new() } else { odd.to_string() };
        return Some(text::order::password_odd(odd));
    }
    let mixed = has(&|c| c.is_ascii_uppercase())
        && has(&|c| c.is_ascii_lowercase())
        && has(&|c| c.is_ascii_digit() || SYMBOLS.contains(c));
    (!mixed).then(|| Phrase::new(text::order::PASSWORD_MIX))
}

/// What is to be thought of; the flag says whether it warns.
pub(super) fn notes(order: &Order) -> Vec<(Phrase, bool)> {
    let mut notes = Vec::new();
    if order.firewalls.is_empty() {
        notes.push((Phrase::new(text::order::NO_FIREWALL), false));
    }
    if matches!(order.source, OrderSource::Image(_)) && !order.had_password {
        notes.push((Phrase::new(text::order::PASSWORD_TOLD), false));
    }
    notes
}

/// The request of a call, as it is sent, for people; the address of each service stands in the configuration.
pub(super) fn request_of(call: &Call) -> Option<RequestText> {
    let call = told::shown(call);
    let image: Option<&ResourceId> = match &call {
        Call::CreateInstance { order } => match &order.source {
            OrderSource::Image(image) => Some(image),
            _ => told::snapshot(&call),
        },
        call => told::snapshot(call),
    };
    let sent = body::of(&call, image, &told::outputs())?;
    let service = match sent.service {
        Service::Compute => "compute",
        Service::Image => "image",
        Service::Network => "network",
    };
    Some(RequestText {
        method: sent.method.to_string(),
        path: format!("{service} /{}", sent.path.join("/")),
        body: sent.body.map(|body| body.to_string()),
    })
}
