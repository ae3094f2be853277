//! Where things happen: the loop, the tasks that carry out effects, the journal, the log, the network beside the providers.
//! The dashboard's share, the only one that knows `app` and `ui`, has a folder of its own.

pub mod cache;
pub(crate) mod clock;
pub mod dashboard;
pub(crate) mod document;
pub(crate) mod driver;
pub(crate) mod event;
mod external_program;
pub(crate) mod journal;
pub(crate) mod journal_watch;
pub mod local_keys;
pub(crate) mod log;
pub mod own_address;
mod probe;
mod program_words;
mod signals;
pub mod store_secret;
pub(crate) mod tasks;
mod watchdog_lease;

pub use external_program::edit_text;
