//! The editor of a firewall: its name, its rules in a table, and the machines it is put on where those are asked for.
//!
//! Nothing is sent from here. What was edited goes to the ordinary dialog, which shows the difference and asks.

mod keys;
mod machines;
mod open;
mod outside;
mod rows;
mod state;
mod theirs;

pub(crate) use crate::app::layers::rule_editor::keys::{editor_key, paste};
pub use crate::app::layers::rule_editor::machines::Machine;
pub(crate) use crate::app::layers::rule_editor::open::{create, edit, renew};
pub(crate) use crate::app::layers::rule_editor::outside::{again, came_back};
pub use crate::app::layers::rule_editor::rows::{EditRow, RowMark};
pub use crate::app::layers::rule_editor::state::{Outside, Place, RuleEditor, is_missing};
pub use crate::app::layers::rule_editor::theirs::changed_meanwhile;
