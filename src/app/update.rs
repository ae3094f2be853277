//! One turn: what happened is taken in, then everything that follows from it.

use crate::app::console;
use crate::app::external_program;
use crate::app::interests;
use crate::app::key_dispatch;
use crate::app::layers::accounts;
use crate::app::layers::allow;
use crate::app::layers::compare;
use crate::app::layers::costs;
use crate::app::layers::firewalls;
use crate::app::layers::layer::Layer;
use crate::app::layers::local_keys;
use crate::app::layers::requests;
use crate::app::layers::resume;
use crate::app::layers::rule_editor;
use crate::app::layers::secret_keys;
use crate::app::layers::watchdog_question;
use crate::app::layout::Layout;
use crate::app::operations::again;
use crate::app::operations::batch;
use crate::app::panes::totals;
use crate::app::refresh::{earliest, overtake, own_wake, painted, renew_rows};
use crate::app::state::Dirty;
use crate::app::to_engine::to_engine;
use crate::app::{App, Effect, Msg};
use crate::domain::Monotonic;
use crate::engine;
use crate::engine::Env;

/// Takes in what happened and says what is to be done. The only way anything changes here.
pub fn update(app: &mut App, msg: Msg, env: &Env) -> Vec<Effect> {
    app.now = *env;
    let data_came = match &msg {
        Msg::Engine(msg) => match **msg {
            engine::Msg::Woke => false,
            // A probe moves no row, unless an operation waits for it.
            engine::Msg::Probed { .. } => app.engine.operations().iter().any(|o| !o.is_over()),
            _ => true,
        },
        _ => false,
    };
    let mut effects = Vec::new();
    match msg {
        Msg::Key(key) => {
            app.last_key = env.tick;
            app.heed(|app| key_dispatch::key(app, key, &mut effects));
        }
        Msg::Paste(text) => app.heed(|app| key_dispatch::paste(app, &text)),
        Msg::Resized(width, height) => {
            app.size = (width, height);
            app.all_dirty(Dirty::Data);
            if app.layout() == Layout::TooSmall {
                match app.layers.last_mut() {
                    Some(Layer::Confirm(confirm)) => confirm.drawn = false,
                    Some(Layer::Leaving(leaving)) => leaving.drawn = false,
                    Some(Layer::Handing(handing)) => handing.drawn = false,
                    Some(Layer::Menu(menu)) => menu.drawn = false,
                    Some(Layer::Secret(shown)) => shown.drawn = false,
                    _ => {}
                }
            }
        }
        Msg::Requests(new) => take_requests(app, new),
        Msg::Painted => painted(app),
        Msg::Engine(msg) => {
            if data_came {
                app.all_dirty(Dirty::Data);
            }
            to_engine(app, *msg, &mut effects);
            if data_came {
                allow::renew(app);
                firewalls::renew(app);
                rule_editor::renew(app);
            }
        }
        Msg::Begin(first) => {
            app.all_dirty(Dirty::Data);
            for msg in first {
                to_engine(app, msg, &mut effects);
            }
        }
        Msg::Tell { what, bad } => app.tell(what, bad),
        Msg::MyAddress(result) => allow::heard(app, result, &mut effects),
        Msg::AccountSaved(result) => accounts::account_saved(app, result),
        Msg::LocalKeys(keys) => local_keys::came(app, keys),
        Msg::SecretKept(result) => secret_keys::kept(app, result),
        Msg::Console(outcome) => console::came(app, outcome),
        Msg::CameBack(from, result) => external_program::came_back(app, &from, result),
        Msg::Terminate => {
            to_engine(app, engine::Msg::CancelCountdowns, &mut effects);
            effects.push(Effect::Quit);
        }
    }
    // What the person asked the engine for in this turn.
    for msg in std::mem::take(&mut app.queue) {
        app.all_dirty(Dirty::Data);
        to_engine(app, msg, &mut effects);
    }
    batch::begun(app);
    if let Some(id) = app.taken_back.take()
        && let Some(stands) = app.engine.operation(&id).and_then(|op| again::left(app, op))
    {
        app.tell(stands, false);
    }
    renew_rows(app);
    batch::ended(app);
    if std::mem::take(&mut app.recount) {
        app.totals = totals::of(app);
        app.repeated = totals::repeated(app);
    }
    let interests = interests::interests(app);
    if interests != app.interests && interests::may_change(app) {
        app.interests.clone_from(&interests);
        to_engine(app, engine::Msg::Interests(interests), &mut effects);
        renew_rows(app);
    }
    costs::renew(app);
    compare::renew(app);
    requests::follow(app);
    overtake(app, data_came);
    secret_keys::show_next(app);
    resume::ask_by_itself(app);
    watchdog_question::ask_by_itself(app);
    app.forget_message();
    app.tips.pass(env.tick);
    if let Some(at) = earliest(app.engine_wake, own_wake(app)) {
        // A moment that passed while keys came is due now.
        effects.push(Effect::Engine(engine::Effect::WakeAt(at.max(Monotonic(env.tick.0 + 1)))));
    }
    effects
}

/// So many requests the live log shows.
const MOST_REQUESTS: usize = 500;

/// Those that are there already are not taken twice.
fn take_requests(app: &mut App, new: Vec<crate::domain::Request>) {
    let last = app.requests.back().map_or(0, |request| request.number);
    app.requests.extend(new.into_iter().filter(|request| request.number > last));
    let spare = app.requests.len().saturating_sub(MOST_REQUESTS);
    app.requests.drain(..spare);
}
