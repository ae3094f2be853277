//! New instances, from the key to their end.

use vpsdeck::sim::{Fault, FaultKind};

use super::lab::{Lab, go_to};
use super::pty::Terminal;

const RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXFxcXF me@desk";
const ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f me@desk";

/// Puts files into `~/.ssh`.
fn ssh(lab: &Lab, files: &[(&str, &str)]) {
    let folder = lab.home().join(".ssh");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

/// Through the form as far as the fields of the last page, from an image and a plan.
fn as_far_as_the_fields(terminal: &Terminal, image: &str, plan: &str, name: &str) {
    terminal.keys("c").wait_for("what from").wait_for("Debian");
    terminal.keys(image).wait_line(&["> ", image]).keys("<Enter>").wait_for("2/4").wait_for(plan);
    terminal.keys(plan).wait_line(&["> ", plan]).keys("<Enter>").wait_for("3/4");
    terminal.keys(name).wait_line(&["Name", name]);
}

/// Down to the button, and to the dialog.
fn sum_up(terminal: &Terminal) {
    terminal.keys("<Down><Down><Down><Down><Down><Down><Down>").wait_for("[ Go on to the summary ]");
    terminal.keys("<Enter>").wait_for("y yes");
}

#[test]
fn a_linux_is_made_with_a_key_of_this_machine_that_is_added_first_and_started() {
    let lab = Lab::small();
    let laptop = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDsmall another comment";
    let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nNOBODYREADSTHIS\n";
    ssh(
        &lab,
        &[("id_rsa.pub", RSA), ("ed.pub", ED25519), ("same.pub", laptop), ("id_rsa", private), ("x.pub", private)],
    );
    let terminal = lab.fleet("db");
    as_far_as_the_fields(&terminal, "Debian 12", "2vCPU2GB40GB", "new-01");
    terminal.wait_line(&["Region", "Tokyo"]).wait_line(&["SSH key", "laptop"]);
    terminal.keys("<Down><Down><Enter>").wait_for("SSH key").wait_line(&["> laptop"]).wait_line(&[
        "ed ",
        "will be added first",
        "may be refused",
    ]);
    assert!(!terminal.shows("same"), "the provider has it under another name\n{}", terminal.screen());
    terminal.keys("<Down>").wait_for("ssh-ed25519 may be refused");
    terminal.keys("<Down>").wait_line(&["> id_rsa", "will be added first"]).keys("<Enter>");
    terminal.wait_line(&["SSH key", "id_rsa"]);
    sum_up(&terminal);
    terminal.wait_for("id_rsa, added first").wait_for("POST /webarenaIndigo/v1/vm/createinstance");
    terminal.wait_for("\"instanceName\": \"new-01\"").wait_for("JPY 814 a month");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("v").wait_for("\"sshKey\": \"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQD").keys("<Esc>");
    terminal
        .wait_gone("What is sent")
        .wait_for("y yes")
        .keys("y")
        .wait_line(&["create new-01", "Done"])
        .wait_line(&["new-01", "► Running"]);
    assert_eq!(lab.verbs().last().unwrap(), "start");
    assert_eq!(lab.verbs().iter().filter(|v| *v == "create_instance").count(), 1, "{:?}", lab.effects());
    assert_eq!(lab.journal().iter().filter(|l| l.to_string().contains("NOBODYREADSTHIS")).count(), 0);
    terminal.keys("5").wait_line(&[">", "create new-01"]).keys("<Enter>").wait_for("vpsdeck create --account indigo");
}

#[test]
fn an_import_that_fails_says_that_it_is_billed_and_is_destroyed_from_its_operation() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("4").wait_for("Debian").keys("/import").wait_line(&["> ", "Import VM"]).keys("<Enter>");
    terminal.keys("c").wait_for("2/5").wait_for("Where the disk image is fetched from");
    terminal.keys("<Enter>").wait_for("it needs an address");
    terminal.keys("http://images.invalid/d.iso").wait_for("not https").wait_for(".qcow2").keys("<Enter>");
    terminal.wait_for("3/5").wait_for("1vCPU1GB20GB").keys("<Enter>").wait_for("4/5").keys("imported");
    assert!(!terminal.shows("SSH key"), "no key is put on what is imported\n{}", terminal.screen());
    terminal.wait_line(&["Region", "Tokyo"]);
    sum_up(&terminal);
    terminal.wait_for("not https").wait_for("cloud-init").keys("y");
    terminal.wait_for("imported exists and is billed");
    terminal
        .keys("5")
        .wait_line(&[">", "create imported", "Failed"])
        .keys("<Enter>")
        .wait_for("entered is invalid")
        .wait_for("start imported");
    terminal
        .keys("<Esc>")
        .wait_line(&[">", "create imported"])
        .keys("D")
        .wait_for("Type imported")
        .keys("imported<Enter>");
    terminal.wait_line(&["destroy imported", "Done"]);
    assert_eq!(lab.verbs(), ["create_instance", "destroy"]);
}

#[test]
fn a_draft_is_kept_taken_up_and_begun_anew() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    as_far_as_the_fields(&terminal, "Debian 12", "2vCPU2GB40GB", "half-done");
    terminal.keys("<Esc>").wait_for("c takes it up again").wait_line(&[">", "db"]);
    terminal.keys("c").wait_for("3/4").wait_line(&["Name", "half-done"]).wait_for("2vCPU2GB40GB");
    // What stays is what fits: another image asks for its plan again.
    terminal.keys("<S-Tab>").wait_for("2/4").keys("<S-Tab>").wait_for("1/4").keys("Windows Server 2022<Enter>");
    terminal.wait_for("2vCPU1GB50GB").keys("<Enter>").wait_line(&["Name", "half-done"]).wait_for("Password");
    terminal.keys("<C-n>").wait_for("1/4").keys("<Esc>").wait_gone("New instance");
    terminal.keys("c").wait_for("1/4").wait_gone("half-done");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn a_windows_asks_for_a_password_that_nobody_is_shown() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    as_far_as_the_fields(&terminal, "Windows Server 2022", "2vCPU1GB50GB", "win");
    terminal.wait_line(&["Region", "Tokyo"]).keys("<Down><Down><Down><Down><Down><Down><Enter>");
    terminal.wait_for("it needs a password").keys("Sup3r#Secret").wait_for("************");
    sum_up(&terminal);
    terminal.wait_for("\"winPassword\": \"********\"").keys("y").wait_line(&["create win", "Done"]);
    terminal.wait_line(&["win", "► Running"]);
    assert!(!String::from_utf8_lossy(&terminal.written()).contains("Sup3r"));
    for file in lab.files() {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        assert!(!text.contains("Sup3r"), "{}", file.display());
    }
}

#[test]
fn a_server_is_made_behind_groups_with_a_key_pair_at_the_other_provider() {
    let lab = Lab::of("conoha").sized(120, 36);
    let terminal = lab.fleet("db");
    terminal.keys("c").wait_for("what from").wait_for("vmi-almalinux");
    terminal.keys("vmi-ubuntu-20.04-amd64-30gb").wait_line(&["> vmi-ubuntu-20.04-amd64-30gb"]).keys("<Enter>");
    // The image of the small disk goes on the small plan alone.
    terminal.wait_for("2/4").wait_line(&["> g-c1m512d30", "512 MB"]);
    assert!(!terminal.shows("g-c2m1d100"), "{}", terminal.screen());
    terminal.keys("<Enter>").wait_for("3/4").keys("new-01<Down><Down>short<Down><Enter>");
    terminal.wait_for("Space switches").wait_line(&["[ ] web"]).keys("web").wait_line(&["> [ ] web"]).keys("<Space>");
    terminal.wait_line(&["> [x] web"]).keys("<Enter>").wait_line(&["Firewalls", "web"]);
    terminal.keys("<Down><Down><Down><Enter>").wait_for("9 to 70 characters");
    terminal.keys("<C-u>").wait_gone("*****");
    sum_up(&terminal);
    terminal.wait_for("POST compute /servers").wait_for("\"security_groups\": [{\"name\": \"web\"}]");
    terminal.wait_for("tells it once").keys("y").wait_line(&["create new-01", "Done"]);
    terminal.wait_line(&["new-01", "► Running"]);
    assert_eq!(lab.verbs(), ["create_instance"]);
}

#[test]
fn an_order_whose_answer_is_lost_is_found_in_the_list_and_never_sent_twice() {
    let lab = Lab::small();
    lab.simulation.add_fault(Fault::new(FaultKind::LostAnswer).on("POST", "createinstance").times(1));
    let terminal = lab.fleet("db");
    as_far_as_the_fields(&terminal, "Debian 12", "2vCPU2GB40GB", "once");
    terminal.wait_line(&["Region", "Tokyo"]).wait_line(&["SSH key", "laptop"]);
    sum_up(&terminal);
    terminal.keys("y").wait_line(&["create once", "Done"]).wait_line(&["once", "► Running"]);
    assert_eq!(lab.verbs(), ["create_instance", "start"]);
}

#[test]
fn what_is_out_of_stock_says_so_and_can_be_asked_for_again() {
    let lab = Lab::small();
    lab.simulation.change(|world| world.account("indigo").unwrap().out_of_stock.push(2));
    let terminal = lab.fleet("db");
    as_far_as_the_fields(&terminal, "Debian 12", "2vCPU2GB40GB", "none");
    terminal.wait_line(&["Region", "Tokyo"]).wait_line(&["SSH key", "laptop"]);
    sum_up(&terminal);
    terminal.keys("y").wait_for("Out of stock");
    terminal.keys("5").wait_line(&[">", "create none", "Failed"]);
    lab.simulation.change(|world| world.account("indigo").unwrap().out_of_stock.clear());
    terminal.keys("a").wait_for("again: the same once more").keys("<Esc>").wait_gone("again: the same once more");
    terminal.keys(":again<Enter>").wait_for("y yes").wait_for("createinstance").keys("y");
    terminal.wait_line(&["create none", "Done"]);
    assert_eq!(lab.verbs(), ["create_instance", "start"]);
}

#[test]
fn the_form_works_on_the_smallest_screen() {
    let lab = Lab::small().sized(40, 10);
    let terminal = lab.run(&[]);
    terminal
        .wait_for(" db ")
        .keys("c")
        .wait_for("AlmaLinux")
        .keys("debian 12<Enter>")
        .wait_line(&["2 GB", "40 GB", "JPY"]);
    terminal.keys("<Enter>").wait_for("Name").keys("tiny").wait_line(&["Name", "tiny"]);
    terminal.wait_line(&["Region", "Tokyo"]);
    sum_up_small(&terminal);
    terminal.keys("y");
    terminal.wait_that("it is made", || lab.verbs().contains(&"start".to_owned()));
}

fn sum_up_small(terminal: &Terminal) {
    terminal.keys("<Down><Down><Down><Down><Down><Down><Down>").wait_for("[ Go on");
    terminal.keys("<Enter>").wait_for("Make it");
}

#[test]
fn without_a_screen_a_dry_run_prints_the_request_and_an_order_goes_from_end_to_end() {
    let lab = Lab::of("both");
    let run = |words: &[&str]| {
        let output = lab.without_terminal(words);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };
    let create = ["create", "--name", "cli-01", "--image", "Debian 12", "--plan", "2vCPU2GB40GB", "--key", "laptop"];
    let with = |more: &[&'static str]| [&create[..], more].concat();
    let (code, _, err) = run(&with(&["--dry-run"]));
    assert_eq!((code, err.contains("--account takes one of indigo, conoha")), (2, true), "{err}");
    let (code, out, err) = run(&with(&["--account", "indigo", "--dry-run"]));
    assert_eq!((code, lab.changes_sent()), (0, 0), "{out}{err}");
    assert!(out.contains("POST /webarenaIndigo/v1/vm/createinstance"), "{out}");
    assert!(out.contains(r#""instanceName":"cli-01","instancePlan":2,"osId":22,"regionId":1,"sshKeyId":"#), "{out}");
    let (code, out, _) = run(&with(&["--account", "indigo", "--dry-run", "--output", "json"]));
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, document["requests"][0]["body"]["instancePlan"].as_u64()), (0, Some(2)), "{document}");
    // Not confirmed, and wrong in one way or the other.
    assert_eq!(run(&with(&["--account", "indigo"])).0, 5);
    let odd = |more: &[&str]| run(&[&["create", "--name", "x", "--account", "indigo", "--yes"], more].concat());
    assert_eq!(odd(&["--image", "Debian 99"]).0, 2);
    assert!(odd(&["--image", "Debian 12"]).2.contains("--plan takes one of"));
    assert!(odd(&["--image", "Debian 12", "--plan", "2vCPU2GB40GB"]).2.contains("it needs an SSH key"));
    assert_eq!(odd(&["--image", "Debian 12", "--until-port", "0"]).0, 2);
    ssh(&lab, &[("id.pub", "-----BEGIN OPENSSH PRIVATE KEY-----\n")]);
    let (code, _, err) = odd(&["--image", "Debian 12", "--plan", "2vCPU2GB40GB", "--key", ".ssh/id.pub"]);
    assert_eq!((code, err.contains("a private key")), (2, true), "{err}");
    assert_eq!(lab.changes_sent(), 0);
    let (code, out, err) = run(&with(&["--account", "indigo", "--yes", "--wait"]));
    assert_eq!((code, lab.verbs()), (0, vec!["create_instance".to_owned(), "start".to_owned()]), "{out}{err}");
    assert!(out.contains("create cli-01: Done"), "{out}");
    let (code, out, err) = run(&[
        "create",
        "--account",
        "conoha",
        "--name",
        "copy",
        "--from",
        "nightly",
        "--yes",
        "--plan",
        "g-c1m512d30",
    ]);
    assert_eq!(code, 0, "{out}{err}");
}

#[test]
fn a_snapshot_under_the_cursor_becomes_a_new_instance() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("2").wait_line(&["nightly", "Available"]).keys("c").wait_for("2/4").wait_line(&["> 2vCPU2GB40GB"]);
    terminal.keys("<Enter>").wait_for("3/4").keys("copy").wait_line(&["SSH key", "no key"]);
    assert!(!terminal.shows("Region"), "{}", terminal.screen());
    sum_up(&terminal);
    terminal.wait_for("the snapshot nightly").wait_for("\"snapshotId\"").keys("y").wait_line(&["create copy", "Done"]);
    terminal.keys("1");
    go_to(&terminal, "copy");
    assert_eq!(lab.verbs(), ["create_instance", "start"]);
}

#[test]
fn the_providers_own_words_are_told_and_a_guess_follows() {
    let lab = Lab::of("conoha");
    let create = |plan: &str| {
        let words = ["create", "--name", "copy", "--from", "nightly", "--yes", "--wait", "--plan", plan];
        let output = lab.without_terminal(&words);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).split_whitespace().collect::<Vec<_>>().join(" ");
        (output.status.code().unwrap(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, said) = create("g-c2m1d100");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("the plan g-c2m1d100 does not go with it; those that do: g-c1m512d30"), "{said}");
    let (code, said) = create("g-none");
    assert_eq!((code, said.contains("there is no g-none")), (2, true), "{said}");
    assert_eq!(lab.changes_sent(), 0);
    let refusal = Fault::new(FaultKind::Refusal { status: 400 }).saying("Invalid key_name provided.");
    lab.simulation.add_fault(refusal.on("POST", "/servers"));
    let (code, said) = create("g-c1m512d30");
    assert_eq!(code, 1, "{said}");
    let words = "the provider refused: Invalid key_name provided. Nothing was made. Where it is about image and plan";
    assert!(said.contains(words), "{said}");
    let terminal = lab.fleet("web-01");
    terminal.keys("5").wait_line(&["create copy", "Failed"]).keys("<Enter>").wait_for("Invalid key_name provided");
}
