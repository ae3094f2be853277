//! What the bytes of a terminal mean: keys, pastes, focus, and where it says that its cursor is.
//!
//! crossterm has a decoder, too, but only for its own reading: that blocks in the middle of a sequence, takes the end of
//! what it could read for the end of a sequence, and never ends where the terminal has gone (crossterm 0.29). Here bytes
//! come in as they were read, and what is incomplete waits for its rest until [`Decoder::give_up`].

use std::time::Duration;

use crate::app::tables::key::{Code, KeyStroke};

const ESC: u8 = 0x1b;
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// So long Esc may turn out to begin a sequence. Long enough for most of what a network cuts in two, and hardly felt.
const AMBIGUOUS: Duration = Duration::from_millis(50);
/// So long the rest of what is surely no key may take.
const BROKEN_OFF: Duration = Duration::from_millis(500);
/// More bytes are kept of no paste and of no sequence: a program could go on with one for ever. More than a text field
/// holds, at up to four bytes a character.
const LONGEST: usize = 64 << 10;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TerminalInput {
    Key(KeyStroke),
    Paste(String),
    Focus(bool),
    /// The answer to where the cursor is: its column, counted from 1.
    CursorColumn(u16),
}

/// Bytes that may be the beginning of something.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    open: Vec<u8>,
    /// What was pasted so far, where the end of it is still to come.
    paste: Option<Vec<u8>>,
    /// Whether an Esc was taken for a key a moment ago. Its sequence may come yet; then `open` begins with an ESC again.
    late: bool,
    heard: Vec<TerminalInput>,
}

/// What stands at the beginning of some bytes.
enum First {
    /// Something of this length; `None` where it is nothing for us.
    Whole(usize, Option<TerminalInput>),
    Part,
    /// What is pasted begins after so many bytes.
    Paste(usize),
}

impl Decoder {
    /// Takes in what was read at once.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        // Esc, and then another key: terminals send what belongs to an Esc with it, or one of these.
        if self.open == [ESC] && !bytes.first().is_none_or(|byte| b"[O]P_^X".contains(byte)) {
            self.give_up();
        }
        if self.late && self.open.is_empty() {
            self.late = matches!(bytes.first(), Some(b'[' | b'O'));
            self.open.extend(self.late.then_some(ESC));
        }
        self.open.extend_from_slice(bytes);
        self.decode();
    }

    /// So long to wait for the end of what began; `None` where nothing did.
    pub(super) fn patience(&self) -> Option<Duration> {
        match *self.open.as_slice() {
            [] if self.paste.is_none() && !self.late => None,
            [ESC] => Some(AMBIGUOUS),
            // A key, unless it is the late rest of a sequence.
            [ESC, _] if self.late => Some(AMBIGUOUS),
            _ => Some(BROKEN_OFF),
        }
    }

    /// Nothing more comes of what began: Esc alone is a key, also before an O; what came of a paste is one; the rest of
    /// a sequence, or of a character, is nothing.
    pub(super) fn give_up(&mut self) {
        if let Some(pasted) = self.paste.take() {
            self.pasted(&pasted);
        }
        let late = std::mem::take(&mut self.late);
        match *self.open.as_slice() {
            [ESC] => {
                self.heard.push(TerminalInput::Key(KeyStroke::plain(Code::Esc)));
                self.late = true;
            }
            [ESC, byte] if late => self.heard.push(TerminalInput::Key(KeyStroke::char(char::from(byte)))),
            [ESC, b'O'] => {
                self.heard.push(TerminalInput::Key(KeyStroke::plain(Code::Esc)));
                self.heard.push(TerminalInput::Key(KeyStroke::char('O')));
            }
            _ => {}
        }
        self.open.clear();
    }

    /// What was heard since.
    pub(super) fn heard(&mut self) -> Vec<TerminalInput> {
        std::mem::take(&mut self.heard)
    }

    /// The first answer to where the cursor is; what else was heard stays.
    pub(super) fn cursor_column(&mut self) -> Option<u16> {
        let at = self.heard.iter().position(|heard| matches!(heard, TerminalInput::CursorColumn(_)))?;
        match self.heard.remove(at) {
            TerminalInput::CursorColumn(column) => Some(column),
            _ => None,
        }
    }

    fn decode(&mut self) {
        let bytes = std::mem::take(&mut self.open);
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            if let Some(pasted) = &mut self.paste {
                let before = pasted.len();
                pasted.extend_from_slice(rest);
                // Its end may have begun in what was read before.
                let from = before.saturating_sub(PASTE_ENDS.len());
                let Some(end) = pasted[from..].windows(PASTE_ENDS.len()).position(|window| window == PASTE_ENDS) else {
                    // What is too much goes, but for what may be the beginning of the end.
                    if pasted.len() > 2 * LONGEST {
                        pasted.drain(LONGEST..pasted.len() - PASTE_ENDS.len());
                    }
                    return;
                };
                rest = &rest[from + end + PASTE_ENDS.len() - before..];
                pasted.truncate(from + end);
                let pasted = self.paste.take().unwrap_or_default();
                self.pasted(&pasted);
                continue;
            }
            let found = first(rest);
            let late = std::mem::take(&mut self.late);
            match found {
                // Keys after an Esc that only look like the rest of a sequence: one that is known, or has numbers.
                First::Whole(_, None) if late && !rest.get(2).is_some_and(|byte| (0x20..=0x3f).contains(byte)) => {
                    rest = &rest[1..];
                }
                First::Whole(length, heard) => {
                    self.heard.extend(heard);
                    rest = &rest[length..];
                }
                First::Paste(length) => {
                    self.paste = Some(Vec::new());
                    rest = &rest[length..];
                }
                First::Part => {
                    self.late = late;
                    self.open = if rest.len() > LONGEST { Vec::new() } else { rest.to_vec() };
                    return;
                }
            }
        }
    }

    fn pasted(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).into_owned();
        self.heard.push(TerminalInput::Paste(text));
    }
}

fn first(bytes: &[u8]) -> First {
    match *bytes {
        [ESC] | [ESC, b'O'] => First::Part,
        [ESC, b'[', ..] => sequence(bytes),
        [ESC, b'O', letter, ..] => First::Whole(3, lettered(letter, 1).map(TerminalInput::Key)),
        [ESC, b']' | b'P' | b'_' | b'^' | b'X', ..] => string(bytes),
        [ESC, ESC, ..] => First::Whole(1, Some(TerminalInput::Key(KeyStroke::plain(Code::Esc)))),
        [ESC, ..] => match character(&bytes[1..]) {
            First::Whole(length, Some(TerminalInput::Key(key))) => {
                First::Whole(length + 1, Some(TerminalInput::Key(KeyStroke { alt: true, ..key })))
            }
            First::Whole(length, other) => First::Whole(length + 1, other),
            part => part,
        },
        _ => character(bytes),
    }
}

/// An answer that nobody asked for; it ends with BEL or with ESC \. Any other control breaks it off and is for itself.
fn string(bytes: &[u8]) -> First {
    let Some(at) = bytes[2..].iter().position(|byte| *byte < 0x20).map(|at| at + 2) else { return First::Part };
    match bytes[at..] {
        [0x07, ..] => First::Whole(at + 1, None),
        [ESC] => First::Part,
        [ESC, b'\\', ..] => First::Whole(at + 2, None),
        _ => First::Whole(at, None),
    }
}

fn character(bytes: &[u8]) -> First {
    let ctrl = |c: u8| KeyStroke { ctrl: true, ..KeyStroke::char(char::from(c)) };
    let key = match bytes[0] {
        b'\r' => KeyStroke::plain(Code::Enter),
        b'\t' => KeyStroke::plain(Code::Tab),
        0x7f => KeyStroke::plain(Code::Backspace),
        0 => ctrl(b' '),
        c @ 0x01..=0x1a => ctrl(c - 1 + b'a'),
        c @ 0x1c..=0x1f => ctrl(c - 0x1c + b'4'),
        first => {
            let length = match first {
                0xc2..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf4 => 4,
                _ => 1,
            };
            let there = 1 + bytes[1..].iter().take(length - 1).take_while(|byte| matches!(byte, 0x80..=0xbf)).count();
            if there < length && there == bytes.len() {
                return First::Part;
            }
            let c = std::str::from_utf8(&bytes[..there]).ok().and_then(|text| text.chars().next());
            return match c {
                Some(c) => First::Whole(there, Some(TerminalInput::Key(KeyStroke::char(c)))),
                None => First::Whole(there, None),
            };
        }
    };
    First::Whole(1, Some(TerminalInput::Key(key)))
}

/// What begins with `ESC [`: numbers, then one byte that says what it is.
fn sequence(bytes: &[u8]) -> First {
    let Some(length) = bytes[2..].iter().position(|byte| !(0x20..=0x3f).contains(byte)) else { return First::Part };
    let (inner, last) = (&bytes[2..2 + length], bytes[2 + length]);
    // The keys F1 to F5 of the Linux console: ESC [ [ A.
    if (inner, last) == (b"", b'[') {
        return match bytes.get(3) {
            None => First::Part,
            Some(letter @ b'A'..=b'E') => {
                First::Whole(4, Some(TerminalInput::Key(KeyStroke::plain(Code::F(letter - b'A' + 1)))))
            }
            Some(_) => First::Whole(4, None),
        };
    }
    if !(0x40..=0x7e).contains(&last) {
        // It broke off: what broke in is for itself.
        return First::Whole(2 + length, None);
    }
    let whole = |heard: Option<TerminalInput>| First::Whole(3 + length, heard);
    let parameters = parameters(inner);
    let of = |at: usize, part: usize| parameters.get(at).and_then(|parts| parts.get(part)).copied().unwrap_or(0);
    let (number, modifiers) = (of(0, 0), of(1, 0));
    let key = match last {
        b'I' => return whole(Some(TerminalInput::Focus(true))),
        b'O' => return whole(Some(TerminalInput::Focus(false))),
        b'R' => return whole(Some(TerminalInput::CursorColumn(modifiers.try_into().unwrap_or(0)))),
        b'M' if inner.is_empty() => return mouse(bytes),
        b'~' if number == 200 => return First::Paste(3 + length),
        b'~' if number == 27 => coded(of(2, 0), 0, modifiers),
        b'~' => numbered(number, modifiers),
        b'u' if !inner.starts_with(b"?") => coded(number, of(0, 1), modifiers),
        letter => lettered(letter, modifiers),
    };
    // The kitty protocol's kind of an event: 3 lets a key go.
    whole(key.filter(|_| of(1, 1) != 3).map(TerminalInput::Key))
}

/// The numbers between semicolons, each with what stands behind colons in it.
fn parameters(inner: &[u8]) -> Vec<Vec<u32>> {
    let number = |text: &[u8]| std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    inner.split(|byte| *byte == b';').map(|one| one.split(|byte| *byte == b':').map(number).collect()).collect()
}

/// The mouse as old terminals tell it: ESC [ M, and a byte each for the button, the column and the line.
fn mouse(bytes: &[u8]) -> First {
    let there = bytes[3..].iter().take(3).take_while(|byte| **byte >= 0x20).count();
    if there < 3 && bytes.len() == 3 + there { First::Part } else { First::Whole(3 + there, None) }
}

const SHIFT: u32 = 1;
const ALT: u32 = 2;
const CONTROL: u32 = 4;
/// Super, hyper and meta: such keys are for others.
const OTHER: u32 = 8 | 16 | 32;

/// A key with the modifiers that terminals send as a number: 1 and those that are held.
fn modified(code: Code, modifiers: u32) -> Option<KeyStroke> {
    let bits = modifiers.saturating_sub(1);
    let code = if code == Code::Tab && bits & SHIFT != 0 { Code::BackTab } else { code };
    (bits & OTHER == 0).then_some(KeyStroke { code, alt: bits & ALT != 0, ctrl: bits & CONTROL != 0 })
}

fn lettered(letter: u8, modifiers: u32) -> Option<KeyStroke> {
    let code = match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(letter - b'P' + 1),
        b'Z' => Code::BackTab,
        _ => return None,
    };
    modified(code, modifiers)
}

fn numbered(number: u32, modifiers: u32) -> Option<KeyStroke> {
    let function = |first: u32, f: u32| u8::try_from(number - first + f).map(Code::F).ok();
    let code = match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => function(11, 1)?,
        17..=21 => function(17, 6)?,
        23..=26 => function(23, 11)?,
        28..=29 => function(28, 15)?,
        31..=34 => function(31, 17)?,
        _ => return None,
    };
    modified(code, modifiers)
}

/// Keys that some terminals send as a character's number with modifiers; `shifted` is the one that shift makes of it, or 0.
fn coded(number: u32, shifted: u32, modifiers: u32) -> Option<KeyStroke> {
    let code = match number {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        127 => Code::Backspace,
        // Keys without a character, such as those for sound.
        57_344..=63_743 => return None,
        _ => {
            let bits = modifiers.saturating_sub(1);
            let types = bits & SHIFT != 0 && bits & CONTROL == 0;
            let c = char::from_u32(if types && shifted != 0 { shifted } else { number })?;
            let mut upper = c.to_uppercase();
            Code::Char(match (upper.next(), upper.next()) {
                (Some(upper), None) if types => upper,
                _ if bits & CONTROL != 0 => c.to_ascii_lowercase(),
                _ => c,
            })
        }
    };
    modified(code, modifiers).filter(|key| !matches!(key.code, Code::Char(c) if c.is_control()))
}

#[cfg(test)]
#[path = "decoder_tests.rs"]
mod tests;
