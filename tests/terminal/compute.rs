//! What compute services have besides power: another plan, what a server writes to its console, pages.

use super::lab::{Lab, go_to, run};

#[test]
fn a_plan_is_chosen_from_a_menu_and_kept() {
    let lab = Lab::of("openstack").sized(120, 36);
    let terminal = lab.run(&[]);
    terminal.wait_line(&["web-01", "Running"]);
    go_to(&terminal, "web-01");
    terminal.keys(":resize<Enter>").wait_for("Which plan for web-01?").wait_line(&["m1.small", "it has this plan"]);
    terminal.wait_line(&["m1.tiny", "cannot shrink"]).keys("3");
    terminal.wait_for("It has 1 vCPU").wait_for("waits to be confirmed").keys("y");
    terminal.wait_line(&["web-01", "Confirm resize"]).wait_for("Keep the new plan");
    terminal.keys(":confirm-resize<Enter>").wait_for("cannot be had back").keys("y");
    terminal.wait_that("it is confirmed", || lab.verbs() == ["resize", "confirm_resize"]);
    terminal.wait_gone("! Confirm resize");
}

#[test]
fn the_command_line_names_the_plan_and_goes_back() {
    let lab = Lab::of("openstack");
    let (code, _, said) = run(&lab, "resize web-01 --plan m1.tiny --yes");
    assert!(code == 5 && said.contains("cannot shrink"), "{code} {said}");
    let (code, _, said) = run(&lab, "revert-resize web-01 --yes");
    assert!(code == 5 && said.contains("no new plan waits"), "{code} {said}");
    let (code, out, said) = run(&lab, "resize web-01 --plan m1.large --yes --wait");
    assert!(code == 0 && format!("{out}{said}").contains("waits to be confirmed"), "{code} {out} {said}");
    let (code, _, said) = run(&lab, "revert-resize web-01 --yes --wait");
    assert_eq!(code, 0, "{said}");
    assert_eq!(lab.verbs(), ["resize", "revert_resize"]);
}

#[test]
fn what_a_server_writes_to_its_console_goes_on_while_it_is_looked_at() {
    let lab = Lab::of("openstack");
    let terminal = lab.run(&[]);
    terminal.wait_line(&["web-01", "Running"]);
    go_to(&terminal, "web-01");
    terminal.keys("L").wait_for("Console of web-01").wait_for("it goes on with what comes").wait_for("tick");
    let last = |lines: &[String]| lines.iter().rev().find(|line| line.contains("tick")).cloned();
    let first = last(&terminal.lines());
    terminal.wait_until("a later line", |lines| last(lines).is_some_and(|line| Some(line) != first));
    terminal.keys("g").wait_for("Linux version").keys("f").wait_gone("Linux version");
    terminal.keys("<Esc>").wait_gone("Console of web-01");
    let (code, out, said) = run(&lab, "console-output web-01");
    assert!(code == 0 && out.contains("[  OK  ] Reached target Network."), "{code} {out} {said}");
}

/// As soon as there is one page of them, and the cursor stays where it was put.
#[test]
fn the_first_servers_are_shown_while_the_rest_is_read() {
    let lab = Lab::of(&format!("{}\n[quirks.conoha]\npage = 1\n", include_str!("../../assets/worlds/openstack.toml")));
    let slow = vpsdeck::sim::Fault::new(vpsdeck::sim::FaultKind::Slow { seconds: 4.0 });
    lab.simulation.add_fault(slow.on("GET", "servers/detail").after_passing(1).times(1));
    let terminal = lab.run(&[]);
    terminal.wait_for("the rest is being read").wait_line(&[">", "web-01"]);
    terminal.wait_gone("the rest is being read").wait_line(&["batch", "Running"]).wait_line(&["db", "Stopped"]);
}
