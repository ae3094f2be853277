//! The keys of the form. In a list every printable key is text to filter by; arrows move.

use tui_input::Input;

use crate::app::App;
use crate::app::layers::create::fields::OrderField;
use crate::app::layers::create::lists::OrderChoice;
use crate::app::layers::create::order::build_order;
use crate::app::layers::create::state::{CreateForm, KeyChoice, OrderPage};
use crate::app::layers::create::{fields, lists};
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::text_field::edit;
use crate::app::tables::commands::Command;
use crate::app::tables::creatable;
use crate::app::tables::key::{Code, KeyStroke};
use crate::domain::Verb;
use crate::proposal::order;

/// So many lines a page of a list has, for moving by pages.
const PAGE: usize = 10;

pub(crate) fn key(form: &mut CreateForm, app: &App, key: KeyStroke) -> Next {
    if key.is_cancel() {
        return cancel(form);
    }
    // Anew: what was filled in is forgotten.
    if key.ctrl && key.code == Code::Char('n') {
        return Next::CloseAnd(LayerRequest::Run(Command::Do(Verb::CreateInstance)));
    }
    match form.page {
        OrderPage::Url => url_key(form, key),
        OrderPage::Rest => return rest_key(form, app, key),
        _ => list_key(form, app, key),
    }
    Next::Stay
}

/// One layer: the filter, a list of the last page, then the form, which is kept.
fn cancel(form: &mut CreateForm) -> Next {
    if !form.typed.value().is_empty() {
        form.typed = Input::default();
        form.cursor = 0;
    } else if matches!(form.page, OrderPage::Region | OrderPage::Network | OrderPage::Key | OrderPage::Firewalls) {
        form.go(OrderPage::Rest);
    } else {
        return Next::CloseAnd(LayerRequest::KeepDraft(Box::new(form.clone())));
    }
    Next::Stay
}

fn url_key(form: &mut CreateForm, key: KeyStroke) {
    match key.code {
        Code::Enter | Code::Tab | Code::Down => match order::url_mistake(form.url.value()) {
            Some(why) => form.said = Some(why),
            None => form.go(OrderPage::Plan),
        },
        Code::BackTab | Code::Up => form.go(OrderPage::What),
        _ => {
            form.said = None;
            edit(&mut form.url, key);
        }
    }
}

fn list_key(form: &mut CreateForm, app: &App, key: KeyStroke) {
    let entries = lists::entries(app, form);
    let several = creatable::accounts(app, Verb::CreateInstance).len() > 1;
    let last = entries.len().saturating_sub(1);
    let cursor = form.cursor.min(last);
    form.cursor = match key.code {
        Code::Down | Code::Tab => (cursor + 1).min(last),
        Code::Up => cursor.saturating_sub(1),
        Code::PageDown => (cursor + PAGE).min(last),
        Code::PageUp => cursor.saturating_sub(PAGE),
        Code::Home => 0,
        Code::End => last,
        Code::BackTab => return back(form, several),
        Code::Left if form.typed.value().is_empty() => return back(form, several),
        Code::Enter | Code::Right => {
            form.cursor = cursor;
            return match entries.get(cursor) {
                // Switched by the blank; Enter is done with them.
                Some(entry) if entry.on.is_some() => form.go(OrderPage::Rest),
                Some(entry) => pick(form, entry.pick.clone()),
                None => {}
            };
        }
        Code::Char(' ') if form.page == OrderPage::Firewalls => {
            form.cursor = cursor;
            if let Some(entry) = entries.get(cursor) {
                pick(form, entry.pick.clone());
            }
            return;
        }
        _ => {
            if edit(&mut form.typed, key) {
                find(form, app);
            }
            return;
        }
    };
}

/// Puts the cursor on what is called as it was typed, else on what begins so, else on the first.
fn find(form: &mut CreateForm, app: &App) {
    let typed = form.typed.value().trim().to_lowercase();
    let names: Vec<String> = lists::entries(app, form)
        .iter()
        .map(|entry| entry.columns.first().map_or(String::new(), |name| name.to_lowercase()))
        .collect();
    let begins = || names.iter().position(|name| name.starts_with(&typed));
    let at = names.iter().position(|name| *name == typed).or_else(begins).filter(|_| !typed.is_empty());
    form.cursor = at.unwrap_or(0);
}

fn back(form: &mut CreateForm, several: bool) {
    let import = matches!(form.source, Some(order::BootSource::Import(..)));
    match form.page {
        OrderPage::What if several => form.go(OrderPage::Account),
        OrderPage::Plan if import => form.go(OrderPage::Url),
        OrderPage::Plan | OrderPage::Url => form.go(OrderPage::What),
        OrderPage::Rest => form.go(OrderPage::Plan),
        OrderPage::Region | OrderPage::Network | OrderPage::Key | OrderPage::Firewalls => form.go(OrderPage::Rest),
        OrderPage::Account | OrderPage::What => {}
    }
}

fn pick(form: &mut CreateForm, pick: OrderChoice) {
    match pick {
        OrderChoice::Account(account) => {
            if account != form.account {
                // What was chosen stands in the other account's lists.
                let (name, start, answers) = (form.name.clone(), form.start, form.answers);
                *form = CreateForm { name, start, answers, ..CreateForm::new(&account, OrderPage::What) };
            }
            form.go(OrderPage::What);
        }
        OrderChoice::Source(source) => form.set_source(source),
        OrderChoice::Plan(plan) => {
            form.plan = Some(plan);
            form.at = 0;
            form.go(OrderPage::Rest);
        }
        OrderChoice::Region(region) => {
            form.region = Some(region);
            form.go(OrderPage::Rest);
        }
        OrderChoice::Network(network) => {
            form.network = Some(network);
            form.go(OrderPage::Rest);
        }
        OrderChoice::Key(key) => {
            form.key = key;
            form.go(OrderPage::Rest);
        }
        OrderChoice::Firewall(id) => match form.firewalls.iter().position(|f| *f == id) {
            Some(at) => drop(form.firewalls.remove(at)),
            None => form.firewalls.push(id),
        },
    }
}

fn rest_key(form: &mut CreateForm, app: &App, key: KeyStroke) -> Next {
    let count = fields::fields(app, form).len();
    let field = fields::current(app, form);
    let beside = match key.code {
        Code::Left | Code::Right => next_of(app, form, field, key.code == Code::Right),
        _ => None,
    };
    match (key.code, field) {
        (Code::BackTab | Code::Up, _) if form.at == 0 => back(form, false),
        (Code::Down | Code::Tab, _) => form.at = (form.at + 1).min(count - 1),
        (Code::Up | Code::BackTab, _) => form.at = form.at.saturating_sub(1),
        (Code::Enter, OrderField::Go) => return ask(form, app),
        (Code::Enter | Code::Char(' '), OrderField::Region) => form.go(OrderPage::Region),
        (Code::Enter | Code::Char(' '), OrderField::Network) => form.go(OrderPage::Network),
        (Code::Enter | Code::Char(' '), OrderField::Key) => form.go(OrderPage::Key),
        (Code::Enter | Code::Char(' '), OrderField::Firewalls) => form.go(OrderPage::Firewalls),
        (Code::Char(' '), OrderField::Start) => form.start = !form.start,
        (Code::Char(' '), OrderField::Answers) => form.answers = !form.answers,
        (Code::Enter, _) => form.at = (form.at + 1).min(count - 1),
        (Code::Left | Code::Right, OrderField::Region | OrderField::Network | OrderField::Key) => {
            if let Some(beside) = beside {
                let at = form.at;
                pick(form, beside);
                form.at = at;
            }
        }
        (_, OrderField::Name) => {
            form.said = None;
            edit(&mut form.name, key);
        }
        (_, OrderField::Password) => {
            form.said = None;
            edit(&mut form.password.0, key);
        }
        _ => {}
    }
    Next::Stay
}

/// What stands beside what is chosen in a field.
fn next_of(app: &App, form: &CreateForm, field: OrderField, forward: bool) -> Option<OrderChoice> {
    let page = match field {
        OrderField::Region => OrderPage::Region,
        OrderField::Network => OrderPage::Network,
        OrderField::Key => OrderPage::Key,
        _ => return None,
    };
    let entries = lists::entries(app, &CreateForm { page, typed: Input::default(), ..form.clone() });
    let source = form.source.as_ref()?;
    let now = match field {
        OrderField::Region => {
            let region = lists::chosen_region(app, form).map(|r| r.id.clone());
            entries.iter().position(|e| matches!(&e.pick, OrderChoice::Region(id) if Some(id) == region.as_ref()))
        }
        OrderField::Network => {
            let network = lists::chosen_network(app, form).map(|n| n.id.clone());
            entries.iter().position(|e| matches!(&e.pick, OrderChoice::Network(id) if Some(id) == network.as_ref()))
        }
        _ => {
            let key: Option<KeyChoice> = lists::chosen_key(app, form, source).map(|key| key.choice);
            entries.iter().position(|e| matches!(&e.pick, OrderChoice::Key(choice) if Some(choice) == key.as_ref()))
        }
    };
    let count = entries.len();
    let at = match now {
        Some(at) if forward => (at + 1) % count,
        Some(at) => (at + count - 1) % count,
        None => 0,
    };
    entries.get(at).map(|entry| entry.pick.clone())
}

/// A paste goes into the field under the cursor, or filters the list.
pub(crate) fn paste(form: &mut CreateForm, app: &App, insert: &dyn Fn(&mut Input)) {
    match (form.page, fields::current(app, form)) {
        (OrderPage::Url, _) => insert(&mut form.url),
        (OrderPage::Rest, OrderField::Name) => insert(&mut form.name),
        (OrderPage::Rest, OrderField::Password) => insert(&mut form.password.0),
        (OrderPage::Rest, _) => {}
        _ => {
            insert(&mut form.typed);
            find(form, app);
        }
    }
}

/// Goes on to the dialog that sums up and asks, or to what is missing.
fn ask(form: &mut CreateForm, app: &App) -> Next {
    let (page, part, why) = match build_order(app, form) {
        Ok(chosen) => {
            let account = app.engine.account(&chosen.account);
            let action = account.map(|account| order::action(account.account.policy.as_ref(), &chosen));
            return action.map_or(Next::Stay, Next::propose);
        }
        Err(missing) => missing,
    };
    let at = part.and_then(|part| fields::index_of(app, form, part));
    if form.page != page {
        form.go(page);
    }
    form.at = at.unwrap_or(form.at);
    form.said = Some(why);
    Next::Stay
}
