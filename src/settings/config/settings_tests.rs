//! What is accepted, and every mistake with the line it gives.

use rstest::rstest;

use std::time::Duration;

use super::*;
use crate::domain::{AccountColour, Limit};
use crate::settings::stub::STUB;
use crate::words::english;

fn parse(text: &str) -> Result<Settings, String> {
    Settings::parse_with(Path::new("config.toml"), text, &STUB).map_err(|error| english(&error.phrase()))
}

const ACCOUNT: &str = "[[account]]\nname = \"lab\"\nprovider = \"indigo\"\nclient_id = \"k\"\n";

#[test]
fn the_sample_says_what_the_defaults_are() {
    let sample = include_str!("../../../assets/config.sample.toml");
    let short = "[[account]]\nname = \"indigo\"\nprovider = \"indigo\"\nclient_id = \"the API key\"\n";
    assert_eq!(format!("{:?}", parse(sample).unwrap()), format!("{:?}", parse(short).unwrap()));
}

#[test]
fn an_empty_file_is_a_configuration_without_accounts() {
    let settings = parse("").unwrap();
    assert!(settings.accounts.is_empty());
    assert_eq!((settings.safety, settings.poll), (Safety::default(), Poll::default()));
}

#[test]
fn every_value_arrives() {
    let text = format!(
        "{ACCOUNT}endpoint = \"http://127.0.0.1:8080\"\nread_only = true\ncolour = \"red\"\n\
         secret = {{ command = [\"pass\", \"show\", \"lab\"] }}\nbudget = {{ per_minute = 60, spacing_ms = 0 }}\n\
         [safety]\ngrace = \"0s\"\nprotect = [\"prod-*\"]\n[poll]\nfresh = \"10s\"\nwatch = \"1s\"\n\
         [keys]\ndestroy = \"ctrl-d\"\nrefresh = [\"F5\", \"ctrl-r\"]\nraw = []\n[theme]\nerror = \"cyan\"\n"
    );
    let settings = parse(&format!("lang = \"en\"\n{text}")).unwrap();
    let account = &settings.accounts[0];
    assert_eq!(account.endpoint(), Some("http://127.0.0.1:8080"));
    assert_eq!(account.secret, SecretFrom::Command(["pass", "show", "lab"].map(str::to_owned).into()));
    assert_eq!(account.limit, Some(Limit { per_minute: 60, spacing_ms: 0 }));
    assert_eq!((account.read_only, account.colour), (true, Some(AccountColour::Red)));
    assert_eq!(settings.safety, Safety { grace: Duration::ZERO, protect: vec!["prod-*".to_owned()] });
    assert_eq!(settings.poll, Poll { fresh: Duration::from_secs(10), watch: Duration::from_secs(1) });
    assert_eq!(settings.keys["refresh"], ["F5", "ctrl-r"]);
    assert_eq!(settings.keys["raw"].len(), 0);
    assert_eq!(settings.theme, ToneColours { error: AccountColour::Cyan, ..ToneColours::default() });
    assert_eq!(settings.lang.as_deref(), Some("en"));
}

#[test]
fn a_budget_of_nothing_means_that_no_limit_is_known() {
    let limit = |budget: &str| parse(&format!("{ACCOUNT}{budget}")).unwrap().accounts[0].limit;
    assert_eq!(limit(""), Some(Limit { per_minute: 6, spacing_ms: 500 }));
    assert_eq!(limit("budget = { per_minute = 0 }"), None);
    assert_eq!(limit("budget = { per_minute = 60 }"), Some(Limit { per_minute: 60, spacing_ms: 500 }));
    assert_eq!(limit("[account.budget]\nspacing_ms = 0"), Some(Limit { per_minute: 6, spacing_ms: 0 }));
}

const SECRET: &str = "Accepted: secret = { env = \"NAME\" } or { command = [\"PROGRAM\", \"ARGUMENT\"] }; without it the keyring is read";
const KEYS: &str = "name, provider, endpoint, client_id, secret, budget, read_only, colour";
const HTTPS: &str = "Accepted: https://, or http:// to this machine (127.0.0.1, [::1], localhost)";
const NAME: &str = "accepted: at most 64 letters, digits and signs, no space, none of / \\ =, and no - or . in front";

#[rstest]
#[case("acount = 1\n", "config.toml:1: acount: unknown key; did you mean account? Accepted: account, safety, poll, notify, address, ssh, watchdog, command, keys, theme, lang".to_owned())]
#[case("\n[account]\nname = \"lab\"\n", "config.toml:2: account: each account is a section of its own; accepted: [[account]]".to_owned())]
#[case("[[account]]\n", "config.toml:1: [[account]] name: is missing; accepted: any text, unique among the accounts\nconfig.toml:1: [[account]] provider: is missing; accepted: indigo".to_owned())]
#[case("[[account]]\nname = \"lab\"\nprovider = \"indigo\"\n", "config.toml:1: [[account]] client_id: is missing; accepted: the API key (32 letters); the API private key is the secret".to_owned())]
#[case("[[account]]\nname = \"lab\"\nprovider = \"indgo\"\n", "config.toml:3: [[account]] provider: \"indgo\" is not known; did you mean indigo? Accepted: indigo".to_owned())]
#[case("[[account]]\nname = \"lab\"\nprovider = \"conoha\"\n", "config.toml:3: [[account]] provider: \"conoha\" is not known; accepted: indigo".to_owned())]
#[case("[[account]]\nname = \"a/b\"\nprovider = \"indigo\"\nclient_id = \"k\"\n", format!("config.toml:2: [[account]] name: \"a/b\" cannot be a name; {NAME}"))]
#[case("[[account]]\nname = 5\nprovider = \"indigo\"\nclient_id = \"\"\n", "config.toml:2: [[account]] name: this number does not fit here; accepted: a text in quotes\nconfig.toml:4: [[account]] client_id: is empty".to_owned())]
#[case(&format!("{ACCOUNT}endpiont = \"https://x\"\n"), format!("config.toml:5: [[account]] endpiont: unknown key; did you mean endpoint? Accepted: {KEYS}"))]
#[case(&format!("{ACCOUNT}\n{ACCOUNT}"), "config.toml:7: [[account]] name: \"lab\" is the account of line 2 already; names are unique".to_owned())]
#[case(&format!("{ACCOUNT}endpoint = \"http://api.customer.jp\"\n"), format!("config.toml:5: [[account]] endpoint: plain http to api.customer.jp would send the secret readable by all on the way. {HTTPS}"))]
#[case(&format!("{ACCOUNT}[theme]\nerorr = \"red\"\n"), "config.toml:6: [theme] erorr: unknown key; did you mean error? Accepted: ok, error, busy, mark".to_owned())]
#[case(&format!("{ACCOUNT}[theme]\nbusy = \"#ff0000\"\n"), "config.toml:6: [theme] busy: \"#ff0000\" is not known; accepted: red, green, yellow, blue, magenta, cyan, white".to_owned())]
#[case(&format!("lang = \"ja\"\n{ACCOUNT}"), "config.toml:1: lang: \"ja\" is not known; accepted: en".to_owned())]
#[case(&format!("{ACCOUNT}colour = \"pink\"\n"), "config.toml:5: [[account]] colour: \"pink\" is not known; accepted: red, green, yellow, blue, magenta, cyan, white".to_owned())]
#[case(&format!("{ACCOUNT}read_only = \"yes\"\n"), "config.toml:5: [[account]] read_only: a text does not fit here; accepted: true or false".to_owned())]
#[case(&format!("{ACCOUNT}budget = {{ per_minute = -1, spacing = 5 }}\n"), "config.toml:5: [[account]] budget spacing: unknown key; did you mean spacing_ms? Accepted: per_minute, spacing_ms\nconfig.toml:5: [[account]] budget per_minute: this number does not fit here; accepted: a whole number from 0 to 100000".to_owned())]
#[case(&format!("{ACCOUNT}secret = \"hunter2\"\n"), format!("config.toml:5: [[account]] secret: a secret never stands in this file. {SECRET}"))]
#[case(&format!("{ACCOUNT}api_private_key = \"hunter2\"\n"), format!("config.toml:5: [[account]] api_private_key: a secret never stands in this file. {SECRET}"))]
#[case(&format!("{ACCOUNT}secret = {{ environment = \"S\" }}\n"), format!("config.toml:5: [[account]] secret: knows no such place. {SECRET}"))]
#[case(&format!("{ACCOUNT}secret = {{ env = \"S\", command = [\"x\"] }}\n"), format!("config.toml:5: [[account]] secret: names one place. {SECRET}"))]
#[case(&format!("{ACCOUNT}secret = {{ command = \"pass show\" }}\n"), format!("config.toml:5: [[account]] secret: command is a list: the program and its arguments, run without a shell. {SECRET}"))]
#[case("[safety]\ngrace = \"5\"\n", "config.toml:2: [safety] grace: \"5\" is no length of time; accepted: a whole number with ms, s, m or h, such as \"5s\"".to_owned())]
#[case("[safety]\ngrace = 5\n", "config.toml:2: [safety] grace: this number does not fit here; accepted: a text in quotes".to_owned())]
#[case("[safety]\ngrace = \"2h\"\n", "config.toml:2: [safety] grace: \"2h\" is out of range; accepted: from 0s to 1h".to_owned())]
#[case("[safety]\nprotect = \"prod-*\"\n", "config.toml:2: [safety] protect: a text does not fit here; accepted: a list of texts, such as [\"one\", \"two\"]".to_owned())]
#[case("[poll]\nfresh = \"0s\"\nwach = \"2s\"\n", "config.toml:2: [poll] fresh: \"0s\" is out of range; accepted: from 1s to 1h\nconfig.toml:3: [poll] wach: unknown key; did you mean watch? Accepted: fresh, watch".to_owned())]
#[case("poll = 5\n", "config.toml:1: poll: this number does not fit here; accepted: a section [poll]".to_owned())]
#[case("[keys]\ndestroy = 5\n", "config.toml:2: [keys] destroy: this number does not fit here; accepted: a key such as \"D\", or a list of keys; [] for none".to_owned())]
#[case("lang = \"ja\"\n", "config.toml:1: lang: \"ja\" is not known; accepted: en".to_owned())]
fn a_mistake_names_line_key_and_what_is_accepted(#[case] text: &str, #[case] said: String) {
    assert_eq!(parse(text).unwrap_err(), said);
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_their_lines() {
    let text = format!("{ACCOUNT}color = \"red\"\n[poll]\nfresh = \"soon\"\n[safety]\ngrace = true\n[theme]\nx = 1\n");
    let said = parse(&text).unwrap_err();
    let lines: Vec<&str> = said.lines().filter_map(|line| line.split(": ").next()).collect();
    assert_eq!(lines, ["config.toml:5", "config.toml:7", "config.toml:9", "config.toml:11"]);
}

#[rstest]
#[case("[[account]]\nname = \"lab\nclient = 1\n", "config.toml:2: is not TOML: ")]
#[case("[[account]]\nname = \"a\"\nname = \"hunter2\"\n", "config.toml:3: is not TOML: duplicate key")]
fn what_is_not_toml_names_its_line_and_repeats_no_value(#[case] text: &str, #[case] begins: &str) {
    let said = parse(text).unwrap_err();
    assert!(said.starts_with(begins), "{said}");
    assert!(!said.contains("hunter2") && !said.contains('\n'), "{said}");
}

#[test]
fn no_mistake_repeats_what_stands_for_a_secret() {
    for line in [
        "secret = \"hunter2\"",
        "password = \"hunter2\"",
        "secret = { env = [\"hunter2\"] }",
        "endpoint = \"https://me:hunter2@x\"",
    ] {
        let said = parse(&format!("{ACCOUNT}{line}\n")).unwrap_err();
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_missing_file_is_told_from_an_unreadable_one() {
    let home = tempfile::tempdir().unwrap();
    let env = Environment::below(home.path(), &[]);
    assert!(matches!(Settings::load(&env), Err(ConfigError::Missing(_))));
    std::fs::create_dir_all(&env.config).unwrap();
    assert!(matches!(Settings::load(&env), Err(ConfigError::Unreadable { .. })));
    let env = env.with_config(home.path().join("latin1.toml"));
    std::fs::write(&env.config, b"lang = \"\xe9\"").unwrap();
    assert!(english(&Settings::load(&env).unwrap_err().phrase()).ends_with("it is not UTF-8 text"));
}
