//! What somebody else deletes meanwhile.

use reqwest::Method;

use super::cloud::{Cloud, runtime};
use super::relay::Direct;

pub(crate) fn elsewhere(cloud: &Cloud<'_>) {
    let (name, saved) = (cloud.named("gone"), cloud.named("kept"));
    let id = cloud.server(&name);
    cloud.change(&["take-snapshot", &name, "--name", &saved]);
    runtime().block_on(async {
        let direct = Direct::user(cloud.surroundings).await;
        direct.call(Method::DELETE, "compute", &format!("servers/{id}"), None).await;
        while direct.call(Method::GET, "compute", &format!("servers/{id}"), None).await.0 != 404 {}
    });
    let ran = cloud.run(&["stop", &format!("lab/{id}"), "--yes"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("there is no"), "{}", ran.err);
    // Its saved disk outlives it.
    cloud.must_have("snapshots", &saved);
    cloud.change(&["delete", "snapshot", &saved, "--confirm", &saved]);
}
