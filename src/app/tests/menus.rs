//! Menus, palette, help, raw, refresh, leaving.

use rstest::rstest;

use crate::app::layers::help;
use crate::app::layers::help::HelpLine;
use crate::app::layers::layer::{Layer, MenuChoice, MenuKind};
use crate::app::tables::commands::{Command, Keymap};
use crate::app::tests::desk::Desk;
use crate::app::{AppEffect, AppMsg};
use crate::domain::{Limit, Verb};

fn copied(desk: &Desk) -> Vec<String> {
    let text = |e: &AppEffect| if let AppEffect::Copy(text) = e { Some(text.clone()) } else { None };
    desk.effects.iter().filter_map(text).collect()
}

#[rstest]
#[case("yi", "id-db")]
#[case("yn", "db")]
#[case("ya", "10.0.0.5")]
#[case("ys", "ssh root@10.0.0.5")]
#[case("yj", r#"{"id":1}"#)]
fn y_and_a_letter_copy(#[case] keys: &str, #[case] text: &str) {
    let mut desk = Desk::new();
    desk.keys(keys);
    assert_eq!(copied(&desk), [text]);
    assert!(desk.app.layers.is_empty());
}

#[test]
fn the_action_menu_lists_what_can_be_done_with_its_key_and_why_not() {
    let mut desk = Desk::new();
    desk.keys("a");
    let entry =
        |verb| desk.menu().entries.iter().find(|e| matches!(e.pick, MenuChoice::Command(Command::Do(v)) if v == verb));
    assert_eq!(entry(Verb::Stop).map(|e| (e.key.as_str(), e.why_not.is_some())), Some(("x", false)));
    assert_eq!(entry(Verb::Start).map(|e| (e.key.as_str(), e.why_not.is_some())), Some(("s", true)));
    assert!(entry(Verb::DeleteSnapshot).is_none(), "it has no meaning here");
    desk.keys("s");
    assert!(!desk.has_dialog() && !desk.told().is_empty(), "why not");
    desk.keys("<esc>ax");
    assert_eq!(desk.proposal().verb, Verb::Stop);
}

#[rstest]
#[case(":stop<enter>", Verb::Stop)]
#[case(":take-sn<enter>", Verb::TakeSnapshot)]
#[case(":tksnp<enter>", Verb::TakeSnapshot)]
fn the_palette_finds_commands_by_name(#[case] keys: &str, #[case] verb: Verb) {
    let mut desk = Desk::new();
    desk.keys(keys);
    assert_eq!(desk.proposal().verb, verb);
}

#[test]
fn the_palette_takes_letters_as_text_and_shows_only_what_has_a_meaning_here() {
    let mut desk = Desk::new();
    desk.keys(":q");
    assert_eq!(desk.menu().kind, MenuKind::Palette);
    desk.keys("<ctrl-u>delete");
    assert!(
        desk.menu().entries.iter().all(|e| !matches!(e.pick, MenuChoice::Command(Command::Do(Verb::DeleteSnapshot))))
    );
    desk.keys("<ctrl-u>");
    desk.paste("quit");
    assert!(matches!(desk.menu().entries[0].pick, MenuChoice::Command(Command::Quit)));
    desk.keys("<esc>");
    assert!(!desk.quits());
    desk.keys(":quit<enter>");
    assert!(desk.quits());
}

#[test]
fn help_and_raw_open_scroll_and_close() {
    let mut desk = Desk::new();
    desk.keys("?jj");
    assert!(matches!(desk.app.layers.last(), Some(Layer::Help(_))));
    desk.keys("q");
    assert!(desk.app.layers.is_empty() && !desk.quits());
    desk.keys("v");
    assert!(matches!(desk.app.layers.last(), Some(Layer::Raw(raw)) if raw.lines.len() == 3));
    desk.keys("<esc>");
    assert!(desk.app.layers.is_empty());
}

#[test]
fn refresh_reads_now_or_says_when() {
    let mut desk = Desk::new();
    desk.keys("<ctrl-r>");
    assert_eq!(desk.told(), "reading again");
    desk.account("lab", false, Some(Limit { per_minute: 1, spacing_ms: 0 }));
    desk.wait(20_000);
    desk.keys("<ctrl-r>");
    desk.keys("<ctrl-r>");
    let told = desk.told();
    assert!(told.starts_with("reads again in ") && told.ends_with(": quota"), "{told}");
}

#[test]
fn q_closes_what_is_open_else_quits() {
    for (open, then) in [("", true), ("?", false), ("v", false), ("a", false), ("<enter>", false), ("x", false)] {
        let mut desk = Desk::new();
        desk.keys(open);
        desk.keys("q");
        assert_eq!(desk.quits(), then, "{open}q");
        assert!(desk.app.layers.is_empty());
    }
}

#[test]
fn leaving_asks_while_a_request_is_still_to_be_sent() {
    for leave in ["q", "<ctrl-c>"] {
        let mut desk = Desk::new();
        desk.keys("xy");
        desk.burst(&format!("{leave}y"));
        assert!(!desk.quits(), "not before it was drawn");
        match desk.app.layers.last() {
            Some(Layer::Leaving(leaving)) => assert_eq!((leaving.lines.len(), leaving.ignored), (1, 1)),
            other => panic!("{other:?}"),
        }
        desk.keys("<ctrl-y>");
        desk.keys("n");
        assert!(!desk.quits() && desk.app.layers.is_empty());
        desk.keys(leave);
        desk.keys("y");
        assert!(desk.quits());
    }
}

#[test]
fn leaving_by_a_signal_asks_nothing_and_cancels_what_counts_down() {
    let mut desk = Desk::new();
    desk.keys("Ddb<enter>");
    desk.tell(AppMsg::Terminate);
    assert!(desk.quits() && desk.op().is_over());
}

#[test]
fn suspending_cancels_what_counts_down_and_writes_it_down_first() {
    let mut desk = Desk::new();
    desk.keys("Ddb<enter>");
    desk.effects.clear();
    desk.keys("<ctrl-z>");
    assert!(desk.op().is_over());
    let at = |wanted: fn(&AppEffect) -> bool| desk.effects.iter().position(wanted);
    let written = at(|e| matches!(e, AppEffect::Engine(crate::engine::Effect::Record { .. })));
    assert!(written < at(|e| matches!(e, AppEffect::Suspend)), "{:?}", desk.effects);
    for over in ["x", "a", "?", "/", ":"] {
        let mut desk = Desk::new();
        desk.keys(over);
        desk.keys("<ctrl-z><ctrl-l>");
        assert!(desk.effects.iter().any(|e| matches!(e, AppEffect::Suspend)), "over {over}");
        assert!(desk.effects.iter().any(|e| matches!(e, AppEffect::Redraw)), "over {over}");
    }
}

fn help_lines(desk: &Desk) -> Vec<(String, String)> {
    let lines = help::columns(&desk.app).into_iter().flatten();
    let shown =
        |line| if let HelpLine::Command(keys, text, _) = line { Some((keys, desk.app.words.say(&text))) } else { None };
    lines.filter_map(shown).collect()
}

#[test]
fn help_over_a_layer_shows_what_works_there() {
    // An entry takes the letter that would move, and help does not promise both.
    let mut desk = Desk::new();
    desk.keys("y?");
    let lines = help_lines(&desk);
    assert!(lines.iter().any(|(keys, text)| keys == "j" && text.contains("JSON")), "{lines:?}");
    assert!(lines.iter().any(|(keys, text)| keys == "Down" && text == "down"), "{lines:?}");
    assert!(!lines.iter().any(|(_, text)| text == "start" || text == "next pane"), "{lines:?}");
    desk.keys("<esc>");
    assert!(matches!(desk.app.layers.as_slice(), [Layer::Menu(menu)] if menu.kind == MenuKind::Copy));
    for open in ["v", "@", "$"] {
        let mut desk = Desk::new();
        desk.keys(&format!("{open}?"));
        let lines = help_lines(&desk);
        assert!(
            lines.iter().any(|(keys, _)| keys == open) && lines.iter().any(|(keys, _)| keys == "j Down"),
            "{lines:?}"
        );
        assert!(!lines.iter().any(|(keys, _)| keys == "x" || keys == "Tab l Right"), "{open}: {lines:?}");
        desk.keys("?");
        assert_eq!(desk.app.layers.len(), 1, "{open}");
        desk.keys(open);
        assert!(desk.app.layers.is_empty(), "{open}");
    }
}

#[test]
fn what_is_rebound_moves_in_menus_and_views_too_and_help_names_it() {
    let mut desk = Desk::new();
    desk.app.keymap = Keymap::new([("down", vec!["z"]), ("quit", vec!["Q"])]).unwrap();
    desk.keys("Az");
    assert_eq!(desk.menu().cursor, 0, "there is one account");
    desk.keys("<esc>Oz");
    assert_eq!(desk.menu().cursor, 1);
    desk.keys("jq?");
    assert!(help_lines(&desk).iter().any(|(keys, text)| keys == "z" && text == "down"));
    desk.keys("?Q");
    assert!(desk.app.layers.is_empty());
    desk.keys("vq");
    assert!(matches!(desk.app.layers.as_slice(), [Layer::Raw(_)]));
    desk.keys("z");
    desk.keys("Q");
    assert!(desk.app.layers.is_empty() && !desk.quits());
}

#[test]
fn help_over_a_dialog_shows_its_keys_and_leads_back_to_it() {
    let mut desk = Desk::new();
    desk.keys("x?");
    let lines = help_lines(&desk);
    assert!(lines.iter().any(|(keys, text)| keys == "y" && text == "does it"), "{lines:?}");
    assert!(!lines.iter().any(|(keys, _)| keys.starts_with('j')), "{lines:?}");
    desk.keys("y<esc>");
    assert!(matches!(desk.app.layers.as_slice(), [Layer::Confirm(_)]) && desk.asked.is_empty());
    // Where its name is typed it is text.
    let mut desk = Desk::new();
    desk.keys("D?");
    assert!(matches!(desk.app.layers.as_slice(), [Layer::Confirm(_)]));
}
