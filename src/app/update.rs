//! One turn: what happened is taken in, then everything that follows from it.

use crate::app::layers::{
    accounts, allow, compare, costs, firewalls, local_keys, requests, restore_choice, resume, rule_editor, secret_keys,
    watchdog_question,
};
use crate::app::layout::Layout;
use crate::app::panes::totals;
use crate::app::refresh::{earliest, next_wake, overtake, refresh_rows};
use crate::app::state::Dirty;
use crate::app::to_engine::to_engine;
use crate::app::{App, AppEffect, AppMsg, again, batch, console, external_program, interests, key_dispatch};
use crate::domain::Monotonic;
use crate::engine;
use crate::engine::Env;

/// Takes in what happened and says what is to be done. The only way anything changes here.
pub fn update(app: &mut App, msg: AppMsg, env: &Env) -> Vec<AppEffect> {
    app.now = *env;
    let data_came = brings_data(app, &msg);
    let mut effects = Vec::new();
    take_in(app, msg, data_came, &mut effects);
    // What the person asked the engine for in this turn.
    for msg in std::mem::take(&mut app.queue) {
        app.all_dirty(Dirty::Data);
        to_engine(app, msg, &mut effects);
    }
    follow_up(app, data_came, &mut effects);
    if let Some(at) = earliest(app.engine_wake, next_wake(app)) {
        // A moment that passed while keys came is due now.
        effects.push(AppEffect::Engine(engine::Effect::WakeAt(at.max(Monotonic(env.tick.0 + 1)))));
    }
    effects
}

fn brings_data(app: &App, msg: &AppMsg) -> bool {
    match msg {
        AppMsg::Engine(msg) => match **msg {
            engine::Msg::Woke => false,
            // A probe moves no row, unless an operation waits for it.
            engine::Msg::Probed { .. } => app.engine.operations().iter().any(|o| !o.is_over()),
            _ => true,
        },
        _ => false,
    }
}

fn take_in(app: &mut App, msg: AppMsg, data_came: bool, effects: &mut Vec<AppEffect>) {
    match msg {
        AppMsg::Key(key) => {
            app.last_key = app.now.tick;
            app.heed(|app| key_dispatch::key(app, key, effects));
        }
        AppMsg::Paste(text) => app.heed(|app| key_dispatch::paste(app, &text)),
        AppMsg::Resized(width, height) => {
            app.size = (width, height);
            app.all_dirty(Dirty::Data);
            if app.layout() == Layout::TooSmall {
                app.layers.last_mut().into_iter().for_each(|layer| layer.set_drawn(false));
            }
        }
        AppMsg::Requests(new) => take_requests(app, new),
        // A screen too small for anything shows no dialog either.
        AppMsg::Painted if app.layout() == Layout::TooSmall => {}
        AppMsg::Painted => app.layers.last_mut().into_iter().for_each(|layer| layer.set_drawn(true)),
        AppMsg::Engine(msg) => {
            if data_came {
                app.all_dirty(Dirty::Data);
            }
            to_engine(app, *msg, effects);
            if data_came {
                allow::refresh_top(app);
                firewalls::refresh(app);
                restore_choice::refresh(app);
                rule_editor::refresh(app);
            }
        }
        AppMsg::Begin(first) => {
            app.all_dirty(Dirty::Data);
            for msg in first {
                to_engine(app, msg, effects);
            }
        }
        AppMsg::Tell { what, bad } => app.tell(what, bad),
        AppMsg::MyAddress(result) => allow::accept_addresses(app, result, effects),
        AppMsg::AccountSaved(result) => accounts::account_saved(app, result),
        AppMsg::LocalKeys(keys) => local_keys::fill(app, keys),
        AppMsg::SecretKept(result) => secret_keys::show_outcome(app, result),
        AppMsg::Console(outcome) => console::show_outcome(app, outcome),
        AppMsg::ExternalExited(from, result) => external_program::handle_exit(app, &from, result),
        AppMsg::Terminate => {
            to_engine(app, engine::Msg::CancelCountdowns, effects);
            effects.push(AppEffect::Quit);
        }
    }
}

/// What follows from whatever happened.
fn follow_up(app: &mut App, data_came: bool, effects: &mut Vec<AppEffect>) {
    batch::find_operations(app);
    if let Some(id) = app.cancelled.take()
        && let Some(stands) = app.engine.operation(&id).and_then(|op| again::remaining(app, op))
    {
        app.tell(stands, false);
    }
    refresh_rows(app);
    batch::mark_failed(app);
    if std::mem::take(&mut app.recount) {
        app.totals = totals::count(app);
        app.repeated = totals::repeated(app);
    }
    let interests = interests::interests(app);
    if interests != app.interests && interests::may_change(app) {
        app.interests.clone_from(&interests);
        to_engine(app, engine::Msg::Interests(interests), effects);
        refresh_rows(app);
    }
    costs::refresh(app);
    compare::refresh(app);
    requests::update_open(app);
    overtake(app, data_came);
    secret_keys::show_next(app);
    resume::ask_by_itself(app);
    watchdog_question::ask_by_itself(app);
    app.forget_message();
    app.tips.pass(app.now.tick);
}

/// So many requests the live log shows.
const MOST_REQUESTS: usize = 500;

/// Those that are there already are not taken twice.
fn take_requests(app: &mut App, new: Vec<crate::domain::LoggedRequest>) {
    let last = app.requests.back().map_or(0, |request| request.number);
    app.requests.extend(new.into_iter().filter(|request| request.number > last));
    let spare = app.requests.len().saturating_sub(MOST_REQUESTS);
    app.requests.drain(..spare);
}
