//! Which firewalls stand on an instance, and the menu that puts them on and takes them off.

use std::sync::Arc;

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::panes::row::{Row, What};
use crate::app::{App, possible, propose};
use crate::domain::{Firewall, Instance, Kind, Phrase, Possible, Resource, Target, Verb, text};
use crate::engine::AccountState;
use crate::proposal::facts::rules;

/// Its key leads to a menu that takes off as well.
pub(crate) const VERB: Verb = Verb::AssignFirewall;
const OPPOSITE: Verb = Verb::DetachFirewall;

/// Whether there is a choice on a row.
pub(crate) fn offered(app: &App, row: &Row) -> Option<Possible> {
    match &row.what {
        What::Firewall(_) => {
            let found = takes_firewalls(app.engine.account(&row.account)?)?;
            Some(possible::hindrance(app, VERB, row).map_or(found, Possible::No))
        }
        _ => possible::either(possible::possible(app, VERB, row), possible::possible(app, OPPOSITE, row)),
    }
}

/// Whether an account has firewalls that are put on and taken off at all, as its first instance tells.
fn takes_firewalls(account: &AccountState) -> Option<Possible> {
    let first = account.inventory.instances().first()?;
    let can = |verb| Some(account.account.policy.possible(verb, Resource::Instance(first), &account.inventory));
    match possible::either(can(VERB), can(OPPOSITE)) {
        Some(Possible::Never) | None => None,
        Some(_) => Some(Possible::Yes),
    }
}

/// On an instance: which firewall, those on it marked. On a firewall: which instance, those it is on marked.
pub(crate) fn choose(app: &mut App, row: &Row) {
    let offered = offered(app, row);
    if let Some(Possible::Never) | None = offered {
        let why = vec![(row.what.name().to_owned(), Phrase::new(text::why_not::NEVER))];
        return propose::refuse(app, VERB, &why);
    }
    let entries = entries(app, row);
    if let (Some(Possible::No(why)), true) = (offered, entries.is_empty()) {
        return propose::refuse(app, VERB, &[(row.what.name().to_owned(), why)]);
    }
    let title = match row.what {
        What::Firewall(_) => text::title::choose_instance(row.what.name()),
        _ => text::title::choose_firewall(row.what.name()),
    };
    let menu = Menu { about: Some(row.clone()), ..Menu::new(MenuKind::Firewalls, title, entries) };
    app.layers.push(Layer::Menu(menu));
}

/// The pairs of firewall and instance as they are now, not as they were when the menu was opened.
fn entries(app: &App, row: &Row) -> Vec<MenuEntry> {
    let Some(account) = app.engine.account(&row.account) else { return Vec::new() };
    let mut firewalls: Vec<&Arc<Firewall>> = account.inventory.firewalls().iter().collect();
    firewalls.sort_by_key(|f| f.name.to_lowercase());
    let mut instances: Vec<&Arc<Instance>> = account.inventory.instances().iter().collect();
    instances.sort_by_key(|i| i.name.to_lowercase());
    let pairs: Vec<(&Arc<Firewall>, &Arc<Instance>, Phrase)> = match &row.what {
        What::Instance(i) => {
            let instance = account.inventory.instance(&i.id).unwrap_or(i);
            let text = |f: &Firewall| match f.fixed {
                true => text::entry::firewall_fixed(f.name.as_str()),
                false => text::plain::said(f.name.as_str()),
            };
            firewalls.iter().map(|f| (*f, instance, text(f))).collect()
        }
        What::Firewall(f) => {
            let firewall = account.inventory.firewall(&f.id).unwrap_or(f);
            let text = |i: &Instance| text::plain::said(i.name.as_str());
            instances.iter().map(|i| (firewall, *i, text(i))).collect()
        }
        _ => Vec::new(),
    };
    pairs
        .into_iter()
        .enumerate()
        .map(|(n, (firewall, instance, text))| entry(app, row, n, firewall, instance, text))
        .collect()
}

fn entry(app: &App, row: &Row, n: usize, firewall: &Firewall, instance: &Arc<Instance>, text: Phrase) -> MenuEntry {
    // Where nobody tells, what was set from here is known.
    let since = || rules::since(&app.engine, &row.account, &firewall.id, &instance.id);
    let on = firewall.is_on(instance).unwrap_or_else(|| since().is_some());
    let verb = if on { OPPOSITE } else { VERB };
    let here = Row { account: row.account.clone(), what: What::Instance(Arc::clone(instance)) };
    let why_not = possible::why_not(app, verb, &here);
    let target = Target::stateless(&row.account, Kind::Firewall, &firewall.id, &firewall.name);
    MenuEntry { why_not, on: Some(on), ..MenuEntry::numbered(n, text, MenuChoice::With(verb, here, target)) }
}

/// The entries again, since data came. The cursor stays on its firewall.
pub(crate) fn refresh(app: &mut App) {
    // Help may lie over it.
    let is_this = |layer: &Layer| matches!(layer, Layer::Menu(menu) if menu.kind == MenuKind::Firewalls);
    let Some(at) = app.layers.iter().rposition(is_this) else { return };
    let Layer::Menu(menu) = &app.layers[at] else { return };
    let Some(row) = menu.about.clone() else { return };
    let id = |entry: &MenuEntry| match &entry.pick {
        MenuChoice::With(_, row, target) => Some((row.key(), target.id().clone())),
        _ => None,
    };
    let under = menu.entries.get(menu.cursor).and_then(id);
    let entries = entries(app, &row);
    if let Some(Layer::Menu(menu)) = app.layers.get_mut(at) {
        let found = under.and_then(|u| entries.iter().position(|e| id(e).as_ref() == Some(&u)));
        menu.cursor = found.unwrap_or(menu.cursor).min(entries.len().saturating_sub(1));
        menu.entries = entries;
    }
}
