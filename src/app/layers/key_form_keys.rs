//! Opens the form that adds an SSH key, and its keys.

use crate::app::App;
use crate::app::layers::key_form;
use crate::app::layers::key_form::{KeyForm, KeyFormFocus, MOST};
use crate::app::layers::layer::Layer;
use crate::app::layers::next::Next;
use crate::app::layers::text_field::{edit, insert};
use crate::app::public_keys::LocalKey;
use crate::app::tables::creatable;
use crate::app::tables::key::{Code, KeyStroke};
use crate::domain::Verb;

/// Opens the form, with the key of a file or without any.
pub(crate) fn open(app: &mut App, key: Option<LocalKey>) {
    let accounts = creatable::accounts(app, Verb::AddKey);
    if accounts.is_empty() {
        return;
    }
    let here = app.pane().row().map(|row| &row.account);
    let form = KeyForm::new(&app.engine, accounts, here, key);
    app.layers.push(Layer::KeyForm(Box::new(form)));
}

pub(crate) fn key(form: &mut KeyForm, app: &App, key: KeyStroke) -> Next {
    if key.is_cancel() {
        return Next::Close;
    }
    if !form_key(form, app, key) {
        return Next::Stay;
    }
    // It stays below the dialog: whoever goes back finds it as it was.
    if let Some(action) = key_form::action(&app.engine, form) {
        return Next::propose(action);
    }
    if let Some((at, _)) = key_form::mistake(&app.engine, form) {
        form.at = at;
    }
    Next::Stay
}

/// Whether the form is to be sent.
fn form_key(form: &mut KeyForm, app: &App, key: KeyStroke) -> bool {
    if form.shut {
        if key.ctrl && key.code == Code::Char('u') {
            form.shut = false;
            form.refused = None;
        }
        return false;
    }
    match key.code {
        Code::Tab | Code::Down => form.at = beside(form, true),
        Code::BackTab | Code::Up => form.at = beside(form, false),
        Code::Enter if form.at == KeyFormFocus::Go => return true,
        Code::Enter => form.at = beside(form, true),
        _ => match form.at {
            KeyFormFocus::Account => {
                let n = form.accounts.len().max(1);
                let forward = matches!(key.code, Code::Right | Code::Char(' '));
                if forward || key.code == Code::Left {
                    form.account = if forward { form.account + 1 } else { form.account + n - 1 } % n;
                    form.follow(&app.engine);
                }
            }
            // What a file holds is not edited here.
            KeyFormFocus::Key if form.file.is_some() => {}
            KeyFormFocus::Key => {
                if form.key.value().len() < MOST || key.typed().is_none() {
                    edit(&mut form.key, key);
                }
                form.look(&app.engine);
            }
            KeyFormFocus::Name => {
                edit(&mut form.name, key);
                form.wrote_name();
            }
            KeyFormFocus::Comment => {
                if key.typed() == Some(' ') {
                    form.switch_comment();
                }
            }
            KeyFormFocus::Go => {}
        },
    }
    false
}

fn beside(form: &KeyForm, forward: bool) -> KeyFormFocus {
    let places = form.places();
    let at = places.iter().position(|place| *place == form.at).unwrap_or(0);
    let n = places.len();
    places[if forward { (at + 1) % n } else { (at + n - 1) % n }]
}

pub(crate) fn paste(form: &mut KeyForm, app: &App, text: &str) {
    match form.at {
        _ if form.shut => {}
        KeyFormFocus::Name => {
            let line = text.lines().next().unwrap_or_default();
            if !crate::domain::public_key::is_private(text) {
                let line: String = line.chars().filter(|c| !c.is_control()).take(255).collect();
                insert(&mut form.name, &line);
                form.wrote_name();
            }
        }
        _ if form.file.is_none() => form.paste(text, &app.engine),
        _ => {}
    }
}
