//! A token that is good no more: a relay in front of the identity service takes it back before it is used, so that the
//! services refuse it in their own words.

use super::cloud::{Cloud, runtime};
use super::relay::Relay;

pub(crate) fn are_renewed(cloud: &Cloud<'_>) {
    let relay = runtime().block_on(Relay::start(cloud.surroundings));
    cloud.configure(relay.url());
    for list in ["instances", "snapshots", "images", "firewalls", "keys"] {
        relay.take_back(1);
        let given = relay.given();
        cloud.json(&["list", list]);
        assert_eq!(relay.given() - given, 2, "{list}: one token that was refused, and one more");
    }
    relay.take_back(usize::MAX);
    let given = relay.given();
    let ran = cloud.run(&["list", "instances", "--output", "json"]);
    assert_ne!(ran.code, 0, "{}", ran.out);
    assert!(relay.given() - given <= 3, "it does not log in again and again: {}", relay.given() - given);
    assert!(!ran.json()["errors"].as_array().unwrap().is_empty(), "{}", ran.out);
}
