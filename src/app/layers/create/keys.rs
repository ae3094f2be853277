//! The keys of the form. In a list every printable key is text to filter by; arrows move.

use crate::app::propose;
use tui_input::Input;

use crate::app::layers::create::fields;
use crate::app::layers::create::fields::Field;
use crate::app::layers::create::lists;
use crate::app::layers::create::lists::Pick;
use crate::app::layers::create::open::{form, open, put_away};
use crate::app::layers::create::order::chosen;
use crate::app::layers::create::state::{CreateForm, KeyChoice, Page};
use crate::app::layers::layer::Layer;
use crate::app::layers::text_field::edit;
use crate::app::tables::key::{Code, Key};
use crate::app::{App, Effect};
use crate::proposal::order;

/// So many lines a page of a list has, for moving by pages.
const PAGE: usize = 10;

pub(crate) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
    if key.is_cancel() {
        return cancel(app);
    }
    // Anew: what was filled in is forgotten.
    if key.ctrl && key.code == Code::Char('n') {
        app.layers.pop();
        app.draft = None;
        return open(app, effects);
    }
    match form.page {
        Page::Url => match key.code {
            Code::Enter | Code::Tab | Code::Down => go_on_from_url(app),
            Code::BackTab | Code::Up => form.go(Page::What),
            _ => {
                form.said = None;
                edit(&mut form.url, key);
            }
        },
        Page::Rest => rest_key(app, key),
        _ => list_key(app, key),
    }
}

/// One layer: the filter, a list of the last page, then the form, which is kept.
fn cancel(app: &mut App) {
    let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
    if !form.typed.value().is_empty() {
        form.typed = Input::default();
        form.cursor = 0;
    } else if matches!(form.page, Page::Region | Page::Key | Page::Firewalls) {
        form.go(Page::Rest);
    } else {
        put_away(app);
    }
}

fn go_on_from_url(app: &mut App) {
    let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
    match order::url_mistake(form.url.value()) {
        Some(why) => form.said = Some(why),
        None => form.go(Page::Plan),
    }
}

fn list_key(app: &mut App, key: Key) {
    let Some(form) = form(app) else { return };
    let entries = lists::entries(app, form);
    let several = crate::app::tables::creatable::accounts(app, crate::domain::Verb::CreateInstance).len() > 1;
    let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
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
                find(app);
            }
            return;
        }
    };
}

/// Puts the cursor on what is called as it was typed, else on what begins so, else on the first.
fn find(app: &mut App) {
    let Some(form) = form(app) else { return };
    let typed = form.typed.value().trim().to_lowercase();
    let names: Vec<String> = lists::entries(app, form)
        .iter()
        .map(|entry| entry.columns.first().map_or(String::new(), |name| name.to_lowercase()))
        .collect();
    let begins = || names.iter().position(|name| name.starts_with(&typed));
    let at = names.iter().position(|name| *name == typed).or_else(begins).filter(|_| !typed.is_empty());
    let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
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
        Pick::Source(source) => form.take(source),
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

fn rest_key(app: &mut App, key: Key) {
    let Some(form) = form(app) else { return };
    let count = fields::fields(app, form).len();
    let field = fields::here(app, form);
    let beside = match key.code {
        Code::Left | Code::Right => next_of(app, form, field, key.code == Code::Right),
        _ => None,
    };
    let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
    match (key.code, field) {
        (Code::BackTab | Code::Up, _) if form.at == 0 => back(form, false),
        (Code::Down | Code::Tab, _) => form.at = (form.at + 1).min(count - 1),
        (Code::Up | Code::BackTab, _) => form.at = form.at.saturating_sub(1),
        (Code::Enter, Field::Go) => ask(app),
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
pub(crate) fn paste(app: &mut App, insert: &dyn Fn(&mut Input)) {
    let Some(form) = form(app) else { return };
    let field = fields::here(app, form);
    let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
    match (form.page, field) {
        (Page::Url, _) => insert(&mut form.url),
        (Page::Rest, Field::Name) => insert(&mut form.name),
        (Page::Rest, Field::Password) => insert(&mut form.password.0),
        (Page::Rest, _) => {}
        _ => {
            insert(&mut form.typed);
            find(app);
        }
    }
}

/// Goes on to the dialog that sums up and asks, or to what is missing.
fn ask(app: &mut App) {
    let Some(form) = form(app) else { return };
    match chosen(app, form) {
        Ok(chosen) => {
            let Some(account) = app.engine.account(&chosen.account) else { return };
            let action = order::action(account.account.policy.as_ref(), &chosen);
            propose::propose_action(app, action);
        }
        Err((page, part, why)) => {
            let at = part.and_then(|part| fields::place(app, form, part));
            let Some(Layer::Create(form)) = app.layers.last_mut() else { return };
            if form.page != page {
                form.go(page);
            }
            form.at = at.unwrap_or(form.at);
            form.said = Some(why);
        }
    }
}
