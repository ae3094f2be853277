//! The same by keys, in a terminal.

use super::cloud::Cloud;

pub(crate) fn stops_and_starts(cloud: &Cloud<'_>) {
    let name = cloud.named("screen");
    cloud.server(&name);
    let terminal = cloud.dashboard(&["instances", &format!("/{name}")]);
    terminal.wait_line(&[&name, "Running"]);
    terminal.keys("x").wait_for("y yes").keys("y").wait_line(&[&name, "Stopping"]).wait_line(&[&name, "Stopped"]);
    terminal.wait_line(&[&format!("stop {name}"), "Done"]);
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&[&name, "Starting"]).wait_line(&[&name, "Running"]);
    terminal.wait_line(&[&format!("start {name}"), "Done"]);
    println!("{}", terminal.screen());
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
    cloud.destroy(&name);
}
