//! `vpsdeck account …` by the real binary, in a home of its own, against the simulator.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "accounts/conoha.rs"]
mod conoha;
#[path = "accounts/home.rs"]
mod home;
#[path = "accounts/openstack.rs"]
mod openstack;

use rstest::rstest;
use vpsdeck::sim::{Options, Simulation};

use home::Home;

async fn simulator() -> (Simulation, String, String) {
    let simulation = Simulation::start(Options::world("small").unwrap(), None).await.unwrap();
    let account = simulation.accounts().into_iter().next().unwrap();
    let config = format!(
        "[[account]]\nname = \"lab\"\nprovider = \"indigo\"\nendpoint = \"{}\"\nclient_id = \"{}\"\nsecret = {{ env = \"S\" }}\n",
        account.url, account.client_id
    );
    (simulation, config, account.secret)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_names_the_state_and_ends_with_its_code() {
    let (simulation, config, secret) = simulator().await;
    let home = Home::new();
    home.write_config(&config);
    let check = |secret: &[(&str, &str)]| home.run(&["account", "check"], secret, "");

    let ran = check(&[("S", &secret)]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "lab  ok\n"), "{ran:?}");
    let ran = check(&[("S", "wrongwrongwrong1")]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.starts_with("lab  wrong credentials"), "{ran:?}");
    assert!(!ran.out.contains("wrongwrong") && !ran.err.contains("wrongwrong"), "{ran:?}");
    let ran = check(&[]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.starts_with("lab  no secret: the environment variable S is not set\n"), "{ran:?}");

    home.write_config(&format!("{config}{}", config.replace("lab", "gone").replace("/a/", "/b/")));
    simulation.stop();
    let ran = check(&[("S", &secret)]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.out.starts_with("lab   not reachable: "), "{ran:?}");
    assert!(ran.out.contains("\ngone  not reachable: "), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_added_checked_listed_and_removed() {
    let (simulation, _, secret) = simulator().await;
    let account = simulation.accounts().remove(0);
    let home = Home::new();
    let words =
        ["account", "add", "lab", "--client-id", &account.client_id, "--endpoint", &account.url, "--secret-env", "S"];
    let ran = home.run(&words, &[("S", &secret)], "");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.out, format!("lab: written to {}\nlab  ok\n", home.config().display()));
    let again = home.run(&words, &[("S", &secret)], "");
    assert_eq!((again.code, again.out.as_str()), (2, ""));
    assert!(again.err.contains("there is an account lab already; --replace overwrites it"), "{again:?}");

    let list = home.run(&["account", "list", "--output", "json"], &[("S", &secret)], "");
    let list: serde_json::Value = serde_json::from_str(&list.out).unwrap();
    assert_eq!(list["accounts"][0]["secret"], serde_json::json!({ "from": "env", "name": "S" }));
    assert_eq!(home.run(&["account", "list", "-o", "name"], &[], "").out, "lab\n");

    let unasked = home.run(&["account", "remove", "lab"], &[], "y\n");
    assert_eq!(unasked.code, 5, "without a terminal nothing is asked, so nothing is confirmed");
    assert_eq!(home.run(&["account", "remove", "lab", "--yes"], &[], "").code, 0);
    assert_eq!(home.run(&["account", "list", "-o", "name"], &[], "").out, "");
    assert_eq!(home.run(&["account", "remove", "lab", "--yes"], &[], "").code, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_becomes_of_an_account_is_one_document_where_one_is_wanted() {
    let (simulation, _, secret) = simulator().await;
    let account = simulation.accounts().remove(0);
    let home = Home::new();
    let run = |words: &str, secret: &str| {
        let ran = home.run(&words.split(' ').collect::<Vec<_>>(), &[("S", secret)], "");
        let document: serde_json::Value = serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{e}: {ran:?}"));
        (ran.code, document)
    };
    let add = format!(
        "account add lab --client-id {} --endpoint {} --secret-env S --replace -o json",
        account.client_id, account.url
    );
    let (code, document) = run(&add, "wrongwrongwrong1");
    assert_eq!((code, &document["accounts"][0]["usable"]), (3, &false.into()), "{document}");
    assert_eq!(document["errors"][0]["error"], "wrong_credentials", "{document}");
    let (code, document) = run(&add, &secret);
    assert_eq!((code, &document["accounts"][0]["usable"]), (0, &true.into()), "{document}");
    let (code, document) = run("account remove lab -o json", "");
    assert_eq!((code, &document["result"]), (5, &"not_confirmed".into()), "{document}");
    let (code, document) = run("account remove lab --yes -o json", "");
    let removed = serde_json::json!({ "result": "done", "account": "lab", "secret_removed": false });
    assert_eq!((code, document), (0, removed));
}

#[rstest]
#[case(&["account", "add", "lab"], "which provider? --provider indigo|conoha-v2")]
#[case(&["account", "add", "lab", "--provider", "indigo"], "--client-id is missing")]
#[case(&["account", "add", "lab", "--client-id", "k"], "the API private key is missing: --secret-from-stdin")]
#[case(&["account", "add", "a/b", "--client-id", "k", "--secret-env", "S"], "name: \"a/b\" cannot be a name")]
#[case(&["account", "add", "lab", "--client-id", "k", "--secret-env", "S", "--endpoint", "http://api.customer.jp"], "endpoint: plain http to api.customer.jp")]
#[case(&["account", "add", "lab", "--provider", "aws"], "[possible values: indigo, conoha-v2, conoha, openstack]")]
#[case(&["account", "check"], "no account yet; vpsdeck account add makes one")]
#[case(&["account", "check", "lab"], "there is no account lab; there is none at all")]
#[case(&["--config", "no.toml", "account", "list"], "there is no configuration at no.toml")]
#[case(&["account", "import", "no.env"], "no.env cannot be read")]
#[case(&["simulate", "--world", "nowhere"], "there is no built-in world named nowhere")]
#[case(&["simulate", "--speed", "0"], "a number above 0")]
#[case(&["servers"], "neither a pane (instances, snapshots, firewalls, images, operations)")]
fn what_is_wrong_is_said_in_a_line_and_ends_with_2(#[case] words: &[&str], #[case] said: &str) {
    let home = Home::new();
    let ran = home.run(words, &[], "");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains(said), "{ran:?}");
    assert!(!home.config().exists(), "nothing is written");
}

#[test]
fn every_mistake_of_a_configuration_is_printed() {
    let home = Home::new();
    home.write_config("[[account]]\nname = \"lab\"\nprovider = \"indigo\"\nclientid = \"k\"\n[pol]\n");
    let ran = home.run(&["account", "list"], &[], "");
    let file = home.config().display().to_string();
    let expected = [
        format!("vpsdeck: {file}:1: [[account]] client_id: is missing; "),
        format!("vpsdeck: {file}:4: [[account]] clientid: unknown key; did you mean client_id? "),
        format!("vpsdeck: {file}:5: pol: unknown key; did you mean poll? "),
    ];
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.lines().count(), 3, "{ran:?}");
    for (line, begins) in ran.err.lines().zip(expected) {
        assert!(line.starts_with(&begins), "{line}");
    }
}

#[test]
fn an_env_file_that_looks_swapped_is_not_taken_unasked() {
    let home = Home::new();
    let (key, private) = ("k2345678901234567890123456789012", "p234567890123456");
    std::fs::write(home.path().join(".webarenaindigo"), format!("IndigoApiKey={private}\nIndigoApiPrivateKey={key}\n"))
        .unwrap();
    let ran = home.run(&["account", "import", ".webarenaindigo"], &[], "y\n");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("look swapped: IndigoApiKey has 16 characters and IndigoApiPrivateKey 32"), "{ran:?}");
    assert!(ran.err.contains("--swap") && ran.err.contains("--as-is"), "{ran:?}");
    assert!(!ran.err.contains(key) && !ran.err.contains(private), "no key is printed");
    assert!(!home.config().exists());
}

#[test]
fn completions_and_manual_name_every_command() {
    let home = Home::new();
    for words in [["completions", "bash"].as_slice(), &["completions", "zsh"], &["completions", "fish"], &["man"]] {
        let ran = home.run(words, &[], "");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{words:?}");
        for command in ["account", "simulate", "completions", "man"] {
            assert!(ran.out.contains(command), "{words:?} lacks {command}");
        }
    }
}
