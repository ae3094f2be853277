//! The keys of the form. In a list every printable key is text to filter by; arrows move.

use tui_input::Input;

use crate::app::App;
use crate::app::layers::create::fields::Field;
use crate::app::layers::create::lists::Pick;
use crate::app::layers::create::order::build_order;
use crate::app::layers::create::state::{CreateForm, KeyChoice, Page};
use crate::app::layers::create::{fields, lists};
use crate::app::layers::next::{Next, Request};
use crate::app::layers::text_field::edit;
use crate::app::tables::commands::Command;
use crate::app::tables::creatable;
use crate::app::tables::key::{Code, Key};
use crate::domain::Verb;
use crate::proposal::order;

/// So many lines a page of a list has, for moving by pages.
const PAGE: usize = 10;

pub(crate) fn key(form: &mut CreateForm, app: &App, key: Key) -> Next {
    if key.is_cancel() {
        return cancel(form);
    }
    // Anew: what was filled in is forgotten.
    if key.ctrl && key.code == Code::Char('n') {
        return Next::CloseAnd(Request::Run(Command::Do(Verb::CreateInstance)));
    }
    match form.page {
        Page::Url => url_key(form, key),
        Page::Rest => return rest_key(form, app, key),
        _ => list_key(form, app, key),
    }
    Next::Stay
}

/// One layer: the filter, a list of the last page, then the form, which is kept.
fn cancel(form: &mut CreateForm) -> Next {
    if !form.typed.value().is_empty() {
        form.typed = Input::default();
        form.cursor = 0;
    } else if matches!(form.page, Page::Region | Page::Key | Page::Firewalls) {
        form.go(Page::Rest);
    } else {
        return Next::CloseAnd(Request::KeepDraft(Box::new(form.clone())));
    }
    Next::Stay
}

fn url_key(form: &mut CreateForm, key: Key) {
    match key.code {
        Code::Enter | Code::Tab | Code::Down => match order::url_mistake(form.url.value()) {
            Some(why) => form.said = Some(why),
            None => form.go(Page::Plan),
        },
        Code::BackTab | Code::Up => form.go(Page::What),
        _ => {
            form.said = None;
            edit(&mut form.url, key);
        }
    }
}

fn list_key(form: &mut CreateForm, app: &App, key: Key) {
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
                Some(entry) if entry.on.is_some() => form.go(Page::Rest),
                Some(entry) => pick(form, entry.pick.clone()),
                None => {}
            };
        }
        Code::Char(' ') if form.page == Page::Firewalls => {
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
        Page::What if several => form.go(Page::Account),
        Page::Plan if import => form.go(Page::Url),
        Page::Plan | Page::Url => form.go(Page::What),
        Page::Rest => form.go(Page::Plan),
        Page::Region | Page::Key | Page::Firewalls => form.go(Page::Rest),
        Page::Account | Page::What => {}
    }
}

fn pick(form: &mut CreateForm, pick: Pick) {
    match pick {
        Pick::Account(account) => {
            if account != form.account {
                // What was chosen stands in the other account's lists.
                let (name, start, answers) = (form.name.clone(), form.start, form.answers);
                *form = CreateForm { name, start, answers, ..CreateForm::new(&account, Page::What) };
            }
            form.go(Page::What);
        }
        Pick::Source(source) => form.set_source(source),
        Pick::Plan(plan) => {
            form.plan = Some(plan);
            form.at = 0;
            form.go(Page::Rest);
        }
        Pick::Region(region) => {
            form.region = Some(region);
            form.go(Page::Rest);
        }
        Pick::Key(key) => {
            form.key = key;
            form.go(Page::Rest);
        }
        Pick::Firewall(id) => match form.firewalls.iter().position(|f| *f == id) {
            Some(at) => drop(form.firewalls.remove(at)),
            None => form.firewalls.push(id),
        },
    }
}

fn rest_key(form: &mut CreateForm, app: &App, key: Key) -> Next {
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
        (Code::Enter, Field::Go) => return ask(form, app),
        (Code::Enter | Code::Char(' '), Field::Region) => form.go(Page::Region),
        (Code::Enter | Code::Char(' '), Field::Key) => form.go(Page::Key),
        (Code::Enter | Code::Char(' '), Field::Firewalls) => form.go(Page::Firewalls),
        (Code::Char(' '), Field::Start) => form.start = !form.start,
        (Code::Char(' '), Field::Answers) => form.answers = !form.answers,
        (Code::Enter, _) => form.at = (form.at + 1).min(count - 1),
        (Code::Left | Code::Right, Field::Region | Field::Key) => {
            if let Some(beside) = beside {
                let at = form.at;
                pick(form, beside);
                form.at = at;
            }
        }
        (_, Field::Name) => {
            form.said = None;
            edit(&mut form.name, key);
        }
        (_, Field::Password) => {
            form.said = None;
            edit(&mut form.password.0, key);
        }
        _ => {}
    }
    Next::Stay
}

/// What stands beside what is chosen in a field.
fn next_of(app: &App, form: &CreateForm, field: Field, forward: bool) -> Option<Pick> {
    let page = match field {
        Field::Region => Page::Region,
        Field::Key => Page::Key,
        _ => return None,
    };
    let entries = lists::entries(app, &CreateForm { page, typed: Input::default(), ..form.clone() });
    let source = form.source.as_ref()?;
    let now = match field {
        Field::Region => {
            let region = lists::chosen_region(app, form).map(|r| r.id.clone());
            entries.iter().position(|e| matches!(&e.pick, Pick::Region(id) if Some(id) == region.as_ref()))
        }
        _ => {
            let key: Option<KeyChoice> = lists::chosen_key(app, form, source).map(|key| key.choice);
            entries.iter().position(|e| matches!(&e.pick, Pick::Key(choice) if Some(choice) == key.as_ref()))
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
        (Page::Url, _) => insert(&mut form.url),
        (Page::Rest, Field::Name) => insert(&mut form.name),
        (Page::Rest, Field::Password) => insert(&mut form.password.0),
        (Page::Rest, _) => {}
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
