//! The console of an instance in a browser. Its address is a secret: where no browser takes it the person has it, and
//! nobody else.

use std::sync::Arc;

use secrecy::ExposeSecret as _;

use crate::app::{AppMsg, Console, ConsoleOutcome};
use crate::domain::Hidden;
use crate::provider::Api;
use crate::runtime::dashboard::browser::{self, Browser};
use crate::runtime::dashboard::event::{DashboardEvent, tell};
use crate::runtime::event::Events;
use crate::settings::Environment;

/// Asks for the address and hands it to a browser. `without`: the variables that hold secrets.
#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
pub(super) fn open(
    asked: Console,
    api: Arc<dyn Api>,
    env: &Environment,
    without: &[String],
    to: &Events<DashboardEvent>,
) {
    let (to, browser, without) = (to.clone(), Browser::new(env), without.to_vec());
    tokio::spawn(async move {
        let address = api.console(&asked.instance).await.map_err(|fault| fault.phrase());
        let outcome = match address.and_then(|address| browser::page(address.expose_secret())) {
            Err(why) => ConsoleOutcome::Failed(why),
            Ok(page) if browser.open(&page, &without).await => ConsoleOutcome::Opened,
            Ok(page) => ConsoleOutcome::NoBrowser(asked, Hidden::new(page.as_str())),
        };
        tell(&to, AppMsg::Console(outcome));
    });
}
