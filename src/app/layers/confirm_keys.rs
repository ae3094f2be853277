//! The keys of a dialog that asks.

use tui_input::Input;

use crate::app::App;
use crate::app::layers::confirm::{ConfirmDialog, Focus};
use crate::app::layers::layer::{Layer, Viewer};
use crate::app::layers::text_field::edit;
use crate::app::operations::batch;
use crate::app::propose;
use crate::app::tables::key::{Code, Key};
use crate::domain::{Phrase, Verb, text};
use crate::engine;
use crate::proposal::OptionKind;

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
    if let Some(input) = &mut confirm.name {
        if key.code == Code::Enter || key.is_cancel() {
            confirm.proposal.name = Some(input.value().to_owned());
            confirm.name = None;
            confirm.proposal.rebuild(&app.engine, &names, &now);
        } else {
            edit(input, key);
        }
        return;
    }
    if key.is_cancel() {
        app.layers.pop();
        return;
    }
    let switch = |confirm: &mut ConfirmDialog, at: usize| {
        confirm.proposal.switch(at);
        confirm.proposal.rebuild(&app.engine, &names, &now);
    };
    match (key.code, confirm.focus) {
        (Code::Tab | Code::Down, _) => confirm.focus = step_focus(confirm, true),
        (Code::BackTab | Code::Up, _) => confirm.focus = step_focus(confirm, false),
        // Plans stand one beside the other.
        (Code::Left | Code::Right, _) if confirm.plan_in_focus() => {
            confirm.proposal.select_plan(key.code == Code::Right);
            confirm.proposal.rebuild(&app.engine, &names, &now);
        }
        (Code::Left | Code::Right, Focus::Option(_) | Focus::Cancel | Focus::Go) => {
            confirm.focus = step_focus(confirm, key.code == Code::Right);
        }
        (Code::Enter, Focus::Cancel) => {
            app.layers.pop();
        }
        (Code::Enter | Code::Char(' '), Focus::Option(at)) => switch(confirm, at),
        (Code::Enter, Focus::Go | Focus::Field) => go(app),
        _ if confirm.proposal.confirmation.is_typed() => {
            if edit(&mut confirm.typed, key) {
                confirm.focus = Focus::Field;
            }
        }
        _ => match key.typed() {
            Some('y') => go(app),
            Some('n' | 'q') => {
                app.layers.pop();
            }
            // The requests, whole.
            Some('v') if !confirm.proposal.requests.is_empty() => requests(app),
            Some('e') => confirm.name = confirm.proposal.name.clone().map(Input::new),
            // An option bears a number.
            Some(c @ '1'..='9') => {
                let at = c as usize - '1' as usize;
                if at < confirm.proposal.options.len() {
                    switch(confirm, at);
                }
            }
            _ => {}
        },
    }
}

fn step_focus(confirm: &ConfirmDialog, forward: bool) -> Focus {
    let mut order = Vec::new();
    if confirm.proposal.confirmation.is_typed() {
        order.push(Focus::Field);
    }
    order.extend((0..confirm.proposal.options.len()).map(Focus::Option));
    order.extend([Focus::Cancel, Focus::Go]);
    let at = order.iter().position(|f| *f == confirm.focus).unwrap_or(0);
    let n = order.len();
    order[if forward { (at + 1) % n } else { (at + n - 1) % n }]
}

/// Confirms: what is sent carries its targets by value.
fn go(app: &mut App) {
    let Some(Layer::Confirm(confirm)) = app.layers.last() else { return };
    let untyped = (!confirm.is_typed()).then(|| Phrase::new(text::confirm::NOT_TYPED));
    if let Some(why) = untyped.or_else(|| confirm.proposal.mistake(&app.engine)) {
        app.tell(why, true);
        return;
    }
    let actions = confirm.proposal.actions.clone();
    let together = confirm.proposal.is_on(OptionKind::AllAtOnce);
    let creates = confirm.proposal.verb == Verb::CreateInstance;
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
    for (step, request) in &confirm.proposal.requests {
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
    app.layers.push(Layer::Raw(Viewer { title: Phrase::new(text::title::REQUEST), lines, scroll: 0 }));
}
