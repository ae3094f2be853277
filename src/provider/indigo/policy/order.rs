//! What an order asks for, which plans fit, and what is to be thought of before it.

use std::sync::Arc;

use super::super::address::Addresses;
use super::super::wire::body_of;
use crate::domain::{
    Call, Image, ImageKind, Inventory, ListKey, MadeFrom, Need, Order, OrderNeeds, OrderSource, Phrase, Plan,
    RequestText, ResourceId, text,
};
use crate::provider::policy::told;

/// The four forms of one path, as the provider's page has them: Linux with a key, Windows with a password, an import
/// with neither, a snapshot without region. Whether a snapshot takes a key was not recorded; the page's sample has one.
pub(super) const fn asks(from: MadeFrom<'_>) -> OrderNeeds {
    use Need::{May, Must, Never};
    match from {
        MadeFrom::Snapshot(_) => OrderNeeds { region: Never, key: May, password: Never },
        MadeFrom::Image(image) => match image.kind {
            ImageKind::Windows => OrderNeeds { region: Must, key: Never, password: Must },
            ImageKind::Import => OrderNeeds { region: Must, key: Never, password: Never },
            ImageKind::Linux | ImageKind::Saved => OrderNeeds { region: Must, key: Must, password: Never },
        },
    }
}

/// Plans are listed by system. Those of an import, which is no system, are those of any Linux: the recorded import was
/// ordered with one of them. Those of a snapshot are those of the system it was saved from.
pub(super) fn plans_list(from: MadeFrom<'_>, inventory: &Inventory) -> Option<ListKey> {
    let of = match from {
        MadeFrom::Image(image) if image.kind == ImageKind::Import => a_linux(inventory)?,
        MadeFrom::Image(image) => image.id.clone(),
        MadeFrom::Snapshot(snapshot) => {
            let image = snapshot.of.as_ref().and_then(|of| inventory.instance(of)?.image.clone());
            // The system of an import has no plans of its own.
            let known = image.filter(|id| inventory.image(id).is_some_and(|i| i.kind != ImageKind::Import));
            known.or_else(|| a_linux(inventory))?
        }
    };
    Some(ListKey::Plans(Some(of)))
}

/// A Linux whose plans are known already, else any.
fn a_linux(inventory: &Inventory) -> Option<ResourceId> {
    let linux = |image: &&Arc<Image>| image.kind == ImageKind::Linux;
    let known = |image: &&Arc<Image>| inventory.list(&ListKey::Plans(Some(image.id.clone()))).is_some();
    let images = inventory.images();
    images.iter().filter(linux).find(known).or_else(|| images.iter().find(linux)).map(|image| image.id.clone())
}

/// Those of the list; of a snapshot's, the plan its machine has first, and none with a smaller disk.
pub(super) fn plans(from: MadeFrom<'_>, inventory: &Inventory) -> Vec<Arc<Plan>> {
    let Some(list) = plans_list(from, inventory) else { return Vec::new() };
    let mut plans = inventory.plans_of(&list).to_vec();
    let MadeFrom::Snapshot(snapshot) = from else { return plans };
    let Some(saved) = snapshot.of.as_ref().and_then(|of| inventory.instance(of)) else { return plans };
    if let Some(disk) = saved.spec.disk_gb {
        plans.retain(|plan| plan.spec.disk_gb.is_none_or(|gb| gb >= disk));
    }
    if let Some(at) = plans.iter().position(|plan| Some(&plan.id) == saved.plan.as_ref()) {
        plans[..=at].rotate_right(1);
    }
    plans
}

/// The kinds of address, as the provider's words for them mean.
pub(super) fn addresses_of(plan: &Plan) -> Option<Phrase> {
    Some(match plan.addresses.as_deref()?.trim() {
        "ipv6" => Phrase::new(text::addresses::SIX),
        "ipv4" => Phrase::new(text::addresses::FOUR),
        "ipv46dual" => Phrase::new(text::addresses::DUAL),
        other => text::plain::said(other),
    })
}

/// `ssh-rsa` is taken; an ed25519 key was refused in May 2022, and of the others nothing is recorded.
pub(super) fn key_warning(public: &str) -> Option<Phrase> {
    let kind = public.split_whitespace().next().unwrap_or_default();
    (kind != "ssh-rsa").then(|| text::order::key_kind(kind))
}

/// What is to be thought of; the flag says whether it warns.
pub(super) fn notes(order: &Order, inventory: &Inventory) -> Vec<(Phrase, bool)> {
    let mut notes = Vec::new();
    if inventory.plan(&order.plan).is_some_and(|plan| plan.addresses.as_deref() == Some("ipv6")) {
        notes.push((Phrase::new(text::order::SIX_ONLY), true));
    }
    if let OrderSource::Import { .. } = &order.source {
        notes.push((Phrase::new(text::order::IMPORT), true));
    }
    notes.push((Phrase::new(text::order::A_DAY), false));
    notes
}

/// The request of a call, as it is sent, for people.
pub(super) fn request_of(call: &Call) -> Option<RequestText> {
    let call = told::shown(call);
    let snapshot = told::snapshot(&call);
    // The path is the same below every address.
    let (method, url) = Addresses::new("https://api.customer.jp").ok()?.call(&call, snapshot)?.ok()?;
    let body = body_of(&call, snapshot, &told::outputs()).ok()?;
    Some(RequestText {
        method: method.to_string(),
        path: url.path().to_owned(),
        body: body.map(|body| body.to_string()),
    })
}
