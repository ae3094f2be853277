//! What is chosen in a menu.

use crate::app::App;
use crate::app::layers::key_form_keys;
use crate::app::layers::layer::{Layer, MenuKind, Pick};
use crate::app::layers::{accounts, api_keys, firewalls, key_change, protect, restore_choice, rule_editor};
use crate::app::propose;
use crate::app::to_engine::to_engine;
use crate::domain::{Phrase, text};
use crate::engine::Decision;

pub(crate) fn choose(app: &mut App, index: usize, effects: &mut Vec<crate::app::Effect>) {
    let Some(Layer::Menu(menu)) = app.layers.last() else { return };
    let Some(entry) = menu.entries.get(index).cloned() else { return };
    if let Some(why) = entry.why_not {
        app.tell(why, true);
        return;
    }
    // Accounts are switched one after the other.
    if let Pick::Account(name) = entry.pick {
        let shown = app.engine.accounts().len() - app.hidden.len();
        if !app.hidden.remove(&name) && shown > 1 {
            app.hidden.insert(name);
        }
        app.all_dirty(crate::app::state::Dirty::Asked);
        let entries = accounts::account_entries(app);
        if let Some(Layer::Menu(menu)) = app.layers.last_mut() {
            menu.entries = entries;
        }
        return;
    }
    if menu.kind != MenuKind::Welcome {
        app.layers.pop();
    }
    match entry.pick {
        Pick::Demo => effects.push(crate::app::Effect::StartDemo),
        Pick::NewAccount => accounts::new_account(app),
        Pick::Import => app.layers.extend(app.forms.import.clone().map(Layer::NewAccount)),
        Pick::Command(command) => crate::app::execute::run(app, command, effects),
        Pick::Order(column) => {
            let pane = app.pane_mut();
            pane.order = if pane.order.0 == column { (column, !pane.order.1) } else { (column, false) };
            app.asked(app.focus);
        }
        Pick::Copy(text) => {
            effects.push(crate::app::Effect::Copy(text));
            app.tell(Phrase::new(text::copy::DONE), false);
        }
        Pick::Restore(row) => restore_choice::restore(app, &row),
        Pick::Ask(verb, row) => propose::propose_for(app, verb, &[row], 0),
        Pick::Firewall(verb, row, firewall) => firewalls::ask(app, verb, &row, firewall),
        Pick::Provider(at) => app.layers.extend(app.forms.new_account.get(at).cloned().map(Layer::NewAccount)),
        Pick::Anew(id) => {
            let action = app.engine.operation(&id).map(|op| op.action.clone());
            // Before it is asked for once more: two of which nobody knows are refused.
            to_engine(app, crate::engine::Msg::Decide(id, Decision::LeaveIt), effects);
            if let Some(action) = action {
                propose::propose_action(app, action);
            }
        }
        Pick::Decide(ids, decision) => {
            app.queue.extend(ids.into_iter().map(|id| crate::engine::Msg::Decide(id, decision)));
        }
        Pick::LocalKey(key) => key_form_keys::open(app, key),
        Pick::OfferKey(active) => key_change::offer(app, active),
        Pick::RenameKey => key_change::rename(app),
        Pick::NewApiKey(account) => api_keys::create_in(app, &account),
        Pick::EditAgain(text) => rule_editor::again(app, text, effects),
        Pick::Offered(of, answer) => app.queue.push(crate::engine::Msg::Offered(of, answer)),
        Pick::Unprotect(all) => protect::no_more(app, all),
        Pick::Nothing => {}
        Pick::Account(_) => {}
    }
}
