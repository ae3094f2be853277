//! What a newcomer can try in the demo, one line at a time; each goes once it was followed.

use std::collections::BTreeSet;

use crate::domain::Verb;

use super::commands::Command;

const TIPS: [(Command, &str); 8] = [
    (Command::Down, "tip.move"),
    (Command::Do(Verb::Stop), "tip.stop"),
    (Command::Go(super::pane::Pane::Operations), "tip.operations"),
    (Command::Filter, "tip.filter"),
    (Command::Do(Verb::TakeSnapshot), "tip.snapshot"),
    (Command::NextProblem, "tip.problem"),
    (Command::Actions, "tip.actions"),
    (Command::Help, "tip.help"),
];

/// The first tip that was not followed yet.
pub(super) fn next(used: &BTreeSet<Command>) -> Option<&'static str> {
    TIPS.iter().find(|(command, _)| !used.contains(command)).map(|(_, text)| *text)
}
