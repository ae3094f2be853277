//! Operations on the screen: their words, taking back, deciding.

use rstest::rstest;

use super::desk::{Desk, ok};
use crate::app::details::operation_state;
use crate::app::layer::{Layer, MenuKind};
use crate::domain::{Answer, Limit, OpState};

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
    assert!(matches!(desk.op().state, OpState::Unsure), "{:?}", desk.op().state);
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
