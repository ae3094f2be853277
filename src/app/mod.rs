//! The dashboard over the engine: panes, focus, selection by id, marks, filter, dialogs as data, layout, and the one
//! command table. Pure: keys and answers come in as [`AppMsg`], everything to be done goes out as [`AppEffect`].

pub mod account_health;
pub mod again;
pub mod layers;
pub mod layout;
pub mod operations;
mod own_commands;
pub mod panes;
pub mod public_keys;
pub mod tables;

pub(crate) mod available;
pub(crate) mod batch;
mod console;
pub(crate) mod execute;
pub(crate) mod external_program;
pub(crate) mod hanging_stop;
mod interests;
pub(crate) mod key_dispatch;
mod menu_choice;
mod message;
mod msg;
pub(crate) mod open_dialog;
pub(crate) mod possible;
mod problems;
pub(crate) mod propose;
pub(crate) mod refresh;
mod ssh;
mod state;
#[cfg(test)]
mod tests;
mod tips;
mod to_engine;
pub mod tone;
mod update;

pub use msg::{AppEffect, AppMsg, Console, ConsoleOutcome, ExternalExit, ExternalProgram};
pub use state::{App, Start, Zoom};
pub use update::update;
