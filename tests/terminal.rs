//! The real binary in a pseudo-terminal against the simulator: what a person does, seen as a person sees it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[path = "terminal/allow.rs"]
mod allow;
#[path = "terminal/answers.rs"]
mod answers;
#[path = "terminal/beginning.rs"]
mod beginning;
#[path = "terminal/browsing.rs"]
mod browsing;
#[path = "terminal/calm.rs"]
mod calm;
#[path = "terminal/changing.rs"]
mod changing;
#[path = "terminal/compute.rs"]
mod compute;
#[path = "terminal/crash.rs"]
mod crash;
#[path = "terminal/creating.rs"]
mod creating;
#[path = "terminal/dialogs.rs"]
mod dialogs;
#[path = "terminal/documents.rs"]
mod documents;
#[path = "terminal/every_provider.rs"]
mod every_provider;
#[path = "terminal/faults.rs"]
mod faults;
#[path = "terminal/firewalls.rs"]
mod firewalls;
#[path = "terminal/found_again.rs"]
mod found_again;
#[path = "terminal/given_back.rs"]
mod given_back;
#[path = "terminal/going_on.rs"]
mod going_on;
#[path = "terminal/keeping.rs"]
mod keeping;
#[path = "terminal/key_commands.rs"]
mod key_commands;
#[path = "terminal/keys.rs"]
mod keys;
#[path = "terminal/lab.rs"]
mod lab;
#[path = "terminal/listing.rs"]
mod listing;
#[path = "terminal/money_and_care.rs"]
mod money_and_care;
#[path = "terminal/programs.rs"]
mod programs;
#[path = "terminal/pty.rs"]
mod pty;
#[path = "terminal/results.rs"]
mod results;
#[path = "terminal/secrets.rs"]
mod secrets;
#[path = "terminal/telling.rs"]
mod telling;
#[path = "terminal/verbs.rs"]
mod verbs;
#[path = "terminal/waiting.rs"]
mod waiting;
#[path = "terminal/watchdogs.rs"]
mod watchdogs;
#[path = "terminal/without_screen.rs"]
mod without_screen;
