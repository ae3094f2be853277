//! Allow my address: which address, which port, in which rule's place; step by step, and then the ordinary dialog with
//! the change. Nothing is asked of anybody before it is chosen, and what is sent is the one address that was chosen.

mod keys;
mod open;
mod options;
mod state;

pub(crate) use crate::app::layers::allow::keys::key;
pub(crate) use crate::app::layers::allow::open::{accept_addresses, interests, open, refresh_top, why_not};
pub use crate::app::layers::allow::options::{Choice, Options, options};
pub use crate::app::layers::allow::state::{Allow, AllowStep};
