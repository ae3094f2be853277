//! A server for which there is no room: an order that ends in an error, with the cloud's reason.

use reqwest::Method;
use serde_json::json;

use super::cloud::{Cloud, runtime};
use super::relay::Direct;

pub(crate) fn with_the_reason(cloud: &Cloud<'_>) {
    let administrator = cloud.surroundings.administrator().unwrap();
    let (plan, name) = (cloud.named("huge"), cloud.named("failed"));
    let (image, _) = cloud.smallest();
    let direct = runtime().block_on(Direct::new(cloud.surroundings, administrator));
    let flavor = json!({"flavor": {"name": plan, "ram": 1024, "vcpus": 1, "disk": 900_000}});
    let (status, made) = runtime().block_on(direct.call(Method::POST, "compute", "flavors", Some(&flavor)));
    assert_eq!(status, 200, "{made}");
    let id = made["flavor"]["id"].as_str().unwrap().to_owned();

    let order = ["create", "--account", "lab", "--name", &name, "--image", &image, "--plan", &plan];
    let ran = cloud.run(&[&order[..], &["--yes", "--wait", "--timeout", "5m", "--output", "json"]].concat());
    runtime().block_on(direct.call(Method::DELETE, "compute", &format!("flavors/{id}"), None));
    let document = ran.json();
    assert_eq!((ran.code, document["result"].as_str()), (1, Some("failed")), "{document}");
    assert!(document["reason"].as_str().unwrap().contains("No valid host was found"), "{document}");
    let row = cloud.must_have("instances", &name);
    assert_eq!(row["status"], "error", "{row}");
    let shown = cloud.run(&["show", &name]).out;
    assert!(shown.contains("No valid host was found"), "{shown}");
    cloud.destroy(&name);
}
