//! Rules as people write them: read, checked as they are typed, compared in meaning, written as text.
//!
//! Providers write the same thing in several ways (`0.0.0.0` and `0.0.0.0/0`, a plain address and its `/32`, a preset
//! and the port it stands for), so what is compared is what a rule means; what a provider sent is never rewritten.

mod difference;
mod file;
mod form;
mod line;
mod meaning;
mod ports;
mod source;
mod typed;

pub use difference::{RuleChange, difference, lets_in, same_set, told};
pub use file::{FileMistake, FileRow, RuleFile, annotated, file_row, parse_file, typed_row, write_file};
pub use form::{Preset, RuleForm};
pub use line::{parse_line, write_line};
pub use meaning::{Meaning, Protocol, has, means_same};
pub use ports::{Ports, parse_ports};
pub use source::{Source, parse_source};
pub use typed::{Cell, RuleMistake, Typed, name_mistake, sent, warnings};

/// Full-width letters, digits and marks of an input method as the plain ones they stand for; blanks around go.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}
