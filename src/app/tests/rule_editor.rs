//! The editor of rules: its keys, its mistakes, what it hands to the dialog.

use std::sync::Arc;

use crate::app::layers::layer::Layer;
use crate::app::layers::rule_editor::{EditorFocus, RuleEditor};
use crate::app::tables::key::KeyStroke;
use crate::app::tests::desk::Desk;
use crate::app::{AppEffect, AppMsg, ExternalExit, ExternalProgram};
use crate::domain::rule_edit::{Cell, write_line};
use crate::domain::{Action, Collection, Direction, Firewall, ListKey, Raw, Reading, Rule, RuleSet};

fn rule(ports: &str, source: &str) -> Rule {
    let [ports, source] = [ports, source].map(str::to_owned);
    Rule { direction: Direction::In, preset: String::new(), protocol: "tcp".into(), ports, source }
}

fn read_rules(desk: &mut Desk, rules: Vec<Rule>) {
    let collection = Collection::Rules(Arc::new(RuleSet { rules, ..RuleSet::default() }));
    desk.read("lab", ListKey::Rules("fw".into()), Ok(Reading::whole(collection)));
    desk.paint();
}

/// The editor of a firewall that lets in HTTP, and SSH from one address.
fn edited() -> Desk {
    let mut desk = Desk::new();
    let firewall = Firewall {
        id: "fw".into(),
        name: "web".into(),
        on: None,
        fixed: false,
        created: None,
        updated: None,
        fields: Vec::new(),
        raw: Raw::default(),
    };
    desk.keys("3");
    let collection = Collection::Firewalls(vec![Arc::new(firewall)]);
    desk.read("lab", ListKey::Firewalls, Ok(Reading::whole(collection)));
    desk.wait(1_500);
    desk.keys("e");
    assert!(desk.told().contains("not read yet"), "{}", desk.told());
    read_rules(&mut desk, vec![rule("80", "0.0.0.0/0"), rule("22", "192.0.2.1")]);
    desk.keys("e");
    desk
}

fn editor(desk: &Desk) -> &RuleEditor {
    match desk.app.layers.last() {
        Some(Layer::Rules(editor)) => editor,
        other => panic!("no editor but {other:?}"),
    }
}

fn lines(desk: &Desk) -> Vec<String> {
    editor(desk).rules().unwrap().iter().map(write_line).collect()
}

fn save(desk: &mut Desk) {
    desk.tell(AppMsg::Key("ctrl-s".parse::<KeyStroke>().unwrap()));
    desk.paint();
}

#[test]
fn a_rule_is_filled_in_from_cell_to_cell() {
    let mut desk = edited();
    desk.keys("jall8000-8010<Enter>198.51.100.0/24<Enter>");
    assert_eq!(lines(&desk), ["in tcp 80 any", "in tcp 22 192.0.2.1", "in tcp 8000-8010 198.51.100.0/24"]);
    save(&mut desk);
    let Action::UpdateFirewall { rules, was, .. } = &desk.proposal().actions[0] else { panic!() };
    assert_eq!((rules.len(), was.len()), (3, 2));
    let signs: String = desk.proposal().diff.iter().map(crate::domain::rule_edit::RuleChange::sign).collect();
    assert_eq!(signs, "  +");
    desk.keys("n");
    assert!(editor(&desk).is_changed(), "what was edited is still there");
}

#[test]
fn letters_are_text_only_in_a_cell_and_a_paste_goes_nowhere_else() {
    let mut desk = edited();
    desk.keys("kp");
    assert_eq!(lines(&desk)[0], "in tcp 80 any", "the name has no preset");
    desk.paste("D");
    assert!(!editor(&desk).is_changed());
    desk.keys("jjlll");
    assert_eq!(editor(&desk).at, EditorFocus::Rule(1, Cell::Source));
    desk.paste("203.0.113.9\n");
    desk.keys("<Enter>");
    assert_eq!(lines(&desk)[1], "in tcp 22 203.0.113.9");
    desk.keys("u");
    assert!(!editor(&desk).is_changed());
}

#[test]
fn a_mistake_is_said_while_it_is_typed_and_stops_the_review() {
    let mut desk = edited();
    desk.keys("65536");
    assert_eq!(editor(&desk).message().unwrap().0.text.name(), "rule.port_high");
    save(&mut desk);
    assert_eq!(editor(&desk).at, EditorFocus::Rule(0, Cell::Ports));
    assert!(!desk.has_dialog());
    // The same as another one, however it is written.
    desk.keys("<Enter><ctrl-u>22<Enter><Enter><ctrl-u>192.0.2.1/32<Enter>");
    assert_eq!(editor(&desk).message().unwrap().0.text.name(), "rule.duplicate");
    desk.keys("u");
    save(&mut desk);
    assert!(desk.told().contains("nothing to send"), "{}", desk.told());
}

#[test]
fn esc_asks_once_more_and_keeps_the_draft_until_then() {
    let mut desk = edited();
    desk.keys("D<Esc>");
    assert!(editor(&desk).leaving);
    desk.keys("j<Esc>");
    assert!(editor(&desk).is_changed());
    desk.keys("<Esc>");
    assert!(desk.app.layers.is_empty());
    assert!(desk.asked.is_empty());
}

#[test]
fn what_somebody_else_changes_overtakes_the_dialog_and_is_taken_over() {
    let mut desk = edited();
    desk.keys("D");
    save(&mut desk);
    read_rules(&mut desk, vec![rule("80", "0.0.0.0/0"), rule("443", "0.0.0.0/0")]);
    assert_eq!(desk.confirm().overtaken.as_ref().unwrap().text.name(), "overtaken.rules");
    desk.keys("y");
    assert!(desk.asked.is_empty());
    desk.keys("<Esc>R");
    assert_eq!(lines(&desk), ["in tcp 443 any"], "what they removed is gone, what I removed stays removed");
    save(&mut desk);
    desk.keys("y");
    assert_eq!(desk.asked.len(), 1);
    assert!(desk.app.layers.is_empty(), "the editor goes with what it sends");
}

#[test]
fn what_the_editor_leaves_is_read_or_offered_again() {
    let mut desk = edited();
    desk.keys("E");
    let Some(AppEffect::HandOver(ExternalProgram::Edit { text, ending })) =
        desk.effects.iter().find(|e| matches!(e, AppEffect::HandOver(_))).cloned()
    else {
        panic!()
    };
    let from = ExternalProgram::Edit { text: text.clone(), ending };
    let back = |status: Option<i32>, text: &str| {
        AppMsg::ExternalExited(from.clone(), Ok(ExternalExit { status, text: Some(text.to_owned()) }))
    };
    for (status, left) in
        [(Some(1), "name = \"other\""), (None, "name = \"other\""), (Some(0), " \n"), (Some(0), &text)]
    {
        desk.tell(back(status, left));
        assert!(!editor(&desk).is_changed(), "{left}");
    }
    desk.tell(back(Some(0), &text.replace("192.0.2.1", "192.0.2.1/8")));
    assert_eq!(desk.menu().entries.len(), 2);
    desk.keys("d");
    assert!(!editor(&desk).is_changed());
    desk.tell(back(Some(0), &text.replace("192.0.2.1", "192.0.2.7").replace("\"web\"", "\"front\"")));
    assert_eq!(lines(&desk), ["in tcp 80 any", "in tcp 22 192.0.2.7"]);
    assert_eq!(editor(&desk).name.value(), "front");
}
