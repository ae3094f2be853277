//! Other people's clients of OpenStack work on the simulator as they are: python-openstackclient and openstacksdk from PyPI.
//! Where they are not installed the tests are shown as ignored.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]

#[path = "harness/mod.rs"]
mod harness;
#[path = "harness/openstack_client.rs"]
mod openstack_client;

use std::process::{Command, ExitCode};

use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use vpsdeck::sim::{AccountInfo, Options, Simulation};

use harness::{Outcome, Test};
use openstack_client::{OpenstackClient, folder};

/// World seconds a real second.
const SPEED: f64 = 60.0;

fn main() -> ExitCode {
    let folder = folder();
    let lacking = folder.is_none().then_some(
        "python-openstackclient is not installed (VPSDECK_OPENSTACK_CLIENT names the folder of its programs)",
    );
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let beside = || Beside::new(folder.as_deref().unwrap(), &runtime);
    let test =
        |(name, run): &'static (&'static str, OfBeside)| Test { name, lacking, run: Box::new(|| run(&beside())) };
    harness::run(&TESTS.iter().map(test).collect::<Vec<_>>())
}

type OfBeside = fn(&Beside) -> Outcome;

const TESTS: &[(&str, OfBeside)] = &[
    ("the_client_lists_what_is_there", the_client_lists_what_is_there),
    ("the_client_changes_a_server_from_its_order_to_its_end", the_client_changes_a_server),
    ("the_sdk_does_the_same", the_sdk_does_the_same),
    ("both_list_what_the_program_lists", both_list_what_the_program_lists),
];

/// A world, and the clients that are asked of it.
struct Beside {
    home: TempDir,
    simulation: Simulation,
    account: AccountInfo,
    client: OpenstackClient,
}

impl Beside {
    fn new(folder: &std::path::Path, runtime: &Runtime) -> Self {
        let mut options = Options::world("openstack").unwrap();
        options.speed = SPEED;
        let simulation = runtime.block_on(Simulation::start(options, None)).unwrap();
        let account = simulation.accounts().remove(0);
        let cloud = account.openstack.clone().unwrap();
        let variables = [
            ("OS_AUTH_URL", cloud.auth_url.as_str()),
            ("OS_IDENTITY_API_VERSION", "3"),
            ("OS_USERNAME", &account.client_id),
            ("OS_PASSWORD", &account.secret),
            ("OS_PROJECT_NAME", &cloud.project),
            ("OS_USER_DOMAIN_NAME", "Default"),
            ("OS_PROJECT_DOMAIN_NAME", "Default"),
            ("OS_REGION_NAME", &cloud.region),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let home = tempfile::tempdir().unwrap();
        let client = OpenstackClient { folder: folder.to_path_buf(), variables, home: home.path().to_path_buf() };
        Self { home, simulation, account, client }
    }

    fn effects(&self) -> Vec<String> {
        self.simulation.effects().into_iter().map(|effect| effect.verb).collect()
    }
}

/// One column of a list, in its order.
fn column(list: &Value, name: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|row| row[name].as_str().unwrap_or_default().to_owned()).collect()
}

fn the_client_lists_what_is_there(beside: &Beside) -> Outcome {
    let client = &beside.client;
    let token = client.json(&["token", "issue"]);
    assert_eq!(token["project_id"], beside.account.openstack.as_ref().unwrap().project_id.as_str());
    let servers = client.json(&["server", "list"]);
    assert_eq!(column(&servers, "Name"), ["web-01", "db", "batch"]);
    assert_eq!(column(&servers, "Status"), ["ACTIVE", "SHUTOFF", "ACTIVE"]);
    assert_eq!(column(&servers, "Image")[0], "ubuntu-24.04");
    assert!(column(&client.json(&["flavor", "list"]), "Name").contains(&"m1.small".to_owned()));
    let saved = client.json(&["image", "list", "--private"]);
    assert_eq!(saved.as_array().unwrap().len(), 4, "{saved}");
    assert_eq!(column(&client.json(&["network", "list"]), "Name"), ["public", "private"]);
    assert_eq!(column(&client.json(&["subnet", "list"]), "Name").len(), 3);
    assert_eq!(column(&client.json(&["security", "group", "list"]), "Name")[..2], ["default", "web"]);
    assert!(client.json(&["security", "group", "rule", "list", "web"]).to_string().contains("443:443"));
    assert_eq!(column(&client.json(&["keypair", "list"]), "Name"), ["laptop"]);
    let limits = client.json(&["limits", "show", "--absolute"]).to_string();
    assert!(limits.contains("instances"), "{limits}");
    let ports = client.json(&["port", "list", "--server", "batch"]);
    assert_eq!(ports.as_array().unwrap().len(), 2, "{ports}");
    assert!(client.run(&["catalog", "list"]).contains("nova"));
    assert!(beside.effects().is_empty());
    Ok(())
}

fn the_client_changes_a_server(beside: &Beside) -> Outcome {
    let client = &beside.client;
    let key = beside.home.path().join("key.pub");
    std::fs::write(&key, include_str!("terminal/key.pub"))?;
    client.run(&["keypair", "create", "--public-key", key.to_str().unwrap(), "beside"]);
    let order = ["server", "create", "--flavor", "m1.small", "--image", "ubuntu-24.04", "--network", "public"];
    let made = client.json(&[&order[..], &["--key-name", "beside", "--wait", "new"]].concat());
    assert_eq!((&made["status"], &made["name"]), (&Value::from("ACTIVE"), &Value::from("new")));
    client.run(&["server", "stop", "new"]);
    let at = |status: &str| while client.json(&["server", "show", "new"])["status"] != status {};
    at("SHUTOFF");
    client.run(&["server", "start", "new"]);
    at("ACTIVE");
    client.run(&["server", "reboot", "--wait", "new"]);
    let image = client.json(&["server", "image", "create", "--name", "saved", "--wait", "new"]);
    assert_eq!(image["status"], "active");
    client.run(&["image", "set", "--name", "renamed", "saved"]);
    client.run(&["server", "rebuild", "--image", "renamed", "--wait", "new"]);
    client.run(&["server", "add", "security", "group", "new", "web"]);
    let groups = client.json(&["server", "show", "new"])["security_groups"].to_string();
    assert!(groups.contains("default") && groups.contains("web"), "{groups}");
    client.run(&["server", "remove", "security", "group", "new", "web"]);
    client.run(&["server", "set", "--name", "other", "new"]);
    client.run(&["image", "delete", "renamed"]);
    client.run(&["server", "delete", "--wait", "other"]);
    client.run(&["keypair", "delete", "beside"]);
    assert_eq!(column(&client.json(&["server", "list"]), "Name"), ["web-01", "db", "batch"]);
    let verbs = beside.effects();
    for verb in ["create_instance", "stop", "start", "reboot", "take_snapshot", "rebuild", "destroy"] {
        assert!(verbs.iter().any(|effect| effect == verb), "{verb} is not among {verbs:?}");
    }
    Ok(())
}

fn the_sdk_does_the_same(beside: &Beside) -> Outcome {
    let script = beside.home.path().join("session.py");
    std::fs::write(&script, include_str!("clients/session.py"))?;
    let ran = beside.client.command("python3").arg(script).output()?;
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success() && out.ends_with("done\n"), "{out}{err}");
    let verbs = beside.effects();
    for verb in ["create_instance", "stop", "start", "take_snapshot", "delete_snapshot", "destroy"] {
        assert!(verbs.iter().any(|effect| effect == verb), "{verb} is not among {verbs:?}");
    }
    Ok(())
}

fn both_list_what_the_program_lists(beside: &Beside) -> Outcome {
    let (home, account) = (beside.home.path(), &beside.account);
    let mut config = format!("[[account]]\nname = {:?}\nprovider = \"openstack\"\n", account.name);
    for (key, value) in account.settings() {
        config += &format!("{key} = {value:?}\n");
    }
    std::fs::write(home.join("config.toml"), config + "secret = { env = \"SECRET\" }\n")?;
    beside.client.compare(|list| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_vpsdeck"));
        program.env_clear().env("HOME", home).env("SECRET", &account.secret).current_dir(home);
        let ran = program.args(["list", list, "--output", "json", "--config", "config.toml"]).output().unwrap();
        serde_json::from_slice(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
    });
    Ok(())
}
