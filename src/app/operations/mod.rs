//! Operations in words: what one is called, how it stands, how long it takes, and the command line that does the same.

pub mod command_line;
pub mod times;
pub(crate) mod words;
