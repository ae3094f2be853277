//! Each change from its key to its end.

use super::lab::Lab;

#[test]
fn a_start_is_asked_sent_and_seen_to_its_end() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_line(&["db (616516)", "▪ Stopped"]).wait_for("y yes");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("y").wait_line(&["db", "Starting"]).wait_line(&["db", "► Running"]);
    terminal.wait_line(&["start db", "Done"]);
    assert_eq!(lab.effects(), ["start instance 616516"]);
    assert_eq!(lab.changes_sent(), 1);
}

#[test]
fn a_stop_stands_in_operations_with_its_steps() {
    let lab = Lab::slower();
    let terminal = lab.fleet("web-01");
    terminal.keys("x").wait_for("It is billed all the same").keys("y");
    terminal.wait_line(&["web-01", "Stopping"]).wait_line(&["stop web-01", "2/2 wait until it is Stopped"]);
    terminal.keys("5").wait_line(&[">", "stop web-01"]).keys("<Enter>").wait_line(&["State", "Running"]);
    terminal.wait_line(&["1", "stop web-01"]).wait_line(&["2", "wait until it is Stopped"]);
    terminal.wait_line(&["State", "Done"]).keys("q").wait_line(&[">", "stop web-01", "Done"]);
    terminal.keys("1").wait_line(&["web-01", "▪ Stopped (billed)"]);
    assert_eq!(lab.effects(), ["stop instance 616513"]);
}

#[test]
fn a_reboot_says_that_it_may_cut_the_power_and_offers_the_clean_way() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("r").wait_for("power").wait_for("stop, wait and start instead").keys("y");
    terminal.wait_line(&["web-01", "Rebooting"]).wait_line(&["reboot web-01", "Done"]);
    terminal.wait_line(&["web-01", "► Running"]);
    assert_eq!(lab.effects(), ["reset instance 616513"]);
    terminal.keys("r").wait_for("y yes").keys("1").wait_for("1 [x]").keys("y");
    terminal.wait_line(&["web-01", "Stopping"]).wait_line(&["web-01", "Starting"]).wait_line(&["web-01", "► Running"]);
    terminal.wait_that("stopped and started", || lab.effects().len() == 3);
    assert_eq!(lab.effects()[1..], ["stop instance 616513", "start instance 616513"]);
}

#[test]
fn a_force_stop_is_typed() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("X").wait_for("Type web-01 (or 616513) to go on:");
    terminal.keys("y<Enter>").wait_for("what is typed is not what the dialog asks for");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("<BS>616513<Enter>").wait_line(&["web-01", "▪ Stopped"]);
    assert_eq!(lab.effects(), ["forcestop instance 616513"]);
}

#[test]
fn a_snapshot_is_taken_under_an_edited_name_and_becomes_available() {
    let lab = Lab::slower();
    let terminal = lab.fleet("db");
    terminal.keys("t").wait_line(&["Name: db-"]).keys("e").wait_for("Enter ends editing");
    terminal.keys("<C-u>before-y").wait_line(&["Name: before-y"]).keys("<Enter>").wait_for("e edits it").keys("y");
    terminal.keys("2").wait_line(&["before-y", "Creating"]).wait_line(&["before-y", "Available", "GB"]);
    terminal.wait_line(&["snapshot before-y of db", "Done"]);
    assert_eq!(lab.effects().len(), 1, "{:?}", lab.effects());
}

#[test]
fn a_restore_of_what_runs_stops_restores_settles_and_starts() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal
        .wait_line(&["web-01", "12d"])
        .keys("R")
        .wait_for("Restore which snapshot of web-01?")
        .wait_line(&["1", "before-upgrade"])
        .keys("1");
    terminal.wait_for("Everything written to its disk since").wait_for("Type web-01 (or 616513) to go on:");
    terminal.keys("web-01<Enter>").wait_line(&["web-01", "Stopping"]);
    terminal.wait_line(&["web-01", "Restoring"]).wait_line(&["4/6 let it settle"]);
    terminal.wait_that("restored", || lab.effects().len() == 2);
    // Another change of it is refused meanwhile, and named.
    terminal.keys("D").wait_for("restore web-01 is still under way");
    terminal.keys("q").wait_for("Leave now?").wait_for("restore web-01: 3 of 6 steps done").keys("n");
    terminal.wait_gone("Leave now?");
    // It settles for a minute, in real time: nothing shows it.
    let settled = std::time::Instant::now();
    while lab.effects().len() < 3 && settled.elapsed() < std::time::Duration::from_secs(90) {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    terminal.wait_line(&["web-01", "► Running"]).wait_line(&["restore before-upgrade to web-01", "Done"]);
    assert_eq!(lab.verbs(), ["stop", "restore_snapshot", "start"]);
}

#[test]
fn a_snapshot_is_deleted_by_its_name_and_leaves_the_list() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("2").wait_line(&[">", "nightly", "Available"]).keys("D").wait_for("Type nightly");
    terminal.keys("nightly<Enter>").wait_line(&["delete nightly", "Done"]).wait_for("no snapshots");
    assert_eq!(lab.effects().len(), 1, "{:?}", lab.effects());
}

#[test]
fn a_running_machine_is_stopped_before_it_is_destroyed_and_leaves_the_list() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal
        .wait_line(&["web-01", "12d"])
        .keys("D")
        .wait_for("It is running.")
        .wait_for("1 snapshot stays and is billed");
    terminal.keys("<Tab> ").wait_for("[x] delete its 1 snapshot first").keys("<S-Tab>web-01").wait_for("go on: web-01");
    terminal.keys("<Enter>").wait_line(&["web-01", "Stopping"]);
    terminal.wait_line(&["web-01", "Destroying"]).wait_line(&["destroy web-01", "Done"]);
    terminal.wait_until("web-01 has left the list", |lines| !lines[3..20].iter().any(|l| l.contains("web-01")));
    assert_eq!(lab.verbs(), ["delete_snapshot", "stop", "destroy"]);
}

#[test]
fn what_is_marked_is_changed_together_and_the_dialog_lists_it() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("*").wait_for("3 marked").keys("s").wait_for("db (616516)").wait_for("v6-only (616520)");
    terminal.wait_line(&["not web-01:", "it runs already"]).keys("y");
    terminal.wait_line(&["db", "► Running"]).wait_line(&["v6-only", "► Running"]);
    let mut effects = lab.effects();
    effects.sort();
    assert_eq!(effects, ["start instance 616516", "start instance 616520"]);
    // For several, the verb and the count are typed.
    terminal.keys("*").wait_for("3 marked").keys("D").wait_for("Type destroy 3 to go on:").keys("destroy 2<Enter>");
    terminal.wait_for("what is typed is not what the dialog asks for");
    assert_eq!(lab.changes_sent(), 2);
}
