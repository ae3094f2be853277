//! Logging in to a machine: the terminal is given to `ssh`. How is settled in the configuration.

use crate::app::panes::row::What;
use crate::app::{App, AppEffect, ExternalProgram, external_program, possible};
use crate::domain::{Phrase, SshLogin, text};

pub(super) fn log_in(app: &mut App, effects: &mut Vec<AppEffect>) {
    match target(app) {
        Ok((name, login)) => {
            let title = text::title::ssh(name);
            external_program::hand_over(
                app,
                title,
                ExternalProgram::Run { program: login.arguments() },
                false,
                effects,
            );
        }
        Err(why) => app.tell(why, true),
    }
}

/// The name of the instance that is meant and how to log in to it; or why nobody can.
pub(super) fn target(app: &App) -> Result<(String, SshLogin), Phrase> {
    let row = possible::sole_row(app)?;
    let (What::Instance(i) | What::Import(i)) = &row.what else { return Err(Phrase::new(text::refused::NOTHING)) };
    if app.demo {
        return Err(Phrase::new(text::ssh::DEMO));
    }
    Ok((i.name.clone(), app.ssh.login(&row.account, i)?))
}
