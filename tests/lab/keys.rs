//! An SSH key.

use super::cloud::Cloud;

pub(crate) fn are_added_and_deleted(cloud: &Cloud<'_>) {
    let name = cloud.named("key");
    std::fs::write(cloud.home().join("key.pub"), include_str!("../terminal/key.pub")).unwrap();
    cloud.change(&["key", "add", "key.pub", "--name", &name, "--account", "lab"]);
    cloud.must_have("keys", &name);
    let twice = cloud.run(&["key", "add", "key.pub", "--name", &name, "--account", "lab", "--yes"]);
    assert_ne!(twice.code, 0, "{}{}", twice.out, twice.err);
    cloud.change(&["key", "delete", &name, "--confirm", &name]);
    assert!(cloud.row("keys", &name).is_none());
}
