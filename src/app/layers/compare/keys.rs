//! Opens the view, keeps it up to date, and its keys.

use crate::app::App;
use crate::app::layers::compare::lines::{lines, room};
use crate::app::layers::compare::state::CompareView;
use crate::app::layers::layer::{Layer, viewer_height};
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::Next;
use crate::app::panes::row::{Row, What};
use crate::app::tables::key::Code;
use crate::domain::{Phrase, text};

/// Why the two marked rows of the pane in focus cannot be compared; `Ok` where they can.
pub(crate) fn marked_pair(app: &App) -> Result<[Row; 2], Phrase> {
    let (marked, hidden) = app.pane().marked();
    match marked.as_slice() {
        [one, other] if hidden == 0 => {
            let may = |row: &Row| !matches!(row.what, What::Operation(_) | What::ExternalChange(_));
            let both = may(one) && may(other);
            both.then(|| [(*one).clone(), (*other).clone()]).ok_or_else(|| Phrase::new(text::compare::TWO))
        }
        _ => Err(Phrase::new(text::compare::TWO)),
    }
}

/// Opens the view of the two marked rows, or says what to mark.
pub(crate) fn open(app: &mut App) {
    match marked_pair(app) {
        Ok(rows) => app.layers.push(Layer::Compare(Box::new(CompareView { rows, only: false, scroll: 0 }))),
        Err(why) => app.tell(why, true),
    }
}

/// Takes the rows as they are now; what is gone stays as it was.
pub(crate) fn refresh(app: &mut App) {
    let App { layers, panes, .. } = app;
    for layer in layers {
        let Layer::Compare(view) = layer else { continue };
        for row in &mut view.rows {
            let key = row.key();
            if let Some(now) = panes.iter().flat_map(|pane| &pane.rows).find(|now| now.is(&key)) {
                row.clone_from(now);
            }
        }
    }
}

/// Leaves out what is alike, and brings it back.
pub(crate) const ONLY_DIFFERENCES: char = 'd';

pub(crate) fn key(view: &mut CompareView, app: &App, press: Press) -> Next {
    let height = viewer_height(app.size).saturating_sub(1).max(1);
    let most = lines(app, view, room(app.size)).len().saturating_sub(height);
    if let Some(by) = press.scrolls(height.saturating_sub(1).max(1)) {
        view.scroll = view.scroll.min(most).saturating_add_signed(by).min(most);
        return Next::Stay;
    }
    if press.closes || press.key.code == Code::Enter {
        return Next::Close;
    }
    if press.key.typed() == Some(ONLY_DIFFERENCES) {
        view.only = !view.only;
        view.scroll = 0;
    }
    Next::Stay
}
