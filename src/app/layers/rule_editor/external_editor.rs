//! The editor's content in the person's own editor, as TOML. What comes back with mistakes is offered again, with what
//! is wrong above the lines it is about.

use tui_input::Input;

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::layers::rule_editor::rows::EditRow;
use crate::app::layers::rule_editor::state::{EditorFocus, RuleEditor};
use crate::app::{App, ExternalExit, ExternalProgram};
use crate::domain::rule_edit::{FileRow, Typed, annotated, file_row, means_same, parse_file, typed_row, write_file};
use crate::domain::{Phrase, text};
use crate::words::Words;

/// The person's own editor with this text.
pub(crate) const fn program(text: String) -> ExternalProgram {
    ExternalProgram::Edit { text, ending: ".toml" }
}

/// Rows into which nothing was typed yet are left out: they would be mistakes that nobody made.
pub(super) fn text(editor: &RuleEditor, words: &Words) -> String {
    let presets: Vec<&str> = editor.form.presets.iter().map(|p| p.name()).collect();
    let protocols: Vec<&str> = editor.form.protocols.iter().map(|p| p.name()).collect();
    let head =
        text::rules::file_head(editor.name.value(), editor.account.as_str(), presets.join(", "), protocols.join(", "));
    let rows = editor.rows.iter().filter(|row| !row.removed && row.typed != Typed::default());
    let rows: Vec<FileRow> = rows
        .map(|row| match &row.was {
            Some(was) if Typed::from_rule(was, &editor.groups) == row.typed => file_row(was, &editor.groups),
            _ => typed_row(&row.typed),
        })
        .collect();
    write_file(&words.say(&head), editor.name.value(), &rows)
}

/// What the editor left. Whether it was meant for this one.
pub(crate) fn accept_text(app: &mut App, sent: &str, back: &ExternalExit) -> bool {
    let Some(Layer::Rules(editor)) = app.layers.last_mut() else { return false };
    let text = back.text.as_deref().unwrap_or_default();
    if back.status != Some(0) {
        app.tell(Phrase::new(text::rules::EDITOR_FAILED), true);
        return true;
    }
    if text.trim().is_empty() {
        app.tell(Phrase::new(text::rules::EDITOR_EMPTY), false);
        return true;
    }
    if text == sent {
        // Left as it was with its mistakes: nothing of it is taken.
        app.tell(Phrase::new(text::rules::EDITOR_SAME), false);
        return true;
    }
    match parse_file(text, &editor.form, &editor.groups, &editor.was) {
        Ok(file) => {
            if let Some(name) = file.name {
                editor.name = Input::new(name);
            }
            let mut left: Vec<EditRow> =
                editor.was.iter().map(|rule| EditRow::from_rule(rule, &editor.groups)).collect();
            let mut rows = Vec::new();
            for rule in &file.rules {
                let known = left.iter().position(|r| r.was.as_ref().is_some_and(|was| means_same(was, rule)));
                rows.push(match known {
                    Some(at) => left.remove(at),
                    None => EditRow { was: None, ..EditRow::from_rule(rule, &editor.groups) },
                });
            }
            // What is not there any more goes, in sight.
            rows.extend(left.into_iter().map(|row| EditRow { removed: true, ..row }));
            editor.rows = rows;
            editor.at = EditorFocus::Review;
        }
        Err(mistakes) => {
            let count = mistakes.len();
            let said: Vec<(usize, String)> = mistakes.iter().map(|m| (m.line, app.words.say(&m.what))).collect();
            let text = annotated(text, &said);
            let first =
                mistakes.into_iter().next().map(|m| m.what).unwrap_or_else(|| Phrase::new(text::rules::EDITOR_FAILED));
            let entries = vec![
                MenuEntry::new("e", text::rules::EDIT_AGAIN, MenuChoice::EditAgain(text)),
                MenuEntry::new("d", text::rules::DISCARD, MenuChoice::Nothing),
            ];
            let title = text::title::rule_mistakes(count, first);
            app.layers.push(Layer::Menu(Menu::new(MenuKind::RuleMistakes, title, entries)));
        }
    }
    true
}
