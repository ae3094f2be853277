//! Asks a person at a terminal. Where there is none, nothing is asked and the caller says what to give instead.

use crate::domain::text;
use std::io::{self, BufRead, IsTerminal, Read};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use secrecy::SecretString;

use crate::cli::print;
use crate::cli::wording::words;

pub(super) fn is_possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// A line of text; `default` where it is left empty. `None` at the end of input.
pub(super) fn line(question: &str, default: Option<&str>) -> Option<String> {
    match default {
        Some(default) => print::ask(&format!("{question} [{default}]: ")),
        None => print::ask(&format!("{question}: ")),
    }
    let mut answer = String::new();
    if io::stdin().lock().read_line(&mut answer).ok()? == 0 {
        return None;
    }
    let answer = answer.trim();
    match default {
        Some(default) if answer.is_empty() => Some(default.to_owned()),
        _ => Some(answer.to_owned()),
    }
}

/// A question whose harmless answer is no.
pub(super) fn yes(question: &str) -> bool {
    line(&format!("{question} [y/N]"), None).is_some_and(|answer| matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// A secret, without echo.
pub(super) fn secret(question: &str) -> Option<SecretString> {
    // rpassword asks before it turns the echo off: what is pasted at once would stand on the screen.
    let _quiet = Quiet::begin();
    rpassword::prompt_password(format!("{question}: ")).ok().map(SecretString::from).filter(is_something)
}

/// Says to whoever sits at a terminal that standard input is read, and how it ends.
pub(super) fn announce_stdin() {
    if io::stdin().is_terminal() {
        print::note(words().get(text::cli_wait::STDIN));
    }
}

/// A secret from standard input: its first line.
pub(super) fn secret_from_stdin() -> Option<SecretString> {
    announce_stdin();
    let mut text = String::new();
    io::stdin().lock().take(64 * 1024).read_to_string(&mut text).ok()?;
    text.lines().next().map(SecretString::from).filter(is_something)
}

/// The terminal without echo, until it is dropped. What was typed before is thrown away.
struct Quiet(Termios);

impl Quiet {
    fn begin() -> Option<Self> {
        let before = tcgetattr(io::stdin()).ok()?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Flush, &quiet).ok()?;
        Some(Self(before))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // A terminal that is gone needs no echo.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
    }
}

fn is_something(secret: &SecretString) -> bool {
    !secrecy::ExposeSecret::expose_secret(secret).is_empty()
}
