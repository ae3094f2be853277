//! Machines: shapes, states and codes.

use serde_json::{Value, json};

use crate::asking::small;

fn keys(record: &Value) -> Vec<&str> {
    record.as_object().unwrap().keys().map(String::as_str).collect()
}

const WEB: u64 = 616_513;
const DB: u64 = 616_516;

fn linux(name: &str) -> Value {
    json!({"sshKeyId": 40270, "regionId": 1, "osId": 22, "instancePlan": 13, "instanceName": name})
}

/// The names of the recorded list item of 2024-10.
const LISTED: [&str; 44] = [
    "VEID",
    "arpadate",
    "arpaname",
    "closed_at",
    "container_id",
    "cpus",
    "created_at",
    "daemonstatus",
    "disk_point",
    "host_id",
    "id",
    "import_instance",
    "instance_name",
    "instancecreatedbyuser",
    "instancestatus",
    "instancetype",
    "instancetype_id",
    "ip",
    "ipaddress",
    "ipaddress_type",
    "macaddress",
    "memsize",
    "os",
    "os_id",
    "otherstatus",
    "outofstock",
    "plan",
    "plan_id",
    "regionname",
    "secondary_ip",
    "sequence_id",
    "service_id",
    "set_no",
    "snapshot_id",
    "sshkey_id",
    "started_at",
    "status",
    "uidgid",
    "user_id",
    "uuid",
    "vm_revert",
    "vnc_passwd",
    "vnc_port",
    "vps_kind",
];

#[tokio::test]
async fn the_list_is_a_bare_array_of_records_with_the_recorded_fields() {
    let asking = small().await;
    let reply = asking.get("vm/getinstancelist").await;
    assert_eq!(reply.status, 200);
    let list = reply.json();
    assert_eq!(list.as_array().unwrap().len(), 3);
    assert_eq!(keys(&list[0]), LISTED);
    assert_eq!(list[0]["vps_kind"], 10);
    assert!(list[0]["created_at"].is_string());
    assert_eq!(list[0]["VEID"].as_str().unwrap().len(), 14);
    assert_eq!(list[2]["memsize"], 0.768);
    assert!(reply.text.contains("\"memsize\":1,"));
}

#[tokio::test]
async fn a_new_machine_is_provisioned_after_64_seconds_and_stands_stopped() {
    let asking = small().await;
    let made = asking.post("vm/createinstance", linux("APItest")).await;
    assert_eq!(made.status, 201);
    let vms = &made.json()["vms"];
    assert_eq!(vms["vps_kind"], "10");
    assert_eq!(vms["created_at"]["timezone"], "UTC");
    assert_eq!(vms["secondary_ip"], Value::Null);
    assert_eq!(keys(vms).len(), 37);
    let id = vms["id"].as_u64().unwrap();
    let fresh = asking.instance(id).await;
    assert_eq!((&fresh["status"], &fresh["otherstatus"]), (&json!("READY"), &json!(10)));
    assert_eq!(fresh["instancestatus"], "OS installation In Progress");
    assert_eq!(fresh["ip"], Value::Null);
    asking.wait(63);
    assert_eq!(asking.word(id).await, "OS installation In Progress");
    asking.wait(1);
    let ready = asking.instance(id).await;
    assert_eq!((&ready["status"], &ready["otherstatus"]), (&json!("OPEN"), &json!(20)));
    assert_eq!(ready["instancestatus"], "Stopped");
    assert!(ready["ipaddress"].as_str().unwrap().starts_with("2001:db8:"));
    let early = asking.power(id, "start").await;
    assert_eq!((early.status, early.code().as_str()), (400, "I10099"));
    asking.wait(20);
    assert_eq!(asking.power(id, "start").await.code(), "I20008");
}

#[tokio::test]
async fn a_start_shows_running_only_after_a_while() {
    let asking = small().await;
    let reply = asking.power(DB, "start").await;
    let expected = json!({"success": true, "message": "Instance has started successfully ", "sucessCode": "I20008", "instanceStatus": "running"});
    assert_eq!((reply.status, reply.json()), (200, expected));
    assert_eq!(asking.word(DB).await, "Stopped");
    asking.wait(20);
    assert_eq!(asking.word(DB).await, "Running");
    let again = asking.power(DB, "start").await;
    assert_eq!((again.status, again.code().as_str()), (400, "I10016"));
}

#[tokio::test]
async fn a_stop_says_success_false_and_ends_after_75_seconds() {
    let asking = small().await;
    let reply = asking.power(WEB, "stop").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["success"], false);
    assert_eq!(reply.code(), "I10025");
    asking.wait(74);
    assert_eq!(asking.word(WEB).await, "Running");
    asking.wait(1);
    assert_eq!(asking.word(WEB).await, "Stopped");
    let again = asking.power(WEB, "stop").await;
    assert_eq!((again.status, again.code().as_str()), (400, "I10017"));
}

#[tokio::test]
async fn a_stop_that_hangs_ends_only_by_force() {
    let asking = small().await;
    asking.sim.change(|world| {
        world.account("indigo").unwrap().instance_mut(WEB).unwrap().odd.hangs_on_stop = true;
    });
    asking.power(WEB, "stop").await;
    asking.wait(3000);
    assert_eq!(asking.word(WEB).await, "Running");
    assert_eq!(asking.power(WEB, "forcestop").await.status, 200);
    asking.wait(5);
    assert_eq!(asking.word(WEB).await, "Stopped");
}

#[tokio::test]
async fn a_destroyed_machine_lingers_and_then_is_gone() {
    let asking = small().await;
    let refused = asking.power(WEB, "destroy").await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "I10055"));
    assert_eq!(asking.power(DB, "destroy").await.code(), "I20010");
    asking.wait(24);
    assert_eq!(asking.word(DB).await, "Stopped");
    assert_eq!(asking.power(DB, "destroy").await.code(), "I10018");
    asking.wait(1);
    assert_eq!(asking.word(DB).await, "gone");
    assert_eq!(asking.verbs(), ["destroy"]);
}

#[tokio::test]
async fn an_import_rises_a_percent_every_three_seconds_until_it_stands_stopped() {
    let asking = small().await;
    let body = json!({"importUrl": "https://images.example.com/disk.qcow2", "regionId": 1, "osId": 3, "instancePlan": 1, "instanceName": "imported"});
    let made = asking.post("vm/createinstance", body).await.json();
    assert_eq!(made["vms"]["import_instance"], 1);
    let id = made["vms"]["id"].as_u64().unwrap();
    asking.wait(15);
    assert_eq!(asking.word(id).await, "Disk image download in-progress (5% Completed)");
    asking.wait(284);
    assert_eq!(asking.word(id).await, "Disk image download in-progress (99% Completed)");
    asking.wait(1);
    let row = asking.instance(id).await;
    assert_eq!((&row["instancestatus"], &row["os"]), (&json!("Stopped"), &Value::Null));
}

#[tokio::test]
async fn an_import_from_a_bad_address_says_so_in_its_status_and_can_be_destroyed() {
    let asking = small().await;
    let body = json!({"importUrl": "https://nowhere.invalid/x", "regionId": 1, "osId": 3, "instancePlan": 1, "instanceName": "bad"});
    let made = asking.post("vm/createinstance", body).await.json();
    let id = made["vms"]["id"].as_u64().unwrap();
    asking.wait(20);
    assert_eq!(asking.word(id).await, "The URL entered is invalid.");
    assert_eq!(asking.power(id, "start").await.status, 400);
    assert_eq!(asking.power(id, "destroy").await.code(), "I20010");
}

#[tokio::test]
async fn ids_are_taken_as_numbers_or_strings_whatever_the_body_is_said_to_be() {
    let asking = small().await;
    let url = "vm/instance/statusupdate";
    let request = asking
        .request(reqwest::Method::POST, url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!(r#"{{"instanceId":{DB},"status":"start"}}"#));
    let reply = crate::asking::send(request).await.unwrap();
    assert_eq!(reply.code(), "I20008");
    let body = json!({"sshKeyId": "40270", "regionId": "1", "osId": "22", "instancePlan": "13", "instanceName": "x"});
    assert_eq!(asking.post("vm/createinstance", body).await.status, 201);
}

#[tokio::test]
async fn creates_are_refused_when_stock_or_the_day_is_used_up_and_then_nothing_is_made() {
    let mut asking = small().await;
    asking.sim.change(|world| world.account("indigo").unwrap().out_of_stock.push(13));
    let refused = asking.post("vm/createinstance", linux("no-stock")).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "I10059"));
    asking.sim.change(|world| world.account("indigo").unwrap().out_of_stock.clear());
    for number in 0..10 {
        let made = asking.post("vm/createinstance", linux(&format!("n{number}"))).await;
        assert_eq!(made.status, 201);
    }
    assert_eq!(asking.post("vm/createinstance", linux("eleventh")).await.code(), "I10061");
    assert_eq!(asking.verbs().len(), 10);
    asking.wait(86_401);
    let account = asking.sim.accounts().remove(0);
    asking.token = asking.log_in(&account.client_id, &account.secret).await;
    assert_eq!(asking.post("vm/createinstance", linux("tomorrow")).await.status, 201);
}

#[tokio::test]
async fn windows_and_snapshots_are_forms_of_the_same_call() {
    let asking = small().await;
    let windows =
        json!({"winPassword": "Test#2345jh", "regionId": 1, "osId": 11, "instancePlan": 7, "instanceName": "win"});
    let made = asking.post("vm/createinstance", windows).await;
    assert_eq!((made.status, &made.json()["vms"]["ipaddress_type"]), (201, &json!("ipv4")));
    let wrong =
        json!({"winPassword": "Test#2345jh", "regionId": 1, "osId": 11, "instancePlan": 1, "instanceName": "win"});
    assert_eq!(asking.post("vm/createinstance", wrong).await.code(), "I10004");
    let list = asking.get(&format!("disk/snapshotlist/{DB}")).await.json();
    let snapshot = list[0]["id"].as_u64().unwrap();
    let copy =
        json!({"sshKeyId": 40270, "snapshotId": snapshot.to_string(), "instancePlan": 2, "instanceName": "copy"});
    let made = asking.post("vm/createinstance", copy).await;
    assert_eq!((made.status, &made.json()["vms"]["snapshot_id"]), (201, &json!(snapshot)));
}

#[tokio::test]
async fn a_licence_in_a_bad_state_refuses_the_start() {
    let asking = small().await;
    asking.sim.change(|world| {
        world.account("indigo").unwrap().instance_mut(DB).unwrap().odd.licence_fails = true;
    });
    assert_eq!(asking.power(DB, "start").await.code(), "I10037");
    assert_eq!(asking.verbs(), Vec::<String>::new());
}
