//! A dialog whose targets change meanwhile.

use rstest::rstest;

use super::desk::{Desk, instance};
use crate::domain::InstanceStatus;

#[rstest]
#[case("gone", None)]
#[case("renamed", Some(instance("id-db", "db2", InstanceStatus::Running)))]
#[case("another state", Some(instance("id-db", "db", InstanceStatus::Stopped)))]
fn it_turns_into_a_notice_and_sends_nothing(#[case] what: &str, #[case] now: Option<crate::domain::Instance>) {
    for (open, answer) in [("x", "y"), ("D", "db<enter>")] {
        let mut desk = Desk::new();
        desk.keys(open);
        desk.instances("lab", now.clone().into_iter().collect());
        desk.burst(answer);
        assert!(desk.confirm().overtaken.is_some(), "{what}: it stays until it is read");
        desk.keys(answer.trim_end_matches("<enter>"));
        assert!(desk.asked.is_empty(), "{what}");
        desk.keys("<enter>");
        assert!(desk.app.layers.is_empty() && desk.asked.is_empty(), "{what}");
    }
}

#[test]
fn it_survives_refreshes_that_change_nothing() {
    let mut desk = Desk::new();
    desk.keys("Dd");
    for _ in 0..5 {
        desk.wait(5_000);
        desk.fleet(&["aa", "db", "web-1"]);
        desk.tell(crate::app::Msg::Resized(80, 24));
        desk.paint();
    }
    assert!(desk.confirm().overtaken.is_none());
    desk.keys("b<enter>");
    assert_eq!(desk.asked[0].subject().name, "db");
}

#[test]
fn what_an_operation_holds_is_refused_with_its_name() {
    let mut desk = Desk::new();
    desk.keys("xyr");
    assert!(desk.app.layers.is_empty());
    assert!(desk.told().contains("stop db is still under way"), "{}", desk.told());
}

#[test]
fn a_dialog_is_overtaken_by_the_account_becoming_read_only() {
    let mut desk = Desk::new();
    desk.keys("x");
    desk.account("lab", true, None);
    desk.keys("y");
    assert!(desk.asked.is_empty() && desk.confirm().overtaken.is_some());
}

#[test]
fn a_new_account_closes_no_dialog() {
    let mut desk = Desk::new();
    desk.keys("x");
    desk.tell(crate::app::Msg::AccountSaved(Ok(crate::domain::Phrase::new("refresh.now"))));
    assert!(desk.has_dialog());
}

#[test]
fn it_tells_of_snapshots_that_are_read_while_it_is_open() {
    let mut desk = Desk::new();
    desk.keys("Dd");
    assert!(desk.confirm().choices.is_empty());
    desk.snapshots("id-db", &[("s1", "nightly", 1), ("s2", "weekly", 2)]);
    assert_eq!(desk.confirm().choices.len(), 1, "they are offered to be deleted first");
    desk.keys("<tab> ");
    assert!(desk.confirm().choices[0].on);
    desk.snapshots("id-db", &[("s1", "nightly", 1), ("s2", "weekly", 2)]);
    assert!(desk.confirm().choices[0].on, "what was switched stays switched");
    assert_eq!(desk.confirm().actions[0].targets().len(), 3);
}
