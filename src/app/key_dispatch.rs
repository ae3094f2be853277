//! Who gets a key: the topmost layer, the filter being typed, else the command table.

use crate::app::layers::secret_keys;
use crate::app::layers::text_field::{LONGEST_FIELD, edit, insert};
use crate::app::menu_choice;
use std::cell::Cell;

use tui_input::Input;

use crate::domain::text;
use crate::engine;

use crate::app::layers::confirm::Focus;
use crate::app::layers::confirm_keys::confirm_key;
use crate::app::layers::form::Filled;
use crate::app::layers::layer::{Layer, MenuKind};
use crate::app::layers::{allow, compare, costs, create, key_form_keys, layer_keys, menus, rule_editor};
use crate::app::tables::commands::{Command, Group};
use crate::app::tables::key::{Code, Key};
use crate::app::{App, Effect, Zoom, execute, external_program};

/// What works over every layer, and while a filter is typed.
fn anywhere(app: &App, key: Key) -> Option<Command> {
    if key.typed().is_some() && layer_keys::takes_text(app) {
        return None;
    }
    app.keymap.command(key, app.focus).filter(|command| layer_keys::works_everywhere(app, *command))
}

pub(crate) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    if let Some(command) = anywhere(app, key) {
        return execute::run(app, command, effects);
    }
    let has_help = !matches!(app.layers.last(), Some(Layer::Help(_)));
    if has_help && layer_keys::command(app, key) == Some(Command::Help) {
        return execute::run(app, Command::Help, effects);
    }
    match app.layers.last_mut() {
        None => {}
        Some(Layer::Confirm(_)) => return confirm_key(app, key),
        Some(Layer::Menu(_)) => return menu_key(app, key, effects),
        Some(Layer::Help(_) | Layer::Raw(_) | Layer::Requests(_)) => return viewer_key(app, key),
        Some(Layer::Cost(_)) => return costs::key(app, key),
        Some(Layer::Compare(_)) => return compare::key(app, key),
        Some(Layer::Notice(_)) => return notice_key(app, key, effects),
        Some(Layer::Leaving(leaving)) => {
            if !leaving.drawn {
                leaving.ignored += 1;
                return;
            }
            if key.typed() == Some('y') {
                app.queue.push(engine::Msg::CancelCountdowns);
                effects.push(Effect::Quit);
            } else if key.is_cancel() || key.code == Code::Enter || matches!(key.typed(), Some('n' | 'q')) {
                app.layers.pop();
            }
            return;
        }
        Some(Layer::Handing(handing)) => {
            if !handing.drawn {
                handing.ignored += 1;
                return;
            }
            let to = handing.to.clone();
            if key.typed() == Some('y') {
                app.layers.pop();
                external_program::go(app, to, effects);
            } else if key.is_cancel() || key.code == Code::Enter || matches!(key.typed(), Some('n' | 'q')) {
                app.layers.pop();
            }
            return;
        }
        Some(Layer::NewAccount(_)) => return form_key(app, key, effects),
        Some(Layer::Create(_)) => return create::key(app, key, effects),
        Some(Layer::KeyForm(_)) => return key_form_keys::key(app, key),
        Some(Layer::Secret(_)) => return secret_keys::key(app, key, effects),
        Some(Layer::Rules(_)) => return rule_editor::editor_key(app, key, effects),
        Some(Layer::Allow(_)) => return allow::key(app, key, effects),
    }
    if app.pane().filtering {
        return filter_key(app, key);
    }
    let found = app.keymap.command(key, app.focus).or_else(|| {
        // A letter of an input method moves and filters, but never changes anything.
        let twin = key.ascii_twin()?;
        app.keymap
            .command(twin, app.focus)
            .filter(|c| !c.changes() && c.row().is_some_and(|r| matches!(r.group, Group::Move | Group::Look)))
    });
    if let Some(command) = found {
        execute::run(app, command, effects);
    }
}

pub(crate) fn paste(app: &mut App, text: &str) {
    match app.layers.last() {
        Some(Layer::Menu(menu)) if menu.kind == MenuKind::LocalKeys => {
            app.layers.pop();
            key_form_keys::open(app, None);
            return key_form_keys::paste(app, text);
        }
        Some(Layer::KeyForm(_)) => return key_form_keys::paste(app, text),
        _ => {}
    }
    let line: String = text.chars().filter(|c| !c.is_control()).collect();
    let fits = Cell::new(true);
    let insert = |input: &mut Input| fits.set(insert(input, &line));
    let filtering = app.pane().filtering;
    match app.layers.last_mut() {
        Some(Layer::Confirm(confirm)) if confirm.drawn && confirm.overtaken.is_none() => {
            if let Some(input) = &mut confirm.name {
                insert(input);
            } else if confirm.focus == Focus::Field {
                insert(&mut confirm.typed);
            }
        }
        Some(Layer::Menu(menu)) => {
            if let Some(typed) = &mut menu.typed {
                insert(typed);
                menus::renew_palette(app);
            }
        }
        Some(Layer::NewAccount(form)) => {
            if let Some(field) = form.fields.get_mut(form.at) {
                insert(&mut field.input);
            }
        }
        Some(Layer::Create(_)) => create::paste(app, &insert),
        Some(Layer::Rules(editor)) => rule_editor::paste(editor, &insert),
        Some(Layer::Allow(_)) => allow::paste(app, &insert),
        Some(_) => {}
        None if filtering => {
            insert(&mut app.pane_mut().filter);
            app.pane_mut().filter_typed();
            app.asked(app.focus);
        }
        None => {}
    }
    if !fits.get() {
        app.tell(text::form::field_full(LONGEST_FIELD.to_string()), true);
    }
}

/// The keys that go from problem to problem pass a notice: an account that does not answer is one.
fn notice_key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let goes_on = |c: &Command| matches!(c, Command::NextProblem | Command::PreviousProblem);
    let command = layer_keys::command(app, key).filter(goes_on);
    if command.is_some() || layer_keys::closes(app, key) || matches!(key.code, Code::Enter | Code::Char(' ')) {
        app.layers.pop();
    }
    if let Some(command) = command {
        execute::run(app, command, effects);
    }
}

fn filter_key(app: &mut App, key: Key) {
    let focus = app.focus;
    let pane = app.pane_mut();
    match key.code {
        Code::Enter => pane.filtering = false,
        Code::Esc => {
            pane.filtering = false;
            pane.filter = Input::default();
            app.asked(focus);
        }
        Code::Char('c') if key.ctrl => {
            pane.filtering = false;
            pane.filter = Input::default();
            app.asked(focus);
        }
        Code::Up | Code::Down => {
            let height = app.layout().rows(focus);
            app.pane_mut().go_by(if key.code == Code::Up { -1 } else { 1 }, height);
            app.asked(crate::app::tables::pane::Pane::Snapshots);
        }
        _ => {
            if edit(&mut pane.filter, key) {
                pane.filter_typed();
                app.asked(focus);
            }
        }
    }
}

fn menu_key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let command = layer_keys::command(app, key);
    let Some(Layer::Menu(menu)) = app.layers.last_mut() else { return };
    if matches!(menu.kind, MenuKind::Decide | MenuKind::Unprotect) && !menu.drawn {
        return;
    }
    let last = menu.entries.len().saturating_sub(1);
    let typing = menu.typed.is_some();
    match key.code {
        // There is nothing behind the first run to go back to.
        _ if key.is_cancel() && menu.kind == MenuKind::Welcome => {
            if key.ctrl {
                execute::run(app, Command::Leave, effects);
            }
        }
        _ if key.is_cancel() => {
            app.layers.pop();
        }
        Code::Enter => {
            let at = menu.cursor;
            menu_choice::choose(app, at, effects);
        }
        Code::Down | Code::Tab => menu.cursor = (menu.cursor + 1).min(last),
        Code::Up | Code::BackTab => menu.cursor = menu.cursor.saturating_sub(1),
        Code::PageDown | Code::End => menu.cursor = last,
        Code::PageUp | Code::Home => menu.cursor = 0,
        Code::Char('n') if key.ctrl => menu.cursor = (menu.cursor + 1).min(last),
        Code::Char('p') if key.ctrl => menu.cursor = menu.cursor.saturating_sub(1),
        _ if typing => {
            if let Some(typed) = &mut menu.typed
                && edit(typed, key)
            {
                menu.cursor = 0;
                menus::renew_palette(app);
            }
        }
        _ => {
            if let Some(at) = layer_keys::entry(menu, key) {
                menu.cursor = at;
                menu_choice::choose(app, at, effects);
                return;
            }
            match command {
                Some(Command::Down) => menu.cursor = (menu.cursor + 1).min(last),
                Some(Command::Up) => menu.cursor = menu.cursor.saturating_sub(1),
                Some(Command::Bottom | Command::PageDown) => menu.cursor = last,
                Some(Command::Top | Command::PageUp) => menu.cursor = 0,
                Some(Command::Quit | Command::Back) => {
                    app.layers.pop();
                }
                // `OO` reverses the order.
                Some(Command::Open | Command::Order) => {
                    let at = menu.cursor;
                    menu_choice::choose(app, at, effects);
                }
                _ if key.typed() == Some(' ') => {
                    let at = menu.cursor;
                    menu_choice::choose(app, at, effects);
                }
                _ => {}
            }
        }
    }
}

fn viewer_key(app: &mut App, key: Key) {
    let height = crate::app::layers::layer::viewer_height(app.size);
    let log = app.requests.len();
    let (length, height) = match app.layers.last() {
        Some(Layer::Help(_)) => (crate::app::layers::help::length(app), height),
        Some(Layer::Raw(viewer)) => (viewer.lines.len(), height),
        Some(Layer::Requests(_)) => (log, height.saturating_sub(crate::app::layers::requests::head(app)).max(1)),
        _ => return,
    };
    let page = height.saturating_sub(1).max(1);
    let by = layer_keys::scrolls(app, key, page);
    if by.is_none() && (layer_keys::closes(app, key) || key.code == Code::Enter) {
        app.layers.pop();
        return;
    }
    let live = matches!(app.layers.last(), Some(Layer::Requests(_)));
    let Some(Layer::Help(viewer) | Layer::Raw(viewer) | Layer::Requests(viewer)) = app.layers.last_mut() else {
        return;
    };
    let Some(by) = by else { return };
    let most = length.saturating_sub(height);
    viewer.scroll = viewer.scroll.min(most).saturating_add_signed(by).min(most);
    // At its end the log goes on with what comes.
    if live && viewer.scroll == most {
        viewer.scroll = usize::MAX;
    }
}

fn form_key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let Some(Layer::NewAccount(form)) = app.layers.last_mut() else { return };
    if key.is_cancel() {
        app.layers.pop();
        return;
    }
    if form.busy {
        return;
    }
    let count = form.fields.len() + 1;
    match key.code {
        Code::Tab | Code::Down => form.at = (form.at + 1) % count,
        Code::BackTab | Code::Up => form.at = (form.at + count - 1) % count,
        Code::Enter if form.at + 1 < form.fields.len() => form.at += 1,
        Code::Enter => match form.missing() {
            Some(at) => {
                form.at = at;
                form.result = Some((text::form::missing(form.fields[at].label.as_str()), false));
            }
            None => {
                form.busy = true;
                form.result = None;
                if let Some(file) = form.fields.iter().find(|f| f.name == "file") {
                    effects.push(Effect::ImportAccounts(file.input.value().trim().to_owned()));
                } else {
                    let values = form.fields.iter().map(|f| (f.name, f.input.value().trim().to_owned())).collect();
                    effects.push(Effect::AddAccount { provider: form.provider, fields: Filled(values) });
                }
            }
        },
        _ => {
            if let Some(field) = form.fields.get_mut(form.at) {
                edit(&mut field.input, key);
            }
        }
    }
    app.zoom = Zoom::List;
}
