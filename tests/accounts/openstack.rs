//! Accounts at any OpenStack: added, taken over from what its clients are told, and checked service by service.

use vpsdeck::sim::{AccountInfo, OpenstackInfo, Options, Simulation};

use super::home::Home;

async fn simulator() -> (Simulation, AccountInfo, OpenstackInfo) {
    let simulation = Simulation::start(Options::world("openstack").unwrap(), None).await.unwrap();
    let account = simulation.accounts().into_iter().next().unwrap();
    let cloud = account.openstack.clone().unwrap();
    (simulation, account, cloud)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_added_by_its_options_and_checked() {
    let (_simulation, account, cloud) = simulator().await;
    let home = Home::new();
    let add = |words: &[&str]| {
        let words = [&["account", "add", "c", "--replace", "--secret-env", "S"], words].concat();
        home.run(&words, &[("S", &account.secret)], "")
    };
    let options: Vec<(String, &str)> =
        account.settings().into_iter().map(|(key, value)| (format!("--{}", key.replace('_', "-")), value)).collect();
    let options: Vec<&str> = options.iter().flat_map(|(option, value)| [option.as_str(), *value]).collect();
    let ran = add(&options);
    assert!(ran.code == 0 && ran.out.ends_with("\nc  ok\n"), "{ran:?}");
    let mars = add(&[&options[..], &["--region", "Mars"]].concat());
    assert_eq!(mars.code, 2, "one value twice: {mars:?}");
    home.write_config(&format!(
        "[[account]]\nname = \"c\"\nprovider = \"openstack\"\nauth_url = {:?}\nproject_id = {:?}\nuser_id = {:?}\n\
         region = \"Mars\"\nsecret = {{ env = \"S\" }}\n",
        cloud.auth_url, cloud.project_id, cloud.user_id
    ));
    let ran = home.run(&["account", "check"], &[("S", &account.secret)], "");
    assert!(ran.code == 1 && ran.out.starts_with("c  Compute Service: "), "{ran:?}");
    assert!(ran.out.contains("in region Mars") && ran.out.contains("is in RegionOne"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_is_taken_over_with_its_profile_and_its_secret() {
    let (_simulation, account, cloud) = simulator().await;
    let home = Home::new();
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text).unwrap();
    write(
        "clouds.yaml",
        &format!(
            "clouds:\n  lab:\n    profile: ours\n    auth: {{username: {}, project_name: {}}}\n    region_name: {}\n  \
             robot:\n    profile: ours\n    auth_type: v3applicationcredential\n    auth:\n      \
             application_credential_id: {}\n      application_credential_secret: {:?}\n  \
             odd:\n    profile: ours\n    insecure: true\n",
            account.client_id, cloud.project, cloud.region, cloud.application_credential_id, account.secret
        ),
    );
    let domains = "user_domain_name: Default, project_domain_name: Default";
    let public = format!("public-clouds: {{ours: {{auth: {{auth_url: {:?}, {domains}}}}}}}", cloud.auth_url);
    write("clouds-public.yaml", &public);
    write("secure.yaml", &format!("clouds: {{lab: {{auth: {{password: {:?}}}}}}}", account.secret));
    let import = |cloud: &str| {
        let words = ["account", "import", "clouds.yaml", "--secret-env", "S", "--cloud", cloud];
        home.run(&words, &[("S", &account.secret)], "")
    };
    for name in ["lab", "robot"] {
        let ran = import(name);
        assert!(ran.code == 0 && ran.out.ends_with(&format!("\n{name}  ok\n")), "{ran:?}");
    }
    let ran = import("odd");
    assert!(ran.code == 2 && ran.err.contains("turns the check of certificates off (insecure: true)"), "{ran:?}");
    let kept = std::fs::read_to_string(home.config()).unwrap();
    assert!(!kept.contains(&account.secret) && kept.contains("provider = \"openstack\""), "{kept}");
}
