//! What can be changed of an SSH key: whether new machines can be given it, and its name.

use crate::app::layers::confirm::ConfirmDialog;
use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::panes::row::{Row, What};
use crate::app::{App, possible, propose};
use crate::domain::{AccountName, Action, Key, Kind, NewKey, Phrase, Target, Text, Verb, text};
use crate::proposal::Proposal;

/// What is to be changed of what is selected or marked.
pub(crate) fn choose(app: &mut App) {
    let rows = match possible::rows_or_why(app) {
        Ok((rows, _)) => rows,
        Err(why) => return app.tell(why, false),
    };
    let cannot: Vec<(String, Phrase)> =
        rows.iter().filter_map(|row| Some((name(row)?, possible::why_not(app, Verb::ChangeKey, row)?))).collect();
    if cannot.len() == rows.len() {
        propose::refuse(app, Verb::ChangeKey, &cannot);
        return;
    }
    let states = |wanted: bool| rows.iter().any(|row| matches!(&row.what, What::Key(k) if k.active == wanted));
    let entry = |pick: MenuChoice, key: &str, text, why_not: Option<Text>| MenuEntry {
        why_not: why_not.map(Phrase::new),
        ..MenuEntry::new(key, Phrase::new(text), pick)
    };
    let several = rows.len() > 1;
    let entries = vec![
        entry(
            MenuChoice::OfferKey(false),
            "d",
            text::entry::KEY_OFF,
            (!states(true)).then_some(text::key_change::IS_OFF),
        ),
        entry(
            MenuChoice::OfferKey(true),
            "a",
            text::entry::KEY_ON,
            (!states(false)).then_some(text::key_change::IS_ON),
        ),
        entry(MenuChoice::RenameKey, "n", text::entry::KEY_RENAME, several.then_some(text::refused::ONE_AT_A_TIME)),
    ];
    let title = if several { text::title::actions_marked(rows.len()) } else { text::plain::said(rows[0].what.name()) };
    let cursor = usize::from(!states(true));
    app.layers.push(Layer::Menu(Menu { cursor, ..Menu::new(MenuKind::KeyChange, title, entries) }));
}

fn name(row: &Row) -> Option<String> {
    matches!(row.what, What::Key(_)).then(|| row.what.name().to_owned())
}

/// Asks whether the keys that are selected or marked are to be offered to new machines, or no more.
pub(crate) fn offer(app: &mut App, active: bool) {
    let (rows, left_out) = possible::applies_to(app);
    let mut actions = Vec::new();
    let mut cannot = Vec::new();
    for row in &rows {
        let What::Key(key) = &row.what else { continue };
        if let Some(why) = possible::why_not(app, Verb::ChangeKey, row) {
            cannot.push((key.name.clone(), why));
        } else if key.active == active {
            let why = Phrase::new(if active { text::key_change::IS_ON } else { text::key_change::IS_OFF });
            cannot.push((key.name.clone(), why));
        } else {
            actions.push(change(&row.account, key, active));
        }
    }
    let built = Proposal::prepared(&app.engine, actions, cannot, &app.now);
    propose::show(app, Verb::ChangeKey, built.map(|proposal| Proposal { left_out, ..proposal }));
}

/// Asks for another name of the key that is selected; the name is edited in the dialog.
pub(crate) fn rename(app: &mut App) {
    let (rows, _) = possible::applies_to(app);
    let [row] = rows.as_slice() else { return };
    let What::Key(key) = &row.what else { return };
    if let Some(why) = possible::why_not(app, Verb::ChangeKey, row) {
        propose::refuse(app, Verb::ChangeKey, &[(key.name.clone(), why)]);
        return;
    }
    let action = change(&row.account, key, key.active);
    match Proposal::prepared(&app.engine, vec![action], Vec::new(), &app.now) {
        Ok(mut proposal) => {
            proposal.name = Some(key.name.clone());
            let name = Some(tui_input::Input::new(key.name.clone()));
            app.layers.push(Layer::Confirm(Box::new(ConfirmDialog { name, ..ConfirmDialog::new(proposal) })));
        }
        Err(cannot) => propose::refuse(app, Verb::ChangeKey, &cannot),
    }
}

/// All of a key is written again, as it is shown.
fn change(account: &AccountName, key: &Key, active: bool) -> Action {
    let to = NewKey { name: key.name.clone(), public: key.public.clone() };
    Action::ChangeKey { key: Target::stateless(account, Kind::Key, &key.id, &key.name), to, active }
}
