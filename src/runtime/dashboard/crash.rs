//! What a panic leaves behind: the terminal given back, and a report without secrets. The program ends in the hook, whatever
//! thread it was: the screen is gone under whatever still runs, and what was sent is in the journal. Nothing is unwound and
//! no core is left, which would hold secrets.

use std::fmt;
use std::io::{IsTerminal as _, Write as _, stderr, stdout};
use std::panic::PanicHookInfo;

use color_eyre::config::{HookBuilder, Theme};
use color_eyre::section::PanicMessage;

use crate::domain::text;
use crate::provider::http::{redact_json, redact_text};
use crate::runtime::dashboard::colours::colours;
use crate::runtime::dashboard::terminal;
use crate::settings::Environment;
use crate::ui::Colours;
use crate::words::{Clock, Language, Words};

/// What a shell shows of a program that panicked.
const PANICKED: i32 = 101;

/// Installs the reports of panics and errors, once, before anything else.
pub fn install() {
    let coloured = Environment::from_process().is_ok_and(|env| colours(&env) != Colours::None);
    let theme = if coloured && stderr().is_terminal() { Theme::dark() } else { Theme::new() };
    let hooks = HookBuilder::new().theme(theme).display_env_section(false).panic_message(PanicReport);
    let (panics, errors) = hooks.into_hooks();
    let _ = errors.install();
    std::panic::set_hook(Box::new(move |info| {
        // Nobody else writes from now on.
        let _screen = stdout().lock();
        terminal::give_back();
        let said = message(info);
        tracing::error!(said, place = info.location().map(ToString::to_string), "panic");
        let _ = writeln!(stderr(), "{}", panics.panic_report(info));
        std::process::exit(PANICKED);
    }));
}

/// The beginning of the report.
struct PanicReport;

impl PanicMessage for PanicReport {
    fn display(&self, info: &PanicHookInfo<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = Words::new(Language::default(), Clock::utc());
        writeln!(f, "{}", words.say(&text::crash::ended(message(info))))?;
        if let Some(place) = info.location() {
            writeln!(f, "  {}", words.say(&text::crash::at(place.to_string())))?;
        }
        write!(f, "  {}", words.get(text::crash::JOURNAL))
    }
}

/// What was said, without secrets: it may be made of anything.
fn message(info: &PanicHookInfo<'_>) -> String {
    let said = info.payload();
    let said = said.downcast_ref::<&str>().copied().or_else(|| said.downcast_ref::<String>().map(String::as_str));
    redact_text(&redact_json(said.unwrap_or_default()))
}

/// A panic in a thread of its own where `VPSDECK_PANIC` is set: for tests, in debug builds.
#[cfg(debug_assertions)]
#[allow(clippy::panic, reason = "on purpose")]
pub fn on_purpose() {
    let asked = Environment::from_process().ok().and_then(|env| env.variable("VPSDECK_PANIC").map(str::to_owned));
    if let Some(said) = asked {
        let _ = std::thread::spawn(move || panic!("{said}")).join();
    }
}

#[cfg(not(debug_assertions))]
pub const fn on_purpose() {}
