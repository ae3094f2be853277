//! A saved disk: taken of a server that runs, written over it, made into another server, deleted.

use super::cloud::Cloud;

pub(crate) fn in_place_and_as_new(cloud: &Cloud<'_>) {
    let (name, saved, new) = (cloud.named("disk"), cloud.named("saved"), cloud.named("new"));
    let id = cloud.server(&name);
    let made = cloud.change(&["take-snapshot", &name, "--name", &saved]);
    let row = cloud.must_have("snapshots", &saved);
    assert_eq!((&row["id"], row["of"].as_str()), (&made["made"][0]["id"], Some(id.as_str())), "{row}");
    assert!(row["size"].as_u64().is_some_and(|size| size > 0), "{row}");

    cloud.change(&["restore", &name, "--from", &saved, "--confirm", &name]);
    let server = cloud.must_have("instances", &name);
    assert_eq!((server["status"].as_str(), &server["image"]), (Some("running"), &row["id"]), "{server}");

    let (_, plan) = cloud.smallest();
    cloud.change(&["create", "--account", "lab", "--name", &new, "--from", &saved, "--plan", &plan]);
    assert_eq!(cloud.must_have("instances", &new)["image"], row["id"]);
    cloud.destroy(&new);
    cloud.destroy(&name);
    cloud.change(&["delete", "snapshot", &saved, "--confirm", &saved]);
    assert!(cloud.row("snapshots", &saved).is_none());
}
