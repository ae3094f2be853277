//! Accounts as other programs wrote them down: `OpenStack`'s clients, and the article about Indigo's API.

mod clouds;
mod env_file;
mod openstack;
mod yaml;

pub use env_file::{ImportError, Imported};
pub use openstack::{FromFile, TakeOverError, TakenOver, take_over_environment, take_over_file};
