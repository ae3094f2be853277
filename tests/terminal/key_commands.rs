//! `vpsdeck key` without a screen.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::lab::{Lab, json, run};

const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCKVNQ1fbahwpdnV0M4FTliKoVVhO+jdsDq5pbwdNY78jVtEBAGA6wwHfA1mmwZYKRNYRqwJqFkKMiUYlz2s45LOtRsoYhJY42lmjDu8PK0WrQ4SNJESlQhncq0udHylfvqech8GXROe/iC7ClftkySsHOg+zGVyi08Znlr4G5frRHulJseMkaVa7E0PJYLn+8FGiGOszk2ZBAf2AOJtpCJcqW/9pOZBOciOYBFegCpwGM4R/zcM/0V7lAEtxRJQYbMQ6kRIaUsaJ+6s4VCNWkcYEBfl042ZJtthX6IHyY+QH0AKnCH+ZOG88oomMoT5gGY2zYfX5noBEdJ2JpqKIWH";

#[test]
fn a_key_goes_through_its_life() {
    let lab = Lab::small();
    std::fs::write(lab.home().join("k.pub"), format!("{RSA} me@desk\n")).unwrap();
    let (code, out, err) = run(&lab, "key add k.pub");
    assert_eq!((code, lab.changes_sent()), (5, 0), "{out}{err}");
    assert!(out.contains("ssh-rsa, 2048 bits, SHA256:") && err.contains("--yes answers"), "{out}{err}");
    let (code, document) = json(&lab, "key add k.pub --name desk --yes");
    assert_eq!((code, document["result"].as_str()), (0, Some("done")), "{document}");
    let (code, out, _) = run(&lab, "key list");
    assert_eq!(code, 0);
    assert!(out.lines().any(|l| l.contains("desk") && l.contains("yes") && l.contains("rsa 2048")), "{out}");
    assert_eq!(run(&lab, "key deactivate indigo/desk --yes").0, 0);
    let (code, _, err) = run(&lab, "key deactivate desk --yes");
    assert_eq!((code, err.contains("it is not offered already")), (0, true), "{err}");
    assert_eq!(run(&lab, "key activate desk --yes").0, 0);
    assert_eq!(run(&lab, "key rename desk table --yes").0, 0);
    let (_, list) = json(&lab, "list keys");
    let key = list["keys"].as_array().unwrap().iter().find(|k| k["name"] == "table").unwrap().clone();
    assert_eq!((key["active"].as_bool(), key["public"].as_str()), (Some(true), Some(RSA)), "without its comment");
    assert!(key["fingerprint"].as_str().unwrap().starts_with("SHA256:"), "{key}");
    let (code, _, err) = run(&lab, "delete key table --yes");
    assert_eq!((code, err.contains("--confirm table")), (5, true), "{err}");
    assert_eq!(run(&lab, "delete key table --confirm table").0, 0);
    let changes = ["add_ssh_key", "update_ssh_key", "update_ssh_key", "update_ssh_key", "delete_ssh_key"];
    assert_eq!(lab.verbs(), changes);
    let (code, _, err) = run(&lab, "key delete nobody --confirm nobody");
    assert_eq!((code, err.as_str()), (2, "vpsdeck: there is no nobody\n"));
}

#[test]
fn a_private_key_is_refused_from_a_file_and_from_standard_input() {
    let lab = Lab::small();
    let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n";
    std::fs::write(lab.home().join("id"), private).unwrap();
    let (code, out, err) = run(&lab, "key add id --yes");
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("id: a private key: refused") && !err.contains("c2VjcmV0"), "{err}");
    let from_stdin = |text: &str, words: &[&str]| {
        let program = lab.program(words);
        let mut command = Command::new(&program.argv[0]);
        command.args(&program.argv[1..]).env_clear().envs(&program.variables).current_dir(&program.folder);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It may have ended already, at the first line.
        let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
        child.wait_with_output().unwrap()
    };
    let refused = from_stdin(private, &["key", "add", "-", "--yes"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let added = from_stdin(&format!("{RSA} me@desk\n"), &["key", "add", "-", "--yes"]);
    assert_eq!(added.status.code(), Some(0), "{added:?}");
    assert_eq!(lab.verbs(), ["add_ssh_key"]);
    let missing = run(&lab, "key add nowhere.pub --yes");
    assert_eq!((missing.0, missing.2.contains("nowhere.pub: No such file")), (2, true), "{missing:?}");
}

#[test]
fn which_account_is_to_be_said_where_several_could() {
    let lab = Lab::of("both");
    std::fs::write(lab.home().join("k.pub"), RSA).unwrap();
    let (code, _, err) = run(&lab, "key add k.pub --yes");
    assert_eq!((code, err.contains("--account names one of: indigo, conoha")), (2, true), "{err}");
    let (code, _, err) = run(&lab, "key add k.pub --account conoha --name a.b --yes");
    assert_eq!((code, err.contains("--name a.b: letters, digits")), (2, true), "{err}");
    let (code, out, err) = run(&lab, "key add k.pub --account conoha --yes");
    assert_eq!((code, lab.changes_sent()), (0, 1), "{out}{err}");
    // It is named after its file, and cannot be renamed there.
    let (code, _, err) = run(&lab, "key rename conoha/k new --yes");
    assert_eq!((code, err.contains("this provider has no such thing")), (5, true), "{err}");
    // The one account that has API keys needs no naming.
    assert_eq!(run(&lab, "key api create --dry-run").0, 0);
    assert_eq!(lab.changes_sent(), 1);
}

#[test]
fn the_secret_of_an_api_key_is_printed_once_and_only_where_yes_was_said() {
    let lab = Lab::small();
    let (code, out, err) = run(&lab, "key api create");
    assert_eq!((code, lab.effects().len()), (5, 0), "{out}{err}");
    assert!(err.contains("--yes makes the key and prints its secret"), "{err}");
    let (code, document) = json(&lab, "key api create --yes");
    let (secret, key) = (document["secret"].as_str().unwrap().to_owned(), document["secret_name"].clone());
    assert_eq!((code, secret.len(), document["secret_of"].as_str()), (0, 16, Some("api_key")), "{document}");
    let (code, out, err) = run(&lab, "key api create --yes");
    let line = out.lines().find(|line| line.starts_with("Secret: ")).unwrap_or_else(|| panic!("{out}"));
    let other = line.trim_start_matches("Secret: ").to_owned();
    assert_eq!((code, other.len(), err.contains(&other)), (0, 16, false), "{err}");
    for file in lab.files() {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&secret) && !text.contains(&other), "{}", file.display());
    }
    let (code, list) = json(&lab, "key api list");
    assert_eq!((code, list["api_keys"].as_array().unwrap().len()), (0, 3), "{list}");
    let mine = lab.simulation.accounts()[0].client_id.clone();
    let (code, _, err) = run(&lab, &format!("key api delete {mine} --confirm {mine}"));
    assert_eq!((code, err.contains("this program logs in with it")), (5, true), "{err}");
    let key = key.as_str().unwrap();
    assert_eq!(run(&lab, &format!("key api delete {key} --confirm {key}")).0, 0);
    assert_eq!(lab.verbs(), ["create_api_key", "create_api_key", "delete_api_key"]);
}
