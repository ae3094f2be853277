//! Told when it ends: what is written to the terminal beside the screen, and what a hook gets.

use super::lab::Lab;

fn configured(lab: &Lab, notify: &str) {
    let text = std::fs::read_to_string(lab.config()).unwrap();
    lab.write_config(&format!("{text}[notify]\n{notify}\n"));
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn a_window_in_focus_is_not_rung_and_one_that_is_not_is() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.send(b"\x1b[I").keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    assert!(!terminal.written().contains(&0x07), "somebody looks");
    terminal.keys("x").wait_for("y yes").keys("y").send(b"\x1b[O").wait_line(&["stop db", "Done"]);
    terminal.wait_that("it rings once", || terminal.written().iter().filter(|b| **b == 0x07).count() == 1);
    assert!(!holds(&terminal.written(), b"\x1b]"), "all else is asked for");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn notification_title_and_taskbar_tell_and_are_taken_back() {
    let lab = Lab::slower();
    configured(&lab, "bell = false\nnotification = true\ntitle = true\nprogress = true");
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["db", "Starting"]).send(b"\x1b[O");
    terminal.wait_that("progress", || holds(&terminal.written(), b"\x1b]9;4;1;50\x1b\\"));
    terminal.wait_that("the title", || holds(&terminal.written(), b"\x1b[22;2t\x1b]2;vpsdeck: 1 under way\x1b\\"));
    terminal.wait_that("the end", || holds(&terminal.written(), b"\x1b]9;vpsdeck: start db: done\x1b\\"));
    let written = terminal.written();
    assert!(holds(&written, b"\x1b]777;notify;vpsdeck;start db: done\x1b\\"));
    assert!(holds(&written, b"\x1b]2;vpsdeck: start db: done\x1b\\") && holds(&written, b"\x1b]9;4;0;0\x1b\\"));
    assert!(!written.contains(&0x07) && !holds(&written, b"\x1b[23;2t"));
    // Whoever comes back has their own title again; whoever does not, at the end.
    terminal.send(b"\x1b[I").wait_that("the title of before", || holds(&terminal.written(), b"\x1b[23;2t"));
    terminal.keys("x").wait_for("y yes").keys("y").send(b"\x1b[O").wait_line(&["stop db", "Done"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let count = |what: &[u8]| terminal.written().windows(what.len()).filter(|w| *w == what).count();
    assert_eq!((count(b"\x1b[22;2t"), count(b"\x1b[23;2t")), (2, 2));
    assert!(terminal.leftovers().is_empty(), "{:?}", terminal.leftovers());
}

#[test]
fn a_hook_gets_the_operation_as_json_and_no_shell_reads_its_arguments() {
    let lab = Lab::small();
    let to = lab.home().join("told $(touch x); y");
    configured(&lab, &format!("hook = [\"/usr/bin/tee\", {:?}]", to.to_str().unwrap()));
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    let read = || std::fs::read_to_string(&to).unwrap_or_default();
    terminal.wait_that("the hook ran", || read().ends_with('\n'));
    let told: serde_json::Value = serde_json::from_str(&read()).unwrap();
    assert_eq!((told["verb"].as_str(), told["result"].as_str()), (Some("start"), Some("done")), "{told}");
    assert_eq!((told["account"].as_str(), told["target"]["name"].as_str()), (Some("indigo"), Some("db")), "{told}");
    assert!(told["ended"].as_str().unwrap().ends_with('Z') && told["seconds"].is_u64(), "{told}");
    assert!(!lab.home().join("x").exists());
    for secret in lab.secrets() {
        assert!(!read().contains(&secret));
    }
}

#[test]
fn a_hook_does_not_inherit_the_variables_that_hold_secrets() {
    let lab = Lab::small().with("OTHER", "stays");
    let to = lab.home().join("env");
    configured(&lab, &format!("hook = [\"/bin/sh\", \"-c\", \"env > {0}; echo end >> {0}\"]", to.to_str().unwrap()));
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    let read = || std::fs::read_to_string(&to).unwrap_or_default();
    terminal.wait_that("the hook ran", || read().ends_with("end\n"));
    assert!(read().contains("OTHER=stays") && !read().contains("SECRET_INDIGO"), "{}", read());
}

#[test]
fn a_hook_that_is_not_there_harms_nothing() {
    let lab = Lab::small();
    configured(&lab, "hook = [\"/nonexistent/hook\"]");
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    let log = || std::fs::read_to_string(lab.state().join("vpsdeck.log")).unwrap();
    terminal.wait_that("it is logged", || log().contains("the hook could not be run"));
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
}
