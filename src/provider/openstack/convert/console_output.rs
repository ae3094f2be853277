//! What a server wrote to its console, made fit to be shown: a terminal is what it was written for, and it may be hostile.

use std::sync::Arc;

use serde::Deserialize;

use crate::domain::{Collection, Fault};
use crate::provider::http::one;

/// So many of the last lines are asked for and kept.
pub(in crate::provider) const CONSOLE_LINES: usize = 1_000;
/// What stands behind so many characters of one line is no text for people.
const LONGEST: usize = 2_000;

#[derive(Deserialize)]
struct ConsoleOutputBody {
    #[serde(default)]
    output: Option<String>,
}

/// # Errors
/// It is no such answer.
pub(in crate::provider) fn console_output(body: &str) -> Result<Collection, Fault> {
    let output = one::<ConsoleOutputBody>(body)?.output.unwrap_or_default();
    let mut lines: Vec<String> = output.lines().map(line).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.drain(..lines.len().saturating_sub(CONSOLE_LINES));
    Ok(Collection::ConsoleOutput(Arc::new(lines)))
}

/// A line as a terminal would leave it: what was written over is gone, and so is what colours and moves.
fn line(written: &str) -> String {
    let written = written.trim_end_matches('\r');
    let last = written.rsplit('\r').next().unwrap_or_default();
    let plain = without_sequences(last).replace('\t', "    ");
    plain.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// Without the control sequences of a terminal (ECMA-48): `ESC [` … up to a letter, `ESC ]` … up to its end, and `ESC`
/// with one character. What is none of them stays and is marked where it is shown.
fn without_sequences(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if c != '\u{1b}' {
            kept.push(c);
            continue;
        }
        match rest.next() {
            Some('[') => drop(rest.find(|c| ('@'..='~').contains(c))),
            Some(']') => drop(rest.find(|c| matches!(c, '\u{7}' | '\u{1b}' | '\u{9c}'))),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("[  0.1] boot\r", "[  0.1] boot")]
    #[case("10%\r50%\r100%", "100%")]
    #[case("\u{1b}[1;32mok\u{1b}[0m done", "ok done")]
    #[case("\u{1b}]0;owned\u{7}title", "title")]
    #[case("\u{1b}[2J\u{1b}[1;1Hcleared", "cleared")]
    #[case("a\tb  ", "a    b")]
    #[case("\u{1b}", "")]
    #[case("never ends \u{1b}[31", "never ends")]
    fn a_line_is_what_a_terminal_would_leave(#[case] written: &str, #[case] shown: &str) {
        assert_eq!(line(written), shown);
    }

    #[test]
    fn of_much_the_last_lines_stay_and_of_a_line_its_beginning() {
        let all: String = (0..1_500).map(|n| format!("line {n}\n")).chain(["x".repeat(9_000), "\n\n".into()]).collect();
        let body = serde_json::json!({ "output": all }).to_string();
        let Ok(Collection::ConsoleOutput(lines)) = console_output(&body) else { panic!() };
        assert_eq!((lines.len(), lines[0].as_str()), (CONSOLE_LINES, "line 501"));
        assert_eq!(lines.last().map(|line| line.len()), Some(LONGEST));
        assert!(console_output(r#"{"output":null}"#).is_ok_and(|none| none.is_empty()));
        assert!(console_output("<html>").is_err());
    }
}
