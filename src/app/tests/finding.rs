//! Filter, order, problems, accounts.

use rstest::rstest;

use super::desk::{Desk, instance};
use crate::app::Zoom;
use crate::app::layer::{Layer, MenuKind};
use crate::app::pane::Pane;
use crate::domain::{Fault, InstanceStatus, ListKey};

fn mixed() -> Desk {
    let mut desk = Desk::new();
    let mut all = vec![
        instance("616513", "web-1", InstanceStatus::Running),
        instance("700001", "wobble", InstanceStatus::Stopped),
        instance("700002", "db", InstanceStatus::Error),
    ];
    all[1].addresses[0].text = "203.0.113.7".into();
    desk.replace(all);
    desk
}

#[rstest]
#[case("web", "web-1", false)]
#[case("6165", "web-1", false)]
#[case("stopped", "wobble", false)]
#[case("203.0", "wobble", false)]
#[case("error", "db", false)]
#[case("lab", "db web-1 wobble", false)]
#[case("wb", "web-1 wobble", true)]
#[case("xyzzy", "", true)]
fn a_filter_finds_plainly_and_loosely_only_where_nothing_is_plain(
    #[case] typed: &str,
    #[case] shown: &str,
    #[case] fuzzy: bool,
) {
    let mut desk = mixed();
    desk.keys("/");
    for c in typed.chars() {
        desk.keys(&c.to_string());
    }
    assert_eq!((desk.shown().as_str(), desk.app.pane().fuzzy), (shown, fuzzy), "{typed}");
    assert_eq!(desk.app.pane().total, 3, "what the title tells");
}

#[test]
fn a_filter_is_live_begins_empty_is_kept_by_enter_and_cleared_by_escape() {
    let mut desk = mixed();
    desk.keys("/w");
    assert_eq!(desk.shown(), "web-1 wobble");
    desk.keys("o<enter>");
    assert_eq!(desk.shown(), "wobble");
    assert!(!desk.app.pane().filtering);
    desk.keys("/");
    assert_eq!((desk.app.pane().filter.value(), desk.shown().as_str()), ("", "db web-1 wobble"));
    desk.keys("db<esc>");
    assert_eq!(desk.shown(), "db web-1 wobble");
    desk.keys("/db<ctrl-c>");
    assert!(!desk.app.pane().filtering && !desk.quits(), "Ctrl-c leaves the field");
    desk.keys("/qxD y");
    assert!(desk.app.layers.is_empty() && !desk.quits(), "letters are text");
    desk.keys("<ctrl-u>");
    desk.paste("d\nb");
    assert_eq!(desk.app.pane().filter.value(), "db");
}

#[test]
fn a_filter_belongs_to_its_pane() {
    let mut desk = mixed();
    desk.keys("/web<enter>5");
    assert!(desk.app.pane().filter.value().is_empty());
    desk.keys("1");
    assert_eq!(desk.shown(), "web-1");
}

#[rstest]
#[case("O<enter>", "wobble web-1 db")]
#[case("OO", "wobble web-1 db")]
#[case("OOOO", "db web-1 wobble")]
#[case("O2", "db web-1 wobble")]
#[case("O2O2", "wobble web-1 db")]
#[case("O<esc>", "db web-1 wobble")]
#[case("Oj<enter>", "db web-1 wobble")]
fn the_order_is_chosen_and_again_reversed(#[case] keys: &str, #[case] shown: &str) {
    let mut desk = mixed();
    desk.keys(keys);
    assert_eq!(desk.shown(), shown, "{keys}");
}

#[test]
fn problems_are_visited_in_turn_with_each_account_that_fails() {
    let mut desk = mixed();
    for name in ["one", "two"] {
        desk.account(name, false, None);
        desk.read(name, ListKey::Instances, Err(Fault::TimedOut { host: name.into() }));
    }
    let visited = |d: &mut Desk, key: &str| {
        d.keys(key);
        let what = match d.app.layers.last() {
            Some(Layer::Notice(notice)) => d.app.words.say(&notice.lines[0]),
            _ => d.at().to_owned(),
        };
        d.keys(if d.app.layers.is_empty() { "" } else { "<esc>" });
        what.split(' ').next().unwrap_or("").to_owned()
    };
    desk.keys("j");
    let forward: Vec<String> = (0..4).map(|_| visited(&mut desk, "]")).collect();
    assert_eq!(forward, ["db", "one", "two", "db"], "none below the cursor: from the first");
    let back: Vec<String> = (0..3).map(|_| visited(&mut desk, "[")).collect();
    assert_eq!(back, ["two", "one", "db"]);
}

#[test]
fn one_key_goes_on_past_an_account_that_does_not_answer() {
    let mut desk = mixed();
    for name in ["one", "two's"] {
        desk.account(name, false, None);
        desk.read(name, ListKey::Instances, Err(Fault::WrongCredentials { said: String::new() }));
    }
    let now = |d: &Desk| match d.app.layers.as_slice() {
        [] => d.at().to_owned(),
        [Layer::Notice(notice)] => d.app.words.say(&notice.title),
        other => panic!("{other:?}"),
    };
    let visit = |d: &mut Desk, key: &str| {
        d.keys(key);
        now(d)
    };
    desk.keys("j");
    let forward: Vec<String> = (0..4).map(|_| visit(&mut desk, "]")).collect();
    assert_eq!(forward, ["db", "one does not answer", "two's does not answer", "db"]);
    let back: Vec<String> = (0..2).map(|_| visit(&mut desk, "[")).collect();
    assert_eq!(back, ["two's does not answer", "one does not answer"]);
    let Some(Layer::Notice(notice)) = desk.app.layers.last() else { panic!("no notice") };
    assert!(desk.app.words.say(&notice.lines[1]).contains("vpsdeck account add one --replace"), "{notice:?}");
    assert_eq!(desk.app.words.say(&notice.keys), "] goes on to the next problem, Esc closes");
    desk.keys("]");
    let Some(Layer::Notice(notice)) = desk.app.layers.last() else { panic!("no notice") };
    assert!(desk.app.words.say(&notice.lines[1]).contains(r"account add 'two'\''s' --replace"), "{notice:?}");
    desk.keys("j");
    assert_eq!(desk.app.layers.len(), 1, "any other key is not for the list below");
    desk.keys("<esc>");
    assert!(desk.app.layers.is_empty());
}

#[test]
fn a_problem_is_gone_to_from_any_pane_and_none_is_said() {
    let mut desk = mixed();
    desk.keys("4<enter>]");
    assert_eq!((desk.app.focus, desk.at(), desk.app.zoom), (Pane::Instances, "db", Zoom::List));
    let mut desk = Desk::new();
    desk.keys("]");
    assert_eq!(desk.told(), "no problem is known");
}

#[test]
fn accounts_are_hidden_and_shown_but_never_the_last() {
    let mut desk = Desk::new();
    desk.account("two", false, None);
    desk.instances("two", vec![instance("t1", "other", InstanceStatus::Running)]);
    desk.keys("A");
    assert_eq!(desk.menu().kind, MenuKind::Accounts);
    desk.keys("1");
    assert_eq!(desk.shown(), "other");
    desk.keys("2");
    assert_eq!(desk.shown(), "other", "the last stays");
    desk.keys("<esc>");
    desk.wait(1_000);
    assert!(desk.app.looks.iter().all(|l| l.account.as_str() == "two"), "hidden: not asked for");
    desk.keys("A1<esc>");
    assert_eq!(desk.app.pane().rows.len(), 7);
}

#[test]
fn snapshots_of_the_selection_or_of_all() {
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s1", "old", 1), ("s2", "new", 2)]);
    desk.snapshots("id-web-1", &[("s3", "web", 3)]);
    desk.keys("2");
    assert_eq!(desk.shown(), "new old");
    desk.keys(".");
    assert_eq!(desk.shown(), "web new old");
    desk.keys(".1j2");
    assert_eq!(desk.shown(), "web");
}
