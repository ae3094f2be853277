//! Programs that have the terminal for a while. What is under way goes on meanwhile; nothing is painted and no key is
//! read.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::Stdio;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};
use tokio::signal::unix::{SignalKind, signal};

use crate::app::{ExternalExit, ExternalProgram};
use crate::domain::{AccountName, Phrase, text};
use crate::runtime::dashboard::event::DashboardEvent;
use crate::runtime::event::{Event, Events};
use crate::runtime::program_words;
use crate::settings::{AccountSecret, Environment, begin_of};
use crate::words::cells::without_controls;

/// The secrets of all accounts, to be had when they are needed.
pub(super) type Secrets = BTreeMap<AccountName, AccountSecret>;

/// Begins a program, without the variables that hold secrets; when it has ended, [`DashboardEvent::Exited`] comes.
#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
pub(super) fn begin(
    what: ExternalProgram,
    env: &Environment,
    without: Vec<String>,
    secrets: &Secrets,
    to: &Events<DashboardEvent>,
) {
    let editor = editor(env);
    let (secrets, to) = (secrets.clone(), to.clone());
    tokio::spawn(async move {
        let result = match &what {
            ExternalProgram::Run { program } => {
                run(program, &without).await.map(|status| ExternalExit { status, text: None })
            }
            ExternalProgram::Edit { text, ending } => edit(editor, &without, text, ending).await,
            ExternalProgram::Secrets { accounts } => {
                let programs = accounts.iter().filter_map(|account| Some((account, secrets.get(account)?)));
                ask_all(programs).await
            }
        };
        let _ = to.send(Event::Own(DashboardEvent::Exited(what, result)));
    });
}

/// Opens the person's editor over a text, and waits until it has ended. `without`: the variables that hold secrets.
/// `ending`: what the file's name ends with.
///
/// # Errors
/// Why it could not begin, or what it left cannot be read.
pub async fn edit_text(
    env: &Environment,
    without: &[String],
    text: &str,
    ending: &str,
) -> Result<ExternalExit, Phrase> {
    edit(editor(env), without, text, ending).await
}

/// The person's editor with its arguments: `$VISUAL`, `$EDITOR`, else `vi`.
fn editor(env: &Environment) -> Result<Vec<String>, Phrase> {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| Some((name, env.variable(name).filter(|value| !value.trim().is_empty())?)));
    let (variable, value) = named.unwrap_or(("EDITOR", "vi"));
    program_words::parse(value).ok_or_else(|| text::away::quote(variable))
}

/// Runs the programs that tell secrets, one after the other; which one asks stands above it.
async fn ask_all(secrets: impl Iterator<Item = (&AccountName, &AccountSecret)>) -> Result<ExternalExit, Phrase> {
    let mut worst = Ok(ExternalExit { status: Some(0), text: None });
    for (account, secret) in secrets {
        let Some(program) = secret.program() else { continue };
        // The terminal is theirs by now.
        let _ =
            writeln!(std::io::stderr(), "vpsdeck: {}", without_controls(&format!("{account}: {}", program.join(" "))));
        let name = program.first().map_or("", String::as_str);
        let not_told = |how: Phrase| text::away::ended(name, how);
        let told = attended(program, &[], Stdio::piped()).await.and_then(|(status, printed)| {
            let back = ExternalExit { status, text: None };
            if status != Some(0) {
                return Err(not_told(back.how()));
            }
            secret.take(printed).map(|()| back).map_err(|_| not_told(Phrase::new(text::away::NO_SECRET)))
        });
        worst = worst.and(told);
    }
    worst
}

async fn run(program: &[String], without: &[String]) -> Result<Option<i32>, Phrase> {
    attended(program, without, Stdio::inherit()).await.map(|(status, _)| status)
}

/// Runs a program that has the terminal: how it ended, and what it printed where that was not for the terminal.
async fn attended(program: &[String], without: &[String], stdout: Stdio) -> Result<(Option<i32>, Vec<u8>), Phrase> {
    let (name, arguments) = program.split_first().ok_or_else(|| Phrase::new(text::away::NOTHING))?;
    let said = |error: std::io::Error| text::away::not_begun(name.as_str(), error.to_string());
    let inherit = Stdio::inherit;
    let mut command = tokio::process::Command::new(name);
    command.args(arguments).stdin(inherit()).stdout(stdout).stderr(inherit());
    for name in without {
        command.env_remove(name);
    }
    // Heard from before it begins, so that no change of it is missed.
    let mut changed = signal(SignalKind::child()).map_err(said)?;
    let mut child = command.spawn().map_err(said)?;
    let mut ends = EndsWithUs(child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)));
    let printed = begin_of(child.stdout.take());
    let ended = async {
        loop {
            tokio::select! {
                ended = child.wait() => return ended,
                _ = changed.recv() => stop_with(child.id()),
            }
        }
    };
    let (printed, ended) = tokio::join!(printed, ended);
    ends.0 = None;
    Ok((ended.map_err(said)?.code(), printed))
}

/// A program that has the terminal is told when we end before it, so that it does not share what is typed with whoever has
/// the terminal then.
struct EndsWithUs(Option<Pid>);

impl Drop for EndsWithUs {
    fn drop(&mut self) {
        if let Some(pid) = self.0 {
            // As if the terminal had gone: editors keep what is not saved. One that has ended needs no word.
            let _ = rustix::process::kill_process(pid, Signal::HUP);
        }
    }
}

/// Where the program was stopped (Ctrl-z, or `~^Z` in ssh), we stop with it, so that the shell has the terminal; it
/// continues us both.
fn stop_with(child: Option<u32>) {
    let Some(pid) = child.and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)) else { return };
    let look = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG;
    if let Ok(Some(status)) = rustix::process::waitid(WaitId::Pid(pid), look)
        && status.stopped()
    {
        let _ = rustix::process::kill_current_process_group(Signal::STOP);
    }
}

async fn edit(
    editor: Result<Vec<String>, Phrase>,
    without: &[String],
    text: &str,
    ending: &str,
) -> Result<ExternalExit, Phrase> {
    let mut program = editor?;
    let said = |error: std::io::Error| text::away::no_file(error.to_string());
    // Readable by nobody else, and gone with this function.
    let mut file = tempfile::Builder::new().prefix("vpsdeck-").suffix(ending).tempfile().map_err(said)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(said)?;
    program.push(file.path().to_string_lossy().into_owned());
    let status = run(&program, without).await?;
    // Editors replace the file: it is read by its name.
    let text = std::fs::read_to_string(file.path()).map_err(said)?;
    Ok(ExternalExit { status, text: Some(text) })
}
