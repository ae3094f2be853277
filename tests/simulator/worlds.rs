//! The worlds that come with the program.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vpsdeck::provider::http::client_builder;
use vpsdeck::sim::{Options, WorldFile};

use crate::asking::{send, unlimited, with};

#[test]
fn every_built_in_world_can_be_read_and_an_unknown_one_is_named() {
    for name in WorldFile::names() {
        WorldFile::named(name).unwrap();
    }
    let error = WorldFile::named("nonsense").unwrap_err().to_string();
    assert!(error.contains("nonsense") && error.contains("demo"), "{error}");
}

#[test]
fn a_world_file_with_a_key_that_nobody_knows_is_none_and_the_key_is_named() {
    let account = "[[account]]\nname = \"one\"\nsecret = \"one\"\n";
    for wrong in [
        "nonsense = 1\n".to_owned(),
        "[quirks]\nnonsense = true\n".to_owned(),
        "[[event]]\nat = 1.0\nfault = { kind = \"quota\", nonsense = 1 }\n".to_owned(),
        "[[event]]\nat = 1.0\nchange = { op = \"expire_tokens\", account = \"one\", nonsense = 1 }\n".to_owned(),
        format!(
            "{account}[[account.firewall]]\nname = \"f\"\ninbound = [{{ type = \"Custom\", protocol = \"TCP\", source = \"\", nonsense = 1 }}]\n"
        ),
    ] {
        let error = WorldFile::from_toml(&wrong).unwrap_err().to_string();
        assert!(error.contains("`nonsense`"), "{error}");
    }
}

/// Every key of a record, nested ones too.
fn keys(of: &Value, into: &mut BTreeSet<String>) {
    match of {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            into.insert(key.clone());
            keys(value, into);
        }),
        Value::Array(all) => all.iter().for_each(|one| keys(one, into)),
        _ => {}
    }
}

#[test]
fn what_is_told_of_world_files_is_what_they_can_hold() {
    let told = include_str!("../../assets/worlds/README.md");
    let blocks: Vec<&str> = told.split("```toml\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    let [example, switches, durations] = blocks[..] else { panic!("{blocks:?}") };
    let example = WorldFile::from_toml(example).unwrap();
    let Value::Object(mut fields) = serde_json::to_value(&example).unwrap() else { panic!() };
    // Made-up names and what a change or a fault is made of.
    for account in fields["account"].as_array_mut().unwrap() {
        account["instance"].as_array_mut().unwrap().iter_mut().for_each(|i| i["metadata"] = Value::Null);
    }
    for made_up in ["uuids", "event", "durations", "quirks"] {
        fields.remove(made_up);
    }
    let defaults = WorldFile::default();
    let said = |text: &str| WorldFile::from_toml(text).unwrap();
    assert_eq!((said(switches).quirks, said(durations).durations), (defaults.quirks.clone(), defaults.durations));
    let mut all = BTreeSet::new();
    keys(&Value::Object(fields), &mut all);
    keys(&serde_json::to_value(&defaults.quirks).unwrap(), &mut all);
    keys(&serde_json::to_value(defaults.durations).unwrap(), &mut all);
    let is_told = |key: &String| {
        let quoted =
            |line: &str| line.contains(&format!("{key} = ")) || line.starts_with(&format!("[[account.{key}]]"));
        key == "account" || told.lines().any(|line| quoted(line) || line.contains(&format!(".{key}]")))
    };
    let missing: Vec<&String> = all.iter().filter(|key| !is_told(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for name in WorldFile::names() {
        assert!(told.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[tokio::test]
async fn within_a_minute_the_demo_finishes_an_import_and_a_snapshot_and_fails_a_machine() {
    let asking = unlimited(Options::demo()).await;
    let list = asking.get("vm/getinstancelist").await.json();
    let id = |name: &str| {
        let mut rows = list.as_array().unwrap().iter();
        rows.find(|row| row["instance_name"] == name).unwrap()["id"].as_u64().unwrap()
    };
    assert_eq!(asking.word(id("import-appliance")).await, "Disk image download in-progress (41% Completed)");
    let snapshots = format!("disk/snapshotlist/{}", id("web-02"));
    assert_eq!(asking.get(&snapshots).await.json()[0]["status"], "running");
    asking.wait(360);
    assert_eq!(asking.word(id("import-appliance")).await, "Stopped");
    assert_eq!(asking.word(id("import-old-disk")).await, "The URL entered is invalid.");
    assert_eq!(asking.get(&snapshots).await.json()[0]["status"], "created");
}

#[tokio::test]
async fn the_demo_has_a_wrong_password_and_one_name_in_two_accounts() {
    let asking = unlimited(Options::demo()).await;
    let accounts = asking.sim.accounts();
    let wrong: Vec<_> = accounts.iter().filter(|account| account.wrong_password).collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(asking.token_call(&wrong[0].client_id, &wrong[0].secret).await.status, 401);
    asking.sim.change(|world| {
        for account in ["indigo", "conoha"] {
            assert!(world.account(account).unwrap().instance_named("web-01").is_some());
        }
    });
}

#[tokio::test]
async fn credentials_tell_the_account_at_the_root_and_a_token_is_good_for_its_own_only() {
    let world = "[[account]]\nname = \"one\"\nclient_id = \"AKoneoneoneoneoneoneoneoneoneone0\"\nsecret = \"one\"\n\
                 [[account]]\nname = \"two\"\nclient_id = \"AKtwotwotwotwotwotwotwotwotwotwo0\"\nsecret = \"two\"\n\
                 [[account.instance]]\nname = \"web-01\"\n";
    let mut asking = unlimited(Options::world(world).unwrap()).await;
    let two = asking.sim.accounts().remove(1);
    let own = asking.base.clone();
    asking.base = asking.sim.url();
    asking.token = asking.log_in(&two.client_id, &two.secret).await;
    let list = asking.get("vm/getinstancelist").await.json();
    assert_eq!(list.as_array().unwrap().len(), 1);
    asking.base = own;
    assert_eq!(asking.get("vm/getinstancelist").await.status, 401);
}

#[tokio::test]
async fn ten_thousand_machines_can_be_listed() {
    let asking = with(Options::world("large").unwrap()).await;
    let list = asking.get("vm/getinstancelist").await.json();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 10_000);
    let mut ids: Vec<_> = list.iter().map(|row| row["id"].as_u64().unwrap()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 10_000);
}

#[tokio::test]
async fn a_script_changes_the_world_at_its_times() {
    let asking = unlimited(Options::world("bad-day").unwrap()).await;
    let read = async || {
        let request = asking.request(reqwest::Method::GET, "vm/getinstancelist");
        send(request).await.unwrap()
    };
    assert_eq!(read().await.status, 200);
    asking.wait(20);
    assert_eq!(read().await.status, 502);
    asking.wait(200 - 20);
    asking.sim.clear_faults();
    assert_eq!(read().await.json()[1]["instancestatus"], 7);
    asking.wait(35);
    let names = read().await.text;
    assert!(!names.contains("vanishing"));
    asking.wait(500 - 235);
    asking.sim.clear_faults();
    let body = json!({"sshKeyId": 40270, "regionId": 1, "osId": 22, "instancePlan": 13, "instanceName": "x"});
    assert_eq!(asking.post("vm/createinstance", body).await.code(), "I10059");
}

#[tokio::test]
async fn the_demo_loses_the_answer_to_the_first_power_command_of_one_account() {
    let asking = unlimited(Options::demo()).await;
    let conoha = asking.sim.accounts().into_iter().find(|a| a.name == "conoha").unwrap();
    let places = conoha.conoha.clone().unwrap();
    let client = client_builder().no_proxy().build().unwrap();
    let body = json!({"auth": {"tenantId": places.tenant_id, "passwordCredentials":
        {"username": conoha.client_id, "password": conoha.secret}}});
    let token = client.post(format!("{}/tokens", places.identity)).json(&body).send().await.unwrap();
    let token: serde_json::Value = token.json().await.unwrap();
    let token = token.pointer("/access/token/id").unwrap().as_str().unwrap().to_owned();
    let get = client.get(format!("{}/servers/detail", places.compute)).header("X-Auth-Token", &token);
    let list: serde_json::Value = get.send().await.unwrap().json().await.unwrap();
    let servers = list["servers"].as_array().unwrap();
    let off = servers.iter().find(|s| s["metadata"]["instance_name_tag"] == "render-b").unwrap();
    let url = format!("{}/servers/{}/action", places.compute, off["id"].as_str().unwrap());
    let start = client.post(url).header("X-Auth-Token", &token).json(&json!({"os-start": null}));
    assert!(start.send().await.is_err());
    let effects: Vec<_> = asking.sim.effects().into_iter().map(|e| e.verb).collect();
    assert_eq!(effects, ["start"]);
}
