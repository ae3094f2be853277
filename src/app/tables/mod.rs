//! The tables that the rest is made from: commands and keys.

pub mod commands;
pub(crate) mod creatable;
pub mod key;
pub mod own_commands;
pub mod pane;
