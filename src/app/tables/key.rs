//! Keys as text: `j`, `D`, `ctrl-d`, `shift-tab`, `enter`, `space`, `f5`.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use crate::domain::{Phrase, text};

/// What was pressed, without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key with its modifiers. Shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyStroke {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
}

impl KeyStroke {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// The character that it types into a field, where it types one.
    #[must_use]
    pub const fn typed(&self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    #[must_use]
    pub fn is_cancel(self) -> bool {
        self.code == Code::Esc || (self.ctrl && self.code == Code::Char('c'))
    }

    /// The ASCII twin of a letter from an input method, such as `j` for `ｊ`.
    #[must_use]
    pub fn ascii_twin(&self) -> Option<Self> {
        let Code::Char(c) = self.code else { return None };
        if c.is_ascii() {
            return None;
        }
        let mut folded = c.nfkc();
        match (folded.next(), folded.next()) {
            (Some(twin), None) if twin.is_ascii() => Some(Self { code: Code::Char(twin), ..*self }),
            _ => None,
        }
    }
}

const NAMED: [(&str, Code); 16] = [
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("shift-tab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("space", Code::Char(' ')),
];

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoKey(String);

impl NoKey {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        text::keymap::no_key(format!("{:?}", self.0))
    }
}

impl FromStr for KeyStroke {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let none = || NoKey(text.to_owned());
        let mut key = Self::plain(Code::Esc);
        let mut rest = text;
        loop {
            let lower = rest.to_ascii_lowercase();
            if rest.len() > 5 && lower.starts_with("ctrl-") {
                key.ctrl = true;
                rest = &rest[5..];
            } else if rest.len() > 4 && lower.starts_with("alt-") {
                key.alt = true;
                rest = &rest[4..];
            } else {
                break;
            }
        }
        let lower = rest.to_ascii_lowercase();
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.next()) {
            (Some(c), None) => Code::Char(if key.ctrl { c.to_ascii_lowercase() } else { c }),
            _ => match NAMED.iter().find(|(name, _)| *name == lower) {
                Some((_, code)) => *code,
                None => {
                    let number = lower.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=12).contains(n));
                    Code::F(number.ok_or_else(none)?)
                }
            },
        };
        // Terminals send these as backspace, tab and enter.
        if key.ctrl && matches!(key.code, Code::Char('h' | 'i' | 'm')) {
            return Err(none());
        }
        Ok(key)
    }
}

impl fmt::Display for KeyStroke {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        let arrow = match self.code {
            Code::Up => Some("Up"),
            Code::Down => Some("Down"),
            Code::Left => Some("Left"),
            Code::Right => Some("Right"),
            Code::PageUp => Some("PgUp"),
            Code::PageDown => Some("PgDn"),
            _ => None,
        };
        match (self.code, arrow) {
            (_, Some(arrow)) => f.write_str(arrow),
            (Code::F(n), _) => write!(f, "F{n}"),
            (Code::Char(' '), _) => f.write_str("Space"),
            (Code::Char(c), _) => write!(f, "{c}"),
            (code, _) => {
                let name = NAMED.iter().find(|(_, c)| *c == code).map_or("", |(name, _)| name);
                for (i, part) in name.split('-').enumerate() {
                    let (first, rest) = part.split_at(1.min(part.len()));
                    write!(f, "{}{}{rest}", if i > 0 { "-" } else { "" }, first.to_ascii_uppercase())?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_shown() {
        for (text, shown) in [
            ("j", "j"),
            ("D", "D"),
            ("ctrl-d", "Ctrl-d"),
            ("shift-tab", "Shift-Tab"),
            ("pgdn", "PgDn"),
            ("space", "Space"),
            ("f5", "F5"),
            ("-", "-"),
            ("/", "/"),
        ] {
            let key: KeyStroke = text.parse().unwrap();
            assert_eq!(key.to_string(), shown);
            assert_eq!(shown.parse::<KeyStroke>().unwrap(), key, "{shown}");
        }
    }

    #[test]
    fn what_no_terminal_can_send_is_no_key() {
        for text in ["", "ctrl-", "ctrl-i", "ctrl-h", "ctrl-m", "f13", "foo"] {
            assert!(text.parse::<KeyStroke>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_full_width_letter_has_an_ascii_twin() {
        assert_eq!(KeyStroke::char('ｊ').ascii_twin(), Some(KeyStroke::char('j')));
        assert_eq!(KeyStroke::char('ひ').ascii_twin(), None);
        assert_eq!(KeyStroke::char('j').ascii_twin(), None);
    }
}
