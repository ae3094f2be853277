//! What watchdogs offer: asked by itself where nobody is typing, else it waits for a quiet moment.

use std::time::Duration;

use crate::app::App;
use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::domain::{Monotonic, Phrase, ResourceRef, text};
use crate::engine::OfferAnswer;

/// It asks only where nobody has pressed a key for so long.
const QUIET: Duration = Duration::from_secs(2);

fn unasked(app: &App) -> Option<(ResourceRef, String)> {
    let mut offers = app.engine.offers().filter(|(of, _)| !app.offers_asked.contains(of));
    offers.next().map(|(of, name)| (of.clone(), name.to_owned()))
}

/// Asks once about each, where no dialog is open.
pub(crate) fn ask_by_itself(app: &mut App) {
    if !app.offers_asked.is_empty() {
        let open: Vec<ResourceRef> = app.engine.offers().map(|(of, _)| of.clone()).collect();
        app.offers_asked.retain(|of| open.contains(of));
    }
    let Some((of, name)) = unasked(app) else { return };
    let quiet = app.now.tick.since(app.last_key) >= QUIET;
    if !app.layers.is_empty() || app.pane().filtering || !quiet {
        return;
    }
    let Some(guarded) = app.engine.guarded(&of) else { return };
    let title = text::title::watchdog(
        app.distinct_name(&name, &of.account),
        guarded.watchdog.probe.to_string(),
        u64::from(guarded.failures),
    );
    let entry = |key: &str, text, answer| MenuEntry::new(key, text, MenuChoice::Offered(of.clone(), answer));
    let entries = vec![
        entry("r", text::watchdog::do_reboot(name.as_str()), OfferAnswer::Reboot),
        entry("n", Phrase::new(text::watchdog::NOT_NOW), OfferAnswer::NotNow),
        entry("x", Phrase::new(text::watchdog::NEVER), OfferAnswer::NotAgain),
    ];
    app.layers.push(Layer::Menu(Menu { cursor: 1, ..Menu::new(MenuKind::Decide, title, entries) }));
    app.offers_asked.push(of);
}

/// When [`ask_by_itself`] is to be tried again.
pub(crate) fn wake(app: &App) -> Option<Monotonic> {
    let due = app.last_key + QUIET;
    (app.layers.is_empty() && due > app.now.tick && unasked(app).is_some()).then_some(due)
}
