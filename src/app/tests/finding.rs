//! Filter, order, problems, accounts.

use rstest::rstest;

use crate::app::Zoom;
use crate::app::layers::layer::{Layer, MenuKind};
use crate::app::tables::pane::Pane;
use crate::app::tests::desk::{Desk, instance};
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

/// `db` stands in the id of `batch`, and in addresses of nearly all.
fn with_codes() -> Desk {
    let mut desk = Desk::new();
    let all = [
        ("0942629f-167f-4313-959d-2ce0c38cdbec", "batch", "203.0.113.19"),
        ("616502", "my-db", "203.0.113.12"),
        ("616503", "db-old", "203.0.113.13"),
        ("616504", "db", "203.0.113.14"),
        ("616505", "v6-only", "2001:db8:10::10"),
        ("616506", "web-1", "203.0.113.16"),
    ];
    let machine = |(id, name, address): (&str, &str, &str)| {
        let mut machine = instance(id, name, InstanceStatus::Running);
        machine.addresses[0].text = address.into();
        let further = format!("2001:db8:10::{}", &id[4..6]);
        machine.addresses.push(crate::domain::Address { text: further, network: None });
        machine.os = Some("Debian 12 (bookworm)".into());
        machine
    };
    desk.replace(all.map(machine).to_vec());
    desk
}

#[rstest]
#[case("db", "db db-old my-db", "db")]
#[case("d", "db db-old my-db", "db")]
#[case("DB-", "db-old", "db-old")]
#[case("bat", "batch", "batch")]
#[case("db running", "db db-old my-db", "db")]
#[case("db8:", "batch db db-old my-db v6-only web-1", "web-1")]
#[case("2001:db8:10::10", "v6-only", "v6-only")]
#[case("dbec", "batch", "batch")]
#[case("6503", "db-old", "db-old")]
#[case("650", "", "")]
#[case("113.1", "batch db db-old my-db web-1", "web-1")]
#[case("debian", "", "")]
fn what_matches_best_comes_first_and_has_the_cursor(#[case] typed: &str, #[case] shown: &str, #[case] at: &str) {
    let mut desk = with_codes();
    desk.keys("G/");
    desk.keys(typed);
    assert_eq!((desk.shown().as_str(), desk.at()), (shown, at), "{typed}");
}

#[test]
fn what_matches_best_comes_first_in_whatever_order() {
    let mut desk = with_codes();
    desk.keys("/db<enter>OO");
    assert_eq!((desk.shown().as_str(), desk.at()), ("db db-old my-db", "db"), "reverse");
    desk.keys("O4");
    assert_eq!((desk.shown().as_str(), desk.at()), ("db db-old my-db", "db"), "by address");
}

#[test]
fn an_action_after_a_filter_is_about_what_it_found() {
    let mut desk = with_codes();
    desk.keys("/db<enter>r");
    assert_eq!(desk.proposal().actions[0].subject().name, "db");
    desk.keys("<esc><esc>t");
    assert_eq!(desk.proposal().actions[0].subject().name, "db", "the filter is cleared, the cursor is where it was");
}

#[test]
fn while_it_is_typed_the_cursor_stays_on_what_matches_as_well_as_any() {
    let mut desk = mixed();
    desk.fleet(&["db", "web-1", "web-2", "my-web"]);
    desk.keys("gjjj");
    assert_eq!(desk.at(), "web-2");
    for (key, at) in [("/", "web-2"), ("w", "web-2"), ("e", "web-2"), ("b", "web-2"), ("<backspace>", "web-2")] {
        desk.keys(key);
        assert_eq!(desk.at(), at, "{key}");
    }
    desk.keys("b-1");
    assert_eq!(desk.at(), "web-1");
    desk.keys("x");
    assert_eq!(desk.at(), "", "a slip");
    desk.keys("<backspace><backspace>");
    assert_eq!(desk.at(), "web-2", "where it was when the filter began");
    // What comes later and matches better does not take the cursor.
    desk.keys("<enter>");
    desk.wait(2_000);
    desk.fleet(&["web", "web-1", "web-2"]);
    assert_eq!((desk.shown().as_str(), desk.at()), ("web-1 web-2", "web-2"));
    desk.keys("/web<enter>");
    assert_eq!((desk.shown().as_str(), desk.at()), ("web web-1 web-2", "web"));
    desk.keys("/web-");
    assert_eq!(desk.at(), "web-1");
    desk.keys("<down>2<backspace>");
    assert_eq!(desk.at(), "web-2", "that was chosen meanwhile");
}

#[test]
fn what_is_looked_for_before_there_is_anything_gets_the_cursor_when_it_comes() {
    let mut desk = Desk::bare(crate::domain::Safety::default(), true, crate::app::layers::form::Forms::default());
    desk.account("lab", false, None);
    desk.keys("/db<enter>");
    assert_eq!(desk.at(), "");
    desk.fleet(&["a-db", "db", "web-1"]);
    assert_eq!((desk.shown().as_str(), desk.at()), ("db a-db", "db"));
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
        desk.read(name, ListKey::Instances, Err(Fault::WrongCredentials { said: None }));
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
    assert!(desk.app.interests.iter().all(|l| l.account.as_str() == "two"), "hidden: not asked for");
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

#[test]
fn a_field_takes_so_many_characters_and_says_where_it_cuts() {
    let mut desk = mixed();
    desk.keys("/ab<left>");
    desk.paste(&"あ".repeat(200_000));
    let filter = &desk.app.pane().filter;
    assert_eq!((filter.value().chars().count(), filter.cursor()), (10_000, 9_999));
    assert!(filter.value().starts_with('a') && filter.value().ends_with("あb"));
    assert_eq!(desk.told(), "cut: a field takes 10000 characters");
    desk.keys("x<end><backspace><backspace>xy");
    assert_eq!(desk.app.pane().filter.value().chars().count(), 10_000);
    assert!(desk.app.pane().filter.value().ends_with("あxy"));
}
