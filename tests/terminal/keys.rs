//! SSH keys and keys of the provider's API, as a person adds, changes and deletes them.

use rstest::rstest;
use rustix::process::Signal;

use super::lab::Lab;
use super::pty::Terminal;

const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCKVNQ1fbahwpdnV0M4FTliKoVVhO+jdsDq5pbwdNY78jVtEBAGA6wwHfA1mmwZYKRNYRqwJqFkKMiUYlz2s45LOtRsoYhJY42lmjDu8PK0WrQ4SNJESlQhncq0udHylfvqech8GXROe/iC7ClftkySsHOg+zGVyi08Znlr4G5frRHulJseMkaVa7E0PJYLn+8FGiGOszk2ZBAf2AOJtpCJcqW/9pOZBOciOYBFegCpwGM4R/zcM/0V7lAEtxRJQYbMQ6kRIaUsaJ+6s4VCNWkcYEBfl042ZJtthX6IHyY+QH0AKnCH+ZOG88oomMoT5gGY2zYfX5noBEdJ2JpqKIWH";
const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPa56k/VjuDB5fL5FwJlFnLJVAor3JGjpbgoYs2aeauI";
const PRIVATE: &str = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0LW1hdGVyaWFs\n-----END OPENSSH PRIVATE KEY-----\n";

fn write(lab: &Lab, name: &str, text: &str) {
    let folder = lab.home().join(".ssh");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
}

/// The lines of the keys that the provider has.
fn lines(lab: &Lab) -> Vec<String> {
    let mut lines = Vec::new();
    lab.simulation.change(|world| {
        lines.extend(world.accounts[0].ssh_keys.iter().map(|key| key.line.clone()));
    });
    lines
}

/// Secret and key of the API key that was made last.
fn made(lab: &Lab) -> (String, String) {
    let mut made = (String::new(), String::new());
    lab.simulation.change(|world| {
        let key = world.accounts[0].api_keys.last().unwrap();
        made = (key.secret.clone(), key.key.clone());
    });
    made
}

#[track_caller]
fn in_no_file(lab: &Lab, text: &str) {
    for file in lab.files() {
        let bytes = std::fs::read(&file).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains(text), "{} has {text}", file.display());
    }
}

/// The pane of SSH keys.
fn keys_of(lab: &Lab) -> Terminal {
    let terminal = lab.fleet("db");
    terminal.keys("K").wait_line(&["laptop", "Active"]);
    terminal
}

/// The pane of the API's keys.
fn api_keys_of(lab: &Lab) -> Terminal {
    let terminal = lab.fleet("db");
    terminal.keys("KK").wait_line(&["In use here"]);
    terminal
}

#[test]
fn a_key_of_a_file_is_added_without_the_comment_that_may_be_refused() {
    let lab = Lab::small();
    write(&lab, "id_rsa.pub", &format!("{RSA} me@desk\n"));
    write(&lab, "id_rsa", PRIVATE);
    write(&lab, "wrong.pub", PRIVATE);
    let terminal = keys_of(&lab);
    terminal.keys("c").wait_line(&["1  ~/.ssh/id_rsa.pub", "rsa 2048", "me@desk"]);
    terminal
        .wait_line(&["~/.ssh/wrong.pub", "a private key: refused"])
        .keys("2")
        .wait_line(&["a private key: refused"]);
    terminal.keys("1").wait_line(&["Name", "me-desk"]).wait_line(&["Comment", "[ ] me@desk goes with it"]);
    terminal.wait_for("SHA256:joP6LzSGp/MwS6evYIM1btncJuDsYzbGR/uESpI9ZrQ");
    // What goes on is the button; back from the dialog all stands as it was.
    terminal.keys("<Enter><Enter>").wait_for("[ Go on ]").keys("<Enter>").wait_for("ssh-rsa, 2048 bits");
    terminal.keys("n").wait_gone("2048 bits").wait_for("[ Go on ]").keys("<Enter>").wait_for("y yes").keys("y");
    terminal.wait_line(&["me-desk", "Active", "rsa 2048"]);
    assert_eq!(lines(&lab).last().unwrap(), RSA);
    assert_eq!(lab.changes_sent(), 1);
    in_no_file_of_ours(&lab, "c2VjcmV0");
}

/// In none but those of `~/.ssh`, where the test put it.
#[track_caller]
fn in_no_file_of_ours(lab: &Lab, text: &str) {
    for file in lab.files().iter().filter(|file| !file.starts_with(lab.home().join(".ssh"))) {
        let bytes = std::fs::read(file).unwrap_or_default();
        assert!(!String::from_utf8_lossy(&bytes).contains(text), "{} has {text}", file.display());
    }
}

#[test]
fn a_private_key_is_refused_however_it_comes_and_nothing_of_it_stays() {
    let lab = Lab::small();
    let terminal = keys_of(&lab);
    terminal.keys("c").wait_for("paste or type one").keys("p").wait_for("paste or type the line");
    terminal.paste(PRIVATE).wait_for("a private key: refused");
    assert!(!terminal.screen().contains("c2VjcmV0"), "{}", terminal.screen());
    terminal.keys("x").wait_for("x is no kind of SSH key").keys("<BS>");
    // A terminal that does not tell of pastes types all of it: nothing behind its beginning is taken.
    terminal.keys(&PRIVATE.replace('\n', "\r")).wait_for("a private key: refused. Ctrl-u starts over");
    assert!(!terminal.screen().contains("c2V") && !terminal.screen().contains("END"), "{}", terminal.screen());
    terminal
        .keys("<C-u>")
        .wait_for("paste or type the line")
        .paste(&format!("{RSA}\n{ED25519}\n"))
        .wait_for("more than one line");
    terminal.keys("<Esc>").wait_gone("Add an SSH key");
    in_no_file(&lab, "c2VjcmV0");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn a_kind_that_may_be_refused_is_warned_of_and_the_provider_decides() {
    let lab = Lab::small();
    let terminal = keys_of(&lab);
    // A paste into the menu is meant for the form.
    terminal.keys("c").wait_for("paste or type one").paste(&format!("{ED25519} me@laptop\n"));
    terminal.wait_line(&["Name", "me-laptop"]).wait_for("ssh-ed25519 was refused here in the past");
    terminal.keys("<Tab><Tab><Space>").wait_line(&["[x] me@laptop goes with it"]);
    terminal.wait_for("may be refused.").keys("<Tab><Enter>").wait_for("y yes").keys("y");
    terminal.wait_until("the reason, over some lines", |lines| {
        let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
        words.join(" ").contains("Invalid SSH key. The SSH key is not of a kind that is taken.")
    });
    terminal.wait_line(&["add-key me-laptop", "Failed", "Invalid SSH key."]);
    assert_eq!((lab.changes_sent(), lab.effects()), (1, vec![]));
}

#[test]
fn a_key_is_taken_out_of_offer_offered_again_and_renamed() {
    let lab = Lab::small();
    let terminal = keys_of(&lab);
    terminal.keys("e").wait_for("deactivate").keys("d").wait_for("is not offered to new instances").wait_for("web-01");
    terminal.keys("y").wait_line(&["laptop", "Not offered"]);
    terminal.keys("e").wait_line(&["d  deactivate", "it is not offered already"]).keys("a").wait_for("y yes").keys("y");
    terminal.wait_line(&["laptop", "Active"]);
    terminal.keys("e").wait_for("rename").keys("n").wait_line(&["Name: laptop"]).keys("<Enter>").wait_for("y yes");
    terminal.keys("y").wait_for("nothing is changed by it").keys("e<C-u>old laptop<Enter>");
    terminal.wait_for("It is named old laptop from then on").keys("y").wait_line(&["old laptop", "Active"]);
    assert_eq!(lab.verbs(), ["update_ssh_key"; 3]);
}

#[rstest]
#[case::indigo("small")]
#[case::conoha("conoha")]
fn a_key_is_deleted_by_its_name_and_those_that_have_it_are_named(#[case] world: &str) {
    let lab = Lab::of(world);
    let terminal = keys_of(&lab);
    terminal.keys("D").wait_for("Type laptop").wait_for("made with it").wait_for("web-01");
    terminal.keys("laptop<Enter>").wait_for("No SSH keys.");
    assert!(lines(&lab).is_empty());
}

#[test]
fn a_name_that_the_provider_does_not_take_is_said_before_anything_is_sent() {
    let lab = Lab::of("conoha");
    let terminal = keys_of(&lab);
    // It knows no offer and no renaming: there is no such command.
    terminal.keys("e").keys("c").wait_for("paste or type one").paste(&format!("{ED25519} me@laptop"));
    terminal.wait_line(&["[x] me@laptop goes with it"]).keys("<Tab><C-u>my key");
    terminal.wait_line(&["Name", "my key", "letters, digits, _ and - alone"]).keys("<Tab><Tab><Enter>");
    terminal.keys("<C-u>my_key").wait_line(&["Name", "my_key"]).wait_gone("letters, digits");
    terminal.keys("<Tab><Tab><Enter>").wait_for("y yes").keys("y").wait_line(&["my_key", "Active", "ed25519"]);
    assert_eq!(lines(&lab).last().unwrap(), &format!("{ED25519} me@laptop"));
}

#[test]
fn several_marked_keys_go_together() {
    let lab = Lab::small();
    write(&lab, "id_rsa.pub", RSA);
    let added = lab.without_terminal(&["key", "add", ".ssh/id_rsa.pub", "--yes"]);
    assert!(added.status.success(), "{added:?}");
    let terminal = keys_of(&lab);
    terminal
        .wait_line(&["id_rsa", "Active"])
        .keys("/id<Enter>")
        .wait_for("1 of 2")
        .keys("<Esc>")
        .wait_line(&["laptop"]);
    terminal.keys("*").wait_for("2 marked").keys("e").wait_for("deactivate").keys("d").wait_for("y yes").keys("y");
    terminal.wait_until("both are off", |lines| lines.iter().filter(|l| l.contains("Not offered")).count() == 2);
    terminal
        .keys("*")
        .wait_for("2 marked")
        .keys("D")
        .wait_for("Type delete 2")
        .keys("delete 2<Enter>")
        .wait_for("No SSH keys.");
}

#[test]
fn an_api_key_is_made_once_and_its_secret_is_seen_once_and_written_nowhere() {
    let lab = Lab::small();
    let terminal = api_keys_of(&lab);
    terminal.keys("c").wait_for("never told again").keys("n").wait_gone("never told again");
    assert!(lab.effects().is_empty());
    terminal.keys("c").wait_for("y yes").keys("y").wait_for("Esc Esc close");
    let (secret, key) = made(&lab);
    terminal.wait_line(&["Key", &key]).wait_line(&["Secret", &secret]);
    terminal.keys("y").wait_for("copied to the clipboard");
    assert_eq!(terminal.copied().len(), 1);
    // Nobody loses it by one key too many.
    terminal.keys("<Esc>").wait_for("Esc once more closes it").keys("q").wait_gone("Esc once more").wait_for(&secret);
    terminal.keys("<Esc>").wait_for("Esc once more closes it").keys("<Esc>").wait_gone(&secret);
    terminal.wait_line(&[&key, "-"]);
    terminal.keys("q").wait_for("db").keys("q");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(lab.effects().len(), 1, "{:?}", lab.effects());
    in_no_file(&lab, &secret);
    let requests = lab.simulation.requests().iter().filter(|r| r.path.contains("create/apikey")).count();
    assert_eq!(requests, 1);
}

#[test]
fn the_api_key_in_use_is_guarded_and_another_is_deleted_by_its_name() {
    let lab = Lab::small();
    let made_one = lab.without_terminal(&["key", "api", "create", "--yes"]);
    assert!(made_one.status.success(), "{made_one:?}");
    let (_, key) = made(&lab);
    let terminal = api_keys_of(&lab);
    terminal.keys(&format!("/{}<Enter>", lab.simulation.accounts()[0].client_id)).wait_for("1 of 2");
    terminal.keys("D").wait_for("this program logs in with it").keys("<Esc>").wait_gone("1 of 2");
    terminal.keys(&format!("/{key}<Enter>")).wait_for("1 of 2");
    terminal.keys("D").wait_for("cannot any more").wait_for("go on for a while").keys(&format!("{key}<Enter>"));
    terminal.wait_that("it is deleted", || lab.effects().len() == 2);
}

#[test]
fn a_lost_answer_to_an_api_key_is_never_asked_for_again() {
    let lab = Lab::small();
    let fault = vpsdeck::sim::Fault::new(vpsdeck::sim::FaultKind::LostAnswer);
    lab.simulation.add_fault(fault.on("GET", "create/apikey").times(1));
    let terminal = api_keys_of(&lab);
    terminal.keys("c").wait_for("y yes").keys("y").wait_line(&["create-api-key", "Unknown outcome"]);
    terminal.signal(Signal::TERM);
    terminal.exit_code();
    assert_eq!(lab.effects().len(), 1);
    // The next run finds it again, and asks; it sends nothing by itself.
    let terminal = lab.fleet("db");
    terminal.keys("5").wait_line(&["create-api-key", "Unknown outcome"]);
    assert_eq!(lab.effects().len(), 1);
}

#[test]
fn where_no_account_has_api_keys_there_is_no_such_pane() {
    let lab = Lab::of("conoha");
    let terminal = keys_of(&lab);
    terminal.keys("K").keys(":api").wait_gone("keys of the provider's API").keys("<Esc>");
    terminal.wait_line(&["laptop", "Active"]);
}
