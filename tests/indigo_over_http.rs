//! The provider Indigo against the simulator, over HTTP: every call, and every way in which one can go wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "indigo/account.rs"]
mod account;
#[path = "indigo/budget.rs"]
mod budget;
#[path = "indigo/changes.rs"]
mod changes;
#[path = "indigo/faults.rs"]
mod faults;
#[path = "indigo/keys.rs"]
mod keys;
#[path = "indigo/orders.rs"]
mod orders;
#[path = "indigo/reads.rs"]
mod reads;
