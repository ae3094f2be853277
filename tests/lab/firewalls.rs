//! A firewall: made, changed, put on a server, taken off, deleted.

use serde_json::Value;

use super::cloud::Cloud;

fn on(cloud: &Cloud<'_>, server: &str) -> Vec<String> {
    let row = cloud.must_have("instances", server);
    row["firewalls"].as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

pub(crate) fn from_first_to_last(cloud: &Cloud<'_>) {
    let (wall, renamed, server) = (cloud.named("wall"), cloud.named("wall2"), cloud.named("walled"));
    cloud.change(&["firewall", "create", &wall, "--account", "lab", "--rule", "tcp 22 198.51.100.7"]);
    cloud.change(&["firewall", "add-rule", &wall, "tcp 8000-8010 2001:db8::/64", "icmp any"]);
    let shown = cloud.run(&["firewall", "show", &wall]).out;
    for rule in ["tcp 22 198.51.100.7", "tcp 8000-8010 2001:db8::/64", "icmp"] {
        assert!(shown.contains(rule), "{rule}: {shown}");
    }
    cloud.change(&["firewall", "remove-rule", &wall, "tcp 22 198.51.100.7"]);
    let shown = cloud.run(&["firewall", "show", &wall]).out;
    assert!(!shown.contains("198.51.100.7"), "{shown}");

    cloud.server(&server);
    cloud.change(&["firewall", "assign", &wall, &server]);
    assert!(on(cloud, &server).contains(&wall));
    let refused = cloud.run(&["firewall", "delete", &wall, "--confirm", &wall]);
    assert_eq!(refused.code, 5, "it is on a server: {}{}", refused.out, refused.err);
    cloud.change(&["firewall", "rename", &wall, &renamed]);
    assert!(on(cloud, &server).contains(&renamed));
    cloud.change(&["firewall", "detach", &renamed, &server, "--confirm", &server]);
    assert!(!on(cloud, &server).contains(&renamed));
    cloud.change(&["firewall", "delete", &renamed, "--confirm", &renamed]);
    assert!(cloud.row("firewalls", &renamed).is_none());
    cloud.destroy(&server);
}
