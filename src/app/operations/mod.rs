//! Operations on the screen: their words and times, several at once, and asking for one again.

pub mod again;
pub(crate) mod batch;
pub mod times;
pub(crate) mod watchdogs;
pub(crate) mod words;
