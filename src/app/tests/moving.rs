//! Keys that move.

use rstest::rstest;

use crate::app::Zoom;
use crate::app::tables::commands::COMMANDS;
use crate::app::tables::key::KeyStroke;
use crate::app::tables::pane::Pane;
use crate::app::tests::desk::Desk;

#[rstest]
#[case("j", "web-1")]
#[case("<down>", "web-1")]
#[case("jjk", "web-1")]
#[case("jj<up>", "web-1")]
#[case("k", "db")]
#[case("G", "web-5")]
#[case("<end>", "web-5")]
#[case("Gg", "db")]
#[case("G<home>", "db")]
#[case("<pgdn>", "web-5")]
#[case("<pgdn><pgup>", "db")]
#[case("<ctrl-d>", "web-5")]
#[case("<ctrl-d><ctrl-u>", "db")]
#[case("jjjjjjjjjj", "web-5")]
fn the_cursor_goes_where_the_key_says(#[case] keys: &str, #[case] at: &str) {
    let mut desk = Desk::new();
    desk.keys(keys);
    assert_eq!(desk.at(), at, "{keys}");
}

#[rstest]
#[case("<tab>", Pane::Snapshots)]
#[case("l", Pane::Snapshots)]
#[case("<right>", Pane::Snapshots)]
#[case("<shift-tab>", Pane::Operations)]
#[case("h", Pane::Operations)]
#[case("<left>", Pane::Operations)]
#[case("5", Pane::Operations)]
#[case("54321", Pane::Instances)]
#[case("3", Pane::Firewalls)]
#[case("4", Pane::Images)]
#[case("<tab><tab><tab><tab><tab>", Pane::Instances)]
fn panes_are_reached(#[case] keys: &str, #[case] pane: Pane) {
    let mut desk = Desk::new();
    desk.keys(keys);
    assert_eq!(desk.app.focus, pane, "{keys}");
}

#[test]
fn enter_opens_the_details_and_again_fills_the_screen() {
    let mut desk = Desk::new();
    desk.keys("<enter>");
    assert_eq!(desk.app.zoom, Zoom::Details);
    desk.keys("<enter>");
    assert_eq!(desk.app.zoom, Zoom::Full);
    desk.keys("<enter>j");
    assert_eq!((desk.app.zoom, desk.at()), (Zoom::Full, "db"), "keys move in the details");
    desk.keys("<esc><esc><esc><esc>");
    assert_eq!(desk.app.zoom, Zoom::List);
    assert!(!desk.quits());
}

#[test]
fn escape_takes_one_layer_and_never_quits() {
    let mut desk = Desk::new();
    desk.keys("/web<enter>  <enter><enter>D");
    assert!(desk.has_dialog());
    let state = |d: &Desk| (d.has_dialog(), d.app.pane().filter.value().len(), d.app.pane().marks.len(), d.app.zoom);
    let mut seen = vec![state(&desk)];
    for _ in 0..6 {
        desk.keys("<esc>");
        seen.push(state(&desk));
    }
    assert_eq!(seen[1], (false, 3, 2, Zoom::Full));
    assert_eq!(seen[2], (false, 0, 2, Zoom::Full));
    assert_eq!(seen[3], (false, 0, 0, Zoom::Full));
    assert_eq!(seen[4], (false, 0, 0, Zoom::Details));
    assert_eq!(seen[5], (false, 0, 0, Zoom::List));
    assert_eq!(seen[6], (false, 0, 0, Zoom::List));
    assert!(!desk.quits());
}

#[test]
fn an_unknown_key_does_nothing() {
    let mut desk = Desk::new();
    let before = format!("{:?}", desk.app.panes);
    desk.effects.clear();
    desk.keys("zZQ~<f5><ctrl-x><insert><delete><backspace>ひ");
    assert_eq!(format!("{:?}", desk.app.panes), before);
    assert!(desk.app.layers.is_empty() && desk.effects.is_empty() && desk.told().is_empty());
}

#[test]
fn the_letters_of_an_input_method_move_and_filter_but_never_change_anything() {
    let mut desk = Desk::new();
    desk.keys("ｊｊ");
    assert_eq!(desk.at(), "web-2");
    for c in "ｓｘＸｒＤｔＲｕａ：ｑ？".chars() {
        desk.keys(&c.to_string());
        assert!(desk.app.layers.is_empty() && !desk.quits(), "{c}");
    }
    desk.keys("／ｗｅｂ");
    assert_eq!(desk.shown(), "web-1 web-2 web-3 web-4 web-5");
    desk.keys("<esc>x");
    desk.keys("ｙ");
    assert!(desk.has_dialog(), "no y");
    assert!(desk.asked.is_empty());
}

#[test]
fn the_table_of_commands_has_the_keys_of_the_contract() {
    let wanted = "down j down|up k up|top g home|bottom G end|half-page-down ctrl-d|half-page-up ctrl-u|page-down pgdn|\
        page-up pgup|next-pane tab l right|previous-pane shift-tab h left|instances 1|snapshots 2|firewalls 3|images 4|\
        operations 5|open enter|back esc|filter /|order O|mark space|mark-all *|next-problem ]|previous-problem [|\
        actions a|palette :|help ?|accounts A|widen .|refresh ctrl-r|copy y|raw v|quit q|leave ctrl-c|suspend ctrl-z|\
        redraw ctrl-l|start s|stop x|force-stop X|reboot r|destroy D|take-snapshot t|restore R|delete D|take-back u";
    for line in wanted.split('|') {
        let (name, keys) = line.split_once(' ').unwrap();
        let row = COMMANDS.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
        let keys: Vec<KeyStroke> = keys.split(' ').map(|k| k.parse().unwrap()).collect();
        let has: Vec<KeyStroke> = row.keys.iter().map(|k| k.parse().unwrap()).collect();
        assert_eq!(has, keys, "{name}");
    }
}
