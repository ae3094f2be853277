//! Opens the view, keeps it up to date, and its keys.

use crate::app::layers::costs::lines::lines;
use crate::app::layers::costs::state::{CostLine, CostView};
use crate::app::layers::layer::{Layer, viewer_height};
use crate::app::layers::layer_keys;
use crate::app::panes::row::RowKey;
use crate::app::tables::commands::Command;
use crate::app::tables::key::{Code, Key};
use crate::app::tables::pane::Pane;
use crate::app::{App, Zoom};
use crate::domain::Kind;

pub(crate) fn open(app: &mut App) {
    let (lines, total) = lines(app);
    let mut view = CostView { lines, total, cursor: 0, scroll: 0 };
    view.cursor = view.nearest(0);
    app.layers.push(Layer::Cost(view));
}

/// Makes its lines anew: data came, or time passed. The cursor stays on what it is on.
pub(crate) fn renew(app: &mut App) {
    if !app.layers.iter().any(|layer| matches!(layer, Layer::Cost(_))) {
        return;
    }
    let (lines, total) = lines(app);
    for layer in &mut app.layers {
        let Layer::Cost(view) = layer else { continue };
        view.total = total;
        if view.lines == lines {
            continue;
        }
        let on = view.resource().cloned();
        view.lines.clone_from(&lines);
        let same = |line: &CostLine| matches!(line, CostLine::Row(row) if row.resource == on);
        let found = on.is_some().then(|| view.lines.iter().position(same)).flatten();
        view.cursor = found.unwrap_or_else(|| view.nearest(view.cursor.min(view.lines.len())));
    }
}

/// How many lines fit below the headings and the total.
#[must_use]
pub fn height(size: (u16, u16), view: &CostView) -> usize {
    viewer_height(size).saturating_sub(1 + usize::from(view.total.is_some())).max(1)
}

pub(crate) fn key(app: &mut App, key: Key) {
    let Some(Layer::Cost(view)) = app.layers.last() else { return };
    let height = height(app.size, view);
    let Some(by) = layer_keys::scrolls(app, key, height) else {
        if key.code == Code::Enter || layer_keys::command(app, key) == Some(Command::Open) {
            jump(app);
        } else if layer_keys::closes(app, key) {
            app.layers.pop();
        }
        return;
    };
    let Some(Layer::Cost(view)) = app.layers.last_mut() else { return };
    view.go(by);
    view.show(height);
}

/// Closes the view and goes to what the line under the cursor is about.
fn jump(app: &mut App) {
    let Some(Layer::Cost(view)) = app.layers.last() else { return };
    let Some(resource) = view.resource().cloned() else { return };
    app.layers.pop();
    let pane = match resource.kind {
        Kind::Snapshot => Pane::Snapshots,
        Kind::Image => Pane::Images,
        _ => Pane::Instances,
    };
    app.all_snapshots |= pane == Pane::Snapshots;
    app.go_to(pane);
    app.zoom = Zoom::List;
    let state = app.pane_mut();
    let key = RowKey::Resource(resource);
    // A filter that hides it goes.
    if !state.rows.iter().any(|row| row.is(&key)) {
        state.filter = tui_input::Input::default();
    }
    state.put_on(key);
    app.asked(pane);
    if pane == Pane::Instances {
        app.asked(Pane::Snapshots);
    }
}
