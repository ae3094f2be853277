//! Lines of text that are typed and pasted into.

use tui_input::{Input, InputRequest};

use crate::app::tables::key::{Code, KeyStroke};

/// So many characters a text field holds; no name, address or filter has as many.
pub(crate) const LONGEST_FIELD: usize = 10_000;

/// Edits a line; whether the key was one for editing.
pub(crate) fn edit(input: &mut Input, key: KeyStroke) -> bool {
    let request = match (key.code, key.ctrl) {
        (Code::Backspace, _) => InputRequest::DeletePrevChar,
        (Code::Delete, _) => InputRequest::DeleteNextChar,
        (Code::Left, false) => InputRequest::GoToPrevChar,
        (Code::Right, false) => InputRequest::GoToNextChar,
        (Code::Home, _) | (Code::Char('a'), true) => InputRequest::GoToStart,
        (Code::End, _) | (Code::Char('e'), true) => InputRequest::GoToEnd,
        (Code::Char('w'), true) => InputRequest::DeletePrevWord,
        (Code::Char('u'), true) => InputRequest::DeleteLine,
        (Code::Char('k'), true) => InputRequest::DeleteTillEnd,
        _ => match key.typed() {
            Some(_) if input.value().chars().count() >= LONGEST_FIELD => return true,
            Some(c) => InputRequest::InsertChar(c),
            None => return false,
        },
    };
    input.handle(request);
    true
}

/// Puts a text where the cursor is, at once: a request for each character counts all the others each time (tui-input
/// 0.15). Says whether there was room for it.
pub(crate) fn insert(input: &mut Input, text: &str) -> bool {
    let value = input.value();
    let room = LONGEST_FIELD.saturating_sub(value.chars().count());
    let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
    let at = value.char_indices().nth(input.cursor()).map_or(value.len(), |(at, _)| at);
    let whole = [&value[..at], &text[..end], &value[at..]].concat();
    let cursor = input.cursor() + text[..end].chars().count();
    *input = std::mem::take(input).with_value(whole).with_cursor(cursor);
    end == text.len()
}
