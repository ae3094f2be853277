//! What an instance writes to its console, as it comes: the last lines, read again while they are looked at.

use crate::app::App;
use crate::app::account_health::fault_phrase;
use crate::app::layers::console_output_view::ConsoleOutputView;
use crate::app::layers::layer::{Layer, Viewer, viewer_height};
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::Next;
use crate::app::layers::viewer_keys;
use crate::app::panes::row::What;
use crate::app::possible;
use crate::domain::{Kind, ListKey, Phrase, ResourceRef, text};
use crate::words::cells::{clean, width, wrap};

/// Opens it at its end.
pub(crate) fn open(app: &mut App) {
    match requested(app) {
        Ok((of, name)) => {
            let viewer = Viewer { title: text::title::console_output(name), lines: Vec::new(), scroll: usize::MAX };
            app.layers.push(Layer::ConsoleOutput(ConsoleOutputView { of, viewer }));
        }
        Err(why) => app.tell(why, true),
    }
}

/// Of which instance that is, with its name; or why there is none.
pub(crate) fn requested(app: &App) -> Result<(ResourceRef, String), Phrase> {
    let row = possible::sole_row(app)?;
    let What::Instance(instance) = &row.what else { return Err(Phrase::new(text::why_not::NEVER)) };
    let list = ListKey::ConsoleOutput(instance.id.clone());
    match app.engine.account(&row.account) {
        Some(account) if account.account.policy.supports(&list) => {
            Ok((ResourceRef::new(&row.account, Kind::Instance, &instance.id), instance.name.clone()))
        }
        _ => Err(Phrase::new(text::why_not::NEVER)),
    }
}

/// Its lines in so many cells, a long one in several.
#[must_use]
pub fn lines(app: &App, view: &ConsoleOutputView, room: usize) -> Vec<String> {
    let known = app.engine.account(&view.of.account).and_then(|a| a.inventory.console_output_of(&view.of.id));
    let room = room.max(8);
    let fit = |line: &String| {
        let line = clean(line);
        if width(&line) <= room { vec![line.into_owned()] } else { wrap(&line, room) }
    };
    known.unwrap_or_default().iter().flat_map(fit).collect()
}

/// How it stands with it, and whether that is bad news.
#[must_use]
pub fn state(app: &App, view: &ConsoleOutputView) -> (Phrase, bool) {
    let list = ListKey::ConsoleOutput(view.of.id.clone());
    let account = app.engine.account(&view.of.account);
    let Some((account, remote)) = account.and_then(|a| Some((a, a.inventory.lists.get(&list)?))) else {
        return (Phrase::new(text::console_output::READING), false);
    };
    if let Some(fault) = &remote.fault {
        return (fault_phrase(app, account, &list, fault), true);
    }
    let follows = view.viewer.scroll == usize::MAX;
    let phrase = match (remote.value.as_ref(), remote.read_at) {
        (Some(lines), _) if lines.is_empty() => Phrase::new(text::console_output::NOTHING),
        (Some(_), Some(at)) if follows => text::console_output::follows(app.words.clock().time(at)),
        (Some(_), Some(at)) => text::console_output::read(app.words.clock().time(at)),
        _ => Phrase::new(text::console_output::READING),
    };
    (phrase, false)
}

/// How many cells a line has and how many lines are shown, below the one that says how it stands.
#[must_use]
pub fn room(size: (u16, u16)) -> (usize, usize) {
    (usize::from(size.0.saturating_sub(6)), viewer_height(size).saturating_sub(2).max(1))
}

pub(crate) fn key(view: &mut ConsoleOutputView, app: &App, press: Press) -> Next {
    if press.key.typed() == Some('f') {
        view.viewer.scroll = usize::MAX;
        return Next::Stay;
    }
    let (cells, height) = room(app.size);
    let length = lines(app, view, cells).len();
    viewer_keys::following(&mut view.viewer, length, height, press)
}
