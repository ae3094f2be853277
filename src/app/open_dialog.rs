//! What a verb begins with: an editor, a choice, or the dialog that asks; and whether it can begin.

use crate::app::layers::{api_keys, create, firewalls, key_change, local_keys, plans, restore_choice, rule_editor};
use crate::app::panes::row::{Row, What};
use crate::app::{App, AppEffect, possible, propose};
use crate::domain::{Kind, Phrase, Possible, Verb, text};

/// Opens the dialog of a verb, or says why there is none.
pub(crate) fn open_dialog(app: &mut App, verb: Verb, effects: &mut Vec<AppEffect>) {
    match verb {
        Verb::CreateInstance => return create::open(app, effects),
        Verb::AddKey => return local_keys::choose(app, effects),
        Verb::ChangeKey => return key_change::choose(app),
        Verb::CreateApiKey => return api_keys::create(app),
        Verb::CreateFirewall => return rule_editor::create(app),
        Verb::UpdateFirewall => return rule_editor::edit(app),
        _ => {}
    }
    let (rows, left_out) = match possible::rows_or_why(app) {
        Ok(found) => found,
        Err(why) => return app.tell(why, false),
    };
    let rows: Vec<Row> = rows.iter().map(|row| possible::as_meant(app, verb, row)).collect();
    if verb.is_one_at_a_time() && rows.len() > 1 {
        app.tell(Phrase::new(text::refused::ONE_AT_A_TIME), true);
        return;
    }
    match (verb, &rows[0].what) {
        (restore_choice::VERB, What::Instance(_)) => restore_choice::choose_snapshot(app, &rows[0]),
        (restore_choice::VERB, What::Snapshot(..)) => restore_choice::restore(app, &rows[0]),
        (_, What::Instance(_) | What::Firewall(_)) if verb.other() == Some(Kind::Firewall) => {
            firewalls::choose(app, &rows[0]);
        }
        (_, What::Instance(_)) if verb.other() == Some(Kind::Plan) => plans::choose(app, verb, &rows[0]),
        _ => propose::propose_for(app, verb, &rows, left_out),
    }
}

/// Whether the key of a verb is offered on a row: behind it a choice may stand of which snapshot, firewall or way.
pub(crate) fn offered(app: &App, verb: Verb, row: &Row) -> Option<Possible> {
    match verb {
        restore_choice::VERB => restore_choice::offered(app, row),
        firewalls::VERB => firewalls::offered(app, row),
        // What ends a resize has no meaning where none waits for it.
        _ => match possible::possible(app, verb, row) {
            Some(Possible::No(why)) if why.text == text::cannot::NO_RESIZE => None,
            found => found,
        },
    }
}
