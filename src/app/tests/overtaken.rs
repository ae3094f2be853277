//! A dialog whose targets change meanwhile.

use rstest::rstest;

use crate::app::tests::desk::{Desk, instance};
use crate::domain::{Action, InstanceStatus, text};

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
        desk.tell(crate::app::AppMsg::Resized(80, 24));
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
    desk.tell(crate::app::AppMsg::AccountSaved(Ok(crate::domain::Phrase::new(text::refresh::NOW))));
    assert!(desk.has_dialog());
}

#[test]
fn what_was_chosen_stays_chosen_and_bound_to_what_was_shown() {
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "a", 1)]);
    desk.keys("D<tab><space><shift-tab>db");
    desk.snapshots("id-db", &[("s1", "a", 1), ("s2", "new", 2)]);
    desk.burst("<enter>");
    assert!(matches!(&desk.asked[0], Action::Destroy { snapshots, .. } if snapshots.len() == 1), "{:?}", desk.asked);

    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "a", 1)]);
    desk.keys("2R<tab><space><shift-tab>db");
    desk.snapshots("id-db", &[("s1", "a", 1), ("s2", "b", 2), ("s3", "c", 3)]);
    desk.burst("<enter>");
    assert!(matches!(&desk.asked[0], Action::Restore { save_first: Some(_), .. }), "saving first is never dropped");
}

#[test]
fn a_snapshot_that_was_to_be_deleted_too_and_is_gone_overtakes_the_dialog() {
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "a", 1)]);
    desk.keys("D<tab><space><shift-tab>db");
    desk.snapshots("id-db", &[]);
    desk.keys("<enter>");
    assert!(desk.asked.is_empty());
}

#[test]
fn what_is_read_while_it_is_open_is_offered() {
    let mut desk = Desk::new();
    desk.keys("D");
    assert!(desk.proposal().options.is_empty());
    desk.snapshots("id-db", &[("s1", "a", 1)]);
    assert_eq!(desk.proposal().options.len(), 1);
    desk.keys("db<enter>");
    assert!(matches!(&desk.asked[0], Action::Destroy { snapshots, .. } if snapshots.is_empty()));
}
