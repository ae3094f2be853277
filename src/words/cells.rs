//! Text as a terminal shows it: how many cells it takes, cut or wrapped to so many, and made harmless.
//!
//! What a provider sends is data. Control characters, changes of direction and whatever else shows nothing become marks
//! that can be seen, before anything is measured, so that no name looks like another or moves the cursor.

use std::borrow::Cow;
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
    if most < 5 {
        return cut(text, most);
    }
    let behind = (most - 1) / 3;
    Cow::Owned(format!("{}{CUT}{}", head(text, most - 1 - behind), tail(text, behind)))
}

/// A clean text in lines of at most so many cells, broken at blanks, and within a word only where it is longer than a
/// line. There is always one line.
#[must_use]
pub fn wrap(text: &str, most: usize) -> Vec<String> {
    let most = most.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in text.split_word_bounds() {
        let takes = width(piece);
        if used + takes <= most {
            line.push_str(piece);
            used += takes;
            continue;
        }
        if piece.trim().is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0;
            continue;
        }
        // What belongs to the last word of the line goes with it to the next, such as the second part of `web-01`.
        let from = line.trim_end().len();
        let stays = if from < line.len() { from } else { line.rfind(' ').map_or(0, |at| at + 1) };
        let carried = if stays == 0 || from < line.len() { String::new() } else { line.split_off(stays) };
        if !carried.is_empty() && width(&carried) + takes > most {
            line.push_str(&carried);
        } else if !line.is_empty() && (stays > 0 || takes <= most) {
            lines.push(line.trim_end().to_owned());
            line = carried;
        }
        used = width(&line);
        let mut rest = piece;
        while used + width(rest) > most {
            let fits = head(rest, most - used);
            // Not even one character fits beside what stands there, or on a line at all.
            let fits =
                if fits.is_empty() && line.is_empty() { rest.graphemes(true).next().unwrap_or(rest) } else { fits };
            line.push_str(fits);
            rest = &rest[fits.len()..];
            lines.push(std::mem::take(&mut line));
            used = 0;
            if rest.is_empty() {
                break;
            }
        }
        line.push_str(rest);
        used = width(&line);
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
