//! `key`, and `delete key`: what is asked of SSH keys and of keys of the API.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use crate::cli::args::{ApiKeyCommand, ChangeArgs, CliCommand, DeleteCommand, KeyAddArgs, KeyCommand};
use crate::cli::print::{self, refuse};
use crate::cli::wording::local_words;
use crate::domain::{Phrase, PublicKey, text};
use crate::runtime::local_keys::{text_of, text_of_file};
use crate::session::key::KeyRequest;

/// What a command asks of keys; `None` where it asks nothing of them.
///
/// # Errors
/// The exit code where its file holds no public key; why is printed.
pub(super) fn asked(command: &CliCommand) -> Result<Option<(KeyRequest, &ChangeArgs)>, u8> {
    let command = match command {
        CliCommand::Key(command) => command,
        CliCommand::Delete(DeleteCommand::Key(args)) => {
            return Ok(Some((KeyRequest::Delete { target: args.target.clone() }, &args.change)));
        }
        _ => return Ok(None),
    };
    let target = |target: &str| target.to_owned();
    Ok(Some(match command {
        KeyCommand::Add(args) => (added(args)?, &args.change),
        KeyCommand::Activate(args) => (KeyRequest::Offer { target: target(&args.target), active: true }, &args.change),
        KeyCommand::Deactivate(args) => {
            (KeyRequest::Offer { target: target(&args.target), active: false }, &args.change)
        }
        KeyCommand::Rename(args) => {
            (KeyRequest::Rename { target: target(&args.target), name: args.name.clone() }, &args.change)
        }
        KeyCommand::Delete(args) => (KeyRequest::Delete { target: target(&args.target) }, &args.change),
        KeyCommand::Api(ApiKeyCommand::Create { change }) => (KeyRequest::CreateApi, change),
        KeyCommand::Api(ApiKeyCommand::Delete(args)) => {
            (KeyRequest::DeleteApi { target: target(&args.target) }, &args.change)
        }
        KeyCommand::List(_) | KeyCommand::Api(ApiKeyCommand::List(_)) => return Ok(None),
    }))
}

fn added(args: &KeyAddArgs) -> Result<KeyRequest, u8> {
    let public = read(&args.file)?;
    let stem = args.file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(KeyRequest::Add { public, name: args.name.clone(), stem, keep_comment: args.keep_comment })
}

fn read(file: &Path) -> Result<PublicKey, u8> {
    let from_stdin = file == Path::new("-");
    let wrong = |why: Phrase| {
        let name = if from_stdin { "-".to_owned() } else { file.display().to_string() };
        refuse(text::cli_key::file(name, why))
    };
    if from_stdin && io::stdin().is_terminal() {
        print::note(local_words().get(text::key_form::PASTE));
    }
    // A pipe in the place of a file is read, too: `<(ssh-add -L)`.
    let text = if from_stdin { text_of(io::stdin().lock()) } else { text_of_file(file) };
    let text = text.map_err(wrong)?;
    PublicKey::parse(&text).map_err(|mistake| wrong(mistake.phrase()))
}
