//! The keys of the form for a new account.

use crate::app::AppEffect;
use crate::app::layers::form::{Filled, Form};
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::text_field::edit;
use crate::app::tables::key::{Code, KeyStroke};
use crate::domain::text;

pub(crate) fn key(form: &mut Form, key: KeyStroke) -> Next {
    if key.is_cancel() {
        return Next::Close;
    }
    if form.busy {
        return Next::Stay;
    }
    let count = form.fields.len() + 1;
    match key.code {
        Code::Tab | Code::Down => form.at = (form.at + 1) % count,
        Code::BackTab | Code::Up => form.at = (form.at + count - 1) % count,
        Code::Enter if form.at + 1 < form.fields.len() => form.at += 1,
        Code::Enter => return send(form),
        _ => {
            if let Some(field) = form.fields.get_mut(form.at) {
                edit(&mut field.input, key);
            }
        }
    }
    Next::Stay
}

fn send(form: &mut Form) -> Next {
    if let Some(at) = form.missing() {
        form.at = at;
        form.result = Some((text::form::missing(form.fields[at].label.as_str()), false));
        return Next::Stay;
    }
    form.busy = true;
    form.result = None;
    let values = form.fields.iter().map(|f| (f.name, f.input.value().trim().to_owned()));
    let file = values.clone().find(|(name, _)| *name == "file");
    Next::Do(LayerRequest::Effect(match file {
        Some((_, file)) => AppEffect::ImportAccounts(file),
        None => AppEffect::AddAccount { provider: form.provider, fields: Filled(values.collect()) },
    }))
}
