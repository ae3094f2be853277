//! `account check`: logs in to each and says in a line how it stands.

use std::time::Duration;

use crate::cli::args::Global;
use crate::cli::{exit, print, refuse};
use crate::domain::{Fault, Phrase};
use crate::provider::http::now;
use crate::settings::{AccountSettings, CheckError, Environment, check_account};
use crate::words::Words;

/// The budget gives back what was spent within a minute; two other processes may be ahead.
const PATIENCE: usize = 3;

pub(in crate::cli) async fn run(names: &[String], env: &Environment, global: &Global, words: &Words) -> u8 {
    let mut settings = match super::settings(env) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let names: Vec<String> = names.iter().chain(&global.accounts).cloned().collect();
    if let Err(error) = settings.keep_only(&names) {
        return refuse(&error.to_string());
    }
    if settings.accounts.is_empty() {
        return refuse(words.get("cli.list.none"));
    }
    let width = settings.accounts.iter().map(|a| a.name.as_str().chars().count()).max().unwrap_or(0);
    let mut codes = Vec::new();
    // One after the other: accounts of one provider may share a quota, and the lines keep the order of the file.
    for account in &settings.accounts {
        codes.push(one(account, env, words, width).await);
    }
    exit::of_all(codes)
}

/// Checks one account, prints its line and says its exit code.
pub(super) async fn one(account: &AccountSettings, env: &Environment, words: &Words, width: usize) -> u8 {
    let mut result = check_account(account, env).await;
    for _ in 0..PATIENCE {
        let Err(CheckError::Fault(Fault::OverBudget { until })) = &result else { break };
        let pause = until.since(now()) + Duration::from_millis(50);
        let phrase = Phrase::new("cli.check.waits").with("name", account.name.as_str()).with("for", pause);
        print::note(&words.say(&phrase));
        tokio::time::sleep(pause).await;
        result = check_account(account, env).await;
    }
    let Said { code, states, advice } = said(account, &result, words);
    let mut name = account.name.as_str();
    for line in states.into_iter().chain(advice) {
        print::out(&format!("{name:width$}  {line}"));
        name = "";
    }
    code
}

/// What is said of one account.
struct Said {
    code: u8,
    /// A line for each thing that is to be told.
    states: Vec<String>,
    /// What to do.
    advice: Option<String>,
}

fn said(account: &AccountSettings, result: &Result<(), CheckError>, words: &Words) -> Said {
    let advice = |key: &'static str| {
        let phrase = Phrase::new(key).with("name", account.name.as_str()).with("endpoint", account.place());
        Some(words.say(&phrase.with("form", "secret = { env = \"NAME\" }")))
    };
    match result {
        Ok(()) => Said { code: exit::DONE, states: vec![words.get("cli.check.ok").to_owned()], advice: None },
        Err(CheckError::Configuration(said)) => {
            let state = words.say(&Phrase::new("cli.check.configuration").with("said", said.as_str()));
            Said { code: exit::USAGE, states: vec![state], advice: advice("cli.do.configuration") }
        }
        Err(CheckError::Fault(fault)) => {
            let (code, state, key) = of_fault(fault, words);
            Said { code, states: vec![state], advice: advice(key) }
        }
        Err(CheckError::Services(failed)) => {
            let codes = failed.iter().map(|(_, fault)| of_fault(fault, words).0);
            let state = |(service, fault): &(&'static str, Fault)| {
                let phrase = Phrase::new("cli.check.service").with("service", *service).with("fault", fault.phrase());
                words.say(&phrase)
            };
            let states = failed.iter().map(state).collect();
            Said { code: exit::of_all(codes), states, advice: advice("cli.do.service") }
        }
    }
}

/// The exit code of a fault, how the account stands, and the key of what to do.
fn of_fault(fault: &Fault, words: &Words) -> (u8, String, &'static str) {
    let with_fault = |key: &'static str| words.say(&Phrase::new(key).with("fault", fault.phrase()));
    let other = || with_fault("cli.check.other");
    match fault {
        Fault::WrongCredentials { said } => {
            let state = if said.is_empty() { "cli.check.credentials" } else { "cli.check.credentials.said" };
            let state = words.say(&Phrase::new(state).with("said", said.as_str()));
            (exit::NOT_AUTHENTICATED, state, "cli.do.credentials")
        }
        Fault::NoSecret { .. } => (exit::NOT_AUTHENTICATED, words.say(&fault.phrase()), "cli.do.no-secret"),
        Fault::Unauthorised { .. } => (exit::NOT_AUTHENTICATED, other(), "cli.do.credentials"),
        Fault::Unreachable { .. } | Fault::TimedOut { .. } | Fault::BrokenOff { .. } => {
            (exit::NOT_REACHABLE, with_fault("cli.check.reach"), "cli.do.reach")
        }
        Fault::OverBudget { .. } => (exit::REFUSED_HERE, other(), "cli.do.quota"),
        Fault::Quota { .. } => (exit::FAILED, other(), "cli.do.quota"),
        Fault::Refused { .. } => (exit::FAILED, other(), "cli.do.refused"),
        Fault::NotUnderstood { .. } => (exit::FAILED, other(), "cli.do.not-understood"),
    }
}
