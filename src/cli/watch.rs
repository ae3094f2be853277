//! `watch`: follows operations in a plain terminal, a line for each change of state, until they end.

use super::args::{Document, Global, WatchArgs};
use super::{document, exit, local_words, print, refuse};
use crate::domain::{Fault, Halt, OpResult, OpState, Phrase};
use crate::provider::http::now;
use crate::runtime::headless::{self, By, Follow, Followed, Stands};
use crate::settings::{Environment, Settings};
use crate::words::Words;

pub(super) async fn run(args: &WatchArgs, env: &Environment, global: &Global) -> u8 {
    let words = local_words();
    if args.go_on && global.read_only {
        print::note(&format!("vpsdeck: {}", words.get("cli.watch.read-only")));
        return exit::REFUSED_HERE;
    }
    let mut settings = match Settings::load(env) {
        Ok(settings) => settings,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Err(error) = settings.keep_only(&global.accounts) {
        return refuse(&error.to_string());
    }
    let follow = Follow { target: args.target.clone(), go_on: args.go_on, read_only: global.read_only };
    let json = args.output == Document::Json;
    let say = |line: &str| if json { print::note(line) } else { print::out(line) };
    let mut tell = |name: &str, how: &Phrase| {
        let at = time_of_day();
        say(&words.say(&Phrase::new("cli.watch.line").with("at", at).with("name", name).with("how", how.clone())));
    };
    let followed = match headless::follow(env, &settings, &follow, &mut tell).await {
        Ok(followed) => followed,
        Err(said) => return refuse(&said),
    };
    if !followed.ambiguous.is_empty() {
        let target = args.target.as_deref().unwrap_or_default();
        let phrase = Phrase::new("cli.watch.ambiguous").with("target", target);
        return refuse(&words.say(&phrase.with("candidates", followed.ambiguous.join(", "))));
    }
    if json {
        let operations: Vec<_> = followed.operations.iter().map(|s| &s.document).collect();
        document::print_list("operations", operations, &document::errors(&followed.resting));
    }
    conclude(args, &followed, &words)
}

/// Says what stands where something does not end well, and gives the exit code.
fn conclude(args: &WatchArgs, followed: &Followed, words: &Words) -> u8 {
    let note = |phrase: &Phrase| print::note(&format!("vpsdeck: {}", words.say(phrase)));
    if followed.operations.is_empty() {
        note(&match &args.target {
            Some(target) => Phrase::new("cli.watch.nothing-of").with("target", target.as_str()),
            None => Phrase::new("cli.watch.nothing"),
        });
    }
    for (account, fault) in &followed.resting {
        note(&Phrase::new("cli.watch.account").with("account", account.as_str()).with("fault", fault.phrase()));
    }
    let mut codes: Vec<u8> = followed.resting.iter().map(|(_, fault)| code_of(fault)).collect();
    for stands in &followed.operations {
        let (key, code) = stood(stands, followed.interrupted);
        if let Some(key) = key {
            let name = headless::name(&stands.operation);
            note(&Phrase::new(key).with("name", name).with("step", stands.step.clone()));
        }
        codes.push(code);
    }
    exit::of_all(codes)
}

/// What is to be said of an operation in the end, and its exit code.
pub(super) const fn stood(stands: &Stands, interrupted: bool) -> (Option<&'static str>, u8) {
    match &stands.operation.state {
        OpState::Ended(OpResult::Done) => (None, exit::DONE),
        OpState::Ended(OpResult::Unknown) => (None, exit::UNKNOWN),
        OpState::Ended(_) => (None, exit::FAILED),
        OpState::Halted(Halt::OutcomeUnknown) => (Some("cli.watch.decide"), exit::UNKNOWN),
        OpState::Sending | OpState::Unsure => match (stands.by, interrupted) {
            (By::Another, true) => (Some("cli.watch.interrupted-other"), exit::UNKNOWN),
            (_, true) => (Some("cli.watch.interrupted-open"), exit::UNKNOWN),
            _ => (Some("cli.watch.left"), exit::UNKNOWN),
        },
        _ => match (stands.by, interrupted) {
            (By::Another, true) => (Some("cli.watch.interrupted-other"), exit::FAILED),
            (By::Us, true) => (Some("cli.watch.interrupted"), exit::FAILED),
            _ => (Some("cli.watch.left"), exit::FAILED),
        },
    }
}

/// The local time of day.
pub(super) fn time_of_day() -> String {
    let now = jiff::Timestamp::from_millisecond(now().0).unwrap_or_default();
    now.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M:%S").to_string()
}

/// The exit code of a fault.
pub(super) const fn code_of(fault: &Fault) -> u8 {
    match fault {
        Fault::WrongCredentials { .. }
        | Fault::NoSecret { .. }
        | Fault::LockedSecret { .. }
        | Fault::SecretAwaited { .. }
        | Fault::Unauthorised { .. } => exit::NOT_AUTHENTICATED,
        Fault::OverBudget { .. } => exit::REFUSED_HERE,
        // A page where the API's own words should be: something in front of it answers.
        Fault::Refused { status: 500.., code: None, .. } => exit::NOT_REACHABLE,
        Fault::Unreachable { .. } | Fault::TimedOut { .. } | Fault::BrokenOff { .. } => exit::NOT_REACHABLE,
        _ => exit::FAILED,
    }
}
