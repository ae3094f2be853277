//! Security groups, their rules, and the ports that carry them.

use reqwest::Method;
use serde_json::{Value, json};

use super::asking::{Asking, conoha, id_of};
use crate::asking::Reply;

const PANEL: [&str; 7] =
    ["default", "gncs-ipv4-all", "gncs-ipv4-ssh", "gncs-ipv4-web", "gncs-ipv6-all", "gncs-ipv6-ssh", "gncs-ipv6-web"];

async fn make(asking: &Asking, name: &str) -> Reply {
    let body = json!({"security_group": {"name": name, "description": "made by a test"}});
    asking.send(Method::POST, &asking.network("security-groups"), &body).await
}

async fn add_rule(asking: &Asking, group: &str, rule: Value) -> Reply {
    let mut rule = rule;
    rule["security_group_id"] = json!(group);
    let body = json!({"security_group_rule": rule});
    asking.send(Method::POST, &asking.network("security-group-rules"), &body).await
}

fn kind(reply: &Reply) -> Value {
    reply.json()["NeutronError"]["type"].clone()
}

#[tokio::test]
async fn the_panels_groups_are_there_and_read_only() {
    let asking = conoha().await;
    for name in PANEL {
        let group = asking.groups(name).await.remove(0);
        let url = asking.network(&format!("security-groups/{}", id_of(&group)));
        assert_eq!(asking.get(&url).await.json()["security_group"], group);
        assert_eq!(asking.delete(&url).await.status, 403, "{name}");
        let body = json!({"security_group": {"name": "mine"}});
        assert_eq!(asking.send(Method::PUT, &url, &body).await.status, 403);
        let rule = json!({"direction": "ingress", "ethertype": "IPv4", "protocol": "tcp", "port_range_min": 1});
        assert_eq!(add_rule(&asking, &id_of(&group), rule).await.status, 403);
        let rule = id_of(&group["security_group_rules"][0]);
        assert_eq!(asking.delete(&asking.network(&format!("security-group-rules/{rule}"))).await.status, 403);
        assert_eq!(make(&asking, name).await.status, 403, "{name} is taken");
    }
    assert!(asking.verbs().is_empty());
}

#[tokio::test]
async fn a_new_group_lets_everything_out_and_nothing_in() {
    let asking = conoha().await;
    let reply = make(&asking, "mail").await;
    assert_eq!(reply.status, 201);
    let group = reply.json()["security_group"].clone();
    let rules = group["security_group_rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2);
    for (rule, ethertype) in rules.iter().zip(["IPv4", "IPv6"]) {
        assert_eq!((&rule["direction"], &rule["ethertype"]), (&json!("egress"), &json!(ethertype)));
        for open in ["protocol", "port_range_min", "port_range_max", "remote_ip_prefix", "remote_group_id"] {
            assert_eq!(rule[open], Value::Null);
        }
    }
    let again = make(&asking, "mail").await.json()["security_group"].clone();
    assert_ne!(id_of(&again), id_of(&group), "names are not unique");
    let url = asking.network(&format!("security-groups/{}", id_of(&group)));
    let renamed = asking.send(Method::PUT, &url, &json!({"security_group": {"name": "post"}})).await;
    assert_eq!((renamed.status, &renamed.json()["security_group"]["name"]), (200, &json!("post")));
    assert_eq!(asking.delete(&url).await.status, 204);
    assert_eq!(kind(&asking.delete(&url).await), "SecurityGroupNotFound");
}

#[tokio::test]
async fn the_fifty_first_group_is_refused() {
    let asking = conoha().await;
    let all = asking.get(&asking.network("security-groups")).await.json();
    let there = all["security_groups"].as_array().unwrap().len();
    for number in there..50 {
        assert_eq!(make(&asking, &format!("g{number}")).await.status, 201);
    }
    let refused = make(&asking, "one-more").await;
    assert_eq!((refused.status, kind(&refused)), (409, json!("OverQuota")));
}

#[tokio::test]
async fn rules_take_ports_as_texts_and_no_rule_twice() {
    let asking = conoha().await;
    let group = id_of(&make(&asking, "mail").await.json()["security_group"]);
    let rule = json!({
        "direction": "ingress", "ethertype": "IPv4", "protocol": "tcp",
        "port_range_min": "25", "port_range_max": "25", "remote_ip_prefix": "198.51.100.0/24",
    });
    let reply = add_rule(&asking, &group, rule).await;
    assert_eq!(reply.status, 201);
    let made = reply.json()["security_group_rule"].clone();
    assert_eq!((&made["port_range_min"], &made["remote_ip_prefix"]), (&json!(25), &json!("198.51.100.0/24")));
    let same = json!({
        "direction": "ingress", "ethertype": "IPv4", "protocol": "tcp",
        "port_range_min": 25, "port_range_max": 25, "remote_ip_prefix": "198.51.100.0/24",
    });
    let refused = add_rule(&asking, &group, same).await;
    assert_eq!((refused.status, kind(&refused)), (409, json!("SecurityGroupRuleExists")));
    let of_group = asking.network(&format!("security-group-rules?security_group_id={group}"));
    assert_eq!(asking.get(&of_group).await.json()["security_group_rules"].as_array().unwrap().len(), 3);
    let url = asking.network(&format!("security-group-rules/{}", id_of(&made)));
    assert_eq!(asking.get(&url).await.json()["security_group_rule"], made);
    assert_eq!(asking.delete(&url).await.status, 204);
    assert_eq!(asking.delete(&url).await.status, 404);
    for bad in [
        json!({"direction": "in", "ethertype": "IPv4"}),
        json!({"direction": "ingress", "ethertype": "IPv5"}),
        json!({"direction": "ingress", "protocol": "tcp", "port_range_min": "x"}),
        json!({"direction": "ingress", "protocol": "tcp", "port_range_min": 9, "port_range_max": 8}),
        json!({"direction": "ingress", "port_range_min": 9, "port_range_max": 9}),
    ] {
        assert_eq!(add_rule(&asking, &group, bad.clone()).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn an_update_of_a_port_replaces_all_groups_and_a_group_in_use_stays() {
    let asking = conoha().await;
    let server = id_of(&asking.server("web-01").await);
    let ports = asking.get(&asking.network(&format!("ports?device_id={server}"))).await.json();
    let port = ports["ports"][0].clone();
    assert_eq!((ports["ports"].as_array().unwrap().len(), &port["device_id"]), (1, &json!(server)));
    assert_eq!(port["security_groups"].as_array().unwrap().len(), 3);
    let web = id_of(&asking.groups("web").await[0]);
    let url = asking.network(&format!("security-groups/{web}"));
    let refused = asking.delete(&url).await;
    assert_eq!((refused.status, kind(&refused)), (409, json!("SecurityGroupInUse")));
    let default = id_of(&asking.groups("default").await[0]);
    let port_url = asking.network(&format!("ports/{}", id_of(&port)));
    let unknown = json!({"port": {"security_groups": [default, "00000000-0000-4000-8000-000000000000"]}});
    let refused = asking.send(Method::PUT, &port_url, &unknown).await;
    assert_eq!((refused.status, kind(&refused)), (404, json!("SecurityGroupNotFound")));
    let body = json!({"port": {"security_groups": [default]}});
    let reply = asking.send(Method::PUT, &port_url, &body).await;
    assert_eq!((reply.status, &reply.json()["port"]["security_groups"]), (200, &json!([default])));
    assert_eq!(asking.server("web-01").await["security_groups"], json!([{"name": "default"}]));
    assert_eq!(asking.delete(&url).await.status, 204);
    assert_eq!(asking.verbs(), ["replace_groups", "delete_firewall"]);
}

#[tokio::test]
async fn a_server_may_have_a_second_port_with_groups_of_its_own() {
    let asking = conoha().await;
    let server = asking.server("batch").await;
    let networks = server["addresses"].as_object().unwrap();
    assert!(networks.iter().any(|(name, rows)| name.starts_with("local-") && rows[0]["addr"] == "192.0.2.12"));
    let url = asking.network(&format!("ports?device_id={}", id_of(&server)));
    let ports = asking.get(&url).await.json()["ports"].clone();
    let (public, local) = (ports[0].clone(), ports[1].clone());
    assert_eq!(local["fixed_ips"][0]["ip_address"], "192.0.2.12");
    assert_ne!(local["network_id"], public["network_id"]);
    let web = id_of(&asking.groups("web").await[0]);
    let body = json!({"port": {"security_groups": [web]}});
    let port_url = asking.network(&format!("ports/{}", id_of(&local)));
    assert_eq!(asking.send(Method::PUT, &port_url, &body).await.status, 200);
    let after = asking.get(&url).await.json()["ports"].clone();
    assert_eq!((&after[0], &after[1]["security_groups"]), (&public, &json!([web])));
}

#[tokio::test]
async fn two_groups_may_have_one_name_and_keys_are_known_by_theirs() {
    let asking = conoha().await;
    assert_eq!(asking.groups("office").await.len(), 2);
    let url = asking.compute("os-keypairs");
    assert_eq!(asking.get(&url).await.json()["keypairs"][0]["keypair"]["name"], "laptop");
    let made = asking.send(Method::POST, &url, &json!({"keypair": {"name": "made"}})).await;
    assert!(made.json()["keypair"]["private_key"].is_string());
    let given = json!({"keypair": {"name": "given", "public_key": "ssh-ed25519 AAAA me"}});
    let reply = asking.send(Method::POST, &url, &given).await;
    assert_eq!((reply.status, reply.json()["keypair"].get("private_key")), (200, None));
    assert_eq!(asking.send(Method::POST, &url, &given).await.status, 409);
    assert_eq!(asking.delete(&asking.compute("os-keypairs/given")).await.status, 202);
    assert_eq!(asking.delete(&asking.compute("os-keypairs/given")).await.status, 404);
}
