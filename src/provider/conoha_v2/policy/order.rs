//! Which plans fit an order, which passwords are taken, and what is to be thought of before it.

use std::sync::Arc;

use crate::domain::{Inventory, MadeFrom, Order, OrderSource, Phrase, Plan, text};
use crate::provider::conoha_v2::policy::plans;

/// The plans whose disk takes it, the smallest of today's first.
pub(in crate::provider::conoha_v2) fn plans(from: MadeFrom<'_>, inventory: &Inventory) -> Vec<Arc<Plan>> {
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
pub(in crate::provider::conoha_v2) fn password_mistake(password: &str) -> Option<Phrase> {
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
pub(in crate::provider::conoha_v2) fn notes(order: &Order, _inventory: &Inventory) -> Vec<(Phrase, bool)> {
    let mut notes = Vec::new();
    if order.firewalls.is_empty() {
        notes.push((Phrase::new(text::order::NO_FIREWALL), false));
    }
    if matches!(order.source, OrderSource::Image(_)) && !order.had_password {
        notes.push((Phrase::new(text::order::PASSWORD_TOLD), false));
    }
    notes
}
