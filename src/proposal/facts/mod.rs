//! What is said of a change besides its steps.

pub(in crate::proposal) mod batch;
pub mod keys;
pub mod order;
pub(in crate::proposal) mod parking;
pub(in crate::proposal) mod price;
pub mod rules;
