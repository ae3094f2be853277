//! Questions, and what can be chosen in dialogs.

use rstest::rstest;

use crate::app::layers::confirm::Focus;
use crate::app::tests::desk::Desk;
use crate::domain::{Action, Reboot, Verb};
use crate::proposal::{Confirmation, OptionKind};

#[rstest]
#[case("y", true)]
#[case("n", false)]
#[case("<esc>", false)]
#[case("<ctrl-c>", false)]
#[case("q", false)]
#[case("<enter>", false)]
#[case("<right><enter>", true)]
#[case("<tab><enter>", true)]
fn a_question_is_answered(#[case] keys: &str, #[case] does: bool) {
    let mut desk = Desk::new();
    desk.keys("x");
    assert!(matches!(desk.proposal().confirmation, Confirmation::Question));
    assert_eq!(desk.confirm().focus, Focus::Cancel, "the focus starts on the harmless one");
    desk.keys(keys);
    assert_eq!(desk.asked.len(), usize::from(does), "{keys}");
    assert!(desk.app.layers.is_empty());
}

#[rstest]
#[case("Y")]
#[case(" ")]
#[case("<ctrl-y>")]
#[case("<alt-y>")]
#[case("ｙ")]
#[case("x")]
fn nothing_else_answers_it(#[case] keys: &str) {
    let mut desk = Desk::new();
    desk.keys("x");
    desk.keys(keys);
    assert!(desk.asked.is_empty() && desk.has_dialog(), "{keys}");
}

#[test]
fn keys_typed_before_it_was_drawn_are_dropped_and_counted() {
    let mut desk = Desk::new();
    desk.burst("xyy");
    assert!(desk.asked.is_empty());
    assert_eq!(desk.confirm().ignored, 2);
    desk.keys("<esc>");
    desk.burst("Ddb<enter>");
    assert!(desk.asked.is_empty());
    assert_eq!((desk.confirm().ignored, desk.confirm().is_typed()), (3, false));
}

#[test]
fn a_screen_too_small_to_draw_it_takes_no_answer() {
    let mut desk = Desk::new();
    desk.keys("x");
    desk.tell(crate::app::AppMsg::Resized(30, 8));
    desk.keys("y");
    assert!(desk.asked.is_empty());
    desk.tell(crate::app::AppMsg::Resized(80, 24));
    desk.paint();
    desk.keys("y");
    assert_eq!(desk.asked.len(), 1);
}

#[test]
fn a_paste_never_answers_a_question() {
    let mut desk = Desk::new();
    desk.keys("x");
    desk.paste("y");
    desk.paste("y\n");
    assert!(desk.asked.is_empty() && desk.has_dialog());
    desk.keys("<esc>");
    desk.paste("xy\nq");
    assert!(desk.app.layers.is_empty() && !desk.quits(), "a paste is never a command");
}

#[test]
fn a_snapshot_is_named_after_its_machine_and_the_minute_and_e_edits_it() {
    let mut desk = Desk::new();
    desk.keys("t");
    assert_eq!(desk.proposal().name.as_ref().unwrap(), "db-20270115-0800");
    desk.keys("e<ctrl-u>ynq");
    desk.paste(" e");
    assert!(desk.has_dialog(), "every printable key is text");
    desk.keys("<enter>");
    assert!(desk.asked.is_empty(), "Enter returns to the question");
    desk.keys("y");
    assert!(matches!(&desk.asked[0], Action::TakeSnapshot { name, stop_first: false, .. } if name == "ynq e"));
}

#[test]
fn a_snapshot_without_a_name_is_not_taken_and_ctrl_c_leaves_the_field() {
    let mut desk = Desk::new();
    desk.keys("te<ctrl-u> <ctrl-c>y");
    assert!(desk.asked.is_empty() && desk.has_dialog());
    assert_eq!(desk.told(), "it needs a name");
}

#[rstest]
#[case("r", "y", &["step.reboot"], Reboot::Provider)]
#[case("r", "1y", &["step.stop", "step.UNTIL_STOPPED", "step.start", "step.UNTIL_RUNNING"], Reboot::StopAndStart)]
#[case("r", "11y", &["step.reboot"], Reboot::Provider)]
fn a_clean_reboot_changes_steps_and_action(
    #[case] open: &str,
    #[case] then: &str,
    #[case] steps: &[&str],
    #[case] wanted: Reboot,
) {
    let mut desk = Desk::new();
    desk.keys(open);
    let (choose, answer) = then.split_at(then.len() - 1);
    desk.keys(choose);
    let shown: Vec<&str> = desk.proposal().steps.iter().map(|(p, _)| p.text.name()).collect();
    assert_eq!(shown, steps);
    desk.keys(answer);
    assert!(matches!(&desk.asked[0], Action::Reboot { how, .. } if *how == wanted));
}

#[test]
fn a_choice_that_raises_the_risk_makes_the_name_be_typed() {
    let mut desk = Desk::new();
    desk.fleet(&["frail"]);
    desk.keys("g");
    desk.keys("r1");
    assert!(matches!(desk.proposal().confirmation, Confirmation::Typed(_)));
    desk.keys("y<enter>");
    assert!(desk.asked.is_empty());
}

#[test]
fn stop_first_is_offered_for_what_runs_and_starts_it_again() {
    let mut desk = Desk::new();
    desk.keys("t1");
    assert_eq!(desk.proposal().options[0].kind, OptionKind::StopFirst);
    assert_eq!(desk.proposal().steps.len(), 5);
}

#[test]
fn saving_first_is_offered_only_where_a_slot_is_free() {
    for (taken, offered) in [(1, true), (2, true), (3, false)] {
        let mut desk = Desk::new();
        let all: Vec<(String, String)> = (0..taken).map(|i| (format!("s{i}"), format!("n{i}"))).collect();
        let all: Vec<(&str, &str, i64)> = all.iter().map(|(id, name)| (id.as_str(), name.as_str(), 1)).collect();
        desk.snapshots("id-db", &all);
        desk.keys("2R");
        assert_eq!(desk.proposal().options.iter().any(|c| c.kind == OptionKind::SaveFirst), offered, "{taken}");
    }
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "before", 1)]);
    desk.keys("2R<tab><space><shift-tab>db<enter>");
    assert!(
        matches!(&desk.asked[0], Action::Restore { save_first: Some(n), .. } if n == "before-restore-20270115"),
        "{:?}",
        desk.asked
    );
}

#[test]
fn the_snapshots_of_what_is_destroyed_are_offered_too() {
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "a", 1), ("s2", "b", 2)]);
    desk.keys("D<tab><space>");
    assert_eq!(desk.proposal().steps.len(), 3);
    desk.keys("<shift-tab>db<enter>");
    assert!(matches!(&desk.asked[0], Action::Destroy { snapshots, .. } if snapshots.len() == 2));
}

#[test]
fn restore_on_an_instance_asks_first_which_snapshot_the_newest_first() {
    let mut desk = Desk::new();
    desk.keys("R");
    assert!(desk.app.layers.is_empty() && desk.told().contains("being read"));
    desk.snapshots("id-db", &[("s1", "old", 1), ("s2", "new", 9), ("s3", "mid", 5)]);
    desk.keys("R");
    let names: Vec<String> = desk.menu().entries.iter().map(|e| desk.app.words.say(&e.text)).collect();
    assert!(names[0].starts_with("new") && names[1].starts_with("mid") && names[2].starts_with("old"), "{names:?}");
    desk.keys("<enter>");
    assert_eq!(desk.proposal().verb, Verb::Restore);
    assert!(desk.accepted().contains(&"db".to_owned()), "the name typed is that of the machine that is overwritten");
    assert!(!desk.accepted().contains(&"new".to_owned()));
}
