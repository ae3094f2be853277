//! Dialogs in which something must be typed.

use rstest::rstest;

use crate::app::layers::confirm::Focus;
use crate::app::tests::desk::{Desk, instance};
use crate::domain::{Action, InstanceStatus, Safety, Verb};

fn two_of_a_name() -> Desk {
    let mut desk = Desk::new();
    desk.replace(vec![
        instance("aaaa-11111111", "twin", InstanceStatus::Running),
        instance("bbbb-22111111", "twin", InstanceStatus::Running),
        instance("cccc-33333333", "東京-ｱ", InstanceStatus::Running),
    ]);
    desk
}

#[rstest]
#[case("db", true)]
#[case("  db ", true)]
#[case("ｄｂ", true)]
#[case("id-db", true)]
#[case("d", false)]
#[case("dbx", false)]
#[case("DB", false)]
#[case("y", false)]
#[case("", false)]
#[case("destroy 1", false)]
fn the_name_or_the_id_is_accepted_and_nothing_else(#[case] typed: &str, #[case] does: bool) {
    let mut desk = Desk::new();
    desk.keys("D");
    assert_eq!(desk.confirm().focus, Focus::Field);
    desk.keys(typed);
    desk.keys("<enter>");
    assert_eq!(desk.asked.len(), usize::from(does), "{typed:?}");
    assert_eq!(desk.has_dialog(), !does);
}

#[test]
fn the_code_is_the_ids_last_six_or_more_where_those_are_not_unique() {
    let mut desk = two_of_a_name();
    desk.keys("D");
    assert_eq!(desk.accepted(), ["1111111", "aaaa-11111111"], "not the name that another bears");
    desk.keys("twin<enter>");
    assert!(desk.asked.is_empty());
    desk.keys("<ctrl-u>111111<enter>");
    assert!(desk.asked.is_empty(), "six do not tell them apart");
    desk.keys("<ctrl-u>1111111<enter>");
    assert_eq!(desk.asked.len(), 1);
}

#[test]
fn a_japanese_name_is_compared_after_nfkc_and_may_be_pasted() {
    let mut desk = two_of_a_name();
    desk.keys("GD");
    assert_eq!(desk.accepted(), ["東京-ｱ", "333333", "cccc-33333333"]);
    desk.paste(" 東京-ア\n");
    assert!(desk.asked.is_empty(), "a paste does not confirm");
    desk.keys("<enter>");
    assert_eq!(desk.asked.len(), 1);
}

#[test]
fn a_name_that_is_the_id_of_another_is_not_accepted() {
    let mut desk = Desk::new();
    desk.replace(vec![
        instance("100001", "200002", InstanceStatus::Running),
        instance("200002", "x", InstanceStatus::Running),
    ]);
    desk.keys("D");
    assert_eq!(desk.accepted(), ["100001"]);
}

#[test]
fn a_snapshot_is_deleted_by_its_own_name() {
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "before", 1)]);
    desk.keys("2D");
    assert_eq!(desk.accepted(), ["before", "s1"]);
    desk.keys("before<enter>");
    assert!(matches!(&desk.asked[0], Action::DeleteSnapshot { of: Some(of), .. } if of.as_str() == "id-db"));
}

#[test]
fn enter_on_cancel_does_not_and_escape_closes() {
    let mut desk = Desk::new();
    desk.keys("Ddb<tab><enter>");
    assert!(desk.asked.is_empty() && desk.app.layers.is_empty());
    desk.keys("Ddb<tab><tab><enter>");
    assert_eq!(desk.asked.len(), 1);
    let mut desk = Desk::new();
    desk.keys("Ddb<esc>");
    assert!(desk.asked.is_empty() && desk.app.layers.is_empty());
    desk.keys("D<enter>");
    assert!(desk.has_dialog(), "nothing typed: it stays");
}

#[rstest]
#[case("x")]
#[case("D")]
#[case("t")]
fn read_only_and_protected_refuse_every_change(#[case] key: &str) {
    let mut desk = Desk::with(Safety { protect: vec!["d*".into()], ..Safety::default() });
    desk.keys(key);
    assert!(desk.app.layers.is_empty() && desk.told().contains("db is protected"), "{}", desk.told());
    desk.keys("j");
    desk.keys(key);
    assert!(desk.has_dialog(), "the others are not");
    let mut desk = Desk::new();
    desk.account("lab", true, None);
    desk.keys(key);
    assert!(desk.app.layers.is_empty() && desk.told().contains("lab is read-only"), "{}", desk.told());
}

#[test]
fn force_stop_is_typed_and_a_question_once_a_stop_is_late() {
    let mut desk = Desk::new();
    desk.keys("X");
    assert_eq!(desk.accepted(), ["db", "id-db"]);
    desk.keys("<esc>xy");
    desk.wait(10);
    desk.send();
    desk.answer(crate::app::tests::desk::ok());
    desk.wait(20_000);
    desk.keys("X");
    assert!(!desk.accepted().is_empty(), "the stop may still come to its end");
    desk.keys("<esc>");
    desk.wait(80_000);
    desk.keys("X");
    assert_eq!(desk.proposal().verb, Verb::ForceStop);
    assert!(desk.accepted().is_empty());
    desk.keys("y");
    assert!(matches!(desk.asked.last(), Some(Action::ForceStop { .. })));
}
