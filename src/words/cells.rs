//! Text as a terminal shows it: how many cells it takes, cut or wrapped to so many, and made harmless.
//!
//! What a provider sends is data. Control characters, changes of direction and whatever else shows nothing become marks
//! that can be seen, before anything is measured, so that no name looks like another or moves the cursor.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands where text was cut off.
pub const CUT: &str = "~";
/// More marks than this on one character are not writing.
const MOST_MARKS: usize = 6;

/// Whether a character shows nothing of its own, or changes how others are shown.
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text with a mark in the place of each character that would drive a terminal or turn the order of what is read.
#[must_use]
pub fn without_controls(text: &str) -> String {
    let unseen = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if unseen(c) { '\u{fffd}' } else { c }).collect()
}

/// The same text with a visible mark for each character that shows nothing: `^[` for escape, `<202E>` for a change of
/// direction. Marks that combine stay, unless they have nothing to stand on or are piled up.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for grapheme in text.graphemes(true) {
        let mut bare = true;
        for (i, c) in grapheme.chars().enumerate() {
            match c {
                '\0'..='\u{1f}' => {
                    out.push('^');
                    out.push(char::from(c as u8 + 0x40));
                }
                '\u{7f}' => out.push_str("^?"),
                _ if c.is_control() || is_hidden(c) => {
                    let _ = write!(out, "<{:02X}>", c as u32);
                }
                _ if bare && i == 0 && cells(c.encode_utf8(&mut [0; 4])) == 0 => {
                    let _ = write!(out, "<{:02X}>", c as u32);
                }
                _ if i == MOST_MARKS => out.push_str(CUT),
                _ if i > MOST_MARKS => {}
                _ => {
                    bare = false;
                    out.push(c);
                }
            }
        }
    }
    Cow::Owned(out)
}

/// The cells of one character as ratatui counts them: the marks of half-width katakana take one each.
fn cells(grapheme: &str) -> usize {
    if grapheme.len() == 1 {
        return 1;
    }
    grapheme.width() + grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count()
}

/// How many cells a clean text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(cells).sum() }
}

/// The beginning of a text that takes at most so many cells.
fn head(text: &str, most: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += cells(grapheme);
        if used > most {
            return &text[..at];
        }
    }
    text
}

/// The end of a text that takes at most so many cells.
#[must_use]
pub fn tail(text: &str, most: usize) -> &str {
    let mut used = 0;
    let mut from = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += cells(grapheme);
        if used > most {
            break;
        }
        from = at;
    }
    &text[from..]
}

/// A clean text of at most so many cells; one that was cut ends in `~`.
#[must_use]
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most && text.is_ascii() || width(text) <= most {
        return Cow::Borrowed(text);
    }
    if most == 0 {
        return Cow::Borrowed("");
    }
    Cow::Owned(format!("{}{CUT}", head(text, most - 1)))
}

/// A clean text of at most so many cells, cut in its middle: both ends of an address tell it from its neighbours.
#[must_use]
pub fn cut_middle(text: &str, most: usize) -> Cow<'_, str> {
    if width(text) <= most {
        return Cow::Borrowed(text);
    }
    cut_keeping(text, most, if most < 5 { 0 } else { (most - 1) / 3 })
}

/// How many cells of their ends are tried, for texts that begin alike.
const ENDS: [usize; 7] = [0, 4, 6, 8, 12, 16, 24];
/// Of a beginning at least so many cells stay.
const LEAST_HEAD: usize = 4;

/// How many cells of their ends clean texts must keep in a room of so many, where they are too long for it, to be told
/// apart: `usual` where that does.
#[must_use]
pub fn end_that_tells<'a>(texts: impl IntoIterator<Item = &'a str>, most: usize, usual: usize) -> usize {
    let long: HashSet<&str> = texts.into_iter().filter(|text| width(text) > most).collect();
    let apart = |end: usize| long.iter().map(|text| ends_of(text, most, end)).collect::<HashSet<_>>().len();
    let mut best = (usual, 0);
    let ends = std::iter::once(usual).chain(ENDS);
    for end in ends.filter(|end| *end == 0 || end + LEAST_HEAD < most) {
        if best.1 < long.len() && apart(end) > best.1 {
            best = (end, apart(end));
        }
    }
    best.0
}

/// A clean text of at most so many cells that keeps so many of its end, see [`end_that_tells`].
#[must_use]
pub fn cut_keeping(text: &str, most: usize, end: usize) -> Cow<'_, str> {
    if end == 0 || width(text) <= most {
        return cut(text, most);
    }
    let (from, to) = ends_of(text, most, end);
    Cow::Owned(format!("{from}{CUT}{to}"))
}

fn ends_of(text: &str, most: usize, end: usize) -> (&str, &str) {
    (head(text, most.saturating_sub(1 + end)), tail(text, end))
}

/// A clean text in lines of at most so many cells, broken at blanks, which stay within a line and go at its ends; within
/// a word only where it is longer than a line. Nothing but blanks is lost. There is always one line.
#[must_use]
pub fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut out = LineWrap { most: most.max(1), lines: Vec::new(), line: String::new(), used: 0 };
    let mut rest = text;
    while !rest.is_empty() {
        let (blanks, after) = split(rest, |c| !c.is_whitespace());
        let (word, after) = split(after, char::is_whitespace);
        rest = after;
        if width(word) <= out.most {
            out.push(blanks, word);
            continue;
        }
        // Too long for any line, it begins where it stands. Its parts stay whole as far as they can.
        for (n, part) in word.split_word_bounds().enumerate() {
            let blanks = if n == 0 { blanks } else { "" };
            if width(part) <= out.most {
                out.push(blanks, part);
                continue;
            }
            for (n, grapheme) in part.graphemes(true).enumerate() {
                out.push(if n == 0 { blanks } else { "" }, grapheme);
            }
        }
    }
    if !out.line.is_empty() || out.lines.is_empty() {
        out.lines.push(out.line);
    }
    out.lines
}

/// A text before and from the first character that is so.
fn split(text: &str, is: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is).unwrap_or(text.len()))
}

struct LineWrap {
    most: usize,
    lines: Vec<String>,
    line: String,
    used: usize,
}

impl LineWrap {
    /// Something that is not broken, behind blanks where it still has room in the line.
    fn push(&mut self, blanks: &str, whole: &str) {
        let (before, takes) = (width(blanks), width(whole));
        if whole.is_empty() {
            return;
        }
        if self.used + before + takes <= self.most {
            self.line.push_str(blanks);
            self.used += before;
        } else if !self.line.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
            self.used = 0;
        }
        self.line.push_str(whole);
        self.used += takes;
    }
}

/// `######....`, so many cells of which this share is done.
#[must_use]
pub fn bar(share: f64, count: usize) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "cells")]
    let done = ((share.clamp(0.0, 1.0) * count as f64) as usize).min(count);
    format!("{}{}", "#".repeat(done), ".".repeat(count - done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_provider_says_cannot_drive_a_terminal() {
        assert_eq!(without_controls("a\u{1b}[2J\u{202e}b\nc"), "a\u{fffd}[2J\u{fffd}b\u{fffd}c");
        assert_eq!(without_controls("a\u{1b}]2;x\u{7}"), "a\u{fffd}]2;x\u{fffd}");
    }

    #[test]
    fn what_shows_nothing_becomes_a_mark() {
        assert_eq!(clean("a\u{202e}b\u{1b}[31m\u{200b}\u{7f}\n"), "a<202E>b^[[31m<200B>^?^J");
        assert_eq!(clean("\u{301}a"), "<301>a", "a mark with nothing to stand on");
        assert_eq!(clean("東京 e\u{301} ｶﾞ"), "東京 e\u{301} ｶﾞ");
    }

    #[test]
    fn no_wide_character_is_cut_in_two() {
        assert_eq!(cut("東京-本番-01", 8), "東京-本~");
        assert_eq!(cut("東京-本番-01", 7), "東京-~");
        assert_eq!(width(&cut("東京-本番-01", 7)), 6);
        assert_eq!(cut("web-01", 6), "web-01");
        assert_eq!(cut("web-01", 0), "");
    }

    #[test]
    fn an_address_keeps_both_ends() {
        assert_eq!(cut_middle("2001:db8:1:2:3:4:5:7a3f", 15), "2001:db8:1~7a3f");
        assert_eq!(cut_middle("203.0.113.7", 15), "203.0.113.7");
    }

    #[test]
    fn texts_that_begin_alike_keep_as_much_of_their_ends_as_tells_them_apart() {
        let shown = |texts: &[&'static str], most: usize| -> Vec<String> {
            let end = end_that_tells(texts.iter().copied(), most, 0);
            texts.iter().map(|text| cut_keeping(text, most, end).into_owned()).collect()
        };
        let sizes = ["vmi-almalinux-8.4-amd64-100gb", "vmi-almalinux-8.4-amd64-30gb", "vmi-almalinux-8.4-amd64-20gb"];
        assert_eq!(
            shown(&sizes, 24),
            ["vmi-almalinux-8.4-a~00gb", "vmi-almalinux-8.4-a~30gb", "vmi-almalinux-8.4-a~20gb"]
        );
        let versions = ["vmi-ubuntu-18.04-amd64-100gb", "vmi-ubuntu-20.04-amd64-100gb"];
        assert_eq!(shown(&versions, 17), ["vmi-ubuntu-18.04~", "vmi-ubuntu-20.04~"], "their beginnings tell");
        assert_eq!(shown(&["alike-alike", "alike-alike", "short"], 8), ["alike-a~", "alike-a~", "short"]);
        let wide = [
            "\u{6771}\u{4eac}-\u{672c}\u{756a}-\u{4e00}\u{53f7}\u{6a5f}-01",
            "\u{6771}\u{4eac}-\u{672c}\u{756a}-\u{4e00}\u{53f7}\u{6a5f}-02",
        ];
        let cut = shown(&wide, 12);
        assert!(cut[0] != cut[1] && cut.iter().all(|text| width(text) <= 12), "{cut:?}");
        for most in 0..30 {
            assert!(shown(&sizes, most).iter().all(|text| width(text) <= most), "{most}");
        }
    }

    #[test]
    fn lines_break_at_blanks_and_hold_everything() {
        assert_eq!(wrap("the disk of web-01 is overwritten", 16), ["the disk of", "web-01 is", "overwritten"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 4), [""]);
        assert_eq!(wrap("東京本番", 3), ["東", "京", "本", "番"]);
        for most in 1..20 {
            let text = "one two-three 東京-本番 2001:db8::7 abcdefghijklmnop";
            let joined: String = wrap(text, most).concat().split_whitespace().collect();
            assert_eq!(joined, text.split_whitespace().collect::<String>(), "{most}");
        }
    }

    /// Words of ASCII, wide characters, marks that combine, half-width katakana, signs that words are parted at.
    fn text() -> impl proptest::strategy::Strategy<Value = String> {
        proptest::string::string_regex(
            "([a-z0-9.,:;/()_-]{1,12}|[東京本番帳簿、。]{1,8}|[ｶﾞﾝﾀ]{1,5}|e\u{301}|[ \u{3000}]{1,3}|🇯🇵|👩‍💻|\t|~){0,24}",
        )
        .expect("a pattern")
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_at_a_wrap_and_no_word_is_broken_that_fits(text in text(), most in 1usize..40) {
            let text = clean(&text).into_owned();
            let lines = wrap(&text, most);
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            proptest::prop_assert_eq!(bare(&lines.concat()), bare(&text));
            for line in &lines {
                let one = line.graphemes(true).count() == 1;
                proptest::prop_assert!(width(line) <= most || one, "{:?} is wider than {}", line, most);
            }
            if text.split_whitespace().all(|word| width(word) <= most) {
                let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
                proptest::prop_assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
            }
        }
    }
}
