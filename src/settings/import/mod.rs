//! Accounts as other programs wrote them down: `OpenStack`'s clients, and the article about Indigo's API.

mod cloud_files;
mod clouds;
mod env_file;
mod openstack;
mod yaml;

pub(super) use cloud_files::{accounts_of_cloud, secret_of_cloud};
pub use cloud_files::{cloud_names, take_over_cloud};
pub use env_file::{ImportError, Imported};
pub use openstack::{FromFile, TakeOverError, TakenOver, take_over_environment, take_over_file};
