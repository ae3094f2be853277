//! Operations on the screen: their words, taking back, deciding.

use rstest::rstest;

use crate::app::available;
use crate::app::layers::layer::{Layer, MenuKind};
use crate::app::operations::times;
use crate::app::panes::details::operation_state;
use crate::app::tables::commands::Command;
use crate::app::tests::desk::{Desk, ok};
use crate::domain::{Action, Answer, InstanceStatus, Limit, OpState, Verb};

fn state(desk: &Desk) -> String {
    operation_state(&desk.app, desk.op())
}

#[rstest]
#[case("from the list", "")]
#[case("from another pane", "4")]
#[case("over help", "?")]
#[case("over a menu", "O")]
#[case("over a question", "jx")]
#[case("in the details", "<enter><enter>")]
#[case("in operations", "5")]
fn what_counts_down_is_taken_back(#[case] what: &str, #[case] place: &str) {
    let mut desk = Desk::new();
    desk.keys("Ddb<enter>");
    assert_eq!(state(&desk), "Waiting 5 s");
    desk.keys(place);
    desk.keys("u");
    assert_eq!(state(&desk), "Cancelled", "{what}");
}

#[test]
fn in_a_field_u_is_a_letter() {
    for field in ["/", ":", "jD"] {
        let mut desk = Desk::new();
        desk.keys("Ddb<enter>");
        desk.keys(field);
        desk.keys("u");
        assert!(matches!(desk.op().state, OpState::Countdown { .. }), "{field}");
    }
}

#[test]
fn in_operations_u_takes_back_that_row_and_elsewhere_the_newest() {
    let mut desk = Desk::new();
    desk.keys("Ddb<enter>jDweb-1<enter>");
    desk.keys("5Gu");
    let over = |d: &Desk| d.app.engine.operations().iter().map(crate::domain::Operation::is_over).collect::<Vec<_>>();
    assert_eq!(over(&desk).iter().filter(|o| **o).count(), 1);
    let first = over(&desk);
    desk.keys("1u");
    assert_eq!(over(&desk), [true, true], "{first:?}");
    desk.keys("u");
    assert_eq!(desk.told(), "nothing counts down");
}

#[test]
fn in_operations_u_leaves_the_steps_not_yet_begun() {
    let mut desk = Desk::new();
    desk.keys("r1y");
    desk.send();
    desk.answer(ok());
    assert!(desk.op().sent_any && desk.op().has_calls_ahead());
    desk.keys("u");
    assert!(!desk.op().is_over(), "elsewhere only what counts down");
    desk.keys("5u");
    assert_eq!(state(&desk), "Cancelled");
}

#[test]
fn a_wait_names_its_reason() {
    let mut desk = Desk::new();
    desk.keys("xy");
    assert_eq!(state(&desk), "Waiting check");
    let mut desk = Desk::new();
    desk.account("lab", false, Some(Limit { per_minute: 1, spacing_ms: 0 }));
    desk.wait(1_000);
    desk.log_in();
    desk.wait(36_000);
    desk.keys("<ctrl-r>");
    desk.fleet(&["db"]);
    desk.spend();
    desk.keys("xy");
    assert!(state(&desk).starts_with("Waiting budget ") && !state(&desk).contains(" 0 s"), "{}", state(&desk));
}

#[test]
fn an_answer_that_was_lost_shows_at_once_as_unknown() {
    let mut desk = Desk::new();
    desk.keys("xy");
    desk.send();
    assert_eq!(state(&desk), "Running");
    desk.answer(Answer::Lost { said: "reset".into() });
    assert!(matches!(desk.op().state, OpState::OutcomeUnknown), "{:?}", desk.op().state);
    assert_eq!(state(&desk), "Unknown outcome");
}

#[test]
fn what_nothing_can_settle_is_decided_by_a_person_in_a_menu_that_was_drawn() {
    let mut desk = Desk::new();
    desk.keys("ry");
    desk.send();
    desk.answer(Answer::Lost { said: "reset".into() });
    desk.wait(1_000);
    desk.fleet(&["db"]);
    assert!(matches!(desk.op().state, OpState::Halted(_)), "{:?}", desk.op().state);
    desk.keys("5");
    desk.burst("<enter>s");
    assert!(matches!(desk.op().state, OpState::Halted(_)), "typed before it was drawn");
    assert!(matches!(desk.app.layers.last(), Some(Layer::Menu(menu)) if menu.kind == MenuKind::Decide));
    desk.keys("s");
    assert!(matches!(desk.op().state, OpState::Checking | OpState::Sending), "{:?}", desk.op().state);
}

#[test]
fn a_row_says_what_is_usual_and_when_it_takes_longer() {
    let mut desk = Desk::new();
    desk.keys("xy");
    desk.send();
    desk.answer(ok());
    let first = |d: &Desk| times::operation_time(&d.app, d.op())[0].clone();
    assert_eq!(first(&desk), "0:00, usually about 30 s");
    desk.wait(60_000);
    assert_eq!(first(&desk), "1:00, usually about 30 s", "what is only supposed has far to go");
    desk.wait(60_000);
    assert_eq!(first(&desk), "2:00, longer than usual");
}

#[test]
fn a_bar_never_goes_back() {
    let mut desk = Desk::new();
    desk.keys("r1y");
    desk.send();
    let mut known = 0.0;
    for second in 0..120 {
        if second == 3 {
            desk.answer(ok());
        }
        if second % 30 == 10 {
            let status = if second > 60 { InstanceStatus::Stopped } else { InstanceStatus::Running };
            desk.instances("lab", vec![crate::app::tests::desk::instance("id-db", "db", status)]);
        }
        desk.wait(1_000);
        let now = times::progress(&desk.app, desk.op()).expect("a share");
        assert!(now >= known, "{known} then {now} at {second} s");
        known = now;
    }
}

#[test]
fn however_many_operations_run_the_screen_changes_once_a_second() {
    let mut desk = Desk::new();
    for keys in ["xy", "jxy", "jxy"] {
        desk.keys(keys);
        desk.wait(310);
    }
    desk.wait(12_000);
    let mut wakes = Vec::new();
    for _ in 0..4 {
        let ms = crate::app::refresh::next_wake(&desk.app).expect("a wish").0 - desk.now.tick.0;
        wakes.push(ms);
        desk.wait(ms);
    }
    assert!(wakes[1..].iter().all(|ms| *ms == 1_000), "{wakes:?}");
}

#[test]
fn a_stop_that_hangs_offers_to_cut_the_power_in_its_row_and_asks() {
    let mut desk = Desk::new();
    desk.keys("xy");
    desk.send();
    desk.answer(ok());
    desk.keys("5X");
    assert!(desk.app.layers.is_empty(), "not before it is late");
    assert!(!available::is_offered(&desk.app, Command::Do(Verb::ForceStop)));
    desk.wait(120_000);
    assert!(available::is_offered(&desk.app, Command::Do(Verb::ForceStop)));
    assert_eq!(crate::app::panes::details::operation_step(&desk.app, desk.op()), "2/2 hangs; X cuts the power");
    desk.keys("X");
    assert_eq!(desk.proposal().verb, Verb::ForceStop);
    assert!(desk.accepted().is_empty(), "a question");
    desk.keys("y");
    assert!(matches!(desk.asked.last(), Some(Action::ForceStop { .. })));
    assert!(!available::is_offered(&desk.app, Command::Do(Verb::ForceStop)), "it is under way");
}
