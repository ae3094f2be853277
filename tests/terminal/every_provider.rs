//! What holds in every pane at every provider, and each change that all have: one table of cases, the same keys, the same
//! words.

use rstest::rstest;

use super::lab::{Lab, go_to, run};

/// A provider's small world: `web-01` runs, `db` is off and has a snapshot named `nightly`, three machines in all.
#[derive(Debug, Clone, Copy)]
struct Case {
    world: &'static str,
    account: &'static str,
    /// What is off, with what is known of its bill.
    off: &'static str,
    /// Whether a stop may cut the power.
    forces: bool,
    /// Whether a firewall is taken off without another in its place.
    detaches: bool,
    /// The provider's own words for what runs.
    words: &'static str,
    /// Another machine's name.
    third: &'static str,
    address: &'static str,
    /// An image, and what finds it alone.
    image: (&'static str, &'static str),
    /// What the firewall `web` lets in.
    rule: &'static str,
    /// What the ledger calls a reboot in order.
    reboot: &'static str,
    /// What is in the raw record and in no other.
    raw: &'static str,
}

const INDIGO: Case = Case {
    world: "small",
    account: "indigo",
    off: "▪ Stopped (billed)",
    forces: true,
    detaches: false,
    words: "(OPEN, Running)",
    third: "v6-only",
    address: "203.0.113.11",
    image: ("Debian 12", "debian 12"),
    rule: "HTTP HTTPS from anywhere",
    reboot: "reset",
    raw: "instance_name",
};

const CONOHA_V2: Case = Case {
    world: "conoha",
    account: "conoha",
    off: "▪ Stopped (billed)",
    forces: true,
    detaches: true,
    words: "(ACTIVE)",
    third: "batch",
    address: "203.0.113.10",
    image: ("vmi-ubuntu-20.04-amd64-30gb", "vmi-ubuntu-20.04-amd64-30gb"),
    rule: "80 443 from anywhere",
    reboot: "reboot",
    raw: "OS-EXT-STS:vm_state",
};

const CONOHA: Case =
    Case { world: "conoha-v3", image: ("vmi-ubuntu-24.04-amd64", "vmi-ubuntu-24.04-amd64"), ..CONOHA_V2 };

const OPENSTACK: Case = Case {
    world: "openstack",
    account: "lab",
    off: "▪ Stopped",
    forces: false,
    image: ("debian-12", "debian-12"),
    ..CONOHA_V2
};

#[rstest]
fn every_pane_shows_what_is_there(#[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("web-01");
    terminal.wait_line(&["db", case.off]).wait_line(&["web-01", "► Running", case.address]);
    terminal.keys("2.").wait_line(&["nightly", "Available"]);
    terminal.keys("3").wait_line(&["web", case.rule]);
    terminal.keys("4").wait_until("a list", |lines| lines.iter().filter(|l| !l.is_empty()).count() > 12);
    terminal
        .keys(&format!("/{}", case.image.1))
        .wait_for(case.image.0)
        .wait_for("1 of ")
        .keys("<Esc>")
        .wait_gone(&format!("/{}", case.image.1));
    terminal.keys("5").wait_for("nothing was asked for yet");
    assert_eq!(lab.changes_sent(), 0);
}

#[rstest]
fn a_filter_is_live_in_every_pane_of_machines(#[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("db");
    terminal.keys("/web").wait_for("1 of 3").wait_gone(case.third).keys("<Enter>").wait_line(&[">", "web-01"]);
    terminal.keys("<Esc>").wait_for(case.third);
    terminal.keys("/stopped").wait_gone("web-01").wait_for("db").keys("<Esc>").wait_for("web-01");
    assert_eq!(lab.changes_sent(), 0);
}

#[rstest]
fn details_have_the_providers_words_and_the_raw_record_no_secret(
    #[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case,
) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("web-01");
    terminal.keys("<Enter>").wait_line(&["Status", "Running", case.words]).wait_line(&["Address", case.address]);
    terminal.wait_line(&["Plan", "vCPU"]).wait_line(&["Key", "laptop"]).keys("<Esc>").wait_line(&[">", "web-01"]);
    terminal.wait_that("the list is read", || lab.reads() >= 1);
    terminal.keys("v").wait_for("as the provider sent it");
    let mut all = terminal.screen();
    for _ in 0..12 {
        terminal.keys("<C-d>");
        all.push_str(&terminal.screen());
    }
    terminal.keys("G").wait_for("}");
    all.push_str(&terminal.screen());
    for _ in 0..12 {
        terminal.keys("<C-u>");
        all.push_str(&terminal.screen());
    }
    assert!(all.contains(case.raw), "{all}");
    for secret in lab.secrets() {
        assert!(!all.contains(&secret), "{all}");
    }
}

#[rstest]
fn start_stop_and_force_stop_go_from_key_to_end(#[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("db");
    terminal.keys("s").wait_for("y yes").keys("y").wait_line(&["start db", "Done"]);
    terminal.wait_line(&["db", "► Running"]);
    terminal.keys("x").wait_for("y yes").keys("y").wait_line(&["stop db", "Done"]);
    terminal.wait_line(&["db", case.off]);
    if !case.forces {
        assert_eq!(lab.verbs(), ["start", "stop"]);
        return;
    }
    go_to(&terminal, "web-01");
    terminal.keys("X").wait_for("Type web-01").keys("y<Enter>");
    terminal.wait_for("what is typed is not what the dialog asks for").keys("<BS>web-01<Enter>");
    terminal.wait_line(&["force-stop web-01", "Done"]).wait_line(&["web-01", "▪ Stopped"]);
    assert_eq!(lab.verbs(), ["start", "stop", "forcestop"]);
}

#[rstest]
fn a_reboot_has_the_clean_way_too(#[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("web-01");
    terminal.keys("r").wait_for("stop, wait and start instead").keys("y").wait_line(&["reboot web-01", "Done"]);
    terminal.keys("r").wait_for("y yes").keys("1").wait_for("1 [x]").keys("y");
    terminal.wait_that("stopped and started", || lab.effects().len() == 3);
    terminal.wait_line(&["web-01", "► Running"]);
    assert_eq!(lab.verbs(), [case.reboot, "stop", "start"]);
}

#[rstest]
fn a_snapshot_is_taken_under_an_edited_name_and_deleted_by_it(
    #[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case,
) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("db");
    terminal.keys("t").wait_line(&["Name: db-"]).keys("e").wait_for("Enter ends editing");
    terminal.keys("<C-u>before-y").wait_line(&["Name: before-y"]).keys("<Enter>").wait_for("e edits it").keys("y");
    terminal.wait_line(&["snapshot before-y of db", "Done"]);
    // Of which machine an image is, not all tell.
    terminal.keys("2.").wait_line(&[">", "before-y", "Available", "GB"]);
    terminal.keys("D").wait_for("Type before-y").keys("before-y<Enter>").wait_line(&["delete before-y", "Done"]);
    terminal.wait_until("it has left the list", |lines| !lines[3..20].iter().any(|l| l.contains("before-y")));
    assert_eq!(lab.verbs(), ["take_snapshot", "delete_snapshot"]);
}

#[rstest]
fn a_machine_that_is_destroyed_leaves_the_list(#[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("db");
    terminal.keys("D").wait_for("Type db").keys("db<Enter>").wait_line(&["destroy db", "Done"]);
    terminal.wait_until("db has left the list", |lines| !lines[3..20].iter().any(|l| l.contains(" db ")));
    assert_eq!(lab.verbs(), ["destroy"]);
}

#[rstest]
fn a_firewall_goes_on_a_machine_and_off_again(#[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case) {
    let lab = Lab::of(case.world);
    let place = |verb: &str| {
        let (code, out, err) = run(&lab, &format!("firewall {verb} {}/web db --confirm db --wait", case.account));
        assert_eq!(code, 0, "{out}{err}");
    };
    let is_behind = || {
        lab.simulation.change(|world| {
            let account = &world.accounts[0];
            let web = account.firewalls.iter().find(|firewall| firewall.name == "web").unwrap().id;
            account.instances.iter().find(|instance| instance.name == "db").unwrap().firewalls.contains(&web)
        })
    };
    assert!(!is_behind());
    place("assign");
    assert!(is_behind());
    if case.detaches {
        place("detach");
        assert!(!is_behind());
    }
}

#[rstest]
fn changes_made_elsewhere_are_seen_without_a_key(#[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet(case.third);
    let rename = vpsdeck::sim::Op::Rename { instance: "db".to_owned(), name: "database".to_owned() };
    lab.elsewhere(rename);
    terminal.wait_line(&["database", "▪ Stopped"]);
    lab.elsewhere(vpsdeck::sim::Op::RemoveInstance { instance: "database".to_owned() });
    terminal.wait_gone("database").wait_line(&[">", case.third]);
    assert_eq!(lab.changes_sent(), 0);
}

#[rstest]
fn what_is_marked_is_changed_together_and_what_cannot_be_is_named(
    #[values(INDIGO, CONOHA_V2, CONOHA, OPENSTACK)] case: Case,
) {
    let lab = Lab::of(case.world);
    let terminal = lab.fleet("db");
    terminal.keys("*").wait_for("3 marked").keys("s").wait_line(&["not ", "web-01", ": it runs already"]).keys("y");
    terminal.wait_line(&["db", "► Running"]);
    assert!(lab.verbs().iter().all(|verb| verb == "start"), "{:?}", lab.effects());
}

#[test]
fn two_providers_stand_side_by_side_and_one_that_fails_hides_nothing_of_the_other() {
    let lab = Lab::of("both").sized(120, 36);
    let terminal = lab.fleet("v6-only");
    terminal.wait_line(&["web-01", "► Running", "indigo", "203.0.113.11"]);
    terminal.wait_line(&["batch", "► Running", "conoha"]);
    // One account alone.
    terminal.keys("A").wait_line(&["[x] indigo", "1 of 3 up"]).wait_line(&["[x] conoha", "2 of 3 up"]);
    terminal.keys("1").wait_line(&["[ ] indigo"]).keys("<Esc>").wait_gone("v6-only").wait_line(&["batch", "► Running"]);
    terminal.keys("A").wait_line(&["[ ] indigo"]).keys("1").wait_line(&["[x] indigo"]).keys("<Esc>");
    terminal.wait_for("v6-only");
    let fault = vpsdeck::sim::Fault::new(vpsdeck::sim::FaultKind::HtmlError { status: 502 });
    lab.simulation.add_fault(fault.at("/compute/").of("conoha"));
    terminal.wait_line(&["conoha:"]).wait_line(&["batch", "conoha"]).wait_line(&["v6-only", "▪ Stopped"]);
    // The other goes on.
    let start = vpsdeck::sim::Op::SetStatus { instance: "v6-only".to_owned(), status: "Running".to_owned() };
    lab.elsewhere(start);
    terminal.wait_line(&["v6-only", "► Running"]);
}
