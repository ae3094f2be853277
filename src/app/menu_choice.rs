//! What is chosen in a menu.

use crate::app::layers::layer::{Layer, MenuChoice};
use crate::app::layers::{accounts, api_keys, key_change, key_form_keys, protect, restore_choice, rule_editor};
use crate::app::panes::table;
use crate::app::state::Dirty;
use crate::app::to_engine::to_engine;
use crate::app::{App, AppEffect, execute, external_program, propose};
use crate::domain::{AccountName, Phrase, text};
use crate::engine;
use crate::engine::Decision;

pub(crate) fn choose(app: &mut App, pick: MenuChoice, effects: &mut Vec<AppEffect>) {
    match pick {
        MenuChoice::Demo => effects.push(AppEffect::StartDemo),
        MenuChoice::NewAccount => accounts::new_account(app),
        MenuChoice::Import => app.layers.extend(app.forms.import.clone().map(Layer::NewAccount)),
        MenuChoice::Command(command) => execute::execute(app, command, effects),
        MenuChoice::Account(name) => switch_account(app, name),
        MenuChoice::Order(column) => {
            let (by, reverse) = app.pane().order.unwrap_or_else(|| table::default_order(app.focus));
            app.pane_mut().order = Some((column, by == column && !reverse));
            app.asked(app.focus);
        }
        MenuChoice::Copy(text) => {
            effects.push(AppEffect::Copy(text));
            app.tell(Phrase::new(text::copy::DONE), false);
        }
        MenuChoice::Restore(row) => restore_choice::restore(app, &row),
        MenuChoice::Ask(verb, row) => propose::propose_for(app, verb, &[row], 0),
        MenuChoice::With(verb, row, other) => propose::propose_with(app, verb, &row, other),
        MenuChoice::Provider(at) => app.layers.extend(app.forms.new_account.get(at).cloned().map(Layer::NewAccount)),
        MenuChoice::Anew(id) => {
            let action = app.engine.operation(&id).map(|op| op.action.clone());
            // Before it is asked for once more: two of which nobody knows are refused.
            to_engine(app, engine::Msg::Decide(id, Decision::LeaveIt), effects);
            if let Some(action) = action {
                propose::propose_action(app, action);
            }
        }
        MenuChoice::Decide(ids, decision) => {
            app.queue.extend(ids.into_iter().map(|id| engine::Msg::Decide(id, decision)));
        }
        MenuChoice::LocalKey(key) => key_form_keys::open(app, key),
        MenuChoice::OfferKey(active) => key_change::offer(app, active),
        MenuChoice::RenameKey => key_change::rename(app),
        MenuChoice::NewApiKey(account) => api_keys::create_in(app, &account),
        MenuChoice::EditAgain(text) => external_program::start(app, rule_editor::program(text), effects),
        MenuChoice::Offered(of, answer) => app.queue.push(engine::Msg::Offered(of, answer)),
        MenuChoice::Unprotect(all) => protect::unprotect(app, all),
        MenuChoice::Nothing => {}
    }
}

/// Shows an account or hides it; the last that is shown stays.
fn switch_account(app: &mut App, name: AccountName) {
    let shown = app.engine.accounts().len() - app.hidden.len();
    if !app.hidden.remove(&name) && shown > 1 {
        app.hidden.insert(name);
    }
    app.all_dirty(Dirty::Asked);
    let entries = accounts::account_entries(app);
    if let Some(Layer::Menu(menu)) = app.layers.last_mut() {
        menu.entries = entries;
    }
}
