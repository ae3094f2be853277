//! Which commands of the table work over a layer: who takes its keys asks here, and help does.

use crate::app::App;
use crate::app::layers::layer::{Layer, Menu, MenuKind};
use crate::app::tables::commands::Command;
use crate::app::tables::key::KeyStroke;

/// What works over every layer: suspending, painting again, and taking back what counts down.
pub(crate) fn works_everywhere(app: &App, command: Command) -> bool {
    match command {
        Command::Suspend | Command::Redraw => true,
        Command::Cancel => app.engine.newest_countdown().is_some(),
        _ => false,
    }
}

/// Whether a command works while this layer is the topmost.
pub(crate) fn works(app: &App, layer: &Layer, command: Command) -> bool {
    let menu = match layer {
        Layer::Menu(menu) => Some(menu),
        _ => None,
    };
    let scrolls = command_that_opens(layer).is_some();
    let lists = scrolls || menu.is_some() || matches!(layer, Layer::Notice(_));
    match command {
        Command::Down | Command::Up | Command::PageDown | Command::PageUp | Command::Top | Command::Bottom => {
            scrolls || menu.is_some()
        }
        Command::HalfPageDown | Command::HalfPageUp => scrolls,
        Command::Open => menu.is_some() || matches!(layer, Layer::Cost(_)),
        Command::Help => lists || shows_keys(layer),
        Command::Leave => lists,
        Command::Back | Command::Quit => lists && menu.is_none_or(|menu| menu.kind != MenuKind::Welcome),
        Command::Order => menu.is_some_and(|menu| menu.kind == MenuKind::Order),
        // An account that does not answer is a problem, and a notice.
        Command::NextProblem | Command::PreviousProblem => {
            matches!((layer, app.layers.first()), (Layer::Notice(_), Some(Layer::Notice(_))))
        }
        command => command_that_opens(layer) == Some(command) || works_everywhere(app, command),
    }
}

/// Whether help tells the keys of what asks or is filled in. What asks takes no key before it was painted.
const fn shows_keys(layer: &Layer) -> bool {
    match layer {
        Layer::Confirm(confirm) => confirm.drawn,
        Layer::NewAccount(_) | Layer::Create(_) | Layer::KeyForm(_) | Layer::Rules(_) | Layer::Allow(_) => true,
        _ => false,
    }
}

/// What opened a layer that is only read, and closes it again.
const fn command_that_opens(layer: &Layer) -> Option<Command> {
    match layer {
        Layer::Help(_) => Some(Command::Help),
        Layer::Raw(_) => Some(Command::Raw),
        Layer::Requests(_) => Some(Command::Requests),
        Layer::ConsoleOutput(_) => Some(Command::ConsoleOutput),
        Layer::Cost(_) => Some(Command::Cost),
        Layer::Compare(_) => Some(Command::Compare),
        _ => None,
    }
}

/// A key over the topmost layer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Press {
    pub(crate) key: KeyStroke,
    /// The command of the table that it is there.
    pub(crate) command: Option<Command>,
    /// Whether it closes a layer that is only read.
    pub(crate) closes: bool,
}

/// What a key is over the topmost layer; `None` where there is none.
pub(crate) fn press(app: &App, key: KeyStroke) -> Option<Press> {
    let layer = app.layers.last()?;
    let of = |key: KeyStroke| app.keymap.command(key, app.focus).filter(|command| works(app, layer, *command));
    let is_text = key.typed().is_some() && takes_text(app);
    let command = if is_text { None } else { of(key).or_else(|| of(key.ascii_twin()?)) };
    let is_closing = |c: Command| matches!(c, Command::Back | Command::Quit) || command_that_opens(layer) == Some(c);
    Some(Press { key, command, closes: key.is_cancel() || command.is_some_and(is_closing) })
}

impl Press {
    /// How many lines it scrolls, where a page has so many.
    pub(crate) fn scrolls(self, page: usize) -> Option<isize> {
        let page = isize::try_from(page).unwrap_or(isize::MAX).max(1);
        if self.key.typed() == Some(' ') {
            return Some(page);
        }
        Some(match self.command? {
            Command::Down => 1,
            Command::Up => -1,
            Command::HalfPageDown => page / 2,
            Command::HalfPageUp => -page / 2,
            Command::PageDown => page,
            Command::PageUp => -page,
            Command::Top => isize::MIN,
            Command::Bottom => isize::MAX,
            _ => return None,
        })
    }
}

/// The keys of a command over a layer: an entry of a menu has its key first.
pub(crate) fn keys(app: &App, layer: &Layer, command: Command) -> Vec<KeyStroke> {
    let of_entry = |key: &KeyStroke| match layer {
        Layer::Menu(menu) => entry(menu, *key).is_some(),
        _ => false,
    };
    app.keymap.keys(command).iter().copied().filter(|key| !of_entry(key)).collect()
}

pub(crate) fn entry(menu: &Menu, key: KeyStroke) -> Option<usize> {
    let shown = key.to_string();
    menu.entries.iter().position(|entry| !entry.key.is_empty() && entry.key == shown)
}

pub(crate) fn takes_text(app: &App) -> bool {
    match app.layers.last() {
        None => app.pane().filtering,
        Some(Layer::Confirm(confirm)) => {
            confirm.overtaken.is_none() && (confirm.proposal.confirmation.is_typed() || confirm.name.is_some())
        }
        Some(Layer::Menu(menu)) => menu.typed.is_some(),
        Some(Layer::NewAccount(_) | Layer::Create(_) | Layer::KeyForm(_)) => true,
        // Its letters are its own.
        Some(Layer::Secret(_)) => true,
        Some(Layer::Rules(editor)) => editor.editing.is_some(),
        Some(Layer::Allow(allow)) => allow.input.is_some(),
        Some(
            Layer::Notice(_)
            | Layer::Help(_)
            | Layer::Raw(_)
            | Layer::Requests(_)
            | Layer::ConsoleOutput(_)
            | Layer::Cost(_)
            | Layer::Compare(_)
            | Layer::Leaving(_)
            | Layer::HandOver(_),
        ) => false,
    }
}
