//! The calls of the two recorded articles, with their ids and in their order, against a new world made for them.

use std::time::Duration;

use reqwest::{Client, Method};
use vpsdeck::provider::http::client_builder;
use vpsdeck::sim::{Options, Simulation};

use crate::asking::{Reply, send};

/// Method, path, body as it was sent, the status, and what stands in the answer. The line of a key and what the author
/// let another service say of his address were left out of the recording.
type Call = (&'static str, &'static str, &'static str, u16, &'static str);

const RSA: &str = r#"{"sshName": "testsshkeyname", "sshKey": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDother"}"#;
const UPDATE: &str = r#"{
    "templateid": "12836",
    "name": "APItest",
    "inbound": [
        {"type": "HTTP", "protocol": "TCP", "port": "80", "source": "0.0.0.0"},
        {"type": "HTTPS", "protocol": "TCP", "port": "443", "source": "0.0.0.0"},
        {"type": "Custom", "protocol": "TCP", "port": "22", "source": "198.51.100.24"}
    ],
    "instances":["616516"]
}"#;

const INDIGO: [Call; 35] = [
    ("GET", "vm/sshkey", "", 200, r#""id":21633"#),
    ("POST", "vm/sshkey", RSA, 201, r#""id":40277"#),
    ("GET", "vm/sshkey", "", 200, r#""id":40277"#),
    (
        "PUT",
        "vm/sshkey/40277",
        r#"{"sshName": "testsshkeyname", "sshKey": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDother", "sshKeyStatus": "DEACTIVE"}"#,
        200,
        "SSH key has been updated successfully ",
    ),
    ("GET", "vm/sshkey", "", 200, r#""status":"DEACTIVE""#),
    ("DELETE", "vm/sshkey/40277", "", 200, "SSH key has been removed successfully"),
    ("GET", "auth/create/apikey", "", 201, "apiSecret"),
    ("GET", "auth/apikey", "", 200, r#""id":7574"#),
    ("DELETE", "auth/apikey/7574", "", 200, "API Key is removed successfully"),
    ("GET", "vm/instancetypes", "", 200, "KVM Instance"),
    ("GET", "vm/getregion?instanceTypeId=1", "", 200, "Tokyo"),
    ("GET", "vm/oslist?instanceTypeId=1", "", 200, "Debian12"),
    ("GET", "vm/getinstancespec?instanceTypeId=1&osId=22", "", 200, "1CR768MB"),
    (
        "POST",
        "vm/createinstance",
        r#"{"sshKeyId": 21633, "regionId": 1, "osId": 22, "instancePlan": 13, "instanceName": "APItest"}"#,
        201,
        r#""id":616513"#,
    ),
    ("GET", "vm/getinstancelist", "", 200, r#""id":616513"#),
    ("POST", "vm/instance/statusupdate", r#"{"instanceId":"616513","status":"start"}"#, 200, "I20008"),
    ("POST", "vm/instance/statusupdate", r#"{"instanceId":"616513","status":"stop"}"#, 200, "I10025"),
    ("POST", "vm/instance/statusupdate", r#"{"instanceId":"616513","status":"destroy"}"#, 200, "I20010"),
    (
        "POST",
        "vm/createinstance",
        r#"{"importUrl": "https://images.example/debian-12-nocloud-amd64.qcow2", "regionId": 1, "osId": 3, "instancePlan": 1, "instanceName": "ImportURLinstance"}"#,
        201,
        r#""id":618126"#,
    ),
    ("GET", "vm/getinstancelist", "", 200, "Disk image download in-progress ("),
    (
        "POST",
        "nw/createfirewall",
        r#"{"name": "APItest", "inbound": [{"type": "HTTP", "protocol": "TCP","port":"80","source": "0.0.0.0"}, {"type": "HTTPS", "protocol": "TCP","port":"443","source": "0.0.0.0"}]}"#,
        200,
        r#""firewallId":12836"#,
    ),
    ("GET", "nw/gettemplate/12836", "", 200, r#""port":"443""#),
    ("POST", "nw/assign", r#"{"instanceid": "616516", "templateid": "12836"}"#, 200, "F60003"),
    ("PUT", "nw/updatefirewall", UPDATE, 200, r#""firewallId":"12836""#),
    ("GET", "nw/gettemplate/12836", "", 200, r#""source":"198.51.100.24""#),
    // It stands on a machine, and nothing takes it off.
    ("DELETE", "nw/deletefirewall/12836", "", 400, "F60009"),
    ("GET", "disk/snapshotlist/616516", "", 200, "[]"),
    ("POST", "disk/takesnapshot", r#"{"name":"APItest", "instanceid":616516, "slotnum":"0"}"#, 200, r#"{"STATUS":0}"#),
    ("GET", "disk/snapshotlist/616516", "", 200, r#""id":12089"#),
    ("POST", "disk/restoresnapshot", r#"{"instanceid":"616516", "snapshotid":"12089"}"#, 400, "S10002"),
    ("POST", "vm/instance/statusupdate", r#"{"instanceId":"616516","status":"stop"}"#, 200, "I10025"),
    ("GET", "vm/getinstancelist", "", 200, r#""instancestatus":"Stopped""#),
    ("POST", "disk/restoresnapshot", r#"{"instanceid":"616516", "snapshotid":"12089"}"#, 200, r#"{"STATUS":0}"#),
    ("DELETE", "disk/deletesnapshot/12089", "", 200, r#"{"STATUS":0}"#),
    ("GET", "disk/snapshotlist/616516", "", 200, "[]"),
];

/// As `curl -d` sends it: JSON without its type.
async fn call(client: &Client, call: (&str, &str, &str, u16, &str), url: &str, headers: &[(&str, &str)]) -> Reply {
    let (method, _, body, status, said) = call;
    let mut request = client.request(method.parse::<Method>().unwrap(), url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if !body.is_empty() {
        request = request.header("Content-Type", "application/x-www-form-urlencoded").body(body.to_owned());
    }
    let reply = send(request).await.unwrap();
    assert_eq!(reply.status, status, "{call:?}: {}", reply.text);
    assert!(reply.text.contains(said), "{call:?}: {}", reply.text);
    reply
}

async fn world() -> (Simulation, Client) {
    let sim = Simulation::start(Options::world("recorded").unwrap().manual(), None).await.unwrap();
    (sim, client_builder().no_proxy().build().unwrap())
}

#[tokio::test]
async fn the_calls_of_the_article_on_indigo_run_as_they_stand() {
    let (sim, client) = world().await;
    let account = sim.accounts().remove(0);
    let key = format!(
        r#"{{"grantType": "client_credentials", "clientId": "{}", "clientSecret": "{}", "code": ""}}"#,
        account.client_id, account.secret
    );
    // Limits and life cycles are in force: the author took his time, and logged in again every hour.
    for hour in INDIGO.chunks(10) {
        let url = format!("{}/oauth/v1/accesstokens", sim.url());
        let login = call(&client, ("POST", "", &key, 201, "accessToken"), &url, &[]).await.json();
        let bearer = format!("Bearer {}", login["accessToken"].as_str().unwrap());
        sim.advance(Duration::from_secs(1));
        for one in hour {
            let url = format!("{}/webarenaIndigo/v1/{}", sim.url(), one.1);
            call(&client, *one, &url, &[("Authorization", &bearer)]).await;
            sim.advance(Duration::from_secs(200));
        }
    }
}

const SERVER: &str = "servers/00000000-0000-4000-8000-000000000501";

/// The token that the recording shows, and the one that stands in its commands.
const TOKENS: [&str; 2] = ["f00dfeedf00dfeedf00dfeedf00dfeed", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"];

const CONOHA: [Call; 9] = [
    ("GET", "flavors/detail", "", 200, "00000000-0000-4000-8000-0000000000f1"),
    // Its end is missing, as recorded: it is no JSON.
    ("POST", "servers", include_str!("../recorded/conoha/request_create_server.txt"), 400, "badRequest"),
    ("GET", "servers", "", 200, "00000000-0000-4000-8000-000000000501"),
    ("GET", "servers", "", 200, "203-0-113-10"),
    ("POST", "action", include_str!("../recorded/conoha/request_stop.json"), 202, ""),
    ("POST", "action", include_str!("../recorded/conoha/request_create_image.json"), 202, ""),
    ("GET", "images", "", 200, "00000000-0000-4000-8000-000000000a05"),
    ("GET", "images", "", 200, "vmi-lamp-latest-ubuntu-20.04-amd64-20gb"),
    ("GET", "images/00000000-0000-4000-8000-000000000a01", "", 200, "20026818560"),
];

#[tokio::test]
async fn the_calls_of_the_readme_on_conoha_run_as_they_stand() {
    let (sim, client) = world().await;
    let at = sim.accounts().remove(1).conoha.unwrap();
    let login = ("POST", "", include_str!("../recorded/conoha/request_tokens.json"), 200, "expires");
    call(&client, login, &format!("{}/tokens", at.identity), &[]).await;
    for token in TOKENS {
        for one in &CONOHA {
            let path = if one.1 == "action" { format!("{SERVER}/action") } else { one.1.to_owned() };
            // The second time it is stopped already.
            if token == TOKENS[0] || one.1 != "action" {
                call(&client, *one, &format!("{}/{path}", at.compute), &[("X-Auth-Token", token)]).await;
            }
            sim.advance(Duration::from_secs(300));
        }
    }
    let whole = format!("{}}}", CONOHA[1].2.trim_end());
    let whole = ("POST", "servers", whole.as_str(), 202, "adminPass");
    call(&client, whole, &format!("{}/servers", at.compute), &[("X-Auth-Token", TOKENS[1])]).await;
}
