//! The first minute: no configuration, a wrong one, no terminal, the demo.

use rstest::rstest;
use vpsdeck::sim::Options;

use super::lab::Lab;

fn fresh() -> Lab {
    Lab::at(Options::world("small").unwrap())
}

#[test]
fn without_a_configuration_four_keys_are_offered() {
    let lab = fresh();
    let terminal = lab.run(&[]);
    terminal.wait_for("There is no configuration yet.").wait_line(&["d", "look round the demo now"]);
    terminal.wait_line(&["n", "add an account"]).wait_line(&["i", "take over the env file"]).wait_line(&["q", "quit"]);
    terminal.keys("q");
    assert_eq!((terminal.exit_code(), terminal.leftovers().len()), (0, 0));
    assert!(!lab.config().exists());
}

#[test]
fn the_offer_is_chosen_by_moving_to_it_and_help_names_its_keys_only() {
    let lab = fresh();
    let terminal = lab.run(&[]);
    terminal.wait_line(&[">", "d", "look round the demo now"]).keys("j").wait_line(&[">", "n", "add an account"]);
    terminal.keys("?").wait_line(&["j Down", "down"]).wait_line(&["i", "take over the env file"]);
    assert!(!terminal.shows("next pane") && !terminal.shows("reboot"), "{}", terminal.screen());
    terminal.keys("<Esc>").wait_line(&[">", "n", "add an account"]);
    terminal.keys("<Down>").wait_line(&[">", "i", "take over"]).keys("<Enter>").wait_for("Take over an env file");
    terminal.keys("<Esc>").wait_line(&[">", "i", "take over"]).keys("k").wait_line(&[">", "n", "add an account"]);
    terminal.keys("<Enter>").wait_for("at which provider?").keys("<Esc>").wait_line(&[">", "n", "add an account"]);
    terminal.keys("G").wait_line(&[">", "q", "quit"]).keys("<Enter>");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn d_looks_round_the_demo_and_writes_no_file() {
    let lab = fresh();
    let terminal = lab.run(&["--demo"]);
    terminal.wait_for("DEMO").wait_for("► Running").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(lab.files(), Vec::<std::path::PathBuf>::new());
    let terminal = lab.run(&[]);
    terminal.wait_for("look round the demo now").keys("d").wait_for("DEMO").wait_for("► Running").keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_wrong_key_is_said_in_the_form_and_nothing_is_saved() {
    let lab = fresh();
    let account = lab.simulation.accounts().remove(0);
    let terminal = lab.run(&[]);
    terminal
        .wait_for("add an account")
        .keys("n")
        .wait_for("at which provider?")
        .keys("1")
        .wait_for("New account: WebARENA Indigo");
    terminal.keys(&account.client_id).keys("<Tab>").paste("wrongwrongwrong1").keys("<Tab>");
    terminal.keys("<C-u>").paste(&account.url).wait_for(&account.url).keys("<Tab>");
    terminal.wait_for("[ Enter saves and logs in ]").keys("<Enter>").wait_for("not saved, the login failed");
    assert!(!lab.config().exists());
    let written = terminal.written();
    assert!(!String::from_utf8_lossy(&written).contains("wrongwrong"), "a secret is never echoed");
    terminal.keys("<Esc>").wait_for("look round the demo now").keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

/// Where there is no keyring, which is said, an account cannot be added by the form; then there is no more to see.
#[test]
fn a_right_key_logs_in_is_saved_without_its_secret_and_shows_the_fleet() {
    let lab = fresh();
    let account = lab.simulation.accounts().remove(0);
    let terminal = lab.run(&[]);
    terminal
        .wait_for("add an account")
        .keys("n")
        .wait_for("at which provider?")
        .keys("1")
        .wait_for("New account: WebARENA Indigo");
    // Its own name: a keyring of the kernel outlives the test's home.
    terminal.keys("<S-Tab><C-u>").paste("pty-test").keys("<Tab>").paste(&account.client_id).keys("<Tab>");
    terminal.paste(&account.secret).keys("<Tab><C-u>").paste(&account.url).keys("<Tab>");
    terminal.wait_for("[ Enter saves and logs in ]").keys("<Enter>");
    terminal.wait_until("an answer", |lines| lines.iter().any(|l| l.contains("► Running") || l.contains("not saved")));
    if terminal.shows("not saved") {
        assert!(!lab.config().exists());
        assert!(terminal.shows("keyring"), "{}", terminal.screen());
    } else {
        assert!(std::fs::read_to_string(lab.config()).unwrap().contains("pty-test"));
        assert_eq!(super::lab::mode(&lab.config()), 0o600);
        let removed = lab.without_terminal(&["account", "remove", "pty-test", "--yes"]);
        assert_eq!(removed.status.code(), Some(0), "{removed:?}");
    }
    for file in lab.files() {
        assert!(!std::fs::read_to_string(&file).unwrap().contains(&account.secret), "{}", file.display());
    }
    assert!(!String::from_utf8_lossy(&terminal.written()).contains(&account.secret));
}

#[test]
fn an_env_file_that_is_not_there_is_said_and_the_form_stays() {
    let lab = fresh();
    let terminal = lab.run(&[]);
    terminal.wait_for("add an account").keys("i").wait_for("Take over an env file").keys("<Enter>");
    terminal.wait_for(".webarenaindigo").wait_for("No such file").keys("<Esc>").wait_for("add an account").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!lab.config().exists());
}

#[test]
fn without_a_terminal_it_ends_with_2_and_says_what_to_do() {
    let lab = fresh();
    let ran = lab.without_terminal(&[]);
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!((ran.status.code(), ran.stdout.len()), (Some(2), 0), "{said}");
    for line in ["needs a terminal", "vpsdeck --demo", "vpsdeck account add", "vpsdeck account import FILE"] {
        assert!(said.contains(line), "{said}");
    }
    assert!(!said.contains('\u{1b}'));
    assert_eq!(lab.files(), Vec::<std::path::PathBuf>::new());
}

#[rstest]
#[case("[[account]]\nname = \"a\"\nprovider = \"indigo\"\nclient_id = \"k\"\nwrong = 1\n", "wrong")]
#[case("[[account]]\nname = \"a\"\nprovider = \"indigo\"\n", "client_id")]
#[case(
    "[[account]]\nname = \"a\"\nprovider = \"indigo\"\nclient_id = \"k\"\nendpoint = \"http://example.com\"\n",
    "https"
)]
#[case("[keys]\nfly = \"x\"\n", "fly")]
#[case("[keys]\nstop = \"j\"\n", "j")]
#[case("not toml", "is not TOML")]
fn a_mistake_of_the_configuration_is_said_before_the_screen_is_touched(#[case] text: &str, #[case] names: &str) {
    let lab = fresh();
    lab.write_config(text);
    let terminal = lab.run(&[]);
    assert_eq!(terminal.exit_code(), 2);
    assert!(terminal.shows(names), "{}", terminal.screen());
    assert!(terminal.screen().contains("config.toml"), "{}", terminal.screen());
    assert!(!terminal.written().contains(&0x1b), "the screen was touched");
    assert!(lab.simulation.requests().is_empty());
}

#[rstest]
#[case(&["nonsense"], "neither a pane")]
#[case(&["--account", "nobody"], "nobody")]
#[case(&["--config", "gone.toml"], "gone.toml")]
fn wrong_words_on_the_command_line_end_with_2(#[case] words: &[&str], #[case] said: &str) {
    let lab = Lab::small();
    let terminal = lab.run(words);
    assert_eq!(terminal.exit_code(), 2);
    assert!(terminal.shows(said), "{}", terminal.screen());
}

#[test]
fn two_processes_share_one_budget() {
    // The real quota at the real speed.
    let lab = fresh();
    lab.configure("", "");
    let one = lab.run(&[]);
    let two = lab.run(&[]);
    one.wait_for("1 Instances");
    two.wait_for("1 Instances");
    one.wait_that("a fleet is shown", || one.shows("► Running") || two.shows("► Running"));
    // Both want more than a minute grants, a person before them.
    let sent = || lab.simulation.requests().len();
    for pane in ["2", "3", "4", "1", "2", "3", "4"] {
        for terminal in [&one, &two] {
            terminal.keys(pane).keys("<C-r>");
        }
    }
    one.wait_that("the minute is spent", || sent() >= 6);
    for terminal in [&one, &two] {
        terminal.wait_that("it says when it reads anew", || {
            terminal.keys("<C-r>");
            terminal.shows("reads again in")
        });
    }
    let refused: Vec<_> = lab.simulation.requests().into_iter().filter(|r| r.status == Some(429)).collect();
    assert!(refused.is_empty(), "{refused:?}");
    for terminal in [one, two] {
        terminal.keys("q");
        assert_eq!(terminal.exit_code(), 0);
    }
}

/// The file of the clients is enough, and nothing of it is written down.
#[test]
fn a_cloud_of_the_clients_opens_without_a_configuration() {
    let lab = Lab::at(Options::world("openstack").unwrap());
    let account = lab.simulation.accounts().remove(0);
    let cloud = account.openstack.clone().unwrap();
    let folder = lab.home().join(".config/openstack");
    std::fs::create_dir_all(&folder).unwrap();
    let auth = format!(
        "auth_url: {:?}, username: {}, project_name: {}, password: {:?}",
        cloud.auth_url, account.client_id, cloud.project, account.secret
    );
    std::fs::write(folder.join("clouds.yaml"), format!("clouds: {{lab: {{auth: {{{auth}}}}}}}")).unwrap();
    let terminal = lab.run(&["--os-cloud", "lab"]);
    terminal.wait_line(&["web-01", "► Running"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
    let lab = lab.with("OS_CLOUD", "lab");
    let terminal = lab.run(&[]);
    terminal.wait_line(&["web-01", "► Running"]).keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!lab.config().exists());
    let with_secret = |file: &&std::path::PathBuf| {
        std::fs::read(file).is_ok_and(|text| String::from_utf8_lossy(&text).contains(&account.secret))
    };
    let files = lab.files();
    assert_eq!(files.iter().filter(with_secret).count(), 1, "{files:?}");
}
