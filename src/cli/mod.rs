//! The program without a screen: the command line, and what its commands do.
//!
//! It may use everything but `app` and `ui`. Asking (`prompt`) and printing (`print`) have a place of their own;
//! what is done stands in `settings` and is the same that the dashboard's forms call.

mod account;
pub mod args;
mod change;
mod complete;
mod confirm;
mod console_output;
mod cost;
mod create;
mod dashboard;
mod decide;
mod dispatch;
mod document;
pub mod exit;
pub mod firewall;
mod journal;
mod key;
mod left;
mod list;
mod manual;
mod open;
mod parse;
mod print;
mod prompt;
mod protect;
mod record;
mod show;
mod simulate;
mod table;
mod tell;
mod verb;
mod watch;
mod wording;

pub use self::dashboard::dashboard;
pub use self::dispatch::{parse, run};
pub use self::parse::{Dashboard, Parsed};
