//! Opens an address in the person's browser, without waiting for it and without a shell between.

use std::process::Stdio;
use std::time::Duration;

use process_wrap::tokio::{CommandWrap, ProcessSession};
use reqwest::Url;
use tokio::process::Command;

use crate::domain::{Phrase, text};
use crate::runtime::program_words;
use crate::settings::Environment;

/// What a console is reached by. The provider says the address, and an opener takes any: `file:` shows what lies on this
/// machine, others start whatever program is registered for them.
const SCHEMES: [&str; 3] = ["https", "http", "wss"];

/// What runs for so long has the address: an opener may wait for the browser to end.
const HANDED_OVER: Duration = Duration::from_secs(2);

pub(super) enum Browser {
    /// The program that `$BROWSER` names, with its arguments.
    Named(Vec<String>),
    Desktop,
    /// Nothing: without a screen the desktop's opener would start a browser for a terminal, which it is not given.
    Missing,
}

impl Browser {
    pub(super) fn new(env: &Environment) -> Self {
        let set = |name: &str| env.variable(name).filter(|value| !value.trim().is_empty());
        let named = set("BROWSER");
        // A list or a pattern is for the desktop's own opener, which reads it, too.
        let program = named.filter(|value| !value.contains([':', '%'])).and_then(program_words::parse);
        let has_screen = || {
            // Neither is asked for on macOS and Android, nor for a browser of the Windows around.
            cfg!(any(target_os = "macos", target_os = "android"))
                || ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].into_iter().any(|name| set(name).is_some())
        };
        match program {
            Some(program) => Self::Named(program),
            None if named.is_some() || has_screen() => Self::Desktop,
            None => Self::Missing,
        }
    }

    /// Hands it an address, without the variables that hold secrets. Whether it has it: what the system said is left out,
    /// since that may hold the address.
    pub(super) async fn open(&self, address: &Url, without: &[String]) -> bool {
        for mut command in self.commands(address.as_str()) {
            for name in without {
                command.env_remove(name);
            }
            if takes(command).await {
                return true;
            }
        }
        false
    }

    /// What is tried, one after the other.
    fn commands(&self, address: &str) -> Vec<Command> {
        match self {
            Self::Named(words) => words.split_first().map_or_else(Vec::new, |(program, arguments)| {
                let mut command = Command::new(program);
                command.args(arguments).arg(address);
                vec![command]
            }),
            Self::Desktop => open::commands(address).into_iter().map(Command::from).collect(),
            Self::Missing => Vec::new(),
        }
    }
}

/// Whether a program could be started and did not fail at once. It has no terminal, and goes on when we end.
async fn takes(mut command: Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = CommandWrap::from(command).wrap(ProcessSession).spawn() else { return false };
    match tokio::time::timeout(HANDED_OVER, child.wait()).await {
        Ok(ended) => ended.is_ok_and(|status| status.success()),
        Err(_) => true,
    }
}

/// An address of the web, as the parser writes it, so that an opener takes it for nothing else.
///
/// # Errors
/// That it is none.
pub(super) fn page(address: &str) -> Result<Url, Phrase> {
    let url = Url::parse(address).map_err(|_| Phrase::new(text::console::NO_ADDRESS))?;
    if SCHEMES.contains(&url.scheme()) && url.has_host() {
        return Ok(url);
    }
    Err(text::console::scheme(url.scheme().chars().take(20).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("https://vnc.example/vnc_auto.html?token=t", None)]
    #[case("HTTP://127.0.0.1:6080/vnc.html", None)]
    #[case("wss://vnc.example/websockify", None)]
    #[case("file:///etc/passwd", Some("console.scheme"))]
    #[case("FILE:///etc/passwd", Some("console.scheme"))]
    #[case("ssh://host", Some("console.scheme"))]
    #[case("javascript:alert(1)", Some("console.scheme"))]
    #[case("data:text/html,x", Some("console.scheme"))]
    #[case("vnc_auto.html?token=t", Some("console.NO_ADDRESS"))]
    #[case("--help", Some("console.NO_ADDRESS"))]
    #[case("/etc/passwd", Some("console.NO_ADDRESS"))]
    #[case("", Some("console.NO_ADDRESS"))]
    fn only_an_address_of_the_web_is_opened(#[case] address: &str, #[case] refused: Option<&str>) {
        assert_eq!(page(address).err().map(|why| why.text.name()), refused);
    }
}
