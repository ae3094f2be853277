//! What all accounts that are shown cost this month, line by line, and from a line to what it is about.

mod keys;
mod lines;
mod state;

pub use crate::app::layers::costs::keys::height;
pub(crate) use crate::app::layers::costs::keys::{key, open, refresh};
pub use crate::app::layers::costs::lines::texts;
pub use crate::app::layers::costs::state::{CostLine, CostView};
