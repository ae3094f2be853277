//! The keys of a dialog that asks.

use tui_input::Input;

use crate::app::layers::confirm::{ConfirmDialog, Focus};
use crate::app::layers::layer::{Layer, Viewer};
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::text_field::edit;
use crate::app::tables::key::{Code, KeyStroke};
use crate::app::{App, propose};
use crate::domain::{Phrase, text};
use crate::proposal::OptionKind;

pub(crate) fn key(confirm: &mut ConfirmDialog, app: &App, key: KeyStroke) -> Next {
    if confirm.overtaken.is_some() {
        return Next::close_if(key.is_cancel() || matches!(key.code, Code::Enter | Code::Char('q')));
    }
    if let Some(input) = &mut confirm.name {
        if key.code == Code::Enter || key.is_cancel() {
            confirm.proposal.name = Some(input.value().to_owned());
            confirm.name = None;
            rebuild(confirm, app);
        } else {
            edit(input, key);
        }
        return Next::Stay;
    }
    if key.is_cancel() {
        return Next::Close;
    }
    match (key.code, confirm.focus) {
        (Code::Tab | Code::Down, _) => confirm.focus = step_focus(confirm, true),
        (Code::BackTab | Code::Up, _) => confirm.focus = step_focus(confirm, false),
        // Plans stand one beside the other.
        (Code::Left | Code::Right, _) if confirm.plan_in_focus() => {
            confirm.proposal.select_plan(key.code == Code::Right);
            rebuild(confirm, app);
        }
        (Code::Left | Code::Right, Focus::Option(_) | Focus::Cancel | Focus::Go) => {
            confirm.focus = step_focus(confirm, key.code == Code::Right);
        }
        (Code::Enter, Focus::Cancel) => return Next::Close,
        (Code::Enter | Code::Char(' '), Focus::Option(at)) => switch(confirm, at, app),
        (Code::Enter, Focus::Go | Focus::Field) => return go(confirm, app),
        _ if confirm.proposal.confirmation.is_typed() => {
            if edit(&mut confirm.typed, key) {
                confirm.focus = Focus::Field;
            }
        }
        _ => return letter_key(confirm, app, key),
    }
    Next::Stay
}

fn letter_key(confirm: &mut ConfirmDialog, app: &App, key: KeyStroke) -> Next {
    match key.typed() {
        Some('y') => return go(confirm, app),
        Some('n' | 'q') => return Next::Close,
        // The requests, whole.
        Some('v') if !confirm.proposal.requests.is_empty() => {
            return Next::Do(LayerRequest::Open(requests(confirm, app)));
        }
        Some('e') => confirm.name = confirm.proposal.name.clone().map(Input::new),
        // An option bears a number.
        Some(c @ '1'..='9') => {
            let at = c as usize - '1' as usize;
            if at < confirm.proposal.options.len() {
                switch(confirm, at, app);
            }
        }
        _ => {}
    }
    Next::Stay
}

pub(crate) fn paste(confirm: &mut ConfirmDialog, insert: &dyn Fn(&mut Input)) {
    if !confirm.drawn || confirm.overtaken.is_some() {
        return;
    }
    if let Some(input) = &mut confirm.name {
        insert(input);
    } else if confirm.focus == Focus::Field {
        insert(&mut confirm.typed);
    }
}

fn switch(confirm: &mut ConfirmDialog, at: usize, app: &App) {
    confirm.proposal.switch(at);
    rebuild(confirm, app);
}

fn rebuild(confirm: &mut ConfirmDialog, app: &App) {
    confirm.proposal.rebuild(&app.engine, &propose::names(app), &app.now);
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

/// Confirms, or says what is missing.
fn go(confirm: &ConfirmDialog, app: &App) -> Next {
    let untyped = (!confirm.is_typed()).then(|| Phrase::new(text::confirm::NOT_TYPED));
    if let Some(why) = untyped.or_else(|| confirm.proposal.mistake(&app.engine)) {
        return Next::tell(why, true);
    }
    let together = confirm.proposal.is_on(OptionKind::AllAtOnce);
    Next::CloseAnd(LayerRequest::Confirm { actions: confirm.proposal.actions.clone(), together })
}

/// The requests of the dialog, whole.
fn requests(confirm: &ConfirmDialog, app: &App) -> Layer {
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
    Layer::Raw(Viewer { title: Phrase::new(text::title::REQUEST), lines, scroll: 0 })
}
