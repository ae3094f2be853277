//! Servers: what is told of them, and what lags behind.

use reqwest::Method;
use serde_json::{Value, json};

use super::asking::{conoha, fields, id_of, quirky, record};

#[tokio::test]
async fn lists_have_the_recorded_fields() {
    let asking = conoha().await;
    let servers = asking.compute_json("servers").await;
    let recorded = record!("servers");
    assert_eq!(fields(&servers["servers"][0]), fields(&recorded["servers"][0]));
    assert_eq!(servers["servers"][0]["name"], "203-0-113-10");
    assert_eq!(fields(&servers["servers"][0]["links"][0]), fields(&recorded["servers"][0]["links"][0]));
    let flavors = asking.compute_json("flavors/detail").await;
    let recorded = record!("flavors_detail");
    assert_eq!(fields(&flavors["flavors"][0]), fields(&recorded["flavors"][0]));
    for name in ["g-c1m512d30", "g-512mb"] {
        let find = |list: &Value| {
            let mut one = list["flavors"].as_array().unwrap().iter().find(|f| f["name"] == name).unwrap().clone();
            (one["id"], one["links"]) = (Value::Null, Value::Null);
            one
        };
        assert_eq!(find(&flavors), find(&recorded));
    }
}

#[tokio::test]
async fn a_server_carries_its_label_in_metadata_and_its_oddities() {
    let asking = conoha().await;
    let server = asking.server("web-01").await;
    assert_eq!((&server["name"], &server["config_drive"]), (&json!("203-0-113-10"), &json!("True")));
    let (network, addresses) = server["addresses"].as_object().unwrap().iter().next().unwrap();
    assert!(network.starts_with("ext-"));
    assert_eq!((&addresses[0]["addr"], &addresses[0]["version"]), (&json!("203.0.113.10"), &json!(4)));
    let names: Vec<_> = server["security_groups"].as_array().unwrap().iter().map(|g| g["name"].clone()).collect();
    assert_eq!(names, ["default", "gncs-ipv4-ssh", "web"]);
    let properties = server["metadata"]["properties"].as_str().unwrap();
    assert!(serde_json::from_str::<Value>(properties).unwrap()["vnc_keymap"].is_string());
    assert_eq!(server["metadata"]["IsDeleteLocked"], Value::Null);
    assert_eq!(asking.server("batch").await["metadata"]["IsDeleteLocked"], "True");
    assert_eq!(server["image"]["id"], asking.image_id("vmi-ubuntu-20.04-amd64-100gb").await);
}

#[tokio::test]
async fn status_lags_behind_a_clean_stop_and_a_start_and_nothing_else_is_taken_meanwhile() {
    let asking = conoha().await;
    let stop = asking.action("web-01", record!("request_stop")).await;
    assert_eq!((stop.status, stop.text.as_str()), (202, ""));
    let active = ("ACTIVE".to_owned(), "active".to_owned(), "powering-off".to_owned(), 1);
    assert_eq!(asking.state("web-01").await, active);
    let again = asking.action("web-01", json!({"os-stop": null})).await;
    assert_eq!((again.status, again.json()["conflictingRequest"]["code"].clone()), (409, json!(409)));
    asking.wait(75);
    assert_eq!(asking.state("web-01").await, ("SHUTOFF".to_owned(), "stopped".to_owned(), "-".to_owned(), 4));
    assert_eq!(asking.action("web-01", json!({"os-stop": null})).await.status, 409);
    assert_eq!(asking.action("web-01", json!({"os-start": null})).await.status, 202);
    assert_eq!(asking.seen("web-01").await, "SHUTOFF powering-on");
    asking.wait(20);
    assert_eq!(asking.seen("web-01").await, "ACTIVE -");
    assert_eq!(asking.action("web-01", json!({"os-start": null})).await.status, 409);
    assert_eq!(asking.verbs(), ["stop", "start"]);
}

#[tokio::test]
async fn a_forced_stop_is_quick_and_a_guest_that_ignores_a_clean_one_is_forced_in_the_end() {
    let asking = conoha().await;
    assert_eq!(asking.action("web-01", json!({"os-stop": {"force_shutdown": true}})).await.status, 202);
    asking.wait(5);
    assert_eq!(asking.seen("web-01").await, "SHUTOFF -");
    asking.sim.change(|world| {
        let account = world.account("conoha").unwrap();
        let id = account.instance_named("batch").unwrap();
        account.instance_mut(id).unwrap().odd.hangs_on_stop = true;
    });
    asking.action("batch", json!({"os-stop": null})).await;
    asking.wait(299);
    assert_eq!(asking.seen("batch").await, "ACTIVE powering-off");
    asking.wait(1);
    assert_eq!(asking.seen("batch").await, "SHUTOFF -");
    assert_eq!(asking.verbs(), ["forcestop", "stop"]);
}

#[tokio::test]
async fn a_restart_is_soft_or_hard_and_needs_a_running_server() {
    let asking = conoha().await;
    assert_eq!(asking.action("db", json!({"reboot": {"type": "SOFT"}})).await.status, 409);
    assert_eq!(asking.action("web-01", json!({"reboot": {"type": "soft"}})).await.status, 400);
    assert_eq!(asking.action("web-01", json!({"reboot": {"type": "SOFT"}})).await.status, 202);
    assert_eq!(asking.seen("web-01").await, "REBOOT rebooting");
    assert_eq!(asking.action("web-01", json!({"reboot": {"type": "HARD"}})).await.status, 202);
    assert_eq!(asking.seen("web-01").await, "HARD_REBOOT rebooting_hard");
    asking.wait(20);
    assert_eq!(asking.seen("web-01").await, "ACTIVE -");
}

#[tokio::test]
async fn a_deleted_server_is_listed_as_deleting_and_then_not_found_locked_or_not() {
    let asking = conoha().await;
    let id = id_of(&asking.server("batch").await);
    let url = asking.compute(&format!("servers/{id}"));
    let reply = asking.delete(&url).await;
    assert_eq!((reply.status, reply.text.as_str()), (204, ""));
    assert_eq!(asking.seen("batch").await, "ACTIVE deleting");
    assert_eq!(asking.delete(&url).await.status, 204);
    assert_eq!(asking.action("batch", json!({"os-stop": null})).await.status, 409);
    asking.wait(8);
    let gone = asking.get(&url).await;
    assert_eq!((gone.status, gone.json()["itemNotFound"]["code"].clone()), (404, json!(404)));
    assert_eq!(asking.delete(&url).await.status, 404);
    assert_eq!(asking.verbs(), ["destroy"]);
    assert!(asking.compute_json("images").await.to_string().contains("\"golden\""));
}

#[tokio::test]
async fn deleting_a_running_server_may_be_refused() {
    let asking = quirky(|quirks| quirks.running_delete_refused = true).await;
    let id = id_of(&asking.server("web-01").await);
    assert_eq!(asking.delete(&asking.compute(&format!("servers/{id}"))).await.status, 409);
    let id = id_of(&asking.server("db").await);
    assert_eq!(asking.delete(&asking.compute(&format!("servers/{id}"))).await.status, 204);
}

#[tokio::test]
async fn a_rebuild_answers_with_the_server_as_a_page_and_ends_active() {
    let asking = conoha().await;
    let image = asking.image_id("nightly").await;
    let reply = asking.action("db", json!({"rebuild": {"imageRef": image}})).await;
    assert_eq!(reply.status, 202);
    assert_eq!(reply.headers["content-type"], "text/html; charset=UTF-8");
    assert_eq!(reply.json()["server"]["status"], "REBUILD");
    assert_eq!(asking.seen("db").await, "REBUILD rebuilding");
    asking.wait(31);
    assert_eq!(asking.seen("db").await, "REBUILD rebuild_spawning");
    asking.wait(30);
    assert_eq!(asking.seen("db").await, "ACTIVE -");
    assert_eq!(asking.server("db").await["image"]["id"], image);
    let wrong_size = asking.action("web-01", json!({"rebuild": {"imageRef": image}})).await;
    assert_eq!(wrong_size.status, 400);
}

#[tokio::test]
async fn a_rebuild_from_a_saved_image_may_be_refused() {
    let asking = quirky(|quirks| quirks.rebuild_from_saved = false).await;
    let image = asking.image_id("nightly").await;
    assert_eq!(asking.action("db", json!({"rebuild": {"imageRef": image}})).await.status, 400);
    assert_eq!(asking.seen("db").await, "SHUTOFF -");
}

#[tokio::test]
async fn the_name_tag_is_changed_by_laying_metadata_over_metadata() {
    let asking = conoha().await;
    let id = id_of(&asking.server("batch").await);
    let url = asking.compute(&format!("servers/{id}/metadata"));
    let reply = asking.send(Method::POST, &url, &json!({"metadata": {"instance_name_tag": "東京-夜間"}})).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["metadata"]["instance_name_tag"], "東京-夜間");
    assert_eq!(reply.json()["metadata"]["IsDeleteLocked"], "True");
    assert_eq!(id_of(&asking.server("東京-夜間").await), id);
}

#[tokio::test]
async fn what_hangs_below_a_server_can_be_read() {
    let asking = conoha().await;
    let id = id_of(&asking.server("web-01").await);
    let below = async |path: &str| asking.compute_json(&format!("servers/{id}/{path}")).await;
    let interface = below("os-interface").await["interfaceAttachments"][0].clone();
    assert_eq!(interface["fixed_ips"][0]["ip_address"], "203.0.113.10");
    let ips = below("ips").await["addresses"].clone();
    assert_eq!(ips.as_object().unwrap().values().next().unwrap()[0]["addr"], "203.0.113.10");
    let groups = below("os-security-groups").await["security_groups"].clone();
    let web = groups.as_array().unwrap().iter().find(|g| g["name"] == "web").unwrap();
    assert_eq!((&web["rules"][0]["from_port"], &web["rules"][0]["ip_protocol"]), (&json!(80), &json!("tcp")));
    assert_eq!(web["rules"].as_array().unwrap().len(), 2);
    let backup = asking.get(&asking.compute("backup")).await;
    assert_eq!(backup.headers["content-type"], "text/html; charset=UTF-8");
    assert_eq!(backup.json(), json!({"backup": []}));
    let console = asking.action("web-01", json!({"os-getVNCConsole": {"type": "novnc"}})).await;
    assert_eq!((console.status, &console.headers["content-type"]), (200, &"text/html; charset=UTF-8".parse().unwrap()));
    assert!(console.json()["console"]["url"].as_str().unwrap().contains("token="));
    assert_eq!(asking.action("db", json!({"os-getVNCConsole": {"type": "novnc"}})).await.status, 409);
}

#[tokio::test]
async fn graphs_are_the_same_whenever_they_are_asked_for_and_flat_while_a_server_is_off() {
    let asking = conoha().await;
    let graph = async |tag: &str, what: &str| {
        let id = id_of(&asking.server(tag).await);
        asking.compute_json(&format!("servers/{id}/rrd/{what}")).await[what].clone()
    };
    for (what, columns) in [("cpu", 2), ("disk", 3), ("interface", 3)] {
        let drawn = graph("web-01", what).await;
        assert_eq!(drawn["schema"].as_array().unwrap().len(), columns);
        let rows = drawn["data"].as_array().unwrap();
        assert_eq!(rows.len(), 288);
        assert!(rows.iter().all(|row| row.as_array().unwrap().len() == columns && row[0].is_i64()));
        assert!(rows.iter().any(|row| row[1].as_f64().unwrap() > 0.0));
        assert_eq!(graph("web-01", what).await, drawn);
    }
    let off = graph("db", "cpu").await;
    assert!(off["data"].as_array().unwrap().iter().all(|row| row[1] == 0.0));
    let id = id_of(&asking.server("web-01").await);
    assert_eq!(asking.get(&asking.compute(&format!("servers/{id}/rrd/none"))).await.status, 404);
}

#[tokio::test]
async fn malformed_bodies_and_unknown_actions_are_bad_requests() {
    let asking = conoha().await;
    let text = include_str!("../../recorded/conoha/request_create_server.txt");
    let request = asking.request(Method::POST, &asking.compute("servers")).body(text);
    let reply = crate::asking::send(request).await.unwrap();
    assert_eq!((reply.status, reply.json()["badRequest"]["code"].clone()), (400, json!(400)));
    assert_eq!(asking.action("web-01", json!({"explode": null})).await.status, 400);
    assert_eq!(asking.verbs(), [""; 0]);
}
