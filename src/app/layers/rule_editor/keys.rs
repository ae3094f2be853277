//! The keys of the editor. Letters are commands until a cell is opened; then they are text.

use tui_input::Input;

use crate::app::App;
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::rule_editor::rows::EditRow;
use crate::app::layers::rule_editor::state::{EditorFocus, RuleEditor};
use crate::app::layers::rule_editor::{external_changes, external_editor};
use crate::app::layers::text_field::edit;
use crate::app::tables::key::{Code, KeyStroke};
use crate::domain::rule_edit::Cell;
use crate::domain::{Phrase, text};

pub(crate) fn key(editor: &mut RuleEditor, app: &App, key: KeyStroke) -> Next {
    if key.ctrl && key.code == Code::Char('s') {
        editor.apply_typed();
        return review(editor, app);
    }
    if editor.editing.is_some() {
        editor.typing(key);
        return Next::Stay;
    }
    if key.is_cancel() || key.typed() == Some('q') {
        if !editor.is_changed() || editor.leaving {
            return Next::Close;
        }
        editor.leaving = true;
        return Next::Stay;
    }
    editor.leaving = false;
    if (key.ctrl || key.alt) && matches!(key.code, Code::Char(_)) {
        return Next::Stay;
    }
    let key = key.ascii_twin().filter(|twin| matches!(twin.typed(), Some('j' | 'k' | 'h' | 'l'))).unwrap_or(key);
    match key.code {
        Code::Up | Code::Char('k') => editor.step(false),
        Code::Down | Code::Char('j') => editor.step(true),
        Code::Left | Code::Char('h') => editor.beside(false),
        Code::Right | Code::Char('l') => editor.beside(true),
        Code::BackTab => editor.cell_by_cell(false),
        Code::Tab => editor.cell_by_cell(true),
        Code::Home | Code::Char('g') => editor.at = editor.places()[0],
        Code::End | Code::Char('G') => editor.at = EditorFocus::Review,
        Code::Char('a' | 'n') => editor.add(),
        Code::Char('D') | Code::Delete => editor.remove(),
        Code::Char('u') => editor.undo(),
        Code::Char('p') => editor.preset(false),
        Code::Char('P') => editor.preset(true),
        Code::Char('E') => {
            let text = external_editor::text(editor, &app.words);
            return Next::Do(LayerRequest::HandOver(external_editor::program(text)));
        }
        Code::Char('R') => {
            if external_changes::changed_meanwhile(&app.engine, editor).is_empty() {
                return Next::tell(Phrase::new(text::rules::NOBODY), false);
            }
            external_changes::take_over(&app.engine, editor);
            return Next::tell(Phrase::new(text::rules::TAKEN_OVER), false);
        }
        Code::Enter | Code::Char(' ') => match editor.at {
            EditorFocus::Review => return review(editor, app),
            EditorFocus::Account => {
                editor.next_account();
                editor.load_account(&app.engine);
            }
            _ => editor.open(),
        },
        _ => {
            if let Some(c) = key.typed() {
                editor.begin_typing(c);
            }
        }
    }
    Next::Stay
}

/// Shows what would be sent, in the dialog that asks.
fn review(editor: &mut RuleEditor, app: &App) -> Next {
    match editor.action(&app.engine) {
        Err((place, what)) => {
            editor.at = place;
            Next::tell(what, true)
        }
        Ok(None) => Next::tell(Phrase::new(text::rules::NOTHING_CHANGED), false),
        Ok(Some(action)) => Next::propose(action),
    }
}

/// A paste goes into the cell under the cursor, where that is typed.
pub(crate) fn paste(editor: &mut RuleEditor, insert: &dyn Fn(&mut Input)) {
    if editor.editing.is_none() {
        match editor.at {
            EditorFocus::Rule(n, Cell::Ports | Cell::Source) if editor.rows.get(n).is_some_and(|row| !row.removed) => {
                editor.editing = Some(Input::default());
            }
            _ => return,
        }
    }
    if let Some(input) = &mut editor.editing {
        insert(input);
    }
}

impl RuleEditor {
    fn typing(&mut self, key: KeyStroke) {
        if key.is_cancel() {
            self.editing = None;
            return;
        }
        match key.code {
            Code::Enter | Code::Tab => {
                self.apply_typed();
                match self.at {
                    EditorFocus::Name => self.step(true),
                    // What is new is filled in from cell to cell.
                    EditorFocus::Rule(n, Cell::Ports) => {
                        self.at = EditorFocus::Rule(n, Cell::Source);
                        if self.rows.get(n).is_some_and(|row| row.typed.source.is_empty()) {
                            self.editing = Some(Input::default());
                        }
                    }
                    _ if key.code == Code::Tab => self.cell_by_cell(true),
                    _ => {}
                }
            }
            Code::BackTab => {
                self.apply_typed();
                self.cell_by_cell(false);
            }
            Code::Up | Code::Down => {
                self.apply_typed();
                self.step(key.code == Code::Down);
            }
            _ => {
                if let Some(input) = &mut self.editing {
                    edit(input, key);
                }
            }
        }
    }

    /// Takes in what was typed into the cell under the cursor.
    fn apply_typed(&mut self) {
        let Some(input) = self.editing.take() else { return };
        match self.at {
            EditorFocus::Name => self.name = Input::new(input.value().trim().to_owned()),
            EditorFocus::Rule(n, cell) => {
                self.rows.get_mut(n).into_iter().for_each(|row| row.set_text(cell, input.value()));
            }
            _ => {}
        }
    }

    /// Every place that is gone to up and down, in its order; rules by the cell under the cursor.
    fn places(&self) -> Vec<EditorFocus> {
        let cell = if let EditorFocus::Rule(_, cell) = self.at { cell } else { Cell::Preset };
        let account = (self.accounts.len() > 1).then_some(EditorFocus::Account);
        account
            .into_iter()
            .chain([EditorFocus::Name])
            .chain((0..self.rows.len()).map(|n| EditorFocus::Rule(n, cell)))
            .chain((0..self.machines.len()).map(EditorFocus::Machine))
            .chain([EditorFocus::Review])
            .collect()
    }

    fn step(&mut self, down: bool) {
        let places = self.places();
        let at = places.iter().position(|place| *place == self.at).unwrap_or(0);
        let to = if down { at + 1 } else { at.saturating_sub(1) };
        self.at = places.get(to).copied().unwrap_or(self.at);
    }

    fn beside(&mut self, right: bool) {
        if let EditorFocus::Rule(n, cell) = self.at {
            let at = Cell::ALL.iter().position(|c| *c == cell).unwrap_or(0);
            let to = if right { at + 1 } else { at.wrapping_sub(1) };
            self.at = Cell::ALL.get(to).map_or(self.at, |cell| EditorFocus::Rule(n, *cell));
        }
    }

    fn cell_by_cell(&mut self, on: bool) {
        let before = self.at;
        self.beside(on);
        if self.at != before {
            return;
        }
        self.step(on);
        if let EditorFocus::Rule(n, _) = self.at {
            self.at = EditorFocus::Rule(n, if on { Cell::Direction } else { Cell::Source });
        }
    }

    fn add(&mut self) {
        let n = if let EditorFocus::Rule(n, _) = self.at { n + 1 } else { self.rows.len() };
        self.rows.insert(n.min(self.rows.len()), EditRow::default());
        self.at = EditorFocus::Rule(n, Cell::Preset);
    }

    /// What is new goes at once; what is there stays in sight until it is sent.
    fn remove(&mut self) {
        let EditorFocus::Rule(n, cell) = self.at else { return };
        let Some(row) = self.rows.get_mut(n) else { return };
        if row.was.is_some() {
            row.removed = !row.removed;
            return;
        }
        self.rows.remove(n);
        self.at = match self.rows.len().checked_sub(1) {
            Some(last) => EditorFocus::Rule(n.min(last), cell),
            None => EditorFocus::Name,
        };
    }

    fn undo(&mut self) {
        match self.at {
            EditorFocus::Rule(n, _) => self.rows.get_mut(n).into_iter().for_each(|row| row.undo(&self.groups)),
            EditorFocus::Machine(n) => self.machines.get_mut(n).into_iter().for_each(|m| m.on = m.since.is_some()),
            EditorFocus::Name => {
                let name = self.firewall.as_ref().map(|f| f.name.clone()).unwrap_or_default();
                self.name = Input::new(name);
            }
            EditorFocus::Account | EditorFocus::Review => {}
        }
    }

    fn preset(&mut self, back: bool) {
        let EditorFocus::Rule(n, cell) = self.at else { return };
        let (presets, protocols) = (self.form.presets.clone(), self.form.protocols.clone());
        if let Some(row) = self.rows.get_mut(n).filter(|row| !row.removed) {
            // On a protocol it is the protocols that are gone through.
            let cell = if cell == Cell::Protocol { cell } else { Cell::Preset };
            row.cycle(cell, &presets, &protocols, back);
        }
    }

    /// Enter: the next choice, the mark, or the cell as text.
    fn open(&mut self) {
        match self.at {
            EditorFocus::Name => self.editing = Some(self.name.clone()),
            EditorFocus::Machine(n) => {
                self.machines.get_mut(n).into_iter().for_each(|machine| machine.on = !machine.on);
            }
            EditorFocus::Rule(n, cell) => {
                let (presets, protocols) = (self.form.presets.clone(), self.form.protocols.clone());
                let Some(row) = self.rows.get_mut(n).filter(|row| !row.removed) else { return };
                match cell {
                    Cell::Ports => self.editing = Some(Input::new(row.typed.ports.clone())),
                    Cell::Source => self.editing = Some(Input::new(row.typed.source.clone())),
                    _ => row.cycle(cell, &presets, &protocols, false),
                }
            }
            EditorFocus::Account | EditorFocus::Review => {}
        }
    }

    /// A letter that is no command begins the cell again: digits, and what addresses are made of.
    fn begin_typing(&mut self, c: char) {
        let EditorFocus::Rule(n, cell @ (Cell::Ports | Cell::Source)) = self.at else { return };
        let begins = c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c) || (cell == Cell::Source && c == ':');
        if begins && self.rows.get(n).is_some_and(|row| !row.removed) {
            self.editing = Some(Input::new(c.to_string()));
        }
    }

    fn next_account(&mut self) {
        let at = self.accounts.iter().position(|name| *name == self.account).unwrap_or(0);
        if let Some(next) = self.accounts.get((at + 1) % self.accounts.len().max(1)) {
            self.account = next.clone();
        }
    }
}
