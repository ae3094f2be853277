//! Each change from its key to its end.

use super::lab::Lab;

#[test]
fn a_start_is_asked_sent_and_seen_to_its_end() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("Start").wait_for("y yes");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("y").wait_line(&["db", "Starting"]).wait_line(&["db", "► Running"]);
    terminal.wait_line(&["start db", "Done"]);
    assert_eq!(lab.effects(), ["start instance 616516"]);
}
