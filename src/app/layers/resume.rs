//! What was confirmed in an earlier run, or before a sleep, and is still to be sent: asked once more, many in one menu.

use std::time::Duration;

use crate::app::App;
use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::operations::words::operation_name;
use crate::domain::{Halt, OpId, OpState, Operation, Phrase, text};
use crate::engine::Decision;
use crate::proposal::step_phrase;

/// It asks by itself only where nobody has pressed a key for so long.
const QUIET: Duration = Duration::from_secs(2);

/// Whether an operation waits for a person's word before it sends what is left.
#[must_use]
pub const fn needs_decision(op: &Operation) -> bool {
    matches!(op.state, OpState::Halted(Halt::StillWanted))
}

/// Asks by itself, once for the same operations, where no dialog is open and nobody is typing.
pub(crate) fn ask_by_itself(app: &mut App) {
    let waiting: Vec<OpId> =
        app.engine.operations().iter().filter(|o| needs_decision(o)).map(|o| o.id.clone()).collect();
    if waiting.iter().all(|id| app.resume_asked.contains(id)) {
        app.resume_asked = waiting;
        return;
    }
    let quiet = app.now.tick.since(app.last_key) >= QUIET;
    if app.layers.is_empty() && !app.pane().filtering && quiet {
        app.resume_asked = waiting;
        open(app);
    }
}

/// When [`ask_by_itself`] is to be tried again.
pub(crate) fn wake(app: &App) -> Option<crate::domain::Monotonic> {
    let unasked = app.engine.operations().iter().any(|o| needs_decision(o) && !app.resume_asked.contains(&o.id));
    let due = app.last_key + QUIET;
    (unasked && app.layers.is_empty() && due > app.now.tick).then_some(due)
}

/// The menu: go on with all, with one, leave all, or not now.
pub(crate) fn open(app: &mut App) {
    let ops: Vec<&Operation> = app.engine.operations().iter().filter(|o| needs_decision(o)).collect();
    let ids: Vec<OpId> = ops.iter().map(|o| o.id.clone()).collect();
    let all = |decision| MenuChoice::Decide(ids.clone(), decision);
    let mut entries = Vec::new();
    for (n, op) in ops.iter().enumerate() {
        let Some(step) = op.step() else { continue };
        let since = app.now.wall.since(op.asks_since.unwrap_or(op.asked));
        let text =
            text::resume::one(operation_name(app, op), since, op.at + 1, op.steps.len(), step_phrase(step, &op.action));
        entries.push(MenuEntry::numbered(n, text, MenuChoice::Decide(vec![op.id.clone()], Decision::SendAgain)));
    }
    if entries.is_empty() {
        return;
    }
    if entries.len() > 1 {
        let text = text::resume::all(entries.len());
        entries.push(MenuEntry::new("g", text, all(Decision::SendAgain)));
    }
    entries.push(MenuEntry::new("l", text::resume::leave(ids.len()), all(Decision::LeaveIt)));
    entries.push(MenuEntry::new("n", Phrase::new(text::resume::LATER), MenuChoice::Nothing));
    let cursor = entries.len() - 1;
    let title = Phrase::new(text::title::RESUME);
    app.layers.push(Layer::Menu(Menu { cursor, ..Menu::new(MenuKind::Decide, title, entries) }));
}
