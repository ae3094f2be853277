//! Watchdogs, with a real port of this machine that stops answering.

use std::net::TcpListener;

use super::lab::Lab;

/// `web-01` has an address of this machine, and its port is watched over.
fn lab(door: &TcpListener, more: &str) -> Lab {
    let small = format!("{}/assets/worlds/small.toml", env!("CARGO_MANIFEST_DIR"));
    let world = std::fs::read_to_string(small).unwrap();
    let world = world.replacen("id = 616513\n", "id = 616513\nipv4 = \"127.0.0.1\"\n", 1);
    let lab = Lab::of(&world);
    let text = std::fs::read_to_string(lab.config()).unwrap();
    let port = door.local_addr().unwrap().port();
    lab.write_config(&format!(
        "{text}[[watchdog]]\ninstance = \"indigo/web-*\"\nprobe = \"tcp:{port}\"\nevery = \"10s\"\nfailures = 1\n{more}\n"
    ));
    lab
}

fn asked_by(lab: &Lab) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
    let asked = lab.journal().into_iter().filter(|line| line["record"] == "asked");
    asked.map(|line| (text(&line["action"]["verb"]), text(&line["by"]))).collect()
}

#[test]
fn it_offers_to_reboot_what_stops_answering_and_says_who_asked() {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let lab = lab(&door, "");
    let terminal = lab.fleet("web-01");
    terminal.keys("<Enter>").wait_line(&["Watchdog", "every 10 s: answers"]).keys("<Esc>");
    drop(door);
    terminal.wait_for("web-01 does not answer: tcp:").wait_for("not again before vpsdeck ends");
    assert_eq!(lab.changes_sent(), 0, "it only offers");
    terminal.keys("r").wait_line(&["reboot web-01", "Done"]);
    assert_eq!(asked_by(&lab), [("reboot".to_owned(), "offer".to_owned())]);
    assert_eq!(lab.effects().len(), 1);
}

#[test]
fn it_reboots_by_itself_where_that_is_configured_and_not_twice() {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let lab = lab(&door, "then = \"reboot\"");
    let terminal = lab.fleet("web-01");
    terminal.keys("<Enter>").wait_line(&["Watchdog", "every 10 s: answers"]).keys("<Esc>");
    drop(door);
    terminal.wait_line(&["reboot web-01", "Done"]);
    // It still does not answer, and was rebooted just now; the next run knows that, too.
    terminal.wait_for("rebooted less than an hour ago").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let terminal = lab.fleet("web-01");
    terminal.wait_for("rebooted less than an hour ago");
    terminal.keys("]").wait_line(&[">", "web-01"]).keys("<Enter>").wait_line(&[
        "Watchdog",
        "failed",
        "connection refused",
    ]);
    assert_eq!(asked_by(&lab), [("reboot".to_owned(), "watchdog".to_owned())]);
    assert_eq!(lab.effects().len(), 1);
}

#[test]
fn of_two_dashboards_one_watches_over_and_the_other_when_it_is_gone() {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let lab = lab(&door, "");
    let first = lab.fleet("web-01");
    first.keys("<Enter>").wait_line(&["Watchdog", "answers"]);
    let second = lab.fleet("web-01");
    second.keys("<Enter>").wait_line(&["Address", "127.0.0.1"]).wait_line(&["Key", "laptop"]);
    assert!(!second.shows("Watchdog"));
    first.keys("qq");
    assert_eq!(first.exit_code(), 0);
    second.wait_line(&["Watchdog", "answers"]);
}

#[test]
fn what_may_not_be_changed_is_only_told_of() {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let lab = lab(&door, "then = \"reboot\"");
    let terminal = lab.run(&["--read-only"]);
    terminal.wait_line(&["web-01", "► Running"]);
    drop(door);
    terminal.wait_for("web-01 does not answer");
    assert_eq!((lab.changes_sent(), lab.records().len()), (0, 0));
}
