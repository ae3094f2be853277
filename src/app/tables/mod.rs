//! The tables that the rest is made from: commands, their keys, panes, and where something new can be made.

pub mod commands;
pub(crate) mod creatable;
pub mod key;
pub mod own_commands;
pub mod pane;
