//! The keys of a dialog that asks.

use crate::app::App;
use crate::app::layers::key_change;
use crate::app::layers::layer::{Layer, Viewer};
use crate::app::layers::text_field::edit;
use crate::app::operations::batch;
use crate::app::propose;
use crate::app::tables::key::{Code, Key};
use crate::domain::{Phrase, Verb};
use crate::engine;
use crate::proposal::confirm;
use crate::proposal::confirm::{ChoiceKind, Confirm, Focus, Way};

pub(crate) fn confirm_key(app: &mut App, key: Key) {
    let names = propose::names(app);
    let now = app.now;
    let Some(Layer::Confirm(confirm)) = app.layers.last_mut() else { return };
    if !confirm.drawn {
        confirm.ignored += 1;
        return;
    }
    if confirm.overtaken.is_some() {
        if key.is_cancel() || matches!(key.code, Code::Enter | Code::Char('q')) {
            app.layers.pop();
        }
        return;
    }
    if let Some((input, editing @ true)) = &mut confirm.name {
        match key.code {
            _ if key.code == Code::Enter || key.is_cancel() => {
                *editing = false;
                confirm::rebuild(confirm, &app.engine, &names, &now);
            }
            _ => {
                edit(input, key);
            }
        }
        return;
    }
    if key.is_cancel() {
        app.layers.pop();
        return;
    }
    match key.code {
        Code::Tab | Code::Down => confirm.focus = step_focus(confirm, true),
        Code::BackTab | Code::Up => confirm.focus = step_focus(confirm, false),
        // Plans stand one beside the other.
        Code::Left | Code::Right if confirm.plan_in_focus() => {
            next_plan(confirm, key.code == Code::Right);
            confirm::rebuild(confirm, &app.engine, &names, &now);
        }
        Code::Left | Code::Right if !matches!(confirm.focus, Focus::Field) => {
            confirm.focus = step_focus(confirm, key.code == Code::Right);
        }
        Code::Enter => match confirm.focus {
            Focus::Cancel => {
                app.layers.pop();
            }
            Focus::Choice(at) => switch(confirm, at, &app.engine, &names, &now),
            Focus::Go | Focus::Field => go(app),
        },
        Code::Char(' ') if matches!(confirm.focus, Focus::Choice(_)) => {
            if let Focus::Choice(at) = confirm.focus {
                switch(confirm, at, &app.engine, &names, &now);
            }
        }
        _ => match &mut confirm.way {
            Way::Question => match key.typed() {
                Some('y') => go(app),
                Some('n' | 'q') => {
                    app.layers.pop();
                }
                // The requests, whole.
                Some('v') if !confirm.requests.is_empty() => requests(app),
                Some('e') => {
                    if let Some((_, editing)) = &mut confirm.name {
                        *editing = true;
                    }
                }
                // A choice bears a number.
                Some(c @ '1'..='9') => {
                    let at = c as usize - '1' as usize;
                    if at < confirm.choices.len() {
                        switch(confirm, at, &app.engine, &names, &now);
                    }
                }
                _ => {}
            },
            Way::Typed { input, .. } => {
                if edit(input, key) {
                    confirm.focus = Focus::Field;
                }
            }
        },
    }
}

fn step_focus(confirm: &Confirm, forward: bool) -> Focus {
    let mut order = Vec::new();
    if matches!(confirm.way, Way::Typed { .. }) {
        order.push(Focus::Field);
    }
    order.extend((0..confirm.choices.len()).map(Focus::Choice));
    order.extend([Focus::Cancel, Focus::Go]);
    let at = order.iter().position(|f| *f == confirm.focus).unwrap_or(0);
    let n = order.len();
    order[if forward { (at + 1) % n } else { (at + n - 1) % n }]
}

fn switch(confirm: &mut Confirm, at: usize, engine: &engine::Engine, names: &confirm::Names, now: &engine::Env) {
    let Some(choice) = confirm.choices.get_mut(at) else { return };
    if choice.what == ChoiceKind::Plan {
        next_plan(confirm, true);
    } else {
        choice.on = !choice.on;
        let off = choice.what.excludes().filter(|_| choice.on);
        for other in confirm.choices.iter_mut().filter(|c| Some(c.what) == off) {
            other.on = false;
        }
    }
    confirm::rebuild(confirm, engine, names, now);
}

fn next_plan(confirm: &mut Confirm, forward: bool) {
    let (plans, at) = &mut confirm.plans;
    let n = plans.len().max(1);
    *at = if forward { *at + 1 } else { *at + n - 1 } % n;
}

/// Confirms: what is sent carries its targets by value.
fn go(app: &mut App) {
    let Some(Layer::Confirm(confirm)) = app.layers.last() else { return };
    if !confirm.is_typed() {
        app.tell(Phrase::new("confirm.not-typed"), true);
        return;
    }
    if matches!(confirm.verb, Verb::TakeSnapshot | Verb::Park | Verb::RestoreAsNew)
        && confirm.name.as_ref().is_some_and(|(input, _)| input.value().trim().is_empty())
    {
        app.tell(Phrase::new("confirm.no-name"), true);
        return;
    }
    if let Some(why) = confirm.actions.iter().find_map(|action| key_change::mistake(app, action)) {
        app.tell(why, true);
        return;
    }
    let actions = confirm.actions.clone();
    let together = batch::together(confirm);
    let creates = confirm.verb == Verb::CreateInstance;
    app.layers.pop();
    // What it came from is done.
    if creates {
        crate::app::layers::create::confirmed(app);
    } else if matches!(app.layers.last(), Some(Layer::KeyForm(_) | Layer::Rules(_))) {
        app.layers.pop();
    }
    batch::confirmed(app, &actions);
    app.queue.push(engine::Msg::AskMany { actions, together });
}

/// Shows the requests of the dialog on top, whole.
fn requests(app: &mut App) {
    let Some(Layer::Confirm(confirm)) = app.layers.last() else { return };
    let mut lines = Vec::new();
    for (step, request) in &confirm.requests {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(app.words.say(step));
        lines.push(format!("{} {}", request.method, request.path));
        let body = request.body.as_deref().unwrap_or_default();
        let value = serde_json::from_str::<serde_json::Value>(body);
        let pretty = value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_else(|_| body.to_owned());
        lines.extend(pretty.lines().map(str::to_owned));
    }
    app.layers.push(Layer::Raw(Viewer { title: Phrase::new("title.request"), lines, scroll: 0 }));
}
