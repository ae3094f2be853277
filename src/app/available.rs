//! Which commands can do something here and now, and why the others cannot.

use crate::app::layers::{allow, compare, console_output, protect};
use crate::app::panes::row::RowKey;
use crate::app::tables::commands::Command;
use crate::app::tables::creatable;
use crate::app::tables::pane::Pane;
use crate::app::{App, again, console, hanging_stop, open_dialog, own_commands, possible, problems, ssh};
use crate::domain::{ListKey, OpId, OpState, Operation, Phrase, Possible, Verb, text};

/// Why a command can do nothing here and now; `None` where it can. `Err`: it has no meaning here.
pub(crate) fn why_not(app: &App, command: Command) -> Result<Option<Phrase>, ()> {
    if !app.keymap.works_in(command, app.focus) {
        return Err(());
    }
    match command {
        // Where no account has any, there is nothing to go to.
        Command::Go(Pane::Keys) if !any_supports(app, &ListKey::Keys) => Err(()),
        Command::Go(Pane::ApiKeys) if !any_supports(app, &ListKey::ApiKeys) => Err(()),
        Command::Do(verb) if verb.makes() => creatable::why_not(app, verb),
        Command::Do(verb) => verb_why_not(app, verb),
        Command::Console => unless_never(console::requested(app)),
        Command::ConsoleOutput => unless_never(console_output::requested(app)),
        Command::Ssh => Ok(ssh::target(app).err()),
        Command::Own(n) => Ok(own_commands::program(app, n).err()),
        Command::Cancel if cancellable(app).is_none() => Ok(Some(Phrase::new(text::take_back::NOTHING))),
        Command::NextProblem | Command::PreviousProblem if problems::count(app) == 0 => {
            Ok(Some(Phrase::new(text::problem::NONE)))
        }
        Command::Again => again::why_not_again(app),
        Command::AllowMyAddress => allow::why_not(app),
        Command::Watch if again::watchable(app).is_empty() => Ok(Some(Phrase::new(text::refused::NOTHING))),
        Command::Compare => Ok(compare::marked_pair(app).err()),
        Command::Protect => protect::why_not(app),
        Command::Decide => match selected_halted(app) {
            Some(_) => Ok(None),
            None => Err(()),
        },
        _ => Ok(None),
    }
}

fn unless_never<T>(requested: Result<T, Phrase>) -> Result<Option<Phrase>, ()> {
    match requested {
        Ok(_) => Ok(None),
        Err(why) if why.text == text::why_not::NEVER => Err(()),
        Err(why) => Ok(Some(why)),
    }
}

/// Whether an account that is shown has such a list.
pub(crate) fn any_supports(app: &App, list: &ListKey) -> bool {
    let mut shown = app.shown_accounts();
    shown.any(|a| a.account.policy.supports(list))
}

/// Marked rows beyond these are not asked for a hint.
const HINTED: usize = 64;

/// Whether the footer offers a command: as [`why_not`], without a look at every row, since it is asked for each frame.
pub(crate) fn is_offered(app: &App, command: Command) -> bool {
    if !command.row().is_some_and(|r| r.works_in(app.focus)) {
        return false;
    }
    match command {
        Command::Do(verb @ hanging_stop::VERB) => app.pane().row().is_some_and(|row| {
            hanging_stop::is_hanging(app, row) && matches!(open_dialog::offered(app, verb, row), Some(Possible::Yes))
        }),
        Command::Do(verb) if verb.makes() => matches!(creatable::why_not(app, verb), Ok(None)),
        Command::Do(verb) => {
            let pane = app.pane();
            let can =
                |row: &crate::app::panes::row::Row| matches!(open_dialog::offered(app, verb, row), Some(Possible::Yes));
            if pane.marks.is_empty() {
                return pane.row().is_some_and(can);
            }
            pane.rows.iter().filter(|r| pane.marks.contains(&r.key())).take(HINTED).any(can)
        }
        Command::NextProblem | Command::PreviousProblem
            if app.panes[Pane::Instances.index()].filter.value().is_empty() =>
        {
            app.totals.problems > 0 || problems::beyond_rows(app)
        }
        _ => matches!(why_not(app, command), Ok(None)),
    }
}

fn verb_why_not(app: &App, verb: Verb) -> Result<Option<Phrase>, ()> {
    let rows = match possible::rows_or_why(app) {
        Ok((rows, _)) => rows,
        Err(why) => return Ok(Some(why)),
    };
    let mut refused = None;
    for row in &rows {
        match open_dialog::offered(app, verb, row) {
            Some(Possible::Yes) => return Ok(None),
            Some(Possible::No(why)) => refused = Some(why),
            Some(Possible::Never) | None => {}
        }
    }
    refused.map(Some).ok_or(())
}

pub(crate) fn selected_halted(app: &App) -> Option<crate::domain::OpId> {
    let Some(RowKey::Operation(id)) = app.pane().selected() else { return None };
    let op = app.engine.operation(id)?;
    // What another process carries on is decided there.
    let ours = app.engine.is_ours(op);
    (ours && matches!(op.state, OpState::Halted(_) | OpState::OutcomeUnknown)).then(|| id.clone())
}

/// What `u` cancels: in Operations that row's countdown or its steps not yet begun, else the newest countdown.
pub(crate) fn cancellable(app: &App) -> Option<OpId> {
    let here = match (app.focus, app.pane().selected()) {
        (Pane::Operations, Some(RowKey::Operation(id))) => app.engine.operation(id),
        _ => None,
    };
    let sent = |o: &&Operation| {
        let unknown = matches!(o.state, OpState::Halted(crate::domain::Halt::OutcomeUnknown));
        unknown || matches!(o.state, OpState::Sending | OpState::OutcomeUnknown)
    };
    here.filter(|o| app.engine.is_ours(o) && (o.only_listens() || (o.has_calls_ahead() && !sent(o))))
        .or_else(|| app.engine.newest_countdown())
        .map(|o| o.id.clone())
}
