//! What only the dashboard knows of, of all that happens.

use std::sync::Arc;

use crate::app::{AppMsg, ExternalExit, ExternalProgram};
use crate::domain::{Account, Phrase};
use crate::provider::Api;
use crate::runtime::event::{Event, Events};

pub(crate) enum DashboardEvent {
    Typed(Vec<AppMsg>),
    /// The terminal says whether its window is in focus.
    Focus(bool),
    /// The terminal says in which column its cursor was after the sample.
    Measured(u16),
    App(AppMsg),
    AccountOpened(Box<OpenedAccount>),
    /// A program gave the terminal back.
    Exited(ExternalProgram, Result<ExternalExit, Phrase>),
}

/// An account that was added: its calls, and what to say of it.
pub(crate) struct OpenedAccount {
    pub(crate) account: Account,
    pub(crate) api: Arc<dyn Api>,
    pub(crate) saved: Phrase,
}

/// Tells the app something.
pub(super) fn tell(to: &Events<DashboardEvent>, msg: AppMsg) {
    // The program may have ended meanwhile.
    let _ = to.send(Event::Own(DashboardEvent::App(msg)));
}
