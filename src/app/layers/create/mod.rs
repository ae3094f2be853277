//! The form that makes a new instance: what from, which plan, the rest; then the ordinary dialog sums it up and asks.
//! Everything in it is filled from the inventory of the account, so that it opens at once and grows as lists come.

pub mod fields;
mod keys;
pub mod lists;
mod open;
mod order;
mod state;

pub(crate) use crate::app::layers::create::keys::{key, paste};
pub use crate::app::layers::create::open::{form, steps};
pub(crate) use crate::app::layers::create::open::{keep, open};
pub use crate::app::layers::create::state::{CreateForm, KeyChoice, OrderPage, Unseen};
