//! The real binary in a pseudo-terminal against the simulator: what a person does, seen as a person sees it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[path = "terminal/browsing.rs"]
mod browsing;
#[path = "terminal/changing.rs"]
mod changing;
#[path = "terminal/dialogs.rs"]
mod dialogs;
#[path = "terminal/faults.rs"]
mod faults;
#[path = "terminal/lab.rs"]
mod lab;
#[path = "terminal/pty.rs"]
mod pty;
