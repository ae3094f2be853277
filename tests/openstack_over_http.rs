//! The provider `OpenStack` against the simulator, over HTTP. What it does as every kind of it does is held by the same
//! tests as theirs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

const WORLD: &str = "openstack";
const KIND: &str = "openstack";
const ACCOUNT: &str = "lab";

#[path = "conoha/account.rs"]
mod account;
#[path = "openstack/changes.rs"]
mod changes;
#[path = "conoha/faults.rs"]
mod faults;
#[path = "conoha/firewalls.rs"]
mod firewalls;
#[path = "conoha/keys.rs"]
mod keys;
#[path = "openstack/logins.rs"]
mod logins;
#[path = "openstack/odd.rs"]
mod odd;
#[path = "conoha/pages.rs"]
mod pages;
#[path = "conoha/power.rs"]
mod power;
#[path = "openstack/reads.rs"]
mod reads;
#[path = "openstack/volumes.rs"]
mod volumes;
