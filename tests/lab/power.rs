//! A server from its order to its end.

use super::cloud::Cloud;

pub(crate) fn of_a_server(cloud: &Cloud<'_>) {
    let name = cloud.named("power");
    let id = cloud.server(&name);
    let row = cloud.must_have("instances", &name);
    assert_eq!((row["id"].as_str(), row["status"].as_str()), (Some(id.as_str()), Some("running")), "{row}");
    assert!(!row["addresses"].as_array().unwrap().is_empty(), "{row}");

    cloud.change(&["stop", &name]);
    assert_eq!(cloud.must_have("instances", &name)["status"], "stopped");
    // What is so already is no failure.
    let again = cloud.run(&["stop", &name, "--yes"]);
    assert_eq!(again.code, 0, "{}{}", again.out, again.err);
    cloud.change(&["start", &name]);
    assert_eq!(cloud.must_have("instances", &name)["status"], "running");
    cloud.change(&["reboot", &name]);
    assert_eq!(cloud.must_have("instances", &name)["status"], "running");

    let refused = cloud.run(&["destroy", &name, "--yes"]);
    assert_eq!(refused.code, 5, "it is not destroyed without its name: {}{}", refused.out, refused.err);
    cloud.destroy(&name);
}
