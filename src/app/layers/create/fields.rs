//! The fields of the last page, by what the provider asks for.

use crate::app::App;
use crate::app::layers::create::lists;
use crate::app::layers::create::state::CreateForm;
use crate::domain::{Phrase, Text, text};
use crate::proposal::order::OrderPart;

/// A field of the last page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Name,
    Region,
    Key,
    Password,
    Firewalls,
    Start,
    Answers,
    Go,
}

#[must_use]
pub fn fields(app: &App, form: &CreateForm) -> Vec<Field> {
    let mut fields = vec![Field::Name];
    if let (Some(account), Some(source)) = (form.state(&app.engine), &form.source) {
        let rules = account.account.policy.as_ref();
        let asks = rules.asks(source.from());
        let asked = [(Field::Region, asks.region), (Field::Key, asks.key), (Field::Password, asks.password)];
        fields.extend(asked.into_iter().filter(|(_, need)| need.is_asked()).map(|(field, _)| field));
        fields.push(Field::Firewalls);
        if rules.order_form().ends_stopped {
            fields.push(Field::Start);
        }
    }
    fields.extend([Field::Answers, Field::Go]);
    fields
}

#[must_use]
pub fn current(app: &App, form: &CreateForm) -> Field {
    let fields = fields(app, form);
    fields.get(form.at).copied().unwrap_or(Field::Go)
}

/// The place of the field that a part stands in.
pub(crate) fn index_of(app: &App, form: &CreateForm, part: OrderPart) -> Option<usize> {
    let field = match part {
        OrderPart::Name => Field::Name,
        OrderPart::Region => Field::Region,
        OrderPart::Key => Field::Key,
        OrderPart::Password => Field::Password,
        OrderPart::Url => return None,
    };
    fields(app, form).iter().position(|f| *f == field)
}

#[must_use]
pub const fn label(field: Field) -> Text {
    match field {
        Field::Name => text::create::NAME,
        Field::Region => text::create::REGION,
        Field::Key => text::create::KEY,
        Field::Password => text::create::PASSWORD,
        Field::Firewalls => text::create::FIREWALLS,
        Field::Start => text::create::START,
        Field::Answers => text::create::ANSWERS,
        Field::Go => text::create::GO,
    }
}

/// What stands in a field that is not typed, and what is to be said beside it.
#[must_use]
pub fn value(app: &App, form: &CreateForm, field: Field) -> (String, Option<Phrase>) {
    let none = || app.words.get(text::details::NONE).to_owned();
    match field {
        Field::Region => (lists::chosen_region(app, form).map_or_else(|| reading(app), |r| r.name.clone()), None),
        Field::Key => {
            let key = form.source.as_ref().and_then(|source| lists::chosen_key(app, form, source));
            key.map_or_else(|| (app.words.get(text::create::KEY_MISSING).to_owned(), None), |key| (key.name, key.note))
        }
        Field::Firewalls => {
            let known = form.state(&app.engine).map_or(&[][..], |a| a.inventory.firewalls());
            let names: Vec<&str> =
                known.iter().filter(|f| form.firewalls.contains(&f.id)).map(|f| f.name.as_str()).collect();
            (if names.is_empty() { none() } else { names.join(", ") }, None)
        }
        Field::Name | Field::Password | Field::Start | Field::Answers | Field::Go => (String::new(), None),
    }
}

fn reading(app: &App) -> String {
    app.words.get(text::place::LOADING).to_owned()
}
