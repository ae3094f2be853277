//! Programs that the terminal is given to: how they are asked for and what is made of how they end.

use crate::app::layers::layer::{HandOver, Layer};
use crate::app::layers::rule_editor;
use crate::app::to_engine::to_engine;
use crate::app::{App, AppEffect, ExternalExit, ExternalProgram};
use crate::domain::{Phrase, quoted, text};
use crate::engine;

/// Gives the terminal to a program. What counts down is cancelled, since nobody could take it back meanwhile.
pub(crate) fn start(app: &mut App, to: ExternalProgram, effects: &mut Vec<AppEffect>) {
    to_engine(app, engine::Msg::CancelCountdowns, effects);
    effects.push(AppEffect::HandOver(to));
}

/// Gives the terminal to a program; asks first where it is to, or where something counts down that is cancelled by it.
pub(crate) fn hand_over(
    app: &mut App,
    title: Phrase,
    to: ExternalProgram,
    confirm: bool,
    effects: &mut Vec<AppEffect>,
) {
    let countdown = app.engine.newest_countdown().map(|op| {
        let subject = op.action.subject().name.as_str();
        text::own::cancels(op.action.verb(), subject)
    });
    if !confirm && countdown.is_none() {
        return start(app, to, effects);
    }
    let mut lines = Vec::new();
    if let ExternalProgram::Run { program } = &to {
        let line = program.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
        lines.push(text::own::runs(line));
    }
    lines.extend(countdown);
    app.layers.push(Layer::HandOver(HandOver { title, lines, to, drawn: false, ignored: 0 }));
}

impl ExternalExit {
    /// How the program ended: with a status, or by a signal.
    pub(crate) fn how(&self) -> Phrase {
        let status = |n: i32| text::away::status(n.to_string());
        self.status.map_or_else(|| Phrase::new(text::away::SIGNAL), status)
    }
}

pub(crate) fn handle_exit(app: &mut App, from: &ExternalProgram, result: Result<ExternalExit, Phrase>) {
    if let (ExternalProgram::Edit { text, ending: ".toml" }, Ok(back)) = (from, &result)
        && rule_editor::accept_text(app, text, back)
    {
        return;
    }
    if let ExternalProgram::Secrets { accounts } = from {
        app.queue.extend(accounts.iter().cloned().map(engine::Msg::Refresh));
    }
    match (from, result) {
        (_, Err(why)) => app.tell(why, true),
        (ExternalProgram::Run { program }, Ok(back)) if is_news(from, back.status) => {
            let name = program.first().map_or("", String::as_str);
            app.tell(text::away::ended(name, back.how()), true);
        }
        (ExternalProgram::Run { .. } | ExternalProgram::Edit { .. } | ExternalProgram::Secrets { .. }, Ok(_)) => {}
    }
}

/// What `ssh` ends with where it could not log in, or lost its connection; anything else comes from the other side.
const SSH_FAILED: i32 = 255;

/// Whether a program that came back is worth a word: `ssh` hands on what the last command over there ended with.
fn is_news(from: &ExternalProgram, status: Option<i32>) -> bool {
    let ssh = matches!(from, ExternalProgram::Run { program } if program.first().is_some_and(|p| p == "ssh"));
    if ssh { status == Some(SSH_FAILED) } else { status != Some(0) }
}
