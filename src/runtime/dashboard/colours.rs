//! How many colours the terminal has.

use crate::settings::Environment;
use crate::ui::Colours;

/// From the environment: `NO_COLOR`, `COLORTERM`, `TERM`.
pub(super) fn colours(env: &Environment) -> Colours {
    if env.variable("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        return Colours::None;
    }
    let term = env.variable("TERM").unwrap_or("");
    match env.variable("COLORTERM") {
        Some("truecolor" | "24bit") => Colours::True,
        _ if term.contains("256color") => Colours::Indexed256,
        _ if term == "dumb" => Colours::None,
        _ => Colours::Ansi16,
    }
}
