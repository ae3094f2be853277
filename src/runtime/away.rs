//! Programs that have the terminal for a while. What is under way goes on meanwhile; nothing is painted and no key is
//! read.

use std::io::Write as _;
use std::process::Stdio;

use tokio::sync::mpsc::UnboundedSender;

use super::run::Happened;
use crate::app::{Away, Back};
use crate::domain::Phrase;
use crate::settings::Environment;

/// Begins a program; when it has ended, [`Happened::Back`] comes.
#[allow(clippy::disallowed_methods, reason = "the runtime spawns")]
pub(super) fn begin(what: Away, env: &Environment, to: &UnboundedSender<Happened>) {
    let editor = editor(env);
    let to = to.clone();
    tokio::spawn(async move {
        let result = match &what {
            Away::Run { program } => run(program).await.map(|status| Back { status, text: None }),
            Away::Edit { text, ending } => edit(&editor, text, ending).await,
        };
        let _ = to.send(Happened::Back(what, result));
    });
}

/// Opens the person's editor over a text, and waits until it has ended. `ending`: what the file's name ends with.
///
/// # Errors
/// Why it could not begin, or what it left cannot be read.
pub async fn edit_text(env: &Environment, text: &str, ending: &str) -> Result<Back, Phrase> {
    edit(&editor(env), text, ending).await
}

/// The person's editor with its arguments: `$VISUAL`, `$EDITOR`, else `vi`.
fn editor(env: &Environment) -> Vec<String> {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| env.variable(name).filter(|v| !v.trim().is_empty()));
    named.unwrap_or("vi").split_whitespace().map(str::to_owned).collect()
}

async fn run(program: &[String]) -> Result<Option<i32>, Phrase> {
    let (name, arguments) = program.split_first().ok_or_else(|| Phrase::new("away.nothing"))?;
    let said = |error: std::io::Error| {
        Phrase::new("away.not-begun").with("program", name.as_str()).with("said", error.to_string())
    };
    let inherit = Stdio::inherit;
    let mut command = tokio::process::Command::new(name);
    command.args(arguments).stdin(inherit()).stdout(inherit()).stderr(inherit());
    Ok(command.status().await.map_err(said)?.code())
}

async fn edit(editor: &[String], text: &str, ending: &str) -> Result<Back, Phrase> {
    let said = |error: std::io::Error| Phrase::new("away.no-file").with("said", error.to_string());
    // Readable by nobody else, and gone with this function.
    let mut file = tempfile::Builder::new().prefix("vpsdeck-").suffix(ending).tempfile().map_err(said)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(said)?;
    let mut program = editor.to_vec();
    program.push(file.path().to_string_lossy().into_owned());
    let status = run(&program).await?;
    // Editors replace the file: it is read by its name.
    let text = std::fs::read_to_string(file.path()).map_err(said)?;
    Ok(Back { status, text: Some(text) })
}
