//! The switches: each does what it says, on its own.

use rstest::rstest;
use serde_json::{Value, json};
use vpsdeck::sim::quirks::{DualAddresses, GatewayShape, Orphans, Quirks, QuotaScope, StopAnswer};
use vpsdeck::sim::{Options, Simulation};

use crate::asking::{Asking, unlimited, with};

const WEB: u64 = 616_513;
const DB: u64 = 616_516;

async fn small_with(set: impl FnOnce(&mut Quirks)) -> Asking {
    let mut options = Options::world("small").unwrap();
    set(&mut options.quirks);
    unlimited(options).await
}

#[rstest]
#[case::starting(DB, "start", |q: &mut Quirks, w| q.starting_word = w)]
#[case::stopping(WEB, "stop", |q: &mut Quirks, w| q.stopping_word = w)]
#[case::resetting(WEB, "reset", |q: &mut Quirks, w| q.resetting_word = w)]
#[case::destroyed(DB, "destroy", |q: &mut Quirks, w| q.destroyed_word = w)]
#[tokio::test]
async fn a_change_on_its_way_shows_the_word_of_its_switch(
    #[case] id: u64,
    #[case] verb: &str,
    #[case] set: fn(&mut Quirks, Option<String>),
) {
    let asking = small_with(|quirks| set(quirks, Some("On Its Way".to_owned()))).await;
    assert_eq!(asking.power(id, verb).await.status, 200);
    assert_eq!(asking.word(id).await, "On Its Way");
    asking.wait(80);
    assert_ne!(asking.word(id).await, "On Its Way");
}

#[tokio::test]
async fn restoring_and_snapshotting_have_their_words_too() {
    let asking = small_with(|quirks| {
        quirks.restoring_word = Some("Restoring".to_owned());
        quirks.snapshotting_word = Some("Saving".to_owned());
    })
    .await;
    let list = asking.get(&format!("disk/snapshotlist/{DB}")).await.json();
    let body = json!({"instanceid": DB, "snapshotid": list[0]["id"]});
    asking.post("disk/restoresnapshot", body).await;
    assert_eq!(asking.word(DB).await, "Restoring");
    let body = json!({"name": "x", "instanceid": WEB, "slotnum": 0});
    asking.post("disk/takesnapshot", body).await;
    assert_eq!(asking.word(WEB).await, "Saving");
    asking.wait(90);
    assert_eq!((asking.word(DB).await, asking.word(WEB).await), ("Stopped".into(), "Running".into()));
}

#[tokio::test]
async fn a_stop_may_answer_as_documented() {
    let asking = small_with(|quirks| quirks.stop_answer = StopAnswer::AtOnce).await;
    let reply = asking.power(WEB, "stop").await;
    assert_eq!((reply.code().as_str(), &reply.json()["instanceStatus"]), ("I20009", &json!("shutoff")));
}

#[rstest]
#[case(DualAddresses::V6Secondary, "203.", "203.", "2001:")]
#[case(DualAddresses::V4Only, "203.", "203.", "")]
#[case(DualAddresses::V6Primary, "203.", "2001:", "")]
#[tokio::test]
async fn addresses_of_both_kinds_stand_where_the_switch_says(
    #[case] place: DualAddresses,
    #[case] ip: &str,
    #[case] address: &str,
    #[case] secondary: &str,
) {
    let asking = small_with(|quirks| quirks.dual_addresses = place).await;
    let row = asking.instance(WEB).await;
    for (field, start) in [("ip", ip), ("ipaddress", address), ("secondary_ip", secondary)] {
        let text = row[field].as_str().unwrap();
        assert!(text.starts_with(start) && text.is_empty() == start.is_empty(), "{field}: {text}");
    }
}

#[tokio::test]
async fn ids_may_be_strings() {
    let asking = small_with(|quirks| quirks.ids_as_strings = true).await;
    let rows = asking.get("vm/getinstancelist").await.json();
    assert_eq!(rows[0]["id"], WEB.to_string());
    let rows = asking.get("nw/getfirewalllist").await.json();
    assert!(rows[0]["id"].is_string());
}

#[rstest]
#[case(true, "F6005")]
#[case(false, "F60009")]
#[tokio::test]
async fn an_update_without_machines_may_take_the_firewall_off_them(#[case] detach: bool, #[case] code: &str) {
    let asking = small_with(|quirks| quirks.empty_instances_detach = detach).await;
    let id = asking.get("nw/getfirewalllist").await.json()[0]["id"].to_string();
    let body = json!({"templateid": id, "name": "web", "inbound": [], "instances": []});
    assert_eq!(asking.put("nw/updatefirewall", body).await.code(), "F6004");
    assert_eq!(asking.delete(&format!("nw/deletefirewall/{id}")).await.code(), code);
}

#[rstest]
#[case(Orphans::Stay, 200)]
#[case(Orphans::Go, 404)]
#[tokio::test]
async fn snapshots_may_outlive_their_machine(#[case] orphans: Orphans, #[case] status: u16) {
    let asking = small_with(|quirks| quirks.orphaned_snapshots = orphans).await;
    asking.power(DB, "destroy").await;
    asking.wait(25);
    assert_eq!(asking.word(DB).await, "gone");
    assert_eq!(asking.get(&format!("disk/snapshotlist/{DB}")).await.status, status);
}

#[rstest]
#[case(GatewayShape::Envelope, "\"errorCode\":\"401\"")]
#[case(GatewayShape::Fault, "\"faultstring\"")]
#[case(GatewayShape::Html, "<html>")]
#[case(GatewayShape::Empty, "")]
#[tokio::test]
async fn a_401_has_the_shape_of_its_switch(#[case] shape: GatewayShape, #[case] words: &str) {
    let mut asking = small_with(|quirks| quirks.unauthorized_body = shape).await;
    asking.token = "nonsense".to_owned();
    let reply = asking.get("vm/sshkey").await;
    assert_eq!(reply.status, 401);
    assert!(reply.text.contains(words) && reply.text.is_empty() == words.is_empty());
}

#[tokio::test]
async fn a_quota_by_token_is_fresh_with_a_new_token() {
    let mut options = Options::world("small").unwrap();
    options.quirks.quota_scope = QuotaScope::Token;
    options.quirks.spike_seconds = 0.0;
    options.quirks.token_call_counts = false;
    let mut asking = with(options).await;
    let account = asking.sim.accounts().remove(0);
    for _ in 0..6 {
        assert_eq!(asking.get("vm/sshkey").await.status, 200);
    }
    assert_eq!(asking.get("vm/sshkey").await.status, 429);
    asking.token = asking.log_in(&account.client_id, &account.secret).await;
    assert_eq!(asking.get("vm/sshkey").await.status, 200);
}

#[rstest]
#[case(true, 401)]
#[case(false, 200)]
#[tokio::test]
async fn a_new_token_may_end_the_one_before(#[case] ends: bool, #[case] status: u16) {
    let asking = small_with(|quirks| quirks.new_token_ends_old = ends).await;
    let account = asking.sim.accounts().remove(0);
    asking.log_in(&account.client_id, &account.secret).await;
    assert_eq!(asking.get("vm/sshkey").await.status, status);
}

#[tokio::test]
async fn letters_outside_ascii_and_slashes_are_escaped_as_php_does() {
    let body = json!({"sshName": "東京", "sshKey": "ssh-rsa AA/BB"});
    let escaped = small_with(|_| {}).await.post("vm/sshkey", body.clone()).await;
    assert!(escaped.text.contains(r"\u6771\u4eac") && escaped.text.contains(r"AA\/BB"));
    assert_eq!(escaped.json()["sshKey"]["name"], "東京");
    let plain = small_with(|quirks| quirks.php_escapes = false).await;
    assert!(plain.post("vm/sshkey", body).await.text.contains("東京"));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_world() {
    let read = async |seed| -> (String, Value) {
        let mut options = Options::world("small").unwrap();
        options.seed = seed;
        let asking = unlimited(options).await;
        (asking.token.clone(), asking.instance(WEB).await["uuid"].clone())
    };
    assert_eq!(read(7).await, read(7).await);
    assert_ne!(read(7).await, read(8).await);
}

#[tokio::test]
async fn a_stopped_simulation_gives_its_port_back() {
    let options = || Options::world("empty").unwrap();
    let first = Simulation::start(options(), None).await.unwrap();
    let port: u16 = first.url().rsplit(':').next().unwrap().parse().unwrap();
    assert!(Simulation::start(options(), Some(port)).await.is_err());
    first.stop();
    while Simulation::start(options(), Some(port)).await.is_err() {
        tokio::task::yield_now().await;
    }
}
