//! Opens the editor, and keeps it up to date.

use crate::app::layers::layer::Layer;
use crate::app::layers::rule_editor::machines;
use crate::app::layers::rule_editor::state::RuleEditor;
use crate::app::panes::row::What;
use crate::app::tables::creatable;
use crate::app::{App, possible, propose};
use crate::domain::{AccountName, Kind, Phrase, Target, Verb, text};

/// Opens the editor of the firewall under the cursor, or says why not.
pub(crate) fn edit(app: &mut App) {
    let Some(row) = app.pane().row().cloned() else { return app.tell_nothing() };
    let What::Firewall(firewall) = &row.what else { return };
    let why = possible::why_not(app, Verb::UpdateFirewall, &row);
    let target = Target::stateless(&row.account, Kind::Firewall, &firewall.id, &firewall.name);
    if let Some(why) = why {
        return propose::refuse(app, Verb::UpdateFirewall, &[(target.name, why)]);
    }
    match RuleEditor::load(&app.engine, target) {
        Ok(editor) => app.layers.push(Layer::Rules(Box::new(editor))),
        Err(why) => app.tell(why, true),
    }
}

pub(crate) fn create(app: &mut App) {
    match accounts(app) {
        Ok(accounts) => {
            let editor = RuleEditor::new(&app.engine, accounts);
            app.layers.push(Layer::Rules(Box::new(editor)));
        }
        Err(why) => app.tell(text::refused::create_firewall(why), true),
    }
}

/// The shown accounts that a firewall can be made in, the one under the cursor first.
fn accounts(app: &App) -> Result<Vec<AccountName>, Phrase> {
    let here = app.pane().row().map(|row| row.account.clone());
    let mut accounts = creatable::accounts_or_why(app, Verb::CreateFirewall)?;
    accounts.sort_by_key(|account| Some(account) != here.as_ref());
    Ok(accounts)
}

/// What the editor shows of firewalls and machines again, since data came.
pub(crate) fn refresh(app: &mut App) {
    let engine = &app.engine;
    for layer in &mut app.layers {
        if let Layer::Rules(editor) = layer {
            editor.load_groups(engine);
            machines::refresh(engine, editor);
        }
    }
}
