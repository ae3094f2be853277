//! The editor of a firewall: its name, its rules in a table, and the machines it is put on where those are asked for.
//!
//! Nothing is sent from here. What was edited goes to the ordinary dialog, which shows the difference and asks.

mod external_changes;
mod external_editor;
mod keys;
mod machines;
mod open;
mod rows;
mod state;

pub use crate::app::layers::rule_editor::external_changes::changed_meanwhile;
pub(crate) use crate::app::layers::rule_editor::external_editor::{accept_text, program};
pub(crate) use crate::app::layers::rule_editor::keys::{key, paste};
pub use crate::app::layers::rule_editor::machines::Machine;
pub(crate) use crate::app::layers::rule_editor::open::{create, edit, refresh};
pub use crate::app::layers::rule_editor::rows::{EditRow, RowMark};
pub use crate::app::layers::rule_editor::state::{EditorFocus, RuleEditor, is_missing};
