//! Ver.3.0: a server boots from a volume, which is made first, saved in its place, and stays when it goes.

use reqwest::Method;
use serde_json::{Value, json};
use vpsdeck::sim::Options;
use vpsdeck::sim::quirks::ConohaQuirks;

use super::asking::{Asking, id_of, with};
use crate::asking::{Reply, send};

async fn quirky(change: impl FnOnce(&mut ConohaQuirks)) -> Asking {
    let mut options = Options::world("conoha-v3").unwrap();
    change(&mut options.quirks.conoha);
    with(options).await
}

async fn world() -> Asking {
    quirky(|_| {}).await
}

fn volumes(asking: &Asking, path: &str) -> String {
    format!("{}/volume/v3/{}/{path}", asking.account.url, asking.at.tenant_id)
}

/// The volume of that name; `null` where there is none.
async fn volume(asking: &Asking, name: &str) -> Value {
    let all = asking.get(&volumes(asking, "volumes/detail")).await.json();
    all["volumes"].as_array().unwrap().iter().find(|v| v["name"] == name).cloned().unwrap_or_default()
}

async fn make(asking: &Asking, size: u64, storage: &str, image: Option<&str>) -> Reply {
    let mut body = json!({"size": size, "name": "new", "volume_type": storage, "description": null});
    if let Some(name) = image {
        let all = asking.get(&asking.image("images")).await.json();
        let image = all["images"].as_array().unwrap().iter().find(|image| image["name"] == name).unwrap().clone();
        body["imageRef"] = image["id"].clone();
    }
    asking.send(Method::POST, &volumes(asking, "volumes"), &json!({"volume": body})).await
}

async fn order(asking: &Asking, flavor: &str, volume: &str) -> Reply {
    let flavor = asking.flavor_id(flavor).await;
    asking
        .create(
            json!({"flavorRef": flavor, "adminPass": "Good-password-1", "block_device_mapping_v2": [{"uuid": volume}],
            "metadata": {"instance_name_tag": "made"}}),
        )
        .await
}

#[tokio::test]
async fn a_server_names_its_volume_and_no_image() {
    for (text, expected) in [(true, json!("")), (false, Value::Null)] {
        let asking = quirky(|quirks| quirks.image_text = text).await;
        let (server, boot) = (asking.server("db").await, volume(&asking, "db-boot").await);
        assert_eq!((&server["image"], &boot["bootable"]), (&expected, &json!("true")));
        assert_eq!(server["os-extended-volumes:volumes_attached"], json!([{"id": boot["id"]}]));
        assert_eq!(
            (&boot["status"], &boot["size"], &boot["volume_type"]),
            (&json!("in-use"), &json!(30), &json!("c3j1-as01-boot"))
        );
        assert_eq!(boot["attachments"][0]["server_id"], server["id"]);
        assert_eq!(boot["volume_image_metadata"]["image_name"], "vmi-debian-12.0-amd64");
        let path = format!("servers/{}/os-volume_attachments", id_of(&server));
        assert_eq!(asking.compute_json(&path).await["volumeAttachments"][0]["volumeId"], boot["id"]);
        assert_eq!(volume(&asking, "old-blog-boot").await["status"], "available");
    }
}

#[tokio::test]
async fn a_server_is_made_of_a_volume_of_its_size_once_that_is_there() {
    let asking = world().await;
    for (size, storage, image) in [
        (50, "c3j1-ds02-boot", Some("golden")),
        (100, "c3j1-as01-boot", Some("golden")),
        (100, "c3j1-ds02-boot", None),
        (30, "c3j1-as01-boot", Some("golden")),
    ] {
        assert_eq!(make(&asking, size, storage, image).await.status, 400, "{size} {storage}");
    }
    let made = make(&asking, 100, "c3j1-ds02-boot", Some("vmi-ubuntu-24.04-amd64")).await;
    assert_eq!((made.status, &made.json()["volume"]["status"]), (202, &json!("creating")));
    let id = id_of(&made.json()["volume"]);
    assert_eq!(order(&asking, "g2l-t-c2m1", &id).await.status, 400, "it is not there yet");
    asking.wait(30);
    assert_eq!(order(&asking, "g2l-t-c1m512", &id).await.status, 400, "the plan is for the other size");
    assert_eq!(order(&asking, "g2l-t-c2m1", &id).await.status, 202);
    assert_eq!(order(&asking, "g2l-t-c2m1", &id).await.status, 400, "it is taken");
    asking.wait(90);
    assert_eq!(asking.seen("made").await, "ACTIVE -");
    let image = asking.get(&asking.image("images")).await.json()["images"][0]["id"].clone();
    let flavor = asking.flavor_id("g2l-t-c2m1").await;
    assert_eq!(asking.create(json!({"flavorRef": flavor, "imageRef": image})).await.status, 403);
    assert_eq!(asking.verbs(), ["create_volume", "create_instance"]);
}

#[tokio::test]
async fn a_volume_is_saved_while_its_server_is_off() {
    let asking = quirky(|quirks| quirks.save_while_running = 409).await;
    let body = json!({"os-volume_upload_image": {"image_name": "fresh"}});
    let save = async |name: &str| {
        let path = format!("volumes/{}/action", id_of(&volume(&asking, name).await));
        asking.send(Method::POST, &volumes(&asking, &path), &body).await
    };
    assert_eq!(save("web-01-boot").await.status, 409);
    let reply = save("db-boot").await;
    assert_eq!(reply.status, 202, "{}", reply.text);
    let upload = reply.json()["os-volume_upload_image"].clone();
    assert_eq!((&upload["status"], &upload["size"]), (&json!("uploading"), &json!(30)));
    assert_eq!(volume(&asking, "db-boot").await["status"], "uploading");
    assert_eq!(asking.seen("db").await, "SHUTOFF -");
    let path = asking.image(&format!("images/{}", upload["image_id"].as_str().unwrap()));
    assert_eq!(asking.get(&path).await.json()["status"], "queued");
    asking.wait(300);
    let image = asking.get(&path).await.json();
    assert_eq!((&image["status"], &image["min_disk"]), (&json!("active"), &json!(30)));
    assert_eq!((image.get("instance_uuid"), &image["visibility"]), (None, &json!("private")));
    assert_eq!(volume(&asking, "db-boot").await["status"], "in-use");
    assert_eq!(asking.action("db", json!({"createImage": {"name": "x"}})).await.status, 400, "it is not documented");
}

#[tokio::test]
async fn a_volume_outlives_its_server_and_is_deleted_after_it() {
    let asking = quirky(|quirks| quirks.volume_in_use = 409).await;
    let path = volumes(&asking, &format!("volumes/{}", id_of(&volume(&asking, "db-boot").await)));
    assert_eq!(asking.delete(&path).await.status, 409);
    let server = asking.compute(&format!("servers/{}", id_of(&asking.server("db").await)));
    assert_eq!(asking.delete(&server).await.status, 204);
    asking.wait(30);
    assert_eq!(volume(&asking, "db-boot").await["status"], "available");
    assert_eq!(asking.delete(&path).await.status, 202);
    assert_eq!(asking.get(&path).await.status, 404);
    assert_eq!(asking.verbs(), ["destroy", "delete_volume"]);
}

#[tokio::test]
async fn a_console_is_a_resource_of_its_server() {
    let asking = world().await;
    let path = format!("servers/{}/remote-consoles", id_of(&asking.server("web-01").await));
    let body = json!({"remote_console": {"protocol": "vnc", "type": "novnc"}});
    let request = asking.request(Method::POST, &asking.compute(&path)).body(body.to_string());
    let reply = send(request).await.unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert!(reply.json()["remote_console"]["url"].as_str().unwrap().starts_with("https://vnc."));
    let old = json!({"os-getVNCConsole": {"type": "novnc"}});
    assert_eq!(asking.action("web-01", old).await.status, 400);
}
