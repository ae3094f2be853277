//! Marks, and what actions make of them.

use crate::app::layers::layer::Layer;
use crate::app::tests::desk::{Desk, instance};
use crate::domain::{InstanceStatus, Verb};

#[test]
fn space_marks_and_moves_and_a_star_marks_all_shown_or_none() {
    let mut desk = Desk::new();
    desk.keys("<space><space>");
    assert_eq!((desk.app.pane().marks.len(), desk.at()), (2, "web-2"));
    desk.keys("k<space>");
    assert_eq!(desk.app.pane().marks.len(), 1, "again takes the mark off");
    desk.keys("*");
    assert_eq!(desk.app.pane().marks.len(), 6);
    desk.keys("*");
    assert_eq!(desk.app.pane().marks.len(), 0);
}

#[test]
fn actions_apply_to_the_marked_that_are_shown_and_count_the_others() {
    let mut desk = Desk::new();
    desk.keys("<space><space><space>/web<enter>x");
    let confirm = desk.proposal();
    let names: Vec<&str> = confirm.actions.iter().map(|a| a.subject().name.as_str()).collect();
    assert_eq!((names, confirm.left_out), (vec!["web-1", "web-2"], 1));
    desk.keys("y");
    assert_eq!(desk.asked.len(), 2);
    assert!(desk.app.pane().marks.is_empty());
}

#[test]
fn what_is_marked_and_not_shown_is_never_acted_on() {
    let mut desk = Desk::new();
    desk.keys("<space>/web<enter>x");
    assert!(desk.app.layers.is_empty());
    assert!(desk.told().contains("not shown"));
    desk.keys("/none-at-all<enter>*<esc>");
    assert_eq!(desk.app.pane().marks.len(), 1, "a star over nothing changes nothing");
}

#[test]
fn a_mark_goes_with_what_it_stood_on_even_behind_a_filter() {
    let mut desk = Desk::new();
    desk.keys("<space><space>/web<enter>");
    desk.fleet(&["web-1", "web-2"]);
    desk.keys("x");
    assert_eq!(desk.proposal().left_out, 0, "db is gone, not left out");
}

#[test]
fn what_cannot_be_done_is_named_beside_what_can_and_the_running_come_first() {
    let mut desk = Desk::new();
    desk.instances(
        "lab",
        vec![
            instance("i1", "a-stopped", InstanceStatus::Stopped),
            instance("i2", "b-running", InstanceStatus::Running),
        ],
    );
    desk.keys("*s");
    let confirm = desk.proposal();
    assert_eq!(confirm.actions.len(), 1);
    assert_eq!(confirm.cannot[0].0, "b-running");
    desk.keys("<esc>x");
    let names: Vec<&str> = desk.proposal().actions.iter().map(|a| a.subject().name.as_str()).collect();
    assert_eq!(names, ["b-running", "a-stopped"]);
    desk.keys("<esc>gs");
    desk.keys("<esc>**");
    desk.keys("<esc>Gs");
    assert_eq!(desk.told(), "start b-running: why-not.runs");
}

#[test]
fn destroying_several_wants_the_verb_and_the_count_and_never_two_accounts() {
    let mut desk = Desk::new();
    desk.keys("<space><space><space>D");
    assert_eq!(desk.accepted(), ["destroy 3"]);
    let steps: Vec<String> = desk.proposal().steps.iter().map(|(p, _)| desk.app.words.say(p)).collect();
    assert_eq!(steps, ["destroy each"], "the steps are shown for several too");
    desk.keys("destroy 2<enter>");
    assert!(desk.has_dialog() && desk.asked.is_empty());
    desk.keys("<backspace>3<enter>");
    assert_eq!(desk.asked.len(), 3);

    let mut desk = Desk::new();
    desk.account("two", false, None);
    desk.instances("two", vec![instance("t1", "other", InstanceStatus::Running)]);
    desk.keys("*D");
    assert!(desk.app.layers.is_empty() && desk.told().contains("two accounts"), "{}", desk.told());
    desk.keys("x");
    assert_eq!(desk.proposal().actions.len(), 7, "a stop may");
}

#[test]
fn the_name_of_each_snapshot_is_its_machines_even_where_one_is_refused() {
    let mut desk = Desk::new();
    desk.keys("xy");
    desk.keys("<space><space>t");
    assert_eq!((desk.proposal().verb, desk.proposal().cannot.len()), (Verb::TakeSnapshot, 1));
    assert_eq!(desk.proposal().name.as_ref().unwrap(), "web-1-20270115-0800");
    desk.keys("1y");
    let names: Vec<String> = desk.asked.iter().map(|a| format!("{a:?}")).collect();
    assert!(names[1].contains("\"web-1-20270115-0800\"") && names[1].contains("stop_first: true"), "{names:?}");
}

#[test]
fn several_refused_are_a_notice_that_names_each() {
    let mut desk = Desk::new();
    desk.keys("<space><space>s");
    match desk.app.layers.last() {
        Some(Layer::Notice(notice)) => assert_eq!(notice.lines.len(), 2),
        other => panic!("{other:?}"),
    }
}
