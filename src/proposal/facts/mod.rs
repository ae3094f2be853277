//! What is said of a change besides its steps.

pub(crate) mod keys;
pub mod order;
pub(crate) mod price;
pub(crate) mod rules;
