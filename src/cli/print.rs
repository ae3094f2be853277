//! The only place that writes to standard output and standard error.
//!
//! A reader that went away is no error of ours, so nothing here fails. Text from elsewhere is data: control characters
//! and bidirectional overrides in it become a visible mark. No escape sequence is ever written.

use std::io::{self, Write};

/// A line of the result.
pub(super) fn out(line: &str) {
    let mut to = io::stdout().lock();
    // A reader that went away, see above; so everywhere here.
    let _ = writeln!(to, "{}", clean(line));
    let _ = to.flush();
}

/// A line beside the result: a question's answer, a warning, a mistake.
pub(super) fn note(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", clean(line));
}

/// The question of a person, without an end of line.
pub(super) fn ask(question: &str) {
    let mut to = io::stderr().lock();
    let _ = write!(to, "{}", clean(question));
    let _ = to.flush();
}

/// A document as it is.
pub(super) fn document(bytes: &[u8]) {
    let mut to = io::stdout().lock();
    let _ = to.write_all(bytes);
    let _ = to.flush();
}

fn clean(text: &str) -> String {
    text.chars().map(|c| if c != '\n' && is_unseen(c) { '\u{fffd}' } else { c }).collect()
}

fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_provider_says_cannot_drive_a_terminal() {
        assert_eq!(super::clean("a\u{1b}[2J\u{202e}b\nc"), "a\u{fffd}[2J\u{fffd}b\nc");
    }
}
