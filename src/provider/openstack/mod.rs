//! What every provider built on `OpenStack` shares: what its services send, the shapes of their errors, their words for
//! states, their ways to write a moment. What one provider does in its own way stays with that provider.

mod endpoint;
mod error;
pub(super) mod moment;
pub(super) mod network;
pub(super) mod pages;
pub(super) mod rule;
pub(super) mod status;
pub(super) mod wire;

pub(super) use endpoint::Endpoint;
pub(super) use error::{Shape, code, said, shape};
