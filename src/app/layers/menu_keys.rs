//! The keys of menus.

use tui_input::Input;

use crate::app::App;
use crate::app::layers::layer::{Menu, MenuChoice, MenuKind};
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::text_field::edit;
use crate::app::layers::{layer_keys, menus};
use crate::app::tables::commands::Command;
use crate::app::tables::key::{Code, KeyStroke};

pub(crate) fn key(menu: &mut Menu, app: &App, press: Press) -> Next {
    let key = press.key;
    if key.is_cancel() {
        return match (menu.kind, key.ctrl) {
            // There is nothing behind the first run to go back to.
            (MenuKind::Welcome, true) => Next::Do(LayerRequest::Choose(MenuChoice::Command(Command::Leave))),
            (MenuKind::Welcome, false) => Next::Stay,
            _ => Next::Close,
        };
    }
    let last = menu.entries.len().saturating_sub(1);
    match key.code {
        Code::Enter => return choose(menu),
        Code::Down | Code::Tab => menu.cursor = (menu.cursor + 1).min(last),
        Code::Up | Code::BackTab => menu.cursor = menu.cursor.saturating_sub(1),
        Code::PageDown | Code::End => menu.cursor = last,
        Code::PageUp | Code::Home => menu.cursor = 0,
        Code::Char('n') if key.ctrl => menu.cursor = (menu.cursor + 1).min(last),
        Code::Char('p') if key.ctrl => menu.cursor = menu.cursor.saturating_sub(1),
        _ if menu.typed.is_some() => type_key(menu, app, key),
        _ => return command_key(menu, press),
    }
    Next::Stay
}

fn type_key(menu: &mut Menu, app: &App, key: KeyStroke) {
    if menu.typed.as_mut().is_some_and(|typed| edit(typed, key)) {
        menu.cursor = 0;
        menus::refresh_palette(menu, app);
    }
}

/// The key of an entry comes before what the table says of it.
fn command_key(menu: &mut Menu, press: Press) -> Next {
    let last = menu.entries.len().saturating_sub(1);
    if let Some(at) = layer_keys::entry(menu, press.key) {
        menu.cursor = at;
        return choose(menu);
    }
    match press.command {
        Some(Command::Down) => menu.cursor = (menu.cursor + 1).min(last),
        Some(Command::Up) => menu.cursor = menu.cursor.saturating_sub(1),
        Some(Command::Bottom | Command::PageDown) => menu.cursor = last,
        Some(Command::Top | Command::PageUp) => menu.cursor = 0,
        Some(Command::Quit | Command::Back) => return Next::Close,
        // `OO` reverses the order.
        Some(Command::Open | Command::Order) => return choose(menu),
        _ if press.key.typed() == Some(' ') => return choose(menu),
        _ => {}
    }
    Next::Stay
}

/// Chooses what the cursor is on. Accounts are switched one after the other, and the first run stays until it is over.
fn choose(menu: &Menu) -> Next {
    let Some(entry) = menu.entries.get(menu.cursor) else { return Next::Stay };
    if let Some(why) = &entry.why_not {
        return Next::tell(why.clone(), true);
    }
    let request = LayerRequest::Choose(entry.pick.clone());
    if matches!(menu.kind, MenuKind::Accounts | MenuKind::Welcome) {
        Next::Do(request)
    } else {
        Next::CloseAnd(request)
    }
}

pub(crate) fn paste(menu: &mut Menu, app: &App, insert: &dyn Fn(&mut Input)) {
    if let Some(typed) = &mut menu.typed {
        insert(typed);
        menus::refresh_palette(menu, app);
    }
}
