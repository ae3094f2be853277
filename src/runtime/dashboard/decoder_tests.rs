use proptest::prelude::*;
use rstest::rstest;

use super::*;

/// What is heard of bytes that are read in these pieces, and then nothing more.
fn heard(pieces: &[&[u8]]) -> Vec<TerminalInput> {
    let mut decoder = Decoder::default();
    for piece in pieces {
        decoder.take(piece);
    }
    decoder.give_up();
    decoder.heard()
}

fn cut(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|byte| *byte == b'|').collect()
}

fn keys(texts: &[&str]) -> Vec<TerminalInput> {
    texts.iter().map(|text| TerminalInput::Key(text.parse().unwrap())).collect()
}

#[rstest]
#[case(b"jD", &["j", "D"])]
#[case("ｊ".as_bytes(), &["ｊ"])]
#[case(b"\r\t\x1b[Z\x7f", &["enter", "tab", "shift-tab", "backspace"])]
#[case(b"\x03\x0a\x00\x1f", &["ctrl-c", "ctrl-j", "ctrl-space", "ctrl-7"])]
#[case(b"\x1b[A\x1bOB\x1b[1;5C\x1b[1;3D", &["up", "down", "ctrl-right", "alt-left"])]
#[case(b"\x1b[H\x1b[4~\x1b[5~\x1b[6~\x1b[3~\x1b[2~", &["home", "end", "pgup", "pgdn", "delete", "insert"])]
#[case(b"\x1bOP\x1b[15~\x1b[24~\x1b[[E\x1b[1;5Q", &["f1", "f5", "f12", "f5", "ctrl-f2"])]
#[case(b"\x1bx\x1b\x7f", &["alt-x", "alt-backspace"])]
#[case(b"\x1b[106;5u\x1b[27;5;13~\x1b[9;2u", &["ctrl-j", "ctrl-enter", "shift-tab"])]
#[case(b"\x1b[106:74;2u\x1b[106;2u\x1b[47:63;2u\x1b[233;2u\x1b[128512u", &["J", "J", "?", "\u{c9}", "\u{1f600}"])]
#[case(b"\x1b[106;6u\x1b[27;6;74~\x1b[106;69u\x1b[106;1:1uk\x1b[106;1:2u", &["ctrl-j", "ctrl-j", "ctrl-j", "j", "k", "j"])]
#[case(b"\x1b[68;1:3u\x1b[1;1:3D\x1b[3;1:3~\x1b[68;9u\x1b[68;17u\x1b[68;33u\x1b[1;9D\x1b[57441;2u\x1b[63743uj", &["j"])]
#[case(b"\x1b[MD!Dj\x1b[M Dx\x1b[<0;1;1Mk", &["j", "k"])]
fn keys_are_known_as_terminals_send_them(#[case] bytes: &[u8], #[case] expected: &[&str]) {
    assert_eq!(heard(&[bytes]), keys(expected));
}

#[rstest]
#[case(b"\x1b|[A", &["up"])]
#[case(b"\x1b[1|;5|C", &["ctrl-right"])]
#[case(b"\xe3\x81|\x82", &["あ"])]
#[case(b"\x1b[M|D!|D", &[])]
#[case(b"\x1b[MD\x1b[A", &["up"])]
fn a_sequence_may_be_read_in_pieces(#[case] pieces: &[u8], #[case] expected: &[&str]) {
    assert_eq!(heard(&cut(pieces)), keys(expected));
}

#[rstest]
#[case(b"\x1b", &["esc"])]
#[case(b"\x1b\x1b", &["esc", "esc"])]
#[case(b"\x1b|j", &["esc", "j"])]
#[case(b"\x1b|[", &[])]
#[case(b"\x1b|O", &["esc", "O"])]
#[case(b"\x1b[1;", &[])]
#[case(b"\x1b[1\x1b[A", &["up"])]
#[case(b"\xffj\xe3j", &["j", "j"])]
fn esc_is_a_key_and_what_broke_off_is_none(#[case] pieces: &[u8], #[case] expected: &[&str]) {
    assert_eq!(heard(&cut(pieces)), keys(expected));
}

#[test]
fn an_answer_is_never_a_key_wherever_it_comes_and_however_often() {
    let all = b"j\x1b[1;5R\x1b[1;5Rk\x1b[?62;22c\x1b]11;rgb:0/0/0\x1b\\\x1bP>|tmux\x1b\\\x1b[?1ul";
    for at in 0..all.len() {
        let mut decoder = Decoder::default();
        decoder.take(&all[..at]);
        decoder.take(&all[at..]);
        assert_eq!(
            (decoder.cursor_column(), decoder.cursor_column(), decoder.cursor_column()),
            (Some(5), Some(5), None)
        );
        assert_eq!(decoder.heard(), keys(&["j", "k", "l"]), "read in two at {at}");
        assert_eq!(decoder.patience(), None);
    }
}

#[test]
fn a_paste_is_one_text_whatever_is_in_it() {
    let all = "j\x1b[200~x\r\x1b[A\u{3042}\x1b[20\x1b[201~k".as_bytes();
    let pasted = TerminalInput::Paste("x\r\u{1b}[A\u{3042}\u{1b}[20".to_owned());
    for at in 0..all.len() {
        let heard = heard(&[&all[..at], &all[at..]]);
        assert_eq!(heard, [keys(&["j"]), vec![pasted.clone()], keys(&["k"])].concat(), "read in two at {at}");
    }
}

/// Esc, for which nothing came in time, and then what came soon after it in these pieces.
fn heard_late(pieces: &[&[u8]]) -> Vec<TerminalInput> {
    let mut decoder = Decoder::default();
    decoder.take(b"\x1b");
    assert_eq!(decoder.patience(), Some(AMBIGUOUS));
    decoder.give_up();
    assert_eq!(decoder.patience(), Some(BROKEN_OFF), "its sequence may come");
    pieces.iter().for_each(|piece| decoder.take(piece));
    while decoder.patience().is_some() {
        decoder.give_up();
    }
    decoder.heard()
}

#[rstest]
#[case(b"[D", &["esc", "left"])]
#[case(b"[1;5D", &["esc", "ctrl-left"])]
#[case(b"[|D", &["esc", "left"])]
#[case(b"[?62;22c", &["esc"])]
#[case(b"OA", &["esc", "up"])]
#[case(b"[1;", &["esc"])]
#[case(b"[", &["esc", "["])]
#[case(b"OO", &["esc", "O", "O"])]
#[case(b"[x", &["esc", "[", "x"])]
#[case(b"j[D", &["esc", "j", "[", "D"])]
#[case(b"", &["esc"])]
fn the_late_rest_of_a_sequence_is_no_command(#[case] pieces: &[u8], #[case] expected: &[&str]) {
    assert_eq!(heard_late(&cut(pieces)), keys(expected));
}

#[rstest]
#[case(b"\x1b", AMBIGUOUS)]
#[case(b"\x1b[", BROKEN_OFF)]
#[case(b"\x1b[1;", BROKEN_OFF)]
#[case(b"\x1bO", BROKEN_OFF)]
#[case(b"\x1b]11;rgb", BROKEN_OFF)]
#[case(b"\xe3\x81", BROKEN_OFF)]
#[case(b"\x1b[200~web", BROKEN_OFF)]
fn only_esc_alone_is_soon_given_up(#[case] bytes: &[u8], #[case] patience: Duration) {
    let mut decoder = Decoder::default();
    decoder.take(bytes);
    assert_eq!(decoder.patience(), Some(patience));
}

#[test]
fn a_paste_that_breaks_off_ends_with_what_came_and_keys_are_keys_again() {
    let mut decoder = Decoder::default();
    decoder.take(b"\x1b[200~hello");
    decoder.give_up();
    assert_eq!(decoder.patience(), None);
    decoder.take(b"jD");
    assert_eq!(decoder.heard(), [vec![TerminalInput::Paste("hello".to_owned())], keys(&["j", "D"])].concat());
}

#[test]
fn of_a_paste_and_of_a_sequence_only_so_much_is_kept() {
    let mut decoder = Decoder::default();
    decoder.take(b"\x1b[200~");
    for _ in 0..LONGEST {
        decoder.take(b"0123456789");
        assert!(decoder.paste.as_ref().is_some_and(|paste| paste.len() <= 2 * LONGEST + 10));
    }
    decoder.take(b"\x1b[20");
    decoder.take(b"1~j");
    let heard = decoder.heard();
    assert!(matches!(&heard[0], TerminalInput::Paste(text) if text.len() == LONGEST && text.ends_with("012345")));
    assert_eq!(heard[1..], keys(&["j"]));
    decoder.take(b"\x1b]");
    decoder.take(&vec![b'x'; LONGEST]);
    assert_eq!(decoder.patience(), None);
}

#[test]
fn a_control_breaks_a_string_off() {
    assert_eq!(heard(&[b"\x1bXab\x03\x1b]0;t\x1b[A\x1bP1"]), keys(&["ctrl-c", "up"]));
}

#[test]
fn focus_is_told() {
    assert_eq!(heard(&[b"\x1b[I\x1b[O"]), [TerminalInput::Focus(true), TerminalInput::Focus(false)]);
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces_are_survived_and_the_next_key_is_heard(pieces: Vec<Vec<u8>>) {
        let mut decoder = Decoder::default();
        for piece in &pieces {
            decoder.take(piece);
        }
        decoder.give_up();
        let _ = decoder.heard();
        decoder.take(b"j");
        prop_assert_eq!(decoder.heard(), keys(&["j"]));
    }
}
