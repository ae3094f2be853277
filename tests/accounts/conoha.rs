//! Accounts at ConoHa: added, taken over from what OpenStack's clients are told, and checked service by service.

use rstest::rstest;
use vpsdeck::sim::{AccountInfo, ConohaInfo, Options, Simulation};

use super::home::Home;

async fn simulator() -> (Simulation, AccountInfo, ConohaInfo) {
    world("conoha").await
}

async fn world(name: &str) -> (Simulation, AccountInfo, ConohaInfo) {
    let simulation = Simulation::start(Options::world(name).unwrap(), None).await.unwrap();
    let account = simulation.accounts().into_iter().next().unwrap();
    let conoha = account.conoha.clone().unwrap();
    (simulation, account, conoha)
}

/// A configuration over the simulator; `change` exchanges one of its values.
fn config(account: &AccountInfo, change: (&str, &str)) -> String {
    let mut text = "[[account]]\nname = \"c\"\nprovider = \"conoha-v2\"\nsecret = { env = \"S\" }\n".to_owned();
    for (key, value) in account.settings() {
        let value = if key == change.0 { change.1 } else { value };
        text.push_str(&format!("{key} = {value:?}\n"));
    }
    text
}

#[rstest]
#[case("conoha", "conoha-v2")]
#[case("conoha-v3", "conoha")]
#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_added_by_its_options_and_checked(#[case] name: &str, #[case] provider: &str) {
    let (_simulation, account, conoha) = world(name).await;
    let home = Home::new();
    let mut words = vec!["account", "add", "c", "--secret-env", "S"];
    let options: Vec<(String, &str)> =
        account.settings().into_iter().map(|(key, value)| (format!("--{}", key.replace('_', "-")), value)).collect();
    words.extend(options.iter().flat_map(|(option, value)| [option.as_str(), *value]));
    let ran = home.run(&words, &[("S", &account.secret)], "");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.ends_with("\nc  ok\n"), "{ran:?}");
    let list = home.run(&["account", "list", "--output", "json"], &[], "");
    let list: serde_json::Value = serde_json::from_str(&list.out).unwrap();
    let list = &list["accounts"][0];
    assert_eq!((&list["provider"], &list["endpoint"]), (&provider.into(), &conoha.identity.into()));
    assert_eq!(list["region"], *conoha.region);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_names_the_service_that_is_not_there() {
    let (simulation, account, conoha) = simulator().await;
    let home = Home::new();
    let check = |change: (&str, &str), secret: &str| {
        home.write_config(&config(&account, change));
        home.run(&["account", "check"], &[("S", secret)], "")
    };
    assert_eq!(check(("", ""), &account.secret).out, "c  ok\n");
    let ran = check(("", ""), "wrong-Password-1");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(ran.out.starts_with("c  wrong credentials"), "{ran:?}");

    let services = [("compute", "Compute"), ("image", "Image"), ("network", "Network")];
    for (key, name) in services {
        let wrong = format!("{}/nowhere", conoha.identity);
        let ran = check((key, &wrong), &account.secret);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.out.starts_with(&format!("c  {name} Service: ")), "{ran:?}");
        assert!(ran.out.contains("/nowhere"), "the address shows: {ran:?}");
        assert!(ran.out.contains("\n   The login is good. Check region, "), "{ran:?}");
        assert_eq!(ran.out.lines().count(), 2, "the others are well: {ran:?}");
    }
    let ran = check(("compute", "http://127.0.0.1:1/v2/t"), &account.secret);
    assert_eq!(ran.code, 4, "{ran:?}");
    let ran = check(("tenant_id", "ffffffffffffffffffffffffffffffff"), &account.secret);
    assert_eq!(ran.code, 3, "{ran:?}");
    simulation.stop();
    assert_eq!(check(("", ""), &account.secret).code, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_variables_of_openstacks_clients_are_taken_over() {
    let (_simulation, account, conoha) = simulator().await;
    let home = Home::new();
    let mut variables = vec![
        ("OS_AUTH_URL", conoha.identity.as_str()),
        ("OS_USERNAME", &account.client_id),
        ("OS_PASSWORD", &account.secret),
        ("OS_TENANT_ID", &conoha.tenant_id),
        ("OS_REGION_NAME", &conoha.region),
        ("OS_COMPUTE_ENDPOINT_OVERRIDE", &conoha.compute),
        ("OS_IMAGE_ENDPOINT_OVERRIDE", &conoha.image),
        ("OS_NETWORK_ENDPOINT_OVERRIDE", &conoha.network),
    ];
    for words in [
        ["account", "import", "--secret-env", "OS_PASSWORD"].as_slice(),
        &["account", "import", "--from-env", "--name", "other", "--secret-env", "OS_PASSWORD"],
    ] {
        let ran = home.run(words, &variables, "");
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(!format!("{ran:?}").contains(&account.secret), "{ran:?}");
    }
    assert_eq!(home.run(&["account", "list", "-o", "name"], &[], "").out, "conoha-v2\nother\n");

    variables.retain(|(name, _)| *name != "OS_TENANT_ID");
    let ran = home.run(&["account", "import", "--name", "third"], &variables, "");
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("the variable OS_TENANT_ID or OS_PROJECT_ID (an id; a name is not enough) is missing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_is_taken_over_with_the_name_it_has() {
    let (_simulation, account, conoha) = simulator().await;
    let home = Home::new();
    let file = home.path().join("clouds.yaml");
    let text = format!(
        "clouds:\n  home:\n    auth:\n      auth_url: {}\n      username: {}\n      project_id: {}\n    \
         region_name: {}\n    compute_endpoint_override: {}\n    image_endpoint_override: {}\n    \
         network_endpoint_override: {}\n  next:\n    auth: {{auth_url: 'https://identity.c3j1.conoha.io/v3'}}\n",
        conoha.identity,
        account.client_id,
        conoha.tenant_id,
        conoha.region,
        conoha.compute,
        conoha.image,
        conoha.network
    );
    std::fs::write(&file, text).unwrap();
    let import = |words: &[&str]| {
        let words = [["account", "import", "clouds.yaml", "--secret-env", "S"].as_slice(), words].concat();
        home.run(&words, &[("S", &account.secret)], "")
    };
    let refused = |words: &[&str], said: &str| {
        let ran = import(words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains(said), "{ran:?}");
    };
    refused(&[], "it has several clouds; name one with --cloud: home, next");
    refused(&["--cloud", "next"], "auth.username is missing");
    refused(&["--cloud", "home"], "auth.password (here or in secure.yaml) is missing");
    let secure = format!("clouds: {{home: {{auth: {{password: {:?}}}}}}}", account.secret);
    std::fs::write(home.path().join("secure.yaml"), secure).unwrap();
    refused(&["--cloud", "home", "--swap"], "--endpoint, --swap and --as-is are for a file with IndigoApiKey=");
    let ran = import(&["--cloud", "home"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.ends_with("\nhome  ok\n"), "{ran:?}");
    assert!(!std::fs::read_to_string(home.config()).unwrap().contains(&account.secret));
}

#[rstest]
#[case(&["account", "add", "c", "--provider", "conoha-v2", "--tenant-id", "t"], "--username is missing: name of the API user")]
#[case(&["account", "add", "c", "--region", "tyo1", "--tenant-id", "t", "--username", "u"], "the API user's password is missing")]
#[case(&["account", "add", "c", "--tenant-id", "t", "--client-id", "k"], "which provider? --provider indigo|conoha-v2|conoha|openstack")]
#[case(&["account", "add", "c", "--tenant-id", "t", "--username", "u"], "which provider? --provider indigo|conoha-v2|conoha|openstack")]
#[case(&["account", "add", "c", "--region", "c3j1", "--tenant-id", "t"], "--username is missing: name of the API user")]
#[case(&["account", "add", "c", "--provider", "conoha", "--secret-env", "S", "--tenant-id", "t", "--username", "u", "--user-id", "u"], "user_id: ")]
#[case(&["account", "add", "c", "--provider", "indigo", "--tenant-id", "t"], "--tenant-id is not for indigo; it takes: --endpoint, --client-id")]
#[case(&["account", "add", "c", "--provider", "conoha-v2", "--tenant-id", "t", "--username", "u", "--secret-env", "S", "--region", "c3j1"], "region: \"c3j1\" is not known; accepted: tyo1, tyo2, tyo3, sin1, sjc1")]
#[case(&["account", "add", "c", "--provider", "conoha-v2", "--tenant-id", "t", "--username", "u", "--secret-env", "S", "--compute", "http://compute.tyo1.conoha.io"], "compute: plain http to compute.tyo1.conoha.io")]
#[case(&["account", "import"], "the variable OS_AUTH_URL is missing")]
fn what_is_wrong_is_said_in_a_line_and_ends_with_2(#[case] words: &[&str], #[case] said: &str) {
    let home = Home::new();
    let ran = home.run(words, &[], "");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
    assert!(ran.err.contains(said), "{ran:?}");
    assert!(!home.config().exists(), "nothing is written");
}
