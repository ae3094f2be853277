//! Images: public ones by the hundred, saved ones that outlive their servers.

use reqwest::Method;
use serde_json::{Value, json};

use super::asking::{Asking, conoha, fields, id_of, quirky, record};

/// Saves the stopped server and gives the image's id out of the header.
async fn save(asking: &Asking) -> String {
    let reply = asking.action("db", record!("request_create_image")).await;
    assert_eq!((reply.status, reply.text.as_str()), (202, ""));
    assert_eq!(reply.headers["content-length"], "0");
    let location = reply.headers["location"].to_str().unwrap();
    assert!(location.contains(&format!("/v2/{}/images/", asking.at.tenant_id)), "{location}");
    location.rsplit('/').next().unwrap().to_owned()
}

async fn told(asking: &Asking, id: &str) -> Value {
    asking.compute_json(&format!("images/{id}")).await["image"].clone()
}

#[tokio::test]
async fn a_saved_image_has_the_recorded_fields_and_a_public_one_no_server() {
    let asking = conoha().await;
    let image = told(&asking, &asking.image_id("nightly").await).await;
    let recorded = record!("image")["image"].clone();
    assert_eq!(fields(&image), fields(&recorded));
    assert_eq!(fields(&image["metadata"]), fields(&recorded["metadata"]));
    assert_eq!(image["OS-EXT-IMG-SIZE:size"], 20_026_818_560_u64);
    assert_eq!((&image["minDisk"], &image["progress"]), (&json!(30), &json!(100)));
    assert_eq!(image["server"]["id"], id_of(&asking.server("db").await));
    let public = told(&asking, &asking.image_id("vmi-ubuntu-20.04-amd64-30gb").await).await;
    assert_eq!((public.get("server"), &public["minDisk"]), (None, &json!(30)));
}

#[tokio::test]
async fn there_are_some_two_hundred_public_images_of_all_sizes() {
    let asking = conoha().await;
    let all = asking.compute_json("images/detail").await;
    let public: Vec<_> =
        all["images"].as_array().unwrap().iter().filter(|i| i["name"].as_str().unwrap().starts_with("vmi-")).collect();
    assert!((200..=260).contains(&public.len()), "{}", public.len());
    for disk in [0, 20, 30, 50, 100, 500] {
        assert!(public.iter().any(|image| image["minDisk"] == disk), "{disk}");
    }
    assert!(public.iter().any(|image| image["OS-EXT-IMG-SIZE:size"].as_u64() > Some(1 << 31)));
    assert!(public.iter().any(|image| image["metadata"] == json!({})));
    for recorded in record!("images")["images"].as_array().unwrap().iter().skip(1) {
        assert!(public.iter().any(|image| image["name"] == recorded["name"]), "{recorded}");
    }
    let mut ids: Vec<_> = public.iter().map(|image| id_of(image)).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), public.len());
}

#[tokio::test]
async fn a_save_shows_in_three_steps_while_its_server_cannot_be_started() {
    let asking = conoha().await;
    let id = save(&asking).await;
    let image = told(&asking, &id).await;
    assert_eq!((&image["status"], &image["progress"]), (&json!("SAVING"), &json!(25)));
    assert_eq!(image["OS-EXT-IMG-SIZE:size"], 0);
    assert_eq!(asking.seen("db").await, "SHUTOFF image_snapshot");
    assert_eq!(asking.action("db", json!({"os-start": null})).await.status, 409);
    let again = asking.action("db", record!("request_create_image")).await;
    assert_eq!((again.status, fields(&again.json())), (409, vec!["message".to_owned()]));
    assert_eq!(asking.get(&asking.image(&format!("images/{id}"))).await.json()["status"], "queued");
    asking.wait(40);
    assert_eq!(asking.seen("db").await, "SHUTOFF image_pending_upload");
    asking.wait(100);
    assert_eq!(asking.seen("db").await, "SHUTOFF image_uploading");
    assert_eq!(told(&asking, &id).await["progress"], 50);
    assert_eq!(asking.get(&asking.image(&format!("images/{id}"))).await.json()["status"], "saving");
    assert_eq!(asking.delete(&asking.image(&format!("images/{id}"))).await.status, 409);
    asking.wait(54);
    let image = told(&asking, &id).await;
    assert_eq!((&image["status"], &image["progress"]), (&json!("ACTIVE"), &json!(100)));
    assert!(image["OS-EXT-IMG-SIZE:size"].as_u64() > Some(1 << 31));
    assert_eq!(asking.seen("db").await, "SHUTOFF -");
    assert_eq!(asking.verbs(), ["take_snapshot"]);
}

#[tokio::test]
async fn a_running_server_cannot_be_saved_and_the_error_is_flat() {
    let asking = conoha().await;
    let reply = asking.action("web-01", record!("request_create_image")).await;
    assert_eq!((reply.status, fields(&reply.json())), (400, vec!["message".to_owned()]));
    let asking = quirky(|quirks| quirks.save_while_running = 409).await;
    assert_eq!(asking.action("web-01", record!("request_create_image")).await.status, 409);
    assert!(asking.verbs().is_empty());
}

#[tokio::test]
async fn the_address_of_an_image_may_be_missing_and_names_are_not_unique() {
    let asking = quirky(|quirks| quirks.image_location = false).await;
    let reply = asking.action("db", json!({"createImage": {"name": "golden"}})).await;
    assert_eq!((reply.status, reply.headers.get("location")), (202, None));
    let all = asking.compute_json("images?name=golden").await;
    assert_eq!(all["images"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_save_may_fail() {
    let asking = conoha().await;
    asking.sim.change(|world| {
        let account = world.account("conoha").unwrap();
        let id = account.instance_named("db").unwrap();
        account.instance_mut(id).unwrap().odd.snapshots_fail = true;
    });
    let id = save(&asking).await;
    asking.wait(194);
    let image = told(&asking, &id).await;
    assert_eq!((&image["status"], &image["progress"]), (&json!("ERROR"), &json!(0)));
    let body = json!({"imageRef": id, "flavorRef": asking.flavor_id("g-c1m512d30").await});
    assert_eq!(asking.create(body).await.status, 400);
    assert_eq!(asking.delete(&asking.image(&format!("images/{id}"))).await.status, 204);
}

#[tokio::test]
async fn images_outlive_their_servers_and_say_so_by_a_key_or_not() {
    let asking = conoha().await;
    let id = id_of(&asking.server("db").await);
    asking.delete(&asking.compute(&format!("servers/{id}"))).await;
    asking.wait(10);
    let image = told(&asking, &asking.image_id("nightly").await).await;
    assert_eq!((&image["server"]["id"], &image["metadata"]["instance_uuid"]), (&json!(id), &json!(id)));
    assert_eq!(image["metadata"].get("image_type"), None);
    let asking = quirky(|quirks| quirks.image_type = true).await;
    let image = told(&asking, &asking.image_id("old-blog").await).await;
    assert_eq!(image["metadata"]["image_type"], "snapshot");
}

#[tokio::test]
async fn the_image_service_speaks_lower_case_and_deletes_only_ones_own() {
    let asking = conoha().await;
    let all = asking.get(&asking.image("images")).await.json();
    let find = |name: &str| all["images"].as_array().unwrap().iter().find(|i| i["name"] == name).unwrap().clone();
    let own = find("nightly");
    assert_eq!((&own["status"], &own["visibility"]), (&json!("active"), &json!("private")));
    assert_eq!((&own["owner"], &own["os_type"]), (&json!(asking.at.tenant_id), &json!("lin")));
    let public = find("vmi-ubuntu-20.04-amd64-30gb");
    let refused = asking.delete(&asking.image(&format!("images/{}", id_of(&public)))).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text.starts_with("<html>"));
    let url = asking.image(&format!("images/{}", id_of(&own)));
    assert_eq!(asking.delete(&url).await.status, 204);
    assert_eq!(asking.delete(&url).await.status, 404);
    assert_eq!(asking.get(&asking.compute(&format!("images/{}", id_of(&own)))).await.status, 404);
    assert_eq!(asking.verbs(), ["delete_snapshot"]);
}

#[tokio::test]
async fn the_quota_has_the_region_in_its_key_and_grows_in_steps() {
    let asking = conoha().await;
    let url = asking.image("quota");
    assert_eq!(asking.get(&url).await.json(), json!({"quota": {"tyo1_image_size": "50GB"}}));
    for (size, status) in [("50GB", 400), ("100GB", 400), ("550", 400), ("550GB", 200), ("550GB", 400)] {
        let body = json!({"quota": {"tyo1_image_size": size}});
        assert_eq!(asking.send(Method::PUT, &url, &body).await.status, status, "{size}");
    }
    assert_eq!(asking.get(&url).await.json()["quota"]["tyo1_image_size"], "550GB");
}

#[tokio::test]
async fn a_save_beyond_the_quota_may_be_refused() {
    let asking = quirky(|quirks| quirks.image_quota_status = 413).await;
    let reply = asking.action("db", record!("request_create_image")).await;
    assert_eq!((reply.status, fields(&reply.json())), (413, vec!["message".to_owned()]));
    let body = json!({"quota": {"tyo1_image_size": "550GB"}});
    assert_eq!(asking.send(Method::PUT, &asking.image("quota"), &body).await.status, 200);
    save(&asking).await;
}

#[tokio::test]
async fn lists_can_be_read_in_pages() {
    let asking = conoha().await;
    let first = asking.compute_json("images?limit=3").await["images"].clone();
    assert_eq!(first.as_array().unwrap().len(), 3);
    let next = asking.compute_json(&format!("images?limit=2&marker={}", id_of(&first[0]))).await["images"].clone();
    assert_eq!(next.as_array().unwrap()[..], first.as_array().unwrap()[1..]);
    let asking = quirky(|quirks| quirks.image_page = 25).await;
    let page = asking.get(&asking.image("images")).await.json();
    assert_eq!(page["images"].as_array().unwrap().len(), 25);
    let next = format!("{}{}", asking.at.image, page["next"].as_str().unwrap());
    let next = asking.get(&next).await.json();
    assert!(next["images"].as_array().unwrap().iter().all(|image| image["id"] != page["images"][24]["id"]));
    let all = asking.get(&asking.image("images?limit=1000")).await.json();
    assert_eq!(all.get("next"), None);
    assert!(all["images"].as_array().unwrap().len() > 200);
}
