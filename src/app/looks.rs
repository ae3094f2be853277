//! What the screen shows, as the engine wants to know it.

use std::time::Duration;

use crate::domain::{Kind, ListKey, ResourceRef};
use crate::engine::{Attention, Look};

use super::layer::Layer;
use super::layout::Layout;
use super::pane::Pane;
use super::rows::What;
use super::{App, Zoom};

/// What belongs to the selection is asked for once the cursor rested so long.
pub(super) const SETTLE: Duration = Duration::from_millis(300);

/// Whether the cursor rests.
pub(super) fn may_change(app: &App) -> bool {
    app.looks.is_empty() || app.now.tick.since(app.last_key) >= SETTLE
}

pub(super) fn looks(app: &App) -> Vec<Look> {
    let mut looks = Vec::new();
    let wide = matches!(app.layout(), Layout::Wide(_));
    let selected = app.selected_instance();
    let opened = |pane: Pane| app.panes[pane.index()].opened;
    let attention = |pane: Pane| if app.focus == pane { Attention::Focus } else { Attention::Beside };
    for account in app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name)) {
        let name = &account.account.name;
        let mut look = |list: ListKey, attention: Attention| {
            looks.push(Look { account: name.clone(), list, attention });
        };
        look(ListKey::Instances, attention(Pane::Instances).max(attention(Pane::Operations)));
        if let Some(of) = selected.as_ref().filter(|s| s.account == *name) {
            let focus = matches!(app.focus, Pane::Instances | Pane::Snapshots);
            if focus || wide {
                let list = if account.account.rules.snapshots_per_instance() { Some(of.id.clone()) } else { None };
                look(ListKey::Snapshots(list), if focus { Attention::Focus } else { Attention::Beside });
            }
            if wide || app.zoom != Zoom::List {
                look(ListKey::Keys, Attention::Beside);
            }
        }
        // What a dialog says depends on the snapshots of what it is about.
        for of in asked_about(app).filter(|r| r.account == *name).take(MOST_ASKED_ABOUT) {
            if account.account.rules.snapshots_per_instance() {
                look(ListKey::Snapshots(Some(of.id.clone())), Attention::Focus);
            }
        }
        if opened(Pane::Firewalls) && (wide || app.focus == Pane::Firewalls) {
            look(ListKey::Firewalls, attention(Pane::Firewalls));
        }
        if app.focus == Pane::Firewalls {
            let state = &app.panes[Pane::Firewalls.index()];
            let under = state.selected.as_ref();
            let on_screen = state.rows.iter().skip(state.offset).take(app.layout().rows(Pane::Firewalls));
            for row in on_screen.filter(|r| r.account == *name) {
                if let What::Firewall(firewall) = &row.what {
                    let here = under.is_some_and(|key| row.is(key));
                    look(ListKey::Rules(firewall.id.clone()), if here { Attention::Focus } else { Attention::Beside });
                }
            }
        }
        if opened(Pane::Images) && (wide || app.focus == Pane::Images) {
            for list in account.account.rules.catalogue() {
                look(list, attention(Pane::Images));
            }
            if !account.account.rules.catalogue().contains(&ListKey::Images) {
                look(ListKey::Images, attention(Pane::Images));
            }
        }
    }
    looks
}

/// Of many that a dialog is about, so many are read at once; the budget is for the others too.
const MOST_ASKED_ABOUT: usize = 4;

/// The instances that the open dialog is about.
fn asked_about(app: &App) -> impl Iterator<Item = &ResourceRef> {
    let actions = match app.layers.last() {
        Some(Layer::Confirm(confirm)) => confirm.actions.as_slice(),
        _ => &[],
    };
    actions.iter().map(|a| &a.subject().resource).filter(|r| r.kind == Kind::Instance)
}
