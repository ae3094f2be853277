//! What the engine is told is looked at.

use super::desk::Desk;
use crate::app::Msg;
use crate::domain::ListKey;

fn looked_at(desk: &Desk) -> Vec<&ListKey> {
    desk.app.looks.iter().map(|l| &l.list).collect()
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
    desk.tell(Msg::Resized(80, 24));
    desk.keys("341");
    desk.wait(300);
    assert!(!looked_at(&desk).contains(&&ListKey::Firewalls) && !looked_at(&desk).contains(&&ListKey::Images));
    assert!(!looked_at(&desk).contains(&&ListKey::Keys), "the details are not open");
    desk.keys("<enter>");
    desk.wait(300);
    assert!(looked_at(&desk).contains(&&ListKey::Keys));
}

#[test]
fn while_the_cursor_moves_nothing_is_asked_for_until_it_rests() {
    let mut desk = Desk::new();
    desk.wait(1_000);
    let before = desk.app.looks.clone();
    for _ in 0..4 {
        desk.keys("j");
        desk.wait(299);
        assert_eq!(desk.app.looks, before);
        assert_eq!(desk.wake.map(|at| at.0), Some(desk.now.tick.0 + 1), "woken when it has rested");
    }
    desk.wait(1);
    assert!(looked_at(&desk).contains(&&ListKey::Snapshots(Some("id-web-4".into()))));
}
