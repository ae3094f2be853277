//! Two things side by side, field by field: what their details say, then what the provider sent.

mod keys;
mod lines;
mod state;

pub(crate) use crate::app::layers::compare::keys::{key, marked_pair, open, refresh};
pub use crate::app::layers::compare::lines::{CompareLine, differing, lines, room, widths};
pub use crate::app::layers::compare::state::CompareView;
