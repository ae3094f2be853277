//! Many at once: what the dialog says, in which order they go, and what stays marked.

use crate::app::panes::details::operation_state;
use crate::app::tests::desk::{Desk, instance, ok};
use crate::domain::{Answer, InstanceStatus, Limit, OpState};
use crate::proposal::OptionKind;

fn facts(desk: &Desk) -> Vec<String> {
    desk.proposal().facts.iter().map(|(p, _)| desk.app.words.say(p)).collect()
}

fn states(desk: &Desk) -> Vec<String> {
    desk.app.engine.operations().iter().map(|op| operation_state(&desk.app, op)).collect()
}

#[test]
fn what_interrupts_service_goes_one_after_the_other_unless_all_at_once_is_chosen() {
    let mut desk = Desk::new();
    desk.keys("<space><space><space>x");
    assert_eq!(desk.proposal().options[0].kind, OptionKind::AllAtOnce);
    desk.keys("y");
    assert_eq!(states(&desk)[1..], ["Waiting turn", "Waiting turn"]);
    let mut desk = Desk::new();
    desk.keys("<space><space><space>x1y");
    assert!(states(&desk).iter().all(|s| s != "Waiting turn"), "{:?}", states(&desk));
}

#[test]
fn what_interrupts_nothing_or_is_alone_is_not_asked_how() {
    let mut desk = Desk::new();
    desk.keys("x");
    assert!(desk.proposal().options.is_empty());
    desk.keys("<esc><space><space>t");
    assert!(desk.proposal().options.iter().all(|c| c.kind != OptionKind::AllAtOnce));
    desk.keys("1");
    assert!(desk.proposal().options.iter().any(|c| c.kind == OptionKind::AllAtOnce), "stopped for it");
}

#[test]
fn the_dialog_groups_by_effect() {
    let mut desk = Desk::new();
    let off = instance("id-off", "a-off", InstanceStatus::Stopped);
    let mut all: Vec<_> = ["db", "web-1"].map(|n| instance(&format!("id-{n}"), n, InstanceStatus::Running)).into();
    all.push(off);
    desk.replace(all);
    desk.keys("*t");
    assert!(facts(&desk).is_empty(), "{:?}", facts(&desk));
    desk.keys("1");
    assert_eq!(facts(&desk)[0], "2 are stopped about 2 min each, 1 is off already");
}

#[test]
fn the_budget_says_how_long_it_takes() {
    let mut desk = Desk::new();
    desk.account("lab", false, Some(Limit { per_minute: 3, spacing_ms: 0 }));
    desk.log_in();
    desk.fleet(&["db", "web-1", "web-2", "web-3"]);
    desk.keys("*x");
    assert_eq!(facts(&desk), ["5 requests, about 2 min at 3 a minute"]);
    desk.keys("<esc><esc>x");
    assert!(facts(&desk).is_empty());
}

#[test]
fn what_failed_is_marked_again_once_all_ended() {
    let mut desk = Desk::new();
    desk.keys("<space><space>t");
    desk.keys("y");
    assert!(desk.app.pane().marks.is_empty(), "what was confirmed is no longer marked");
    desk.log_in();
    desk.wait(10);
    let names = desk.names(crate::app::tables::pane::Pane::Instances);
    desk.fleet(&names.iter().map(String::as_str).collect::<Vec<_>>());
    for of in ["id-db", "id-web-1"] {
        desk.snapshots(of, &[]);
    }
    desk.wait(10);
    let ops: Vec<_> = desk.app.engine.operations().to_vec();
    assert_eq!(ops.len(), 2);
    assert!(ops.iter().all(|o| o.state == OpState::Sending), "{:?}", states(&desk));
    let refused = Answer::NotJournalled { said: "disk full".into() };
    for (op, answer) in ops.iter().zip([ok(), refused]) {
        assert!(desk.app.pane().marks.is_empty(), "not before all ended");
        desk.engine(crate::engine::Msg::Answered {
            op: op.id.clone(),
            step: op.at,
            attempt: op.attempt,
            answer,
            budget: crate::domain::Budget::new(None),
        });
    }
    let marked: Vec<_> = desk.app.pane().marked().0.iter().map(|r| r.what.name().to_owned()).collect();
    assert_eq!(marked, ["web-1"], "{:?}", states(&desk));
    assert_eq!(desk.told(), "1 of 2 did not end well; it is marked");
}
