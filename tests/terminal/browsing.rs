//! Looking round: nothing here may send a change.

use super::lab::{Lab, go_to};

#[test]
fn the_fleet_appears_and_is_walked_through_by_keys() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.wait_line(&["db", "▪ Stopped (billed)"]).wait_line(&["web-01", "► Running", "203.0.113.11"]);
    terminal.keys("g").wait_line(&[">", "db"]);
    terminal.keys("G").wait_line(&[">", "web-01"]);
    // Its snapshots are read when it is under the cursor.
    terminal.keys("2").wait_line(&["before-upgrade", "Available", "12d"]);
    terminal.keys(".").wait_line(&["nightly", "Available"]);
    terminal.keys("3").wait_line(&["web", "HTTP"]);
    terminal.keys("4").wait_for("Debian 12");
    terminal.keys("5").wait_for("nothing was asked for yet");
    terminal.keys("<Tab>").wait_line(&[">", "web-01"]);
    terminal.keys("<S-Tab>").wait_for("nothing was asked for yet");
    assert_eq!(lab.changes_sent(), 0);
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn a_filter_is_live_is_told_in_the_title_and_is_cleared_by_esc() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("/web").wait_for("/web").wait_for("1 of 3").wait_gone("v6-only");
    terminal.keys("<Enter>").wait_line(&[">", "web-01"]);
    // A key that would be a command is one again, and the filter stays.
    terminal.keys("<Esc>").wait_for("v6-only");
    terminal.keys("/stopped").wait_gone("web-01").wait_for("db").keys("<C-c>");
    terminal.wait_for("web-01");
    terminal.keys("/zzz").wait_for("nothing matches; Esc clears the filter");
    terminal.keys("<Esc>").wait_for("web-01");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn the_command_line_names_pane_and_filter() {
    let lab = Lab::small();
    let terminal = lab.run(&["instances", "/web"]);
    terminal.wait_for("/web").wait_for("1 of 3").wait_gone("v6-only");
    let terminal = lab.run(&["firewalls"]);
    terminal.wait_line(&["web", "HTTP"]);
}

#[test]
fn details_show_all_fields_and_the_raw_json_no_password() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("<Enter>").wait_line(&["Plan", "1 vCPU", "1 GB"]).wait_line(&["Id", "616513"]).wait_for("laptop");
    terminal.keys("<Esc>").wait_line(&[">", "web-01"]);
    terminal.wait_that("the list is read", || lab.reads() >= 1);
    terminal.keys("v").wait_for("as the provider sent it").wait_for("instance_name");
    let mut all = terminal.screen();
    // Down to its last line, which the title tells.
    terminal.keys("G").wait_for("}");
    all.push_str(&terminal.screen());
    for _ in 0..10 {
        terminal.keys("<C-u>");
        all.push_str(&terminal.screen());
    }
    assert!(all.contains("\"vnc_passwd\": \"***\""), "{all}");
    for secret in lab.secrets() {
        assert!(!all.contains(&secret), "{all}");
    }
    terminal.keys("q").wait_line(&[">", "web-01"]);
}

#[test]
fn help_palette_and_action_menu_come_from_one_table() {
    let lab = Lab::small();
    let terminal = lab.fleet("db");
    terminal.keys("?").wait_line(&["x", "stop"]).keys("q").wait_gone("Keys");
    terminal.keys("a").wait_line(&["s", "start"]).wait_line(&["stop", "it is off already"]);
    terminal.keys("x").wait_for("it is off already").keys("<Esc>");
    terminal.wait_line(&[">", "db"]).wait_gone("force-stop");
    terminal.keys(":snap").wait_for("take a snapshot").keys("<Esc>").wait_gone("take a snapshot");
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn the_order_is_chosen_and_the_cursor_stays_on_its_machine() {
    let lab = Lab::small();
    let terminal = lab.fleet("v6-only");
    terminal.keys("O").wait_for("Sort by").wait_for("STATUS");
    terminal.keys("j<Enter>").wait_gone("Sort by").wait_line(&[">", "v6-only"]);
    lab.elsewhere(vpsdeck::sim::Op::AddInstance { seed: Box::new(toml::from_str("name = \"aaa\"").unwrap()) });
    terminal.wait_for("aaa").wait_line(&[">", "v6-only"]);
}

#[test]
fn changes_made_elsewhere_are_seen_without_a_key() {
    let lab = Lab::small();
    let terminal = lab.fleet("v6-only");
    let rename = |to: &str| vpsdeck::sim::Op::Rename { instance: "616516".to_owned(), name: to.to_owned() };
    lab.elsewhere(rename("database"));
    terminal.wait_line(&["database", "▪ Stopped"]);
    lab.elsewhere(vpsdeck::sim::Op::SetStatus { instance: "616516".to_owned(), status: "Running".to_owned() });
    terminal.wait_line(&["database", "► Running"]);
    lab.elsewhere(vpsdeck::sim::Op::SetStatus { instance: "616516".to_owned(), status: "Odd".to_owned() });
    terminal.wait_line(&["database", "Unknown (Odd)"]);
    lab.elsewhere(vpsdeck::sim::Op::RemoveInstance { instance: "616516".to_owned() });
    terminal.wait_gone("database").wait_line(&[">", "v6-only"]);
}

#[test]
fn a_snapshot_of_a_machine_that_is_not_selected_is_seen_to_be_done() {
    let lab = Lab::of(
        r#"
        [[account]]
        name = "indigo"
        client_id = "AKsavingsavingsavingsavingsaving"
        secret = "savingsecret0001"
        [[account.instance]]
        name = "db"
        [[account.instance]]
        name = "web"
        [[account.instance.snapshot]]
        name = "weekly"
        done_in = 400.0
        "#,
    );
    let terminal = lab.fleet("db");
    terminal.wait_line(&[">", "db"]).keys("2.").wait_line(&["weekly", "Creating", "web"]);
    terminal.wait_line(&["weekly", "Available", "web"]);
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn an_import_counts_up_and_a_failed_one_says_why() {
    let lab = Lab::of(
        r#"
        [[account]]
        name = "indigo"
        client_id = "AKimportimportimportimportimport"
        secret = "importsecret0001"
        [[account.instance]]
        name = "appliance"
        state = "importing"
        percent = 12.0
        done_in = 400.0
        [[account.instance]]
        name = "db"
        [[account.instance]]
        name = "nowhere"
        state = "importing"
        percent = 2.0
        fails_in = 60.0
        "#,
    );
    let terminal = lab.fleet("appliance");
    let percent = |lines: &[String]| {
        let line = lines.iter().find(|line| line.contains("appliance"))?;
        let (_, rest) = line.split_once("Importing ")?;
        rest.split_once('%')?.0.parse::<u32>().ok()
    };
    let mut first = None;
    terminal.wait_until("a rising percentage", |lines| {
        let now = percent(lines);
        first = first.or(now);
        now > first
    });
    terminal.wait_line(&["nowhere", "! Error"]);
    go_to(&terminal, "nowhere");
    terminal.keys("<Enter>").wait_line(&["Why"]).wait_for("The URL entered is invalid.").keys("<Esc>");
    terminal.wait_until("the import has ended", |lines| {
        lines.iter().any(|line| line.contains("appliance") && !line.contains("Importing"))
    });
    assert_eq!(lab.changes_sent(), 0);
}

#[test]
fn what_is_copied_goes_through_the_terminal() {
    let lab = Lab::small();
    let terminal = lab.fleet("web-01");
    terminal.keys("y").wait_for("203.0.113.11").keys("i").wait_for("copied");
    // 616513 in base64.
    assert_eq!(terminal.copied(), vec![b"NjE2NTEz".to_vec()]);
}

#[test]
fn names_that_differ_at_their_end_are_told_apart_where_there_is_no_room_for_them() {
    let lab = Lab::of("conoha").sized(56, 24);
    let terminal = lab.run(&["images", "/almalinux-8.4"]);
    terminal.wait_for("4 of");
    let names: Vec<String> = terminal
        .lines()
        .iter()
        .filter_map(|line| line.split_whitespace().find(|word| word.starts_with("vmi-almalinux")).map(str::to_owned))
        .collect();
    let apart: std::collections::HashSet<&String> = names.iter().collect();
    assert_eq!((names.len(), apart.len()), (4, 4), "{names:?}");
    assert!(names.iter().any(|name| name.contains('~') && name.ends_with("00gb")), "{names:?}");
}
