//! The real program on a real OpenStack: one journey a resource. `VPSDECK_LAB` names a file of `OS_…` variables (user, password,
//! project, region), one `export NAME=value` a line; where it has an administrator's too, as `…ADMIN_USERNAME`, `…ADMIN_PASSWORD`
//! and `…ADMIN_PROJECT`, what needs one runs as well. Without that file the tests are shown as ignored.
//!
//! Everything they make bears a prefix of its own and is taken away again. It should be a project that one may change.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]
#![allow(clippy::print_stdout, reason = "a journey tells its way, which is what there is to show of it")]

#[path = "lab/cloud.rs"]
mod cloud;
#[path = "lab/deleting.rs"]
mod deleting;
#[path = "lab/failing.rs"]
mod failing;
#[path = "lab/firewalls.rs"]
mod firewalls;
#[path = "harness/mod.rs"]
mod harness;
#[path = "lab/keys.rs"]
mod keys;
#[path = "lab/lists.rs"]
mod lists;
#[path = "harness/openstack_client.rs"]
mod openstack_client;
#[path = "lab/power.rs"]
mod power;
#[path = "terminal/pty.rs"]
#[allow(dead_code, reason = "shared with the tests of the terminal")]
mod pty;
#[path = "lab/relay.rs"]
mod relay;
#[path = "lab/restoring.rs"]
mod restoring;
#[path = "lab/screen.rs"]
mod screen;
#[path = "lab/tokens.rs"]
mod tokens;

use std::process::ExitCode;

use cloud::{Cloud, Surroundings};
use harness::Test;

type Journey = fn(&Cloud<'_>);

const JOURNEYS: &[(&str, Need, Journey)] = &[
    ("lists_are_those_of_the_openstack_client", Need::Client, lists::are_those_of_the_client),
    ("keys_are_added_and_deleted", Need::Cloud, keys::are_added_and_deleted),
    ("a_server_is_ordered_stopped_started_restarted", Need::Cloud, power::of_a_server),
    ("a_disk_is_saved_and_restored_in_place_and_as_new", Need::Cloud, restoring::in_place_and_as_new),
    ("a_firewall_is_made_changed_put_on_taken_off_deleted", Need::Cloud, firewalls::from_first_to_last),
    ("a_server_that_cannot_be_made_says_why", Need::Administrator, failing::with_the_reason),
    ("a_token_that_is_good_no_more_is_renewed", Need::Cloud, tokens::are_renewed),
    ("what_is_gone_elsewhere_is_noticed", Need::Cloud, deleting::elsewhere),
    ("the_dashboard_stops_and_starts_a_server", Need::Cloud, screen::stops_and_starts),
];

/// What a journey needs.
#[derive(Clone, Copy)]
enum Need {
    Cloud,
    Client,
    Administrator,
}

impl Need {
    fn lacking(self, surroundings: Option<&Surroundings>) -> Option<&'static str> {
        match (self, surroundings) {
            (_, None) => Some("VPSDECK_LAB names no lab"),
            (Self::Client, _) if openstack_client::folder().is_none() => {
                Some("python-openstackclient is not installed")
            }
            (Self::Administrator, Some(known)) if known.administrator().is_none() => {
                Some("the lab's file names no administrator")
            }
            _ => None,
        }
    }
}

fn main() -> ExitCode {
    let surroundings = Surroundings::named();
    let surroundings = surroundings.as_ref();
    let test = |(name, need, journey): &'static (&'static str, Need, Journey)| Test {
        name,
        lacking: need.lacking(surroundings),
        run: Box::new(move || {
            println!("--- {name}");
            journey(&Cloud::open(surroundings.unwrap()));
            Ok(())
        }),
    };
    harness::run(&JOURNEYS.iter().map(test).collect::<Vec<_>>())
}
