//! Opens the editor, keeps it up to date, and hands what was edited on to the dialog that asks.

use crate::app::App;
use crate::app::layers::layer::Layer;
use crate::app::layers::rule_editor::machines;
use crate::app::layers::rule_editor::state::RuleEditor;
use crate::app::panes::row::What;
use crate::app::possible;
use crate::app::propose;
use crate::domain::{AccountName, Kind, Phrase, Possible, Target, Verb, text};

/// Opens the editor of the firewall under the cursor, or says why not.
pub(crate) fn edit(app: &mut App) {
    let Some(row) = app.pane().row().cloned() else { return app.tell(Phrase::new(text::refused::NOTHING), false) };
    let What::Firewall(firewall) = &row.what else { return };
    let why = match possible::possible(app, Verb::UpdateFirewall, &row) {
        Some(Possible::Yes) => None,
        Some(Possible::No(why)) => Some(why),
        Some(Possible::Never) | None => Some(Phrase::new(text::why_not::NEVER)),
    };
    let target = Target::stateless(&row.account, Kind::Firewall, &firewall.id, &firewall.name);
    if let Some(why) = why {
        return propose::refuse(app, Verb::UpdateFirewall, &[(target.name, why)]);
    }
    match RuleEditor::of(&app.engine, target) {
        Ok(editor) => app.layers.push(Layer::Rules(Box::new(editor))),
        Err(why) => app.tell(why, true),
    }
}

pub(crate) fn create(app: &mut App) {
    match creatable(app) {
        Ok(accounts) => {
            let editor = RuleEditor::new(&app.engine, accounts);
            app.layers.push(Layer::Rules(Box::new(editor)));
        }
        Err(why) => app.tell(text::refused::create_firewall(why), true),
    }
}

/// The shown accounts that a firewall can be made in, the one under the cursor first.
fn creatable(app: &App) -> Result<Vec<AccountName>, Phrase> {
    let here = app.pane().row().map(|row| row.account.clone());
    let mut accounts = crate::app::tables::creatable::accounts(app, Verb::CreateFirewall);
    accounts.sort_by_key(|account| Some(account) != here.as_ref());
    if accounts.is_empty() {
        let why = crate::app::tables::creatable::why_not(app, Verb::CreateFirewall).ok().flatten();
        return Err(why.unwrap_or_else(|| Phrase::new(text::why_not::NEVER)));
    }
    Ok(accounts)
}

/// Shows what would be sent, in the dialog that asks.
pub(super) fn review(app: &mut App) {
    let Some(Layer::Rules(editor)) = app.layers.last_mut() else { return };
    match editor.action(&app.engine) {
        Err((place, what)) => {
            editor.at = place;
            app.tell(what, true);
        }
        Ok(None) => app.tell(Phrase::new(text::rules::NOTHING_CHANGED), false),
        Ok(Some(action)) => propose::propose_action(app, action),
    }
}

/// What the editor shows of firewalls and machines anew, since data came.
pub(crate) fn renew(app: &mut App) {
    let engine = &app.engine;
    for layer in &mut app.layers {
        if let Layer::Rules(editor) = layer {
            editor.take_groups(engine);
            machines::renew(engine, editor);
        }
    }
}
