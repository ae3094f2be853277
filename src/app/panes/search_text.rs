//! What a filter looks at: what stands in a row (name, status, account, address), and its id and further addresses.

use crate::app::App;
use crate::app::panes::filter::{Filter, SearchText};
use crate::app::panes::row::{Row, What};
use crate::app::panes::time_filter;
use crate::app::tables::pane::Pane;
use crate::domain::{InstanceStatus, OpResult, OpState, Operation, StatusKind, StoreStatus};
use crate::engine::Engine;

impl App {
    /// What the rows of a pane are looked for by, without the times that it names.
    #[must_use]
    pub fn filter(&self, pane: Pane) -> Option<Filter> {
        let text = self.panes[pane.index()].filter.value();
        if text.trim().is_empty() {
            return None;
        }
        let without = (pane == Pane::Operations).then(|| time_filter::split(text, self.words.clock(), self.now.wall).1);
        let filter = Filter::new(without.as_deref().unwrap_or(text));
        (filter.count() > 0).then_some(filter)
    }
}

/// Hands out the texts of a row. `of_all`: whether a snapshot names its instance, since those of all are listed.
pub fn each_text(engine: &Engine, row: &Row, of_all: bool, visit: &mut dyn FnMut(SearchText<'_>)) {
    visit(SearchText::Plain(row.what.name()));
    visit(SearchText::Plain(row.account.as_str()));
    if let Some(id) = row.what.id() {
        visit(SearchText::Code(id.as_str()));
    }
    match &row.what {
        What::Instance(i) | What::Import(i) => {
            let shown = engine.shown_instance(&row.account, i);
            visit(SearchText::Plain(status_text(shown.kind())));
            if let InstanceStatus::Unknown(sent) = &shown {
                visit(SearchText::Plain(sent));
            }
            let mut addresses = i.addresses.iter().map(|address| address.text.as_str());
            addresses.next().into_iter().for_each(|shown| visit(SearchText::address(shown)));
            addresses.for_each(|further| visit(SearchText::Code(further)));
        }
        What::Snapshot(s, of) => {
            let shown = engine.shown_snapshot(&row.account, s);
            store_status(&shown, visit);
            if let Some(of) = of.as_ref().filter(|_| of_all) {
                visit(SearchText::Plain(&of.name));
            }
        }
        What::Firewall(_) | What::Key(_) | What::ApiKey(_) => {}
        What::Image(i) => {
            store_status(&i.status, visit);
            if let Some(family) = &i.family {
                visit(SearchText::Plain(family));
            }
        }
        What::ExternalChange(change) => {
            visit(SearchText::Plain("seen"));
            visit(SearchText::Plain(status_text(change.to)));
        }
        What::Operation(id) => {
            if let Some(op) = engine.operation(id) {
                operation(op, visit);
            }
        }
    }
}

fn operation(op: &Operation, visit: &mut dyn FnMut(SearchText<'_>)) {
    visit(SearchText::Plain(op.action.verb().name()));
    visit(SearchText::Plain(&op.action.subject().name));
    op.action.targets().iter().for_each(|target| visit(SearchText::Plain(&target.name)));
    visit(SearchText::Plain(state_text(op)));
    visit(SearchText::Code(op.action.subject().id().as_str()));
    op.attempts.iter().filter_map(|a| a.code.as_deref()).for_each(|code| visit(SearchText::Code(code)));
}

fn store_status(status: &StoreStatus, visit: &mut dyn FnMut(SearchText<'_>)) {
    visit(SearchText::Plain(status_text(status.kind())));
    if let StoreStatus::Unknown(sent) = status {
        visit(SearchText::Plain(sent));
    }
}

/// The English word of a state, for filters that work in every language.
const fn status_text(kind: StatusKind) -> &'static str {
    match kind {
        StatusKind::Creating => "creating",
        StatusKind::Importing => "importing",
        StatusKind::Stopped => "stopped",
        StatusKind::Starting => "starting",
        StatusKind::Running => "running",
        StatusKind::Stopping => "stopping",
        StatusKind::Rebooting => "rebooting",
        StatusKind::Rebuilding => "rebuilding",
        StatusKind::Restoring => "restoring",
        StatusKind::Saving => "saving",
        StatusKind::Resizing => "resizing",
        StatusKind::InUse => "in use",
        StatusKind::ConfirmResize => "confirm resize",
        StatusKind::Paused => "paused",
        StatusKind::Suspended => "suspended",
        StatusKind::Shelved => "shelved",
        StatusKind::Rescue => "rescue",
        StatusKind::Destroying => "destroying",
        StatusKind::Error => "error",
        StatusKind::Unknown => "unknown",
        StatusKind::Available => "available",
        StatusKind::Deleting => "deleting",
        StatusKind::None => "",
    }
}

const fn state_text(op: &Operation) -> &'static str {
    match &op.state {
        OpState::Countdown { .. }
        | OpState::Queued { .. }
        | OpState::Checking
        | OpState::Halted(crate::domain::Halt::StillWanted) => "waiting",
        OpState::OutcomeUnknown | OpState::Halted(_) | OpState::Ended(OpResult::Unknown) => "unknown outcome",
        OpState::Ended(OpResult::Done) => "done",
        OpState::Ended(OpResult::Failed { .. }) => "failed",
        OpState::Ended(OpResult::Cancelled { .. }) => "cancelled",
        _ => "running",
    }
}
