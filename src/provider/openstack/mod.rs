//! What every provider built on `OpenStack` shares: how one logs in, what the services send and are sent, the shapes of
//! their errors, their words for states, their ways to write a moment, what can be done there. What one kind does in its
//! own way it says as a [`dialect`], and stays with that provider; upstream's own ways are those of [`plain`].

mod answer;
pub(super) mod api;
mod body;
pub(super) mod convert;
pub(super) mod dialect;
pub(super) mod endpoint;
pub(super) mod endpoints;
mod error;
mod failed;
pub(super) mod identity;
pub(super) mod lists;
pub(super) mod moment;
pub(super) mod network;
pub(super) mod pages;
mod parts;
pub(super) mod plain;
pub(super) mod policy;
pub(super) mod reads;
mod refused;
mod rows;
pub(super) mod rule;
pub(super) mod session;
pub(super) mod status;
pub(super) mod wire;
