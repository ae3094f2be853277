//! What the engine is told is looked at.

use crate::app::AppMsg;
use crate::app::tests::desk::Desk;
use crate::domain::ListKey;

fn looked_at(desk: &Desk) -> Vec<&ListKey> {
    desk.app.interests.iter().map(|l| &l.list).collect()
}

#[test]
fn only_what_is_opened_is_asked_for() {
    let mut desk = Desk::new();
    assert!(!looked_at(&desk).contains(&&ListKey::Firewalls) && !looked_at(&desk).contains(&&ListKey::Images));
    desk.keys("3");
    desk.wait(300);
    assert!(looked_at(&desk).contains(&&ListKey::Firewalls));
    assert!(!looked_at(&desk).contains(&&ListKey::Images));
    desk.keys("4");
    desk.wait(300);
    assert!(looked_at(&desk).contains(&&ListKey::Images));
}

#[test]
fn on_a_narrow_screen_only_the_pane_in_focus() {
    let mut desk = Desk::new();
    desk.tell(AppMsg::Resized(80, 24));
    desk.keys("341");
    desk.wait(300);
    assert!(!looked_at(&desk).contains(&&ListKey::Firewalls) && !looked_at(&desk).contains(&&ListKey::Images));
    assert!(!looked_at(&desk).contains(&&ListKey::Keys), "the details are not open");
    desk.keys("<enter>");
    desk.wait(300);
    assert!(looked_at(&desk).contains(&&ListKey::Keys));
}

#[test]
fn where_the_snapshots_of_all_are_listed_all_that_is_shown_is_read_and_some_that_never_was() {
    for size in [(120, 36), (80, 24)] {
        let mut desk = Desk::new();
        desk.tell(AppMsg::Resized(size.0, size.1));
        desk.snapshots("id-web-3", &[("s1", "weekly", 1), ("s2", "daily", 2)]);
        let of = |name: &str| ListKey::Snapshots(Some(format!("id-{name}").as_str().into()));
        desk.keys("2");
        desk.wait(300);
        assert!(!looked_at(&desk).contains(&&of("web-3")), "those of db are shown");
        desk.keys(".");
        desk.wait(300);
        for name in ["db", "web-1", "web-2", "web-3", "web-4"] {
            assert!(looked_at(&desk).contains(&&of(name)), "{name}");
        }
        assert!(!looked_at(&desk).contains(&&of("web-5")), "the others of those that never were come after them");
        let refreshed = desk.app.engine.refreshed(&"lab".into());
        assert!(refreshed.contains(&of("web-3")) && refreshed.contains(&ListKey::Instances), "{refreshed:?}");
    }
}

#[test]
fn a_refresh_says_when_the_quota_does_not_reach() {
    let mut desk = Desk::bare(crate::domain::Safety::default(), true, crate::app::layers::form::Forms::default());
    let limit = crate::domain::Limit { per_minute: 6, spacing_ms: 0 };
    desk.account("lab", false, Some(limit));
    desk.fleet(&["db", "web-1", "web-2", "web-3", "web-4", "web-5"]);
    desk.keys("<ctrl-r>");
    assert_eq!(desk.told(), "reading again");
    desk.keys("2.");
    desk.wait(300);
    desk.keys("<ctrl-r>");
    assert!(desk.told().starts_with("reading again; what the quota leaves over in "), "{}", desk.told());
}

#[test]
fn while_the_cursor_moves_nothing_is_asked_for_until_it_rests() {
    let mut desk = Desk::new();
    desk.wait(1_000);
    let before = desk.app.interests.clone();
    for _ in 0..4 {
        desk.keys("j");
        desk.wait(299);
        assert_eq!(desk.app.interests, before);
        assert_eq!(desk.wake.map(|at| at.0), Some(desk.now.tick.0 + 1), "woken when it has rested");
    }
    desk.wait(1);
    assert!(looked_at(&desk).contains(&&ListKey::Snapshots(Some("id-web-4".into()))));
}
