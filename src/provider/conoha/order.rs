//! Which plans fit an order, which passwords are taken, and what is to be thought of before it.

use std::sync::Arc;

use crate::domain::{
    ImageKind, Inventory, MadeFrom, NewVolume, Order, OrderSource, Phrase, Plan, Ref, VolumeSource, text,
};
use crate::provider::conoha::plans::{self, PlanNames};

/// The plans whose disk takes it, the smallest of today's first.
pub(in crate::provider) fn plans(from: MadeFrom<'_>, inventory: &Inventory, names: PlanNames) -> Vec<Arc<Plan>> {
    match from {
        MadeFrom::Snapshot(snapshot) => plans::plans_for(snapshot, inventory, names),
        MadeFrom::Image(image) => match inventory.snapshot(&image.id) {
            Some(snapshot) => plans::plans_for(snapshot, inventory, names),
            None => {
                let is_windows = image.kind == ImageKind::Windows;
                let mut plans = plans::plans_for_image(image.min_disk_gb, &image.name, inventory, names);
                plans.retain(|plan| (names.is_for)(&plan.name, is_windows));
                plans
            }
        },
    }
}

/// A server of Ver.3.0 boots from a volume, which is made first: of one of two sizes, each on storage of its own (the
/// provider's reference). A plan with a disk takes the image itself (a public client).
pub(in crate::provider) fn new_volume(order: &Order, inventory: &Inventory) -> Option<NewVolume> {
    let plan = inventory.plan(&order.plan).filter(|plan| plan.spec.disk_gb.is_none())?;
    let image = match &order.source {
        OrderSource::Image(image) | OrderSource::Snapshot(Ref::Known(image)) => image.clone(),
        _ => return None,
    };
    let (size_gb, storage) = if plans::is_small(&plan.spec) { (30, "c3j1-as01-boot") } else { (100, "c3j1-ds02-boot") };
    let (name, storage) = (order.name.clone(), Some(storage.to_owned()));
    Some(NewVolume { name, size_gb, storage, source: VolumeSource::Image(image) })
}

/// What a password has to be (the provider's references).
#[derive(Debug, Clone, Copy)]
pub(in crate::provider) struct PasswordRule {
    pub(in crate::provider) symbols: &'static str,
    /// Whether it takes a digit and a symbol; else either.
    pub(in crate::provider) both: bool,
}

/// 9 to 70 characters, upper case, lower case, a digit and a symbol or either of them.
pub(in crate::provider) fn password_mistake(password: &str, rule: PasswordRule) -> Option<Phrase> {
    let has = |test: &dyn Fn(char) -> bool| password.chars().any(test);
    let length = password.chars().count();
    if !(9..=70).contains(&length) {
        return Some(text::order::password_length(length));
    }
    if let Some(odd) = password.chars().find(|c| !c.is_ascii_alphanumeric() && !rule.symbols.contains(*c)) {
        let odd = if odd.is_control() { String::new() } else { odd.to_string() };
        return Some(text::order::password_odd(odd));
    }
    let letters = has(&|c| c.is_ascii_uppercase()) && has(&|c| c.is_ascii_lowercase());
    let (digit, symbol) = (has(&|c| c.is_ascii_digit()), has(&|c| rule.symbols.contains(c)));
    match rule.both {
        true if !(letters && digit && symbol) => Some(Phrase::new(text::order::PASSWORD_ALL)),
        false if !(letters && (digit || symbol)) => Some(Phrase::new(text::order::PASSWORD_MIX)),
        _ => None,
    }
}

/// What is to be thought of; the flag says whether it warns.
pub(in crate::provider) fn notes(order: &Order, _inventory: &Inventory) -> Vec<(Phrase, bool)> {
    let mut notes = Vec::new();
    if order.firewalls.is_empty() {
        notes.push((Phrase::new(text::order::NO_FIREWALL), false));
    }
    if matches!(order.source, OrderSource::Image(_)) && !order.had_password {
        notes.push((Phrase::new(text::order::PASSWORD_TOLD), false));
    }
    notes
}
