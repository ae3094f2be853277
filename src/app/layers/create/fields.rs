//! The fields of the last page, by what the provider asks for.

use crate::app::App;
use crate::app::layers::create::lists;
use crate::app::layers::create::state::CreateForm;
use crate::domain::{Phrase, Text, text};
use crate::proposal::order::OrderPart;

/// A field of the last page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderField {
    Name,
    Region,
    Network,
    Key,
    Password,
    Firewalls,
    Start,
    Answers,
    Go,
}

#[must_use]
pub fn fields(app: &App, form: &CreateForm) -> Vec<OrderField> {
    let mut fields = vec![OrderField::Name];
    if let (Some(account), Some(source)) = (form.state(&app.engine), &form.source) {
        let policy = account.account.policy.as_ref();
        let asks = policy.asks(source.from());
        fields.extend(asks.region.is_asked().then_some(OrderField::Region));
        fields.extend(lists::chosen_network(app, form).map(|_| OrderField::Network));
        let asked = [(OrderField::Key, asks.key), (OrderField::Password, asks.password)];
        fields.extend(asked.into_iter().filter(|(_, need)| need.is_asked()).map(|(field, _)| field));
        fields.push(OrderField::Firewalls);
        if policy.order_form().ends_stopped {
            fields.push(OrderField::Start);
        }
    }
    fields.extend([OrderField::Answers, OrderField::Go]);
    fields
}

#[must_use]
pub fn current(app: &App, form: &CreateForm) -> OrderField {
    let fields = fields(app, form);
    fields.get(form.at).copied().unwrap_or(OrderField::Go)
}

/// The place of the field that a part stands in.
pub(crate) fn index_of(app: &App, form: &CreateForm, part: OrderPart) -> Option<usize> {
    let field = match part {
        OrderPart::Name => OrderField::Name,
        OrderPart::Region => OrderField::Region,
        OrderPart::Key => OrderField::Key,
        OrderPart::Password => OrderField::Password,
        OrderPart::Url => return None,
    };
    fields(app, form).iter().position(|f| *f == field)
}

#[must_use]
pub const fn label(field: OrderField) -> Text {
    match field {
        OrderField::Name => text::create::NAME,
        OrderField::Region => text::create::REGION,
        OrderField::Network => text::create::NETWORK,
        OrderField::Key => text::create::KEY,
        OrderField::Password => text::create::PASSWORD,
        OrderField::Firewalls => text::create::FIREWALLS,
        OrderField::Start => text::create::START,
        OrderField::Answers => text::create::ANSWERS,
        OrderField::Go => text::create::GO,
    }
}

/// What stands in a field that is not typed, and what is to be said beside it.
#[must_use]
pub fn value(app: &App, form: &CreateForm, field: OrderField) -> (String, Option<Phrase>) {
    let none = || app.words.get(text::details::NONE).to_owned();
    match field {
        OrderField::Region => (lists::chosen_region(app, form).map_or_else(|| reading(app), |r| r.name.clone()), None),
        OrderField::Network => (lists::chosen_network(app, form).map_or_else(none, |n| n.name.clone()), None),
        OrderField::Key => {
            let key = form.source.as_ref().and_then(|source| lists::chosen_key(app, form, source));
            key.map_or_else(|| (app.words.get(text::create::KEY_MISSING).to_owned(), None), |key| (key.name, key.note))
        }
        OrderField::Firewalls => {
            let known = form.state(&app.engine).map_or(&[][..], |a| a.inventory.firewalls());
            let names: Vec<&str> =
                known.iter().filter(|f| form.firewalls.contains(&f.id)).map(|f| f.name.as_str()).collect();
            (if names.is_empty() { none() } else { names.join(", ") }, None)
        }
        OrderField::Name | OrderField::Password | OrderField::Start | OrderField::Answers | OrderField::Go => {
            (String::new(), None)
        }
    }
}

fn reading(app: &App) -> String {
    app.words.get(text::place::LOADING).to_owned()
}
