//! Looking round: nothing here may send a change.

use super::lab::{Lab, go_to};

#[test]
fn the_fleet_appears_and_is_walked_through_by_keys() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.wait_line(&["web-01", "► Running", "indigo"][..2].as_ref());
    terminal.keys("G").wait_line(&[">", "web-01"]);
    terminal.keys("g").wait_line(&[">", "db"]);
    go_to(&terminal, "web-01");
    // Its snapshots are read when it is under the cursor.
    terminal.keys("2").wait_line(&["before-upgrade", "Available", "12d"]);
    terminal.keys("3").wait_line(&["web", "HTTP"]);
    terminal.keys("4").wait_for("Debian 12");
    terminal.keys("5").wait_for("nothing was asked for yet");
    terminal.keys("<Tab>").wait_line(&[">", "web-01"]);
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(terminal.leftovers(), Vec::<&str>::new());
}
