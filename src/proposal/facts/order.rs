//! What the dialog says of an order, and the request that it sends.

use crate::domain::{Action, Arg, Call, Order, OrderSource, Phrase, Ref, RequestText, ResourceId, Step, text};
use crate::engine::AccountState;
use crate::proposal::facts::price;
use crate::proposal::order::url_warnings;
use crate::proposal::step_words::step_phrase;

/// What is ordered, what it costs, what is to be thought of; the flag says whether it warns.
pub fn facts(action: &Action, account: &AccountState) -> Vec<(Phrase, bool)> {
    let Action::CreateInstance { order, add_key, start, firewalls, .. } = action else { return Vec::new() };
    let (inventory, policy) = (&account.inventory, account.account.policy.as_ref());
    let plan = inventory.plan(&order.plan);
    let named = plan.map_or_else(
        || order.plan.as_str().into(),
        |plan| {
            let sizes = plan.spec.sizes().into_iter().flatten().reduce(text::many::and);
            text::plain::at(plan.name.as_str(), sizes.unwrap_or_else(|| "".into()))
        },
    );
    let mut facts = vec![(text::order::what(from(order, account), named), false)];
    let key = match (&order.key, add_key) {
        (_, Some(key)) => Arg::from(text::order::key_added(key.name.as_str())),
        (Some(Ref::Known(id)), None) => {
            Arg::from(inventory.key(id).map_or_else(|| id.to_string(), |key| key.name.clone()))
        }
        _ => Arg::from(Phrase::new(text::details::NONE)),
    };
    let behind: Vec<&str> =
        order.firewalls.iter().map(String::as_str).chain(firewalls.iter().map(|f| f.name.as_str())).collect();
    let behind =
        if behind.is_empty() { Arg::from(Phrase::new(text::details::NONE)) } else { Arg::from(behind.join(", ")) };
    let region = order.region.as_ref().and_then(|id| inventory.regions().iter().find(|r| r.id == *id));
    let with = match region {
        Some(region) => text::order::with_region(region.name.as_str(), key, behind),
        None => text::order::with(key, behind),
    };
    let kind = policy.instance_type().and_then(|id| inventory.types().iter().find(|t| t.id == id));
    if let Some(kind) = kind {
        facts.push((text::order::instance_type(kind.name.as_str()), false));
    }
    facts.push((with, false));
    facts.extend(on_network(order.network.as_ref(), account).map(|said| (said, false)));
    let price = plan.and_then(|plan| account.plan_price(plan));
    let costs = match price.and_then(|price| price.yen_a_month()) {
        _ if !policy.bills_stopped() => price::costs(price),
        Some(yen) => text::order::costs(yen),
        None => Phrase::new(text::order::COSTS_UNKNOWN),
    };
    facts.push((costs, false));
    if policy.order_form().ends_stopped && !start {
        facts.push((Phrase::new(text::order::STAYS_OFF), false));
    }
    if inventory.instances().iter().any(|i| i.name == order.name) {
        facts.push((text::order::name_taken(order.name.as_str()), true));
    }
    if let OrderSource::Import { url, .. } = &order.source {
        facts.extend(url_warnings(url).into_iter().map(|warning| (warning, true)));
    }
    facts.extend(add_key.as_ref().and_then(|key| policy.key_warning(&key.public)).map(|doubt| (doubt, true)));
    facts.extend(policy.order_notes(order, inventory));
    facts
}

fn on_network(network: Option<&ResourceId>, account: &AccountState) -> Option<Phrase> {
    let id = network?;
    let named = account.inventory.networks().iter().find(|network| network.id == *id);
    Some(text::order::on_network(named.map_or_else(|| id.to_string(), |network| network.name.clone())))
}

fn from(order: &Order, account: &AccountState) -> Arg {
    let inventory = &account.inventory;
    match &order.source {
        OrderSource::Image(id) => Arg::from(inventory.image(id).map_or_else(|| id.to_string(), |i| i.name.clone())),
        OrderSource::Import { url, .. } => Arg::from(url.as_str()),
        OrderSource::Snapshot(Ref::Known(id)) => {
            let name = inventory.snapshot(id).map_or_else(|| id.to_string(), |s| s.name.clone());
            Arg::from(text::order::of_snapshot(name))
        }
        OrderSource::Volume(Ref::Known(id)) => {
            Arg::from(inventory.volume(id).map_or_else(|| id.to_string(), |v| v.name.clone()))
        }
        OrderSource::Snapshot(_) | OrderSource::Volume(_) => Arg::from(Phrase::new(text::step::RESTORE_NEW)),
    }
}

/// The requests of an order's steps, each with what it does; without any secret.
#[must_use]
pub fn requests(action: &Action, account: &AccountState) -> Option<Vec<(Phrase, RequestText)>> {
    let Action::CreateInstance { .. } = action else { return None };
    let policy = account.account.policy.as_ref();
    let steps = policy.plan(action, &account.inventory);
    let request = |step: &Step| Some((step_phrase(step, action), policy.request_of(step.call()?)?));
    Some(steps.iter().filter_map(request).collect())
}

/// The request that orders it.
#[must_use]
pub fn request(action: &Action, account: &AccountState) -> Option<RequestText> {
    let Action::CreateInstance { order, .. } = action else { return None };
    account.account.policy.request_of(&Call::CreateInstance { order: order.clone() })
}

/// JSON of one line with blanks between its parts, so that it breaks there.
#[must_use]
pub fn spaced(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 16);
    let (mut quoted, mut escaped) = (false, false);
    for c in json.chars() {
        out.push(c);
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' | ':' if !quoted => out.push(' '),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::proposal::facts::order::spaced;

    #[test]
    fn blanks_come_between_parts_and_nowhere_else() {
        assert_eq!(spaced(r#"{"a":1,"b":"x:\",y"}"#), r#"{"a": 1, "b": "x:\",y"}"#);
    }
}
