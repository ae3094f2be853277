//! What a change leaves alone.

use super::*;
use crate::settings::stub::STUB;

const FILE: &str = r#"# My servers.

# the small one
[[account]]
name = "indigo"          # ours
provider = "indigo"
client_id = "old"        # since May
colour = "red"
secret = { env = "S" }

# about safety
[safety]
grace = "3s"             # enough
"#;

fn entry<'a>(name: &'a str, values: &'a BTreeMap<String, String>, secret: &'a SecretFrom) -> AccountEntry<'a> {
    AccountEntry { name, provider: &STUB[0], values, secret, header: "Accounts of vpsdeck." }
}

fn values(client_id: &str) -> BTreeMap<String, String> {
    [("client_id", client_id), ("endpoint", "https://api.customer.jp")]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into()
}

#[test]
fn the_first_account_begins_a_file() {
    let text = put("", &entry("indigo", &values("k"), &SecretFrom::Keyring)).unwrap();
    let expected = "# Accounts of vpsdeck.\n\n\
        [[account]]\nname = \"indigo\"\nprovider = \"indigo\"\nclient_id = \"k\"\n";
    assert_eq!(text, expected);
}

#[test]
fn a_further_account_changes_no_other_line() {
    let text =
        put(FILE, &entry("second", &values("k"), &SecretFrom::Command(vec!["pass".into(), "x y".into()]))).unwrap();
    for line in FILE.lines() {
        assert!(text.contains(line), "lost: {line}\n{text}");
    }
    let added = "\n[[account]]\nname = \"second\"\nprovider = \"indigo\"\nclient_id = \"k\"\nsecret = { command = [\"pass\", \"x y\"] }\n";
    assert!(text.contains(added), "{text}");
}

#[test]
fn an_account_that_is_replaced_keeps_its_comments_and_other_keys() {
    let text = put(FILE, &entry("indigo", &values("new"), &SecretFrom::Keyring)).unwrap();
    let expected = FILE.replace("\"old\" ", "\"new\" ").replace("secret = { env = \"S\" }\n", "");
    assert_eq!(text, expected);
}

#[test]
fn an_account_takes_its_own_comment_with_it_and_no_other() {
    let expected = "# My servers.\n\n# about safety\n[safety]\ngrace = \"3s\"             # enough\n";
    assert_eq!(take_out(FILE, "indigo").unwrap(), expected);
    assert_eq!(take_out(FILE, "other"), Err(EditError::NoAccount("other".to_owned())));
}

#[test]
fn accounts_in_one_line_are_changed_as_well() {
    let text = "account = [{ name = \"a\", provider = \"indigo\", client_id = \"k\" }]\n";
    let both = put(text, &entry("b", &values("k2"), &SecretFrom::Keyring)).unwrap();
    assert!(both.starts_with("account = [{ name = \"a\""), "{both}");
    let file = std::path::Path::new("c");
    let read = crate::settings::config::settings::Settings::parse_with(file, &both, &STUB).unwrap();
    assert_eq!(read.accounts.len(), 2);
    assert_eq!(take_out(&both, "b").unwrap().trim(), text.trim());
}
