//! The editor of rules, and the dialogs about them.

use vpsdeck::domain::{Collection, ListKey, RuleSet};

use crate::screen::screen;
use crate::world::{World, fleet};

/// The editor of the firewall `ssh-home` with a change, a new row and one that goes.
fn edited(width: u16, height: u16) -> World {
    let mut world = fleet(width, height);
    world.keys("3");
    world.wait(2);
    world.keys("j");
    world.keys("e");
    world.keys("ap");
    world.keys("lll");
    world.keys("2001:db8::/64");
    world.keys("<enter>");
    world
}

fn at_sizes(name: &str, make: impl Fn(u16, u16) -> World) {
    for (width, height) in [(80, 24), (120, 36), (60, 20)] {
        let world = make(width, height);
        insta::assert_snapshot!(format!("{name}@{width}x{height}"), screen(&world.app, false));
    }
}

#[test]
fn the_editor_of_rules() {
    at_sizes("rules", |w, h| {
        let mut world = edited(w, h);
        world.keys("a");
        world.keys("lll");
        world.keys("198.51.100.7/24");
        world
    });
}

#[test]
fn the_difference_before_it_is_sent() {
    at_sizes("rules-review", |w, h| {
        let mut world = edited(w, h);
        world.keys("k");
        world.keys("D");
        world.keys("<ctrl-s>");
        world
    });
}

#[test]
fn what_somebody_else_changed_meanwhile() {
    at_sizes("rules-overtaken", |w, h| {
        let mut world = edited(w, h);
        world.keys("<ctrl-s>");
        let set = RuleSet::default();
        let firewall = world.app.engine.account(&"indigo".into()).unwrap().inventory.firewalls()[1].id.clone();
        world.read("indigo", ListKey::Rules(firewall), Collection::Rules(set.into()));
        world.keys("x");
        world
    });
}
