//! What clouds answer that is not what was asked for.

use vpsdeck::domain::{Call, Collection, Fault as Why, InstanceStatus, ListKey, PowerCall, Verdict};
use vpsdeck::sim::{Fault, FaultKind};
use vpsdeck::words::english;

use super::account::{account, open, policy, power, quirky};

/// As Nova of Zed answers an address without a version that it knows (2026), cut.
fn versions(asked: &str) -> String {
    let version = |id: &str, path: &str| {
        let href = format!("http://10.0.0.1:8774{path}/{asked}");
        serde_json::json!({"id": id, "status": "CURRENT", "links": [{"rel": "self", "href": href}]})
    };
    serde_json::json!({"choices": [version("v2.0", "/a/compute/v2"), version("v2.1", "/a/compute/v2.1")]}).to_string()
}

/// The service is asked where it says, and from then on at once; a change as well.
#[tokio::test]
async fn a_service_that_answers_with_its_versions_is_asked_where_they_are() {
    let mut account = account().await;
    let web = account.id("web-01").await;
    let url = account.sim.accounts()[0].url.clone();
    let base = url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path);
    let body = versions("servers").replace("/a/compute", &format!("/{base}/compute").replace("//", "/"));
    let unversioned = format!("{url}/compute/v1");
    account.api = open(&account.sim, &[("compute", &unversioned)], None);
    account.sim.add_fault(Fault::new(FaultKind::Reply { status: 300 }).at("/compute/v1/").saying(&body));
    assert_eq!(account.judged(&power(&web, PowerCall::Stop)).await, Verdict::TookEffect);
    assert_eq!(account.instances().await.len(), 3);
    assert_eq!((account.requests("POST", "/compute/v1/"), account.requests("GET", "/compute/v1/")), (1, 0));
}

#[tokio::test]
async fn versions_that_are_not_spoken_here_are_named() {
    let account = account().await;
    let body = r#"{"versions":[{"id":"v1.0","links":[{"rel":"self","href":"http://h/v1/"}]},{"id":"v9.1"}]}"#;
    account.sim.add_fault(Fault::new(FaultKind::Reply { status: 300 }).at("/image/").saying(body));
    let Err(Why::Refused { status: 300, said, .. }) = account.read(ListKey::Images).await else { panic!() };
    let said = english(&said);
    assert!(said.contains("/image/v2/images answers with a list of versions (v1.0, v9.1)"), "{said}");
    account.sim.clear_faults();
    account.sim.add_fault(Fault::new(FaultKind::Reply { status: 300 }).at("/tokens").saying(&versions("x")));
    let fresh = open(&account.sim, &[], None);
    let Err(Why::Refused { status: 300, said, .. }) = fresh.log_in().await else { panic!() };
    assert!(english(&said).contains("a list of versions (v2.0, v2.1)"), "{said:?}");
}

#[tokio::test]
async fn a_cloud_without_a_network_service_says_so_and_is_not_asked() {
    let account = quirky(|quirks| quirks.catalogue_lacks = vec!["network".to_owned()]).await;
    assert_eq!(account.instances().await.len(), 3);
    let Err(Why::NotOffered { said }) = account.read(ListKey::Firewalls).await else { panic!() };
    assert!(english(&said).contains("names no network service"), "{said:?}");
    let call = Call::CreateFirewall { name: "new".to_owned(), rules: Vec::new(), instances: Vec::new() };
    let Verdict::Refused(refused) = account.judged(&call).await else { panic!() };
    assert!(refused.unsent && english(&refused.said).contains("names no network service"), "{refused:?}");
    assert_eq!((account.requests("GET", "/network/"), account.requests("POST", "/network/")), (0, 0));
}

#[tokio::test]
async fn null_stands_for_nothing_wherever_it_stands() {
    let account = account().await;
    account.sim.add_fault(Fault::new(FaultKind::NullFields));
    let lists = [ListKey::Instances, ListKey::Images, ListKey::Snapshots(None), ListKey::Plans(None), ListKey::Keys];
    for list in lists.into_iter().chain([ListKey::Firewalls, ListKey::Quota]) {
        let reading = account.read(list.clone()).await.unwrap();
        assert_eq!(reading.malformed, None, "{list:?}");
    }
    let web = account.instance("web-01").await;
    assert_eq!(
        (&web.status, web.plan.as_ref(), web.addresses.len()),
        (&InstanceStatus::Unknown(String::new()), None, 0)
    );
    let list = ListKey::Instance(web.id.clone());
    assert_eq!(account.read(list.clone()).await.unwrap().malformed, None);
    account.sim.clear_faults();
    account.sim.add_fault(Fault::new(FaultKind::Reply { status: 200 }).saying(r#"{"server":null,"servers":null}"#));
    assert!(account.instances().await.is_empty());
    assert!(matches!(account.read(list).await, Err(Why::NotUnderstood { field, .. }) if field == "server"));
}

#[tokio::test]
async fn a_right_that_is_missing_is_named() {
    let account = account().await;
    let words = "Policy doesn't allow os_compute_api:servers:detail to be performed.";
    account.sim.add_fault(Fault::new(FaultKind::Refusal { status: 403 }).on("GET", "/servers/detail").saying(words));
    let Err(Why::Refused { status: 403, said, .. }) = account.read(ListKey::Instances).await else { panic!() };
    let said = english(&said);
    assert!(said.starts_with(words.trim_end_matches('.')) && said.contains("no role of this login"), "{said}");
}

/// Glance answers a token that it does not take with a page (seen at Zed, 2026).
#[tokio::test]
async fn a_page_of_glance_that_refuses_a_token_renews_it() {
    let account = account().await;
    account.instances().await;
    let page = "<html>\n <head>\n  <title>401 Unauthorized</title>\n </head>\n <body>\n  <h1>401 Unauthorized</h1>\n  \
        This server could not verify that you are authorized to access the document you requested.<br /><br />\n\n\n\n \
        </body>\n</html>";
    account.sim.add_fault(Fault::new(FaultKind::Reply { status: 401 }).at("/image/").times(1).saying(page));
    let Collection::Images(images) = account.read(ListKey::Images).await.unwrap().collection else { panic!() };
    assert!(!images.is_empty());
    assert_eq!(account.requests("POST", "/tokens"), 2);
    account.sim.add_fault(Fault::new(FaultKind::Reply { status: 401 }).at("/image/").saying(page));
    let fault = account.read(ListKey::Images).await.unwrap_err();
    assert_eq!(fault, Why::Unauthorised { service: "image service".to_owned() });
    assert_eq!(account.instances().await.len(), 3);
}

#[tokio::test]
async fn a_port_of_nobody_is_on_no_server() {
    let account = account().await;
    let group = account.firewall("web").await;
    let port = |device: serde_json::Value| serde_json::json!({"id": "p", "device_id": device, "device_owner": "", "security_groups": [group.id.as_str()]});
    for device in [serde_json::Value::Null, "".into()] {
        let body = serde_json::json!({"ports": [port(device)]}).to_string();
        account.sim.add_fault(Fault::new(FaultKind::Reply { status: 200 }).on("GET", "/ports").times(1).saying(&body));
        assert_eq!(account.firewall("web").await.on.as_deref(), Some(&[][..]));
    }
}

#[tokio::test]
async fn an_error_without_a_fault_is_told_by_its_state() {
    let account = account().await;
    let body =
        r#"{"servers":[{"id":"s","name":"n","status":"ERROR","flavor":{"id":"gone"},"image":{"id":"gone-too"}}]}"#;
    account.sim.add_fault(Fault::new(FaultKind::Reply { status: 200 }).on("GET", "/servers/detail").saying(body));
    let broken = account.instance("n").await;
    assert_eq!(
        (&broken.status, broken.trouble.as_ref().map(|t| t.said.as_str())),
        (&InstanceStatus::Error, Some("ERROR"))
    );
    assert_eq!(policy().key(), "openstack");
}
