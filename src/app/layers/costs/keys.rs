//! Opens the view, keeps it up to date, and its keys.

use crate::app::App;
use crate::app::layers::costs::lines::lines;
use crate::app::layers::costs::state::{CostLine, CostView};
use crate::app::layers::layer::{Layer, viewer_height};
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::tables::commands::Command;
use crate::app::tables::key::Code;

pub(crate) fn open(app: &mut App) {
    let (lines, total) = lines(app);
    let mut view = CostView { lines, total, cursor: 0, scroll: 0 };
    view.cursor = view.nearest(0);
    app.layers.push(Layer::Cost(view));
}

/// Makes its lines again: data came, or time passed. The cursor stays on what it is on.
pub(crate) fn refresh(app: &mut App) {
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

pub(crate) fn key(view: &mut CostView, app: &App, press: Press) -> Next {
    let height = height(app.size, view);
    if let Some(by) = press.scrolls(height) {
        view.go(by);
        view.show(height);
        return Next::Stay;
    }
    if press.key.code != Code::Enter && press.command != Some(Command::Open) {
        return Next::close_if(press.closes);
    }
    view.resource().map_or(Next::Stay, |resource| Next::CloseAnd(LayerRequest::GoTo(resource.clone())))
}
