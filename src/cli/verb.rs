//! The verbs: the dashboard's dialogs in plain lines, answered by options, or by a person where there is a terminal.

use crate::cli::args::{ChangeArgs, CliCommand, DeleteCommand, Global};
use crate::cli::change::Run;
use crate::cli::key;
use crate::domain::Verb;
use crate::proposal::OptionKind;
use crate::session::key::KeyRequest;
use crate::session::verb::VerbRequest;
use crate::settings::Environment;

pub(super) enum ChangeRequest {
    Verb(VerbRequest),
    Key(KeyRequest),
}

impl ChangeRequest {
    /// What it is done to, as it was typed, where it is there already.
    fn target(&self) -> Option<&str> {
        match self {
            Self::Verb(wish) => Some(&wish.target),
            Self::Key(wish) => wish.target(),
        }
    }
}

/// What a command asks for, with how it is confirmed and followed.
///
/// # Errors
/// The exit code; why is printed.
pub(super) fn asked(command: &CliCommand) -> Result<Option<(ChangeRequest, &ChangeArgs)>, u8> {
    if let Some((wish, change)) = key::asked(command)? {
        return Ok(Some((ChangeRequest::Key(wish), change)));
    }
    Ok(verb_of(command).map(|(wish, change)| (ChangeRequest::Verb(wish), change)))
}

fn verb_of(command: &CliCommand) -> Option<(VerbRequest, &ChangeArgs)> {
    let wish = |verb, target: &str| VerbRequest {
        verb,
        target: target.to_owned(),
        from: None,
        name: None,
        plan: None,
        too: None,
    };
    Some(match command {
        CliCommand::Start(a) => (wish(Verb::Start, &a.instance), &a.change),
        CliCommand::Stop(a) => (wish(Verb::Stop, &a.instance), &a.change),
        CliCommand::ForceStop(a) => (wish(Verb::ForceStop, &a.instance), &a.change),
        CliCommand::Reboot(a) => (wish(Verb::Reboot, &a.instance), &a.change),
        CliCommand::Destroy(a) => {
            let too = a.with_volume.then_some(OptionKind::VolumesToo);
            (VerbRequest { too, ..wish(Verb::Destroy, &a.instance) }, &a.change)
        }
        CliCommand::TakeSnapshot(a) => {
            (VerbRequest { name: a.name.clone(), ..wish(Verb::TakeSnapshot, &a.instance) }, &a.change)
        }
        CliCommand::Restore(a) => {
            (VerbRequest { from: Some(a.from.clone()), ..wish(Verb::Restore, &a.instance) }, &a.change)
        }
        CliCommand::Resize(a) => {
            (VerbRequest { plan: Some(a.plan.clone()), ..wish(Verb::Resize, &a.instance) }, &a.change)
        }
        CliCommand::ConfirmResize(a) => (wish(Verb::ConfirmResize, &a.instance), &a.change),
        CliCommand::RevertResize(a) => (wish(Verb::RevertResize, &a.instance), &a.change),
        // An image of one's own is what the provider calls a snapshot, and stands in both lists.
        CliCommand::Delete(DeleteCommand::Snapshot(a) | DeleteCommand::Image(a)) => {
            let too = a.with_volume_snapshots.then_some(OptionKind::NamedToo);
            (VerbRequest { too, ..wish(Verb::DeleteSnapshot, &a.target) }, &a.change)
        }
        _ => return None,
    })
}

pub(super) async fn run(asked: &ChangeRequest, args: &ChangeArgs, env: &Environment, global: &Global) -> u8 {
    let (this, mut session) = match Run::open(args, asked.target(), env, global) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let planned = match asked {
        ChangeRequest::Verb(wish) => session.plan(wish, this.words().clock()).await,
        ChangeRequest::Key(wish) => session.plan_key(wish).await,
    };
    this.go(&mut session, planned).await
}
