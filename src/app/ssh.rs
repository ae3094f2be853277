//! Logging in to a machine: the terminal is given to `ssh`. How is settled in the configuration.

use crate::domain::{Phrase, SshLogin};

use crate::app::panes::row::What;
use crate::app::{App, Away, Effect, open_dialog, own_commands};

/// What `ssh` ends with where it could not log in, or lost its connection; anything else comes from the other side.
const FAILED: i32 = 255;

pub(super) fn log_in(app: &mut App, effects: &mut Vec<Effect>) {
    match of(app) {
        Ok((name, login)) => {
            let title = Phrase::new("title.ssh").with("name", name);
            own_commands::hand_over(app, title, Away::Run { program: login.arguments() }, false, effects);
        }
        Err(why) => app.tell(why, true),
    }
}

/// The name of the instance that is meant and how to log in to it; or why nobody can.
pub(super) fn of(app: &App) -> Result<(String, SshLogin), Phrase> {
    let (rows, _) = open_dialog::applies_to(app);
    let row = match rows.as_slice() {
        [row] => row,
        [] => return Err(Phrase::new("refused.nothing")),
        _ => return Err(Phrase::new("refused.one-at-a-time")),
    };
    let (What::Instance(i) | What::Import(i)) = &row.what else { return Err(Phrase::new("refused.nothing")) };
    if app.demo {
        return Err(Phrase::new("ssh.demo"));
    }
    Ok((i.name.clone(), app.ssh.login(&row.account, i)?))
}

/// Whether a program that came back is worth a word: `ssh` hands on what the last command over there ended with.
pub(super) fn is_news(from: &Away, status: Option<i32>) -> bool {
    let ssh = matches!(from, Away::Run { program } if program.first().is_some_and(|p| p == "ssh"));
    if ssh { status == Some(FAILED) } else { status != Some(0) }
}
