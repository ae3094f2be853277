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

/// A home in which the clients' own files have the cloud, and no configuration is.
fn home_of_clients(account: &AccountInfo, cloud: &OpenstackInfo, more: &str) -> Home {
    let home = Home::new();
    let folder = home.path().join(".config/openstack");
    std::fs::create_dir_all(&folder).unwrap();
    let auth =
        format!("auth_url: {:?}, username: {}, project_name: {}", cloud.auth_url, account.client_id, cloud.project);
    let clouds = format!("clouds:\n  lab:\n    auth: {{{auth}}}\n{more}");
    std::fs::write(folder.join("clouds.yaml"), clouds).unwrap();
    let secure = format!("clouds: {{lab: {{auth: {{password: {:?}}}}}}}", account.secret);
    std::fs::write(folder.join("secure.yaml"), secure).unwrap();
    home
}

/// All files below a folder, with what stands in them.
fn files(folder: &std::path::Path) -> Vec<(std::path::PathBuf, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.push((path.clone(), String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned()));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_of_the_clients_needs_no_configuration_and_its_secret_stays_where_it_is() {
    let (_simulation, account, cloud) = simulator().await;
    let home = home_of_clients(&account, &cloud, "");
    let run = |words: &[&str]| home.run(words, &[], "");
    let ran = run(&["--os-cloud", "lab", "list", "instances", "--output", "name"]);
    assert!(ran.code == 0 && ran.out.contains("lab/web-01"), "{ran:?}");
    let ran = run(&["stop", "web-01", "--yes", "--os-cloud", "lab"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let by_variable = home.run(&["account", "check"], &[("OS_CLOUD", "lab")], "");
    assert_eq!((by_variable.code, by_variable.out.as_str()), (0, "lab  ok\n"), "{by_variable:?}");
    let journal = home.run(&["journal", "--output", "json"], &[("OS_CLOUD", "lab")], "");
    assert!(journal.code == 0 && journal.out.contains("\"account\": \"lab\""), "{journal:?}");
    for (file, text) in files(home.path()) {
        assert!(file.ends_with("secure.yaml") || !text.contains(&account.secret), "{}", file.display());
    }
    assert!(!home.config().exists());
    let none = run(&["list", "instances"]);
    assert!(none.code == 2, "without a name there is no account: {none:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_counts_before_os_cloud_and_after_a_cloud_that_is_named() {
    let (_simulation, account, cloud) = simulator().await;
    let home = home_of_clients(&account, &cloud, "");
    home.write_config("lang = \"en\"\n");
    let ran = home.run(&["account", "list"], &[("OS_CLOUD", "lab")], "");
    assert!(!ran.out.contains("lab"), "{ran:?}");
    let ran = home.run(&["account", "list", "--os-cloud", "lab", "--output", "json"], &[], "");
    assert!(ran.code == 0 && ran.out.contains("\"from\": \"cloud\""), "{ran:?}");
    // An account of that name that is another.
    let config = "[[account]]\nname = \"lab\"\nprovider = \"openstack\"\nauth_url = \"https://other.example/v3\"\n\
        username = \"u\"\nproject = \"p\"\n";
    home.write_config(config);
    let ran = home.run(&["--os-cloud", "lab", "list", "instances"], &[], "");
    assert!(ran.code == 2 && ran.err.contains("an account lab that is not this cloud"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_in_several_regions_is_an_account_in_each() {
    let (_simulation, account, cloud) = simulator().await;
    let home = home_of_clients(&account, &cloud, &format!("    regions: [{}, Mars]\n", cloud.region));
    let ran = home.run(&["--os-cloud", "lab", "account", "check"], &[], "");
    assert!(ran.code == 1 && ran.out.starts_with(&format!("lab-{}  ok\n", cloud.region)), "{ran:?}");
    assert!(ran.out.contains("\nlab-Mars") && ran.out.contains("no compute service in region Mars"), "{ran:?}");
    let only = format!("lab-{}", cloud.region);
    let ran = home.run(&["--os-cloud", "lab", "--account", &only, "list", "instances"], &[], "");
    assert_eq!(ran.code, 0, "{ran:?}");
    let import = ["account", "import", "--cloud", "lab", "--secret-env", "S"];
    let ran = home.run(&import, &[("S", &account.secret)], "");
    assert!(ran.out.contains(&format!("{only}  ok")) && ran.out.contains("lab-Mars  Compute Service: "), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_cloud_is_said_and_a_renewed_password_counts() {
    let (_simulation, account, cloud) = simulator().await;
    let home = home_of_clients(&account, &cloud, "");
    let run = |name: &str| home.run(&["--os-cloud", name, "list", "instances"], &[], "");
    let ran = run("labb");
    assert!(ran.code == 2 && ran.err.contains("cloud labb: it has no cloud labb; there are: lab"), "{ran:?}");
    let secure = home.path().join(".config/openstack/secure.yaml");
    std::fs::remove_file(&secure).unwrap();
    let ran = run("lab");
    assert!(ran.code == 3 && ran.err.contains("auth.password (here or in secure.yaml) is missing"), "{ran:?}");
    std::fs::write(&secure, "clouds: {lab: {auth: {password: wrong}}}").unwrap();
    assert_eq!(run("lab").code, 3);
    std::fs::write(&secure, format!("clouds: {{lab: {{auth: {{password: {:?}}}}}}}", account.secret)).unwrap();
    assert_eq!(run("lab").code, 0);
    std::fs::write(&secure, "clouds: {lab: {insecure: True}}").unwrap();
    let ran = run("lab");
    assert!(ran.code == 2 && ran.err.contains("turns the check of certificates off (insecure: true)"), "{ran:?}");
}

/// It is no fault of an account that its cloud has not every service.
#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_the_cloud_lacks_is_told_by_a_check_that_passes() {
    let mut options = Options::world("openstack").unwrap();
    options.quirks.conoha.catalogue_lacks = vec!["network".to_owned()];
    let simulation = Simulation::start(options, None).await.unwrap();
    let account = simulation.accounts().into_iter().next().unwrap();
    let cloud = account.openstack.clone().unwrap();
    let home = home_of_clients(&account, &cloud, "");
    let ran = home.run(&["--os-cloud", "lab", "account", "check"], &[], "");
    assert!(ran.code == 0 && ran.out.starts_with("lab  ok\n     Network Service: not offered here: "), "{ran:?}");
    let ran = home.run(&["--os-cloud", "lab", "list", "firewalls"], &[], "");
    assert!(ran.code == 1 && ran.err.contains("names no network service"), "{ran:?}");
}
