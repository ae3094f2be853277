//! The world: accounts and what is in them, without a word of HTTP.
//!
//! Faces ask it with verbs and get a [`Refusal`](refusal::Refusal) or their way. What it does by itself (a machine that
//! has come up, a snapshot that is complete) happens in [`World::pass_until`], in the order in which it was due.

pub mod account;
pub mod catalogue;
mod catalogue_conoha;
mod catalogue_openstack;
pub mod cloud;
pub mod create;
pub mod durations;
pub mod firewall;
mod firewall_verbs;
pub mod instance;
pub mod key;
mod key_verbs;
pub mod numbers;
pub mod power;
pub mod provider;
pub mod refusal;
pub mod snapshot;
mod snapshot_verbs;
pub mod turn;
pub mod ways;
pub mod world_state;

pub use turn::Turn;
pub use world_state::World;
