//! The menus: actions, palette, order, accounts, copy, decisions. All made from the one command table and from what
//! is under the cursor.

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::panes::filter::Filter;
use crate::app::panes::row::{RowKey, What};
use crate::app::panes::table;
use crate::app::tables::commands::{COMMANDS, Command, Group};
use crate::app::{App, available, own_commands};
use crate::domain::{Call, Operation, Phrase, Step, text};
use crate::engine::Decision;

/// All that can be done with the selection, and why not where not.
pub(crate) fn actions(app: &mut App) {
    let rows = COMMANDS.iter().filter(|r| r.group == Group::Act && r.command != Command::Actions);
    let mut entries: Vec<MenuEntry> = rows.filter_map(|row| entry(app, row.command, Phrase::new(row.text))).collect();
    entries.extend(own_commands::all(app).filter_map(|(command, own)| entry(app, command, named(&own.name))));
    let title = match app.pane().marked() {
        (marked, _) if marked.len() > 1 => text::title::actions_marked(marked.len()),
        _ => text::plain::said(selected_name(app)),
    };
    app.layers.push(Layer::Menu(Menu::new(MenuKind::Actions, title, entries)));
}

fn selected_name(app: &App) -> String {
    match app.pane().row() {
        Some(row) => match &row.what {
            What::Operation(id) => app.engine.operation(id).map_or(String::new(), |o| o.action.subject().name.clone()),
            what => what.name().to_owned(),
        },
        None => String::new(),
    }
}

/// What a command of the person's own is called.
fn named(name: &str) -> Phrase {
    text::plain::said(name)
}

fn entry(app: &App, command: Command, text: Phrase) -> Option<MenuEntry> {
    let why_not = available::why_not(app, command).ok()?;
    Some(MenuEntry { why_not, ..MenuEntry::new(app.keymap.shown(command), text, MenuChoice::Command(command)) })
}

/// Every command by name.
pub(crate) fn palette(app: &mut App) {
    let title = Phrase::new(text::title::PALETTE);
    let typed = Some(tui_input::Input::default());
    let mut menu = Menu { typed, ..Menu::new(MenuKind::Palette, title, Vec::new()) };
    refresh_palette(&mut menu, app);
    app.layers.push(Layer::Menu(menu));
}

/// The commands that match what is typed, the best first.
pub(crate) fn refresh_palette(menu: &mut Menu, app: &App) {
    let typed = menu.typed.as_ref().map(|t| t.value().to_owned()).unwrap_or_default();
    let mut scored: Vec<((bool, u32), MenuEntry)> = Vec::new();
    let mut filter = Filter::new(&typed);
    let rows = COMMANDS.iter().filter(|r| r.command != Command::Palette);
    let rows = rows.map(|row| (row.command, row.name, Phrase::new(row.text)));
    let own = own_commands::all(app).map(|(command, own)| (command, own.name.as_str(), named(&own.name)));
    for (command, name, text) in rows.chain(own) {
        let Some(entry) = entry(app, command, text) else { continue };
        let text = format!("{name} {}", app.words.say(&entry.text));
        let score = if typed.trim().is_empty() { Some(0) } else { filter.score(&text) };
        if let Some(score) = score {
            // Who types a name means that command.
            let named = !typed.trim().is_empty() && name.starts_with(typed.trim());
            scored.push(((named, score), entry));
        }
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    menu.entries = scored.into_iter().map(|(_, e)| e).collect();
    menu.cursor = menu.cursor.min(menu.entries.len().saturating_sub(1));
}

/// The column to order by.
pub(crate) fn order(app: &mut App) {
    let (by, reverse) = app.pane().order.unwrap_or_else(|| table::default_order(app.focus));
    let columns = table::orders(app.focus);
    let entries = columns
        .iter()
        .enumerate()
        .map(|(i, (place, column))| {
            let text = match (*place == by, reverse) {
                (true, true) => text::entry::ordered_reverse(Phrase::new(column.heading)),
                (true, false) => text::entry::ordered(Phrase::new(column.heading)),
                _ => Phrase::new(column.heading),
            };
            MenuEntry::numbered(i, text, MenuChoice::Order(*place))
        })
        .collect();
    let cursor = columns.iter().position(|(place, _)| *place == by).unwrap_or(0);
    app.layers
        .push(Layer::Menu(Menu { cursor, ..Menu::new(MenuKind::Order, Phrase::new(text::title::ORDER), entries) }));
}

const FURTHER: [&str; 4] = ["2", "3", "4", "5"];

/// What can be copied of the row under the cursor.
pub(crate) fn copy(app: &mut App) {
    let Some(row) = app.pane().row() else { return app.tell_nothing() };
    let mut entries = Vec::new();
    let mut add = |key: &str, text: fn(String) -> Phrase, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let shown: String = value.chars().take(60).collect();
            entries.push(MenuEntry::new(
                key,
                text(shown.lines().next().unwrap_or("").to_owned()),
                MenuChoice::Copy(value),
            ));
        }
    };
    match &row.what {
        What::Operation(id) => {
            let subject = app.engine.operation(id).map(|o| o.action.subject().clone());
            add("i", text::copy::id, subject.as_ref().map(|s| s.id().to_string()));
            add("n", text::copy::name, subject.map(|s| s.name));
        }
        what => {
            if let RowKey::Resource(resource) = row.key() {
                add("i", text::copy::id, Some(resource.id.to_string()));
            }
            add("n", text::copy::name, Some(what.name().to_owned()));
            if let What::Instance(i) | What::Import(i) = what {
                add("a", text::copy::address, i.address().map(ToOwned::to_owned));
                add("s", text::copy::ssh, app.ssh.login(&row.account, i).ok().map(|login| login.line()));
                for (key, address) in FURTHER.into_iter().zip(i.addresses.iter().skip(1)) {
                    add(key, text::copy::address, Some(address.text.clone()));
                }
            }
            if let What::Key(k) = what {
                add("p", text::copy::public, Some(k.public.clone()));
            }
            add("j", |_| Phrase::new(text::copy::JSON), what.raw().map(ToOwned::to_owned));
        }
    }
    app.layers.push(Layer::Menu(Menu::new(MenuKind::Copy, Phrase::new(text::title::COPY), entries)));
}

/// Whether the call that an operation stands at is never sent twice, and then, whether it can be asked for again: an order
/// whose password was not written down cannot.
fn sent_once(op: &Operation) -> Option<bool> {
    let Some(Step::Call { call, .. }) = op.step() else { return None };
    call.is_sent_once().then(|| match call {
        Call::CreateInstance { order } => !order.had_password || !order.password.is_empty(),
        _ => true,
    })
}

/// What to do about an outcome that nothing shows.
pub(crate) fn decide(app: &mut App) {
    let Some(id) = available::selected_halted(app) else { return };
    if app.engine.operation(&id).is_some_and(crate::app::layers::resume::needs_decision) {
        crate::app::layers::resume::open(app);
        return;
    }
    let entry = |key: &str, text, decision: Decision| {
        MenuEntry::new(key, Phrase::new(text), MenuChoice::Decide(vec![id.clone()], decision))
    };
    // What is never sent twice is asked for again, with a dialog of its own.
    let once = app.engine.operation(&id).and_then(sent_once);
    let send = match once {
        None => Some(entry("s", text::decide::SEND, Decision::SendAgain)),
        Some(true) => {
            Some(MenuEntry { pick: MenuChoice::Anew(id.clone()), ..entry("s", text::decide::ANEW, Decision::LeaveIt) })
        }
        Some(false) => None,
    };
    let mut entries = vec![entry("h", text::decide::HAPPENED, Decision::ItHappened)];
    entries.extend(send);
    entries.push(entry("l", text::decide::LEAVE, Decision::LeaveIt));
    app.layers.push(Layer::Menu(Menu {
        cursor: entries.len() - 1,
        ..Menu::new(MenuKind::Decide, text::title::decide(selected_name(app)), entries)
    }));
}
