//! Which snapshot is restored, and in which of two ways: over the disk of its instance, or as a new instance.

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::panes::row::{Row, What};
use crate::app::{App, possible, propose};
use crate::domain::{Phrase, Possible, Verb, text};

/// Its key leads to the other way as well.
pub(crate) const VERB: Verb = Verb::Restore;
const AS_NEW: Verb = Verb::RestoreAsNew;

/// Whether there is a choice on a row.
pub(crate) fn offered(app: &App, row: &Row) -> Option<Possible> {
    let What::Instance(instance) = &row.what else {
        return possible::either(possible::possible(app, VERB, row), possible::possible(app, AS_NEW, row));
    };
    let inventory = &app.engine.account(&row.account)?.inventory;
    let any = inventory.snapshots_of(&instance.id).is_none_or(|s| !s.is_empty());
    let none = || (!any).then(|| Phrase::new(text::why_not::NO_SNAPSHOTS));
    Some(possible::hindrance(app, VERB, row).or_else(none).map_or(Possible::Yes, Possible::No))
}

/// On an instance: which of its snapshots, newest first.
pub(crate) fn choose_snapshot(app: &mut App, row: &Row) {
    let What::Instance(instance) = &row.what else { return };
    let Some(account) = app.engine.account(&row.account) else { return };
    let Some(mut snapshots) = account.inventory.snapshots_of(&instance.id) else {
        app.tell(Phrase::new(text::why_not::SNAPSHOTS_UNKNOWN), false);
        return;
    };
    snapshots.sort_by_key(|s| std::cmp::Reverse(s.taken));
    let entries: Vec<MenuEntry> = snapshots
        .into_iter()
        .enumerate()
        .map(|(i, s)| {
            let of = Row { account: row.account.clone(), what: What::Snapshot(s.clone(), Some(instance.clone())) };
            let why_not = match offered(app, &of) {
                Some(Possible::No(why)) => Some(why),
                _ => None,
            };
            let text = match s.taken {
                Some(taken) => text::entry::snapshot(s.name.as_str(), app.now.wall.since(taken)),
                None => text::plain::said(s.name.as_str()),
            };
            MenuEntry { why_not, ..MenuEntry::numbered(i, text, MenuChoice::Restore(of)) }
        })
        .collect();
    if entries.is_empty() {
        app.tell(Phrase::new(text::why_not::NO_SNAPSHOTS), false);
        return;
    }
    let title = text::title::choose_snapshot(instance.name.as_str());
    app.layers.push(Layer::Menu(Menu::new(MenuKind::Snapshots, title, entries)));
}

/// Asks about the one way that there is, or in which of the two.
pub(crate) fn restore(app: &mut App, row: &Row) {
    let never = |p: &Option<Possible>| matches!(p, None | Some(Possible::Never));
    let new = possible::possible(app, AS_NEW, row);
    let over = possible::possible(app, VERB, row);
    if never(&new) {
        return propose::propose_for(app, VERB, std::slice::from_ref(row), 0);
    }
    if never(&over) {
        return propose::propose_for(app, AS_NEW, std::slice::from_ref(row), 0);
    }
    let entries = ways(app, row, new, over);
    let title = text::title::restore_ways(row.what.name());
    app.layers.push(Layer::Menu(Menu::new(MenuKind::RestoreWays, title, entries)));
}

fn ways(app: &App, row: &Row, new: Option<Possible>, over: Option<Possible>) -> Vec<MenuEntry> {
    let of = possible::subject(app, row).and_then(|s| s.other);
    let over_text = match of {
        Some(of) => text::entry::in_place(of.name),
        None => Phrase::new(text::entry::IN_PLACE_NONE),
    };
    let entry = |verb: Verb, key: &str, text: Phrase, possible: Option<Possible>| MenuEntry {
        why_not: match possible {
            Some(Possible::No(why)) => Some(why),
            _ => None,
        },
        ..MenuEntry::new(key, text, MenuChoice::Ask(verb, row.clone()))
    };
    vec![entry(AS_NEW, "1", Phrase::new(text::entry::AS_NEW), new), entry(VERB, "2", over_text, over)]
}

/// What is not possible only since something was not read yet becomes so while one looks.
pub(crate) fn refresh(app: &mut App) {
    let Some(Layer::Menu(menu)) = app.layers.last().filter(|layer| is_ways(layer)) else { return };
    let Some(MenuChoice::Ask(_, row)) = menu.entries.first().map(|entry| entry.pick.clone()) else { return };
    let [new, over] = [AS_NEW, VERB].map(|verb| possible::possible(app, verb, &row));
    let entries = ways(app, &row, new, over);
    if let Some(Layer::Menu(menu)) = app.layers.last_mut() {
        menu.entries = entries;
    }
}

fn is_ways(layer: &Layer) -> bool {
    matches!(layer, Layer::Menu(menu) if menu.kind == MenuKind::RestoreWays)
}
