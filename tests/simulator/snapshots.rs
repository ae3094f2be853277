//! Snapshots: shapes, states and codes.

use serde_json::{Value, json};

use crate::asking::{Asking, small};

const WEB: u64 = 616_513;
const DB: u64 = 616_516;

async fn list(asking: &Asking, id: u64) -> Vec<Value> {
    let reply = asking.get(&format!("disk/snapshotlist/{id}")).await;
    assert_eq!(reply.status, 200);
    reply.json().as_array().unwrap().clone()
}

async fn take(asking: &Asking, id: u64) -> crate::asking::Reply {
    let body = json!({"name": "APItest", "instanceid": id, "slotnum": "0"});
    asking.post("disk/takesnapshot", body).await
}

#[tokio::test]
async fn a_snapshot_runs_without_size_and_is_created_after_90_seconds() {
    let asking = small().await;
    let reply = take(&asking, WEB).await;
    assert_eq!((reply.status, reply.json()), (200, json!({"STATUS": 0})));
    let running = list(&asking, WEB).await.remove(1);
    assert_eq!((&running["status"], &running["size"]), (&json!("running"), &json!("")));
    assert_eq!(running["completed_timestamp"], "0000-00-00 00:00:00");
    assert!(running["user_id"].is_string());
    asking.wait(90);
    let created = list(&asking, WEB).await.remove(1);
    assert_eq!(created["status"], "created");
    assert!(created["size"].as_str().unwrap().parse::<u64>().unwrap() > 0);
    assert_ne!(created["completed_timestamp"], "0000-00-00 00:00:00");
}

#[tokio::test]
async fn a_failed_snapshot_can_be_taken_again() {
    let asking = small().await;
    let odd = |fails| {
        asking.sim.change(|world| {
            world.account("indigo").unwrap().instance_mut(WEB).unwrap().odd.snapshots_fail = fails;
        });
    };
    odd(true);
    take(&asking, WEB).await;
    asking.wait(90);
    let failed = list(&asking, WEB).await.remove(1);
    assert_eq!(failed["status"], "failed");
    odd(false);
    let body = json!({"instanceid": WEB, "snapshotid": failed["id"].to_string()});
    let reply = asking.post("disk/retakesnapshot", body).await;
    assert_eq!(reply.json(), json!({"STATUS": 0}));
    asking.wait(90);
    let again = list(&asking, WEB).await.remove(1);
    assert_eq!((&again["status"], &again["id"]), (&json!("created"), &failed["id"]));
}

#[tokio::test]
async fn the_sixth_snapshot_is_refused() {
    let asking = small().await;
    for _ in 0..4 {
        assert_eq!(take(&asking, WEB).await.status, 200);
    }
    let refused = take(&asking, WEB).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "S10005"));
}

#[tokio::test]
async fn a_restore_needs_a_stopped_machine_and_settles_unseen() {
    let asking = small().await;
    let web = list(&asking, WEB).await.remove(0)["id"].to_string();
    let body = json!({"instanceid": WEB.to_string(), "snapshotid": web});
    let refused = asking.post("disk/restoresnapshot", body).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "S10002"));
    let db = list(&asking, DB).await.remove(0)["id"].to_string();
    let body = json!({"instanceid": DB.to_string(), "snapshotid": db});
    let reply = asking.post("disk/restoresnapshot", body).await;
    assert_eq!(reply.json(), json!({"STATUS": 0}));
    assert_eq!(asking.word(DB).await, "Stopped");
    asking.wait(59);
    assert_eq!(asking.power(DB, "start").await.code(), "I10099");
    asking.wait(1);
    assert_eq!(asking.power(DB, "start").await.code(), "I20008");
    assert_eq!(asking.verbs(), ["restore_snapshot", "start"]);
}

#[tokio::test]
async fn a_restored_machine_may_hang_at_its_boot_loader_until_it_is_forced() {
    let asking = small().await;
    asking.sim.change(|world| {
        world.account("indigo").unwrap().instance_mut(DB).unwrap().odd.hangs_at_grub = true;
    });
    let db = list(&asking, DB).await.remove(0)["id"].to_string();
    let body = json!({"instanceid": DB.to_string(), "snapshotid": db});
    asking.post("disk/restoresnapshot", body).await;
    asking.wait(60);
    asking.power(DB, "start").await;
    asking.wait(20);
    assert_eq!(asking.word(DB).await, "Running");
    asking.power(DB, "stop").await;
    asking.wait(600);
    assert_eq!(asking.word(DB).await, "Running");
    asking.power(DB, "forcestop").await;
    asking.wait(5);
    asking.power(DB, "start").await;
    asking.wait(20);
    asking.power(DB, "stop").await;
    asking.wait(75);
    assert_eq!(asking.word(DB).await, "Stopped");
}

#[tokio::test]
async fn a_deleted_snapshot_is_gone_at_once_and_foreign_ids_are_errors() {
    let asking = small().await;
    let id = list(&asking, WEB).await.remove(0)["id"].to_string();
    let reply = asking.delete(&format!("disk/deletesnapshot/{id}")).await;
    assert_eq!(reply.json(), json!({"STATUS": 0}));
    assert!(list(&asking, WEB).await.is_empty());
    assert_eq!(asking.get("disk/snapshotlist/1").await.status, 404);
    assert_eq!(asking.delete(&format!("disk/deletesnapshot/{id}")).await.status, 404);
}
