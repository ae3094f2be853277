//! The dashboard at a terminal: what is typed becomes messages of the app, and what it shows is painted. All that needs no
//! screen stands one folder up.

mod accounts;
mod browser;
mod colours;
mod console;
pub mod crash;
mod decoder;
mod demo;
mod ending;
pub(super) mod event;
mod hook;
mod input;
mod keep_secret;
mod notify;
mod run;
mod screen;
mod start;
mod terminal;

pub use self::start::{DashboardOptions, run as start};
