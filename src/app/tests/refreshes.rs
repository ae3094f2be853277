//! What the cursor and the rows do when data come.

use rstest::rstest;

use super::desk::{Desk, instance};
use crate::app::Dirty;
use crate::app::pane::Pane;
use crate::domain::InstanceStatus;

#[rstest]
#[case("added above", &["aa", "ab", "db", "web-1", "web-2"], "web-1")]
#[case("removed above", &["web-1", "web-2"], "web-1")]
#[case("gone: the next", &["aa", "db", "web-2", "web-3"], "web-2")]
#[case("gone with others above and below", &["web-3", "web-4"], "web-3")]
#[case("gone, and it was the last that is left below", &["aa", "db"], "db")]
fn the_cursor_stays_on_what_it_was_on(#[case] what: &str, #[case] fleet: &[&str], #[case] at: &str) {
    for settled in [true, false] {
        let mut desk = Desk::new();
        desk.keys("j");
        if settled {
            desk.wait(2_000);
        }
        desk.fleet(fleet);
        assert_eq!(desk.at(), at, "{what}, settled: {settled}");
        desk.wait(2_000);
        assert_eq!(desk.at(), at, "{what}, a moment later");
    }
}

#[test]
fn the_row_under_the_cursor_keeps_its_line() {
    let mut desk = Desk::new();
    let many: Vec<String> = (0..200).map(|i| format!("m{i}")).collect();
    desk.fleet(&many.iter().map(String::as_str).collect::<Vec<_>>());
    desk.keys("<ctrl-d><ctrl-d><ctrl-d><ctrl-d>kkk");
    desk.wait(2_000);
    let line = |d: &Desk| d.app.pane().cursor - d.app.pane().offset;
    let (was, at) = (line(&desk), desk.at().to_owned());
    let more: Vec<String> = (0..40).map(|i| format!("a{i}")).chain(many).collect();
    desk.fleet(&more.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((line(&desk), desk.at()), (was, at.as_str()));
}

#[test]
fn rows_keep_their_places_within_a_second_of_a_key_and_take_them_afterwards() {
    let mut desk = Desk::new();
    desk.keys("jk");
    desk.wait(400);
    desk.fleet(&["aa", "db", "web-1", "web-3"]);
    assert_eq!(desk.shown(), "db web-1 web-3 aa", "what is new comes last, what is gone goes");
    assert!(desk.wake.is_some_and(|at| at.0 <= desk.now.tick.0 + 600), "woken when the second is over");
    desk.keys("j");
    desk.wait(900);
    assert_eq!(desk.shown(), "db web-1 web-3 aa");
    desk.wait(100);
    assert_eq!(desk.shown(), "aa db web-1 web-3");
    assert_eq!(desk.at(), "web-1");
}

#[test]
fn until_a_person_does_something_the_cursor_stays_on_the_first_row() {
    let mut desk = Desk::new();
    desk.fleet(&["aa", "db"]);
    assert_eq!(desk.at(), "aa");
    desk.keys("<enter>");
    desk.wait(2_000);
    desk.fleet(&["a", "aa", "db"]);
    assert_eq!(desk.at(), "aa", "its details are open");
}

#[test]
fn no_key_makes_ten_thousand_rows_anew() {
    let mut desk = Desk::new();
    let all = |n: usize| -> Vec<_> {
        (0..n).map(|i| instance(&format!("i{i}"), &format!("m{i}"), InstanceStatus::Running)).collect()
    };
    desk.instances("lab", all(10_000));
    desk.wait(2_000);
    let place = |d: &Desk| d.app.panes[0].rows.as_ptr();
    let (rows, mut at) = (place(&desk), 0);
    for i in 0..500 {
        if i == 250 {
            // A poll is merged in the middle: its rows are made once.
            desk.instances("lab", all(9_999));
            at = place(&desk) as usize;
        }
        desk.keys("j");
        assert!(matches!(desk.app.dirty[Pane::Instances.index()], Dirty::No | Dirty::Places), "{i}");
        assert_eq!(place(&desk) as usize, if i < 250 { rows as usize } else { at }, "{i}: the very same rows");
    }
    assert_eq!(desk.at(), "m500");
}

#[test]
fn what_an_earlier_run_kept_is_there_at_once() {
    let mut desk = Desk::new();
    let listing = std::sync::Arc::new(crate::domain::Listing::Snapshots(vec![std::sync::Arc::new(
        super::desk::snapshot("s9", "kept", "id-db", 1),
    )]));
    let kept = crate::engine::Msg::Kept {
        account: "lab".into(),
        list: crate::domain::ListKey::Snapshots(Some("id-db".into())),
        listing,
        as_of: crate::domain::Wall(1),
    };
    desk.tell(crate::app::Msg::Begin(vec![kept]));
    desk.keys("2");
    assert_eq!(desk.names(crate::app::pane::Pane::Snapshots), ["kept"]);
}
