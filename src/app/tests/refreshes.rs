//! What the cursor and the rows do when data come.

use rstest::rstest;

use crate::app::layers::form::Forms;
use crate::app::panes::row::RowKey;
use crate::app::state::Dirty;
use crate::app::tables::pane::Pane;
use crate::app::tests::desk::{Desk, instance};
use crate::domain::{Fault, InstanceStatus, ListKey, Safety};

#[rstest]
#[case("added above", &["aa", "ab", "db", "web-1", "web-2"], "web-1")]
#[case("removed above", &["web-1", "web-2"], "web-1")]
#[case("another name before it in the order", &["aa", "web-0", "web-1"], "web-1")]
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

/// What takes the place of a machine that went away was not chosen by anybody.
#[rstest]
#[case("the next is below, the one before above", &["aa", "db", "web-2", "web-3"], "web-2", "db")]
#[case("gone with others above and below", &["web-3", "web-4"], "web-3", "web-3")]
#[case("gone, and nothing is left below", &["db"], "db", "db")]
fn where_the_thing_under_the_cursor_goes_away_nothing_is_selected_until_a_key_says_so(
    #[case] what: &str,
    #[case] fleet: &[&str],
    #[case] below: &str,
    #[case] above: &str,
) {
    for settled in [true, false] {
        for (key, at) in [("j", below), ("k", above)] {
            let mut desk = Desk::new();
            desk.keys("j");
            if settled {
                desk.wait(2_000);
            }
            desk.fleet(fleet);
            assert_eq!(desk.at(), "", "{what}, settled: {settled}");
            desk.wait(2_000);
            assert_eq!(desk.at(), "", "{what}, a moment later");
            for verb in ["x", "r", "D", "t", "X", "<enter>", "v", "y", "<space>"] {
                desk.keys(verb);
                assert!(desk.app.layers.is_empty() && desk.app.pane().marks.is_empty(), "{what}: {verb}");
                assert_eq!(desk.told(), "nothing is selected", "{what}: {verb}");
            }
            desk.keys(key);
            assert_eq!(desk.at(), at, "{what}: {key}");
        }
    }
}

#[test]
fn what_went_away_and_came_back_is_selected_again_unless_a_key_said_otherwise() {
    let mut desk = Desk::new();
    desk.keys("jj");
    desk.fleet(&["db", "web-1", "web-4"]);
    desk.wait(2_000);
    desk.fleet(&["aa", "db", "web-1", "web-4", "web-5"]);
    desk.wait(2_000);
    assert_eq!(desk.at(), "");
    desk.fleet(&["db", "web-1", "web-2"]);
    assert_eq!(desk.at(), "web-2");
    desk.fleet(&["db", "web-1", "web-4"]);
    desk.keys("k");
    desk.fleet(&["db", "web-1", "web-2"]);
    assert_eq!(desk.at(), "web-1");
}

/// Each step leaves the cursor on `web-4`, or on nothing where that is not shown.
#[rstest]
#[case::a_filter_of_its_own("/web-4<enter>", "<esc>", "web-4")]
#[case::a_filter_still_being_typed("/web-4", "<esc>", "web-4")]
#[case::a_filter_that_holds_it("/web<enter>", "<esc>", "web-4")]
#[case::another_filter("/web<enter>", "/4<enter>", "web-4")]
#[case::no_match_is_nothing("/xyzzy", "", "")]
#[case::no_match_and_back("/xyzzy", "<esc>", "web-4")]
#[case::another_order("O2", "OO", "web-4")]
#[case::in_reverse("OO", "", "web-4")]
#[case::another_pane("3", "1", "web-4")]
#[case::every_pane("<tab><tab><tab>", "<tab><tab>", "web-4")]
#[case::its_account_hidden("A1<esc>", "", "")]
#[case::its_account_hidden_and_shown("A1<esc>", "A1<esc>", "web-4")]
#[case::another_account_hidden("A2<esc>", "", "web-4")]
fn the_cursor_stays_on_its_thing(#[case] first: &str, #[case] then: &str, #[case] at: &str) {
    let mut desk = Desk::new();
    desk.account("two", false, None);
    desk.instances("two", vec![instance("t1", "aaa", InstanceStatus::Running)]);
    desk.keys("jjjj");
    assert_eq!(desk.at(), "web-4");
    desk.keys(first);
    desk.keys(then);
    assert_eq!(desk.at(), at, "{first} {then}");
}

#[test]
fn a_machine_that_leaves_a_filter_by_itself_hands_the_cursor_to_nobody() {
    let mut desk = Desk::new();
    desk.keys("/running<enter>jj");
    assert_eq!(desk.at(), "web-2");
    let with = |status: InstanceStatus| {
        let all = ["db", "web-1", "web-2", "web-3"];
        let is = |name| if name == "web-2" { status.clone() } else { InstanceStatus::Running };
        all.map(|name| instance(&format!("id-{name}"), name, is(name))).to_vec()
    };
    desk.instances("lab", with(InstanceStatus::Stopped));
    desk.wait(2_000);
    assert_eq!((desk.shown().as_str(), desk.at()), ("db web-1 web-3", ""));
    desk.keys("x");
    assert!(desk.app.layers.is_empty());
    desk.instances("lab", with(InstanceStatus::Running));
    desk.wait(2_000);
    assert_eq!(desk.at(), "web-2");
    desk.instances("lab", with(InstanceStatus::Stopped));
    desk.keys("<esc>");
    assert_eq!(desk.at(), "web-2", "it was there all the time");
}

#[test]
fn a_new_snapshot_that_sorts_first_does_not_take_the_cursor() {
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "old", 1), ("s2", "new", 2)]);
    desk.keys("2");
    assert_eq!(desk.at(), "new");
    desk.wait(2_000);
    desk.snapshots("id-db", &[("s1", "old", 1), ("s2", "new", 2), ("s3", "newest", 3)]);
    assert_eq!((desk.shown().as_str(), desk.at()), ("newest new old", "new"));
    // Also where nobody is just now.
    desk.keys("1");
    desk.wait(2_000);
    desk.snapshots("id-db", &[("s2", "new", 2), ("s3", "newest", 3), ("s4", "last", 4)]);
    desk.keys("2");
    assert_eq!((desk.shown().as_str(), desk.at()), ("last newest new", "new"));
    // Those of another machine begin again; those of all keep what is among them.
    desk.snapshots("id-web-1", &[("s5", "first", 5)]);
    desk.keys("1j2");
    assert_eq!(desk.at(), "first");
    desk.keys(".jj");
    assert_eq!((desk.shown().as_str(), desk.at()), ("first last newest new", "newest"));
    desk.keys("1k2.");
    assert_eq!((desk.shown().as_str(), desk.at()), ("last newest new", "newest"));
    desk.keys(".G.1j2");
    assert_eq!((desk.shown().as_str(), desk.at()), ("first", "first"));
}

#[test]
fn the_newest_operation_has_the_cursor_until_somebody_saw_it() {
    let mut desk = Desk::new();
    let at = |d: &Desk| match d.app.panes[Pane::Operations.index()].selected() {
        Some(RowKey::Operation(id)) => d.app.engine.operation(id).unwrap().action.subject().name.clone(),
        other => panic!("{other:?}"),
    };
    for name in ["db", "web-1"] {
        desk.keys("xyj");
        desk.wait(2_000);
        assert_eq!(at(&desk), name);
    }
    desk.keys("51xy");
    desk.wait(2_000);
    assert_eq!((at(&desk).as_str(), desk.app.panes[Pane::Operations.index()].cursor), ("web-1", 1));
}

#[test]
fn no_border_moves_while_the_cursor_does() {
    let mut desk = Desk::new();
    for (of, count) in [("db", 5), ("web-1", 0), ("web-2", 1), ("web-3", 3)] {
        let all: Vec<(String, i64)> = (0..count).map(|n| (format!("{of}-s{n}"), n)).collect();
        let all: Vec<(&str, &str, i64)> = all.iter().map(|(id, n)| (id.as_str(), id.as_str(), *n)).collect();
        desk.snapshots(&format!("id-{of}"), &all);
    }
    for size in [(120, 36), (100, 24), (200, 50)] {
        desk.tell(crate::app::AppMsg::Resized(size.0, size.1));
        desk.keys("g");
        let borders = desk.app.layout();
        for key in ["j", "j", "j", "j", "j", "g"] {
            desk.keys(key);
            assert_eq!(desk.app.layout(), borders, "{size:?} at {}", desk.at());
        }
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
fn until_every_account_has_told_or_a_person_does_something_the_cursor_stays_on_the_first_row() {
    let begun = || {
        let mut desk = Desk::bare(Safety::default(), true, Forms::default());
        for name in ["lab", "two", "three"] {
            desk.account(name, false, None);
        }
        desk.instances("two", vec![instance("t1", "other", InstanceStatus::Running)]);
        assert_eq!(desk.at(), "other");
        desk
    };
    let mut desk = begun();
    desk.fleet(&["db"]);
    assert_eq!(desk.at(), "db", "lab comes before two");
    desk.fleet(&["aa", "db"]);
    assert_eq!(desk.at(), "aa", "three has not told yet");
    desk.read("three", ListKey::Instances, Err(Fault::TimedOut { host: "three".into() }));
    desk.fleet(&["a", "aa", "db"]);
    assert_eq!(desk.at(), "aa", "and now nobody is to come any more");
    let mut desk = begun();
    desk.keys("<enter>");
    desk.wait(2_000);
    desk.fleet(&["db"]);
    assert_eq!(desk.at(), "other", "its details are open");
}

#[test]
fn no_key_makes_ten_thousand_rows_anew() {
    let mut desk = Desk::new();
    let all = |n: usize| -> Vec<_> {
        (0..n).map(|i| instance(&format!("i{i}"), &format!("m{i}"), InstanceStatus::Running)).collect()
    };
    desk.instances("lab", all(10_000));
    desk.keys("g");
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
    let collection = std::sync::Arc::new(crate::domain::Collection::Snapshots(vec![std::sync::Arc::new(
        crate::app::tests::desk::snapshot("s9", "kept", "id-db", 1),
    )]));
    let kept = crate::engine::Msg::Kept {
        account: "lab".into(),
        list: crate::domain::ListKey::Snapshots(Some("id-db".into())),
        collection,
        read_at: crate::domain::Timestamp(1),
    };
    desk.tell(crate::app::AppMsg::Begin(vec![kept]));
    desk.keys("2");
    assert_eq!(desk.names(crate::app::tables::pane::Pane::Snapshots), ["kept"]);
}
