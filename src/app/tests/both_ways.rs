//! Restoring over the disk or as a new server; saving what must be off; restarting in three ways; firewalls.

use crate::app::layers::layer::MenuKind;
use crate::app::tables::commands::Command;
use crate::app::tests::desk::Desk;
use crate::domain::{Action, Collection, Kind, ListKey, Reboot, StatusKind, Verb};
use crate::proposal::{Confirmation, OptionKind};

fn on(desk: &Desk, what: OptionKind) -> Option<bool> {
    desk.proposal().options.iter().find(|c| c.kind == what).map(|c| c.on)
}

/// In Snapshots, of all instances, with the cursor on this one.
fn snapshot(name: &str) -> Desk {
    let mut desk = Desk::full();
    desk.keys("2.");
    desk.keys(&format!("/{name}<enter>"));
    assert_eq!(desk.at(), name);
    desk
}

#[test]
fn what_runs_is_shut_down_to_be_saved_and_started_again_unless_that_is_switched_off() {
    let mut desk = Desk::full();
    desk.keys("jt");
    assert_eq!(on(&desk, OptionKind::StopFirst), None, "it is not to be chosen");
    assert_eq!(on(&desk, OptionKind::StartAgain), Some(true));
    assert!(matches!(desk.proposal().actions[0], Action::TakeSnapshot { stop_first: true, start_again: true, .. }));
    assert_eq!(desk.proposal().steps.len(), 3, "stop, save, start");
    desk.keys("1");
    // Data that come meanwhile switch nothing on again.
    desk.full_fleet("cloud");
    assert_eq!(on(&desk, OptionKind::StartAgain), Some(false));
    desk.keys("y");
    assert!(matches!(desk.asked[..], [Action::TakeSnapshot { stop_first: true, start_again: false, .. }]));
}

#[test]
fn what_is_off_is_saved_as_it_is() {
    let mut desk = Desk::full();
    desk.keys("t");
    assert!(desk.proposal().options.is_empty());
    desk.keys("y");
    assert!(matches!(desk.asked[..], [Action::TakeSnapshot { stop_first: false, start_again: false, .. }]));
}

#[test]
fn a_restart_is_in_order_clean_or_hard_and_hard_must_be_typed() {
    let mut desk = Desk::full();
    desk.keys("jr1");
    assert!(matches!(desk.proposal().actions[0], Action::Reboot { how: Reboot::StopAndStart, .. }));
    assert!(matches!(desk.proposal().confirmation, Confirmation::Question));
    desk.keys("2");
    assert_eq!((on(&desk, OptionKind::CleanReboot), on(&desk, OptionKind::HardReboot)), (Some(false), Some(true)));
    assert!(matches!(desk.proposal().actions[0], Action::Reboot { how: Reboot::Hard, .. }));
    assert!(matches!(desk.proposal().confirmation, Confirmation::Typed(_)));
    desk.keys("yn<enter>");
    assert!(desk.asked.is_empty());
    desk.keys("<tab><enter>");
    assert_eq!((on(&desk, OptionKind::CleanReboot), on(&desk, OptionKind::HardReboot)), (Some(true), Some(false)));
    assert!(matches!(desk.proposal().confirmation, Confirmation::Typed(_)), "nothing lowers it while it is open");
}

#[test]
fn where_the_provider_restarts_in_two_ways_there_is_one_choice() {
    let mut desk = Desk::new();
    desk.keys("r");
    assert_eq!(desk.proposal().options.iter().map(|c| c.kind).collect::<Vec<_>>(), [OptionKind::CleanReboot]);
}

#[test]
fn a_snapshot_can_be_restored_in_two_ways_and_a_menu_asks_which() {
    let mut desk = snapshot("before");
    desk.keys("R");
    assert_eq!(desk.menu().kind, MenuKind::RestoreWays);
    let texts: Vec<String> = desk.menu().entries.iter().map(|e| desk.app.words.say(&e.text)).collect();
    assert_eq!(texts, ["as a new server ...", "in place, over the disk of web"]);
    desk.keys("2");
    assert_eq!(desk.proposal().verb, Verb::Restore);
    desk.keys("<esc>R1");
    assert_eq!(desk.proposal().verb, Verb::RestoreAsNew);
}

#[test]
fn the_way_that_cannot_be_gone_says_why() {
    let mut desk = snapshot("last-of-old");
    desk.keys("R");
    assert_eq!(desk.menu().entries.iter().map(|e| e.why_not.is_some()).collect::<Vec<_>>(), [false, true]);
    desk.keys("2");
    assert!(!desk.has_dialog() && !desk.told().is_empty());
    let mut desk = snapshot("big");
    desk.keys("R");
    assert_eq!(desk.menu().entries.iter().map(|e| e.why_not.is_some()).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn where_there_is_one_way_its_dialog_opens_at_once() {
    let mut desk = Desk::new();
    desk.snapshots("id-db", &[("s", "one", 1)]);
    desk.keys("2R");
    assert_eq!(desk.proposal().verb, Verb::Restore);
}

#[test]
fn on_an_instance_first_which_snapshot_then_which_way() {
    let mut desk = Desk::full();
    desk.keys("jR");
    assert_eq!(desk.menu().kind, MenuKind::Snapshots);
    desk.keys("<down><enter>");
    assert_eq!(desk.menu().kind, MenuKind::RestoreWays);
}

#[test]
fn a_new_server_has_a_name_a_plan_and_the_firewalls_of_the_one_it_comes_from() {
    let mut desk = snapshot("before");
    desk.keys("R1");
    assert!(matches!(desk.proposal().confirmation, Confirmation::Question));
    let said = |desk: &Desk| desk.proposal().facts.iter().map(|(p, _)| p.text.name()).collect::<Vec<_>>();
    assert_eq!(said(&desk), ["confirm.costs", "confirm.behind"]);
    // The next plan, whose price nobody knows.
    desk.keys("1");
    assert_eq!(said(&desk), ["confirm.COSTS_UNKNOWN", "confirm.behind"]);
    let text = desk.app.words.say(&desk.proposal().options[0].text);
    assert_eq!(text, "plan g-large  2 vCPU  1 GB  200 GB  (2 of 2)");
    desk.keys("e-2<enter>y");
    let [Action::RestoreAsNew { snapshot, name, plan, firewalls, .. }] = &desk.asked[..] else {
        panic!("{:?}", desk.asked)
    };
    assert_eq!((snapshot.name.as_str(), name.as_str(), plan.as_str()), ("before", "web-2", "large"));
    assert_eq!(firewalls, &["default", "web-in"]);
}

#[test]
fn a_new_server_from_one_that_is_gone_is_named_as_the_snapshot_and_needs_a_name() {
    let mut desk = snapshot("last-of-old");
    desk.keys("R1e<ctrl-u><enter>y");
    assert!(desk.asked.is_empty() && desk.has_dialog());
    desk.keys("<esc>R1<down><right><left><left>");
    assert!(desk.has_dialog());
    desk.keys("y");
    assert!(
        matches!(&desk.asked[..], [Action::RestoreAsNew { name, firewalls, .. }] if name == "last-of-old" && firewalls.is_empty())
    );
}

#[test]
fn f_shows_the_firewalls_with_those_on_the_machine_marked_and_asks_before_it_changes_one() {
    let mut desk = Desk::full();
    desk.keys("jf");
    let shown: Vec<(String, Option<bool>)> =
        desk.menu().entries.iter().map(|e| (desk.app.words.say(&e.text), e.on)).collect();
    let wanted = [("db-in", false), ("default  provider's own", true), ("web-in", true)];
    assert_eq!(shown, wanted.map(|(name, on)| (name.to_owned(), Some(on))));
    desk.keys("1");
    assert_eq!(desk.proposal().verb, Verb::AssignFirewall);
    desk.keys("y");
    let Some(Action::AssignFirewall { firewall, instance }) = desk.asked.last() else { panic!("{:?}", desk.asked) };
    assert_eq!(
        (firewall.resource.kind, firewall.status, firewall.name.as_str()),
        (Kind::Firewall, StatusKind::None, "db-in")
    );
    assert_eq!(instance.name, "web");
}

#[test]
fn a_firewall_that_is_on_is_taken_off() {
    let mut desk = Desk::full();
    desk.keys("jf3y");
    assert!(matches!(&desk.asked[..], [Action::DetachFirewall { firewall, .. }] if firewall.name == "web-in"));
}

#[test]
fn f_on_a_firewall_shows_the_machines_with_those_behind_it_marked() {
    let mut desk = Desk::full();
    desk.keys("3Gf");
    assert_eq!(desk.menu().entries.iter().map(|e| e.on).collect::<Vec<_>>(), [Some(false), Some(true)]);
    desk.keys("1y");
    let [Action::AssignFirewall { firewall, instance }] = &desk.asked[..] else { panic!("{:?}", desk.asked) };
    assert_eq!((firewall.name.as_str(), instance.name.as_str()), ("web-in", "db"));
}

#[test]
fn where_firewalls_cannot_be_put_on_f_says_so() {
    let mut desk = Desk::new();
    desk.keys("f");
    assert!(desk.app.layers.is_empty() && !desk.told().is_empty());
}

#[test]
fn a_firewall_that_goes_while_it_is_asked_about_overtakes_the_dialog() {
    let mut desk = Desk::full();
    desk.keys("jf1");
    desk.collection("cloud", ListKey::Firewalls, Collection::Firewalls(Vec::new()));
    assert_eq!(desk.confirm().overtaken.as_ref().map(|p| p.text.name()), Some("overtaken.gone"));
}

#[test]
fn the_menu_fills_when_the_firewalls_come() {
    let mut desk = Desk::full();
    desk.collection("cloud", ListKey::Firewalls, Collection::Firewalls(Vec::new()));
    desk.keys("jf");
    assert!(desk.menu().entries.is_empty());
    let one = crate::app::tests::full::firewall("f9", "late", None);
    desk.collection("cloud", ListKey::Firewalls, Collection::Firewalls(vec![one.into()]));
    assert_eq!(desk.menu().entries.len(), 1);
}

#[test]
fn o_asks_for_the_console_of_one_machine_where_there_are_consoles() {
    let mut desk = Desk::full();
    desk.keys("jo");
    let asked = |desk: &Desk| {
        desk.effects
            .iter()
            .any(|e| matches!(e, crate::app::AppEffect::Console(asked) if asked.instance.as_str() == "id-web"))
    };
    assert!(asked(&desk));
    let mut desk = Desk::new();
    desk.keys("o");
    assert!(!desk.effects.iter().any(|e| matches!(e, crate::app::AppEffect::Console(_))));
    assert!(!desk.told().is_empty(), "why not");
    desk.keys("a");
    let is_console = |e: &crate::app::layers::layer::MenuEntry| {
        matches!(e.pick, crate::app::layers::layer::MenuChoice::Command(Command::Console))
    };
    assert!(!desk.menu().entries.iter().any(is_console), "it is not shown where it has no meaning");
}
