//! The editor of a firewall.
//!
//! ```text
//! ┌─ Rules of web ────────────────────────────────────────────────────── lab ─┐
//! │ Name     web                                                              │
//! │                                                                           │
//! │      WAY  PRESET   PROTO   PORTS        FROM / TO                         │
//! │    1 in   HTTP     TCP     80           any                               │
//! │ ~  2 in   SSH      TCP     22           198.51.100.7                      │
//! │ +  3 in   Custom   TCP     8080-80      10.0.0.0/8                        │
//! │                                                                           │
//! │ 8080-80 is the wrong way round: 80-8080                                   │
//! │                                                                           │
//! │ a add  D remove  u undo  p preset  E $EDITOR             Ctrl-s  [ Review ] │
//! └───────────────────────────────────────────────────────────────────────────┘
//! ```

use ratatui::style::{Modifier, Style};

use crate::app::App;
use crate::app::layers::rule_editor::{EditorFocus, RowMark, RuleEditor, changed_meanwhile, is_missing};
use crate::app::layout::Area;
use crate::domain::rule_edit::Cell;
use crate::domain::{Arg, Text, text};
use crate::words::cells::{clean, cut_middle, width, wrap};

use super::super::canvas::{Canvas, Piece, cell_count, pieces_width};
use super::changes;
use crate::app::tone::Tone;

/// As wide as an address of IPv6 needs beside the other cells.
const WIDEST: usize = 92;
/// Mark and number before a rule.
const BEFORE: usize = 5;
/// What is said below the table has so many lines, whether it needs them or not: nothing jumps.
const SAID: usize = 2;
/// So many lines of what somebody else changed.
const THEIRS: usize = 4;

enum EditorLine {
    Blank,
    Head,
    Account,
    Name,
    Row(usize),
    Machine(usize),
    Text(String, Tone),
}

impl Canvas<'_> {
    pub(super) fn rule_editor(&mut self, app: &App, editor: &RuleEditor, screen: Area) {
        let room = usize::from(screen.width).saturating_sub(4).min(WIDEST);
        let most = usize::from(screen.height).saturating_sub(3);
        let lines = lines(app, editor, room);
        let foot = SAID + 2;
        let title = match &editor.firewall {
            Some(firewall) => app.words.say(&text::title::rules_of(firewall.name.as_str())),
            None => app.words.get(text::title::RULES_NEW).to_owned(),
        };
        let colour = app.engine.account(&editor.account).and_then(|a| a.account.colour);
        let style = self.look.account(colour);
        let right = vec![(editor.account.to_string(), style.add_modifier(Modifier::BOLD))];
        let title = self.heading(title);
        let height = (lines.len() + foot).min(most);
        let inner = self.over(screen, room, height, style, &title, &right);
        let room = usize::from(inner.width);
        let fits = usize::from(inner.height).saturating_sub(foot).max(1);
        let under = lines.iter().position(|line| line.is_at(editor.at)).unwrap_or(lines.len().saturating_sub(1));
        // The line after the cursor's stays in sight, too.
        let first = if lines.len() <= fits { 0 } else { (under + 2).saturating_sub(fits).min(lines.len() - fits) };
        for (i, line) in lines.iter().skip(first).take(fits).enumerate() {
            self.editor_line(app, editor, line, inner.x, inner.y + cell_count(i), room);
        }
        self.editor_foot(app, editor, inner);
    }

    fn editor_line(&mut self, app: &App, editor: &RuleEditor, line: &EditorLine, x: u16, y: u16, room: usize) {
        let plain = self.style(Tone::Plain);
        let chosen = |here: bool| if here { plain.add_modifier(Modifier::REVERSED) } else { plain };
        match line {
            EditorLine::Blank => {}
            EditorLine::Text(text, tone) => {
                self.put(x, y, room, text, self.style(*tone));
            }
            EditorLine::Account => {
                let style = chosen(editor.at == EditorFocus::Account);
                self.labelled(app, text::rules::ACCOUNT, &format!("< {} >", editor.account), style, x, y, room);
            }
            EditorLine::Name => {
                if let (EditorFocus::Name, Some(input)) = (editor.at, &editor.editing) {
                    let from = self.labelled(app, text::rules::NAME, "", plain, x, y, room);
                    self.field(from, y, room.saturating_sub(usize::from(from - x)), input, false, plain);
                } else {
                    let name = editor.name.value();
                    let shown = if name.is_empty() { " " } else { name };
                    self.labelled(app, text::rules::NAME, shown, chosen(editor.at == EditorFocus::Name), x, y, room);
                }
            }
            EditorLine::Head => {
                let keys = [
                    text::rules::DIRECTION,
                    text::rules::PRESET,
                    text::rules::PROTOCOL,
                    text::rules::PORTS,
                    text::rules::SOURCE,
                ];
                for (key, (from, wide)) in keys.into_iter().zip(columns(editor, room)) {
                    self.put(x + cell_count(from), y, wide, app.words.get(key), self.style(Tone::Dim));
                }
            }
            EditorLine::Row(n) => self.editor_row(editor, *n, x, y, room),
            EditorLine::Machine(n) => {
                let Some(machine) = editor.machines.get(*n) else { return };
                let style = chosen(editor.at == EditorFocus::Machine(*n));
                let mark = if machine.on { "[x]" } else { "[ ]" };
                let end = self.put(x + 2, y, room.saturating_sub(2), &format!("{mark} {}", machine.target.name), style);
                if let Some(at) = machine.since {
                    let age = Arg::Lasts(app.now.wall.since(at));
                    let text = app.words.say(&text::rules::set_here(age));
                    self.put(end + 2, y, room.saturating_sub(usize::from(end + 2 - x)), &text, self.style(Tone::Dim));
                }
            }
        }
    }

    /// A label and what it is about; where that begins.
    #[allow(clippy::too_many_arguments, reason = "a place and what stands there")]
    fn labelled(&mut self, app: &App, label: Text, text: &str, style: Style, x: u16, y: u16, room: usize) -> u16 {
        let labels = [text::rules::ACCOUNT, text::rules::NAME].map(|key| width(app.words.get(key)));
        let wide = labels.into_iter().max().unwrap_or(0) + 2;
        self.put(x, y, wide, app.words.get(label), self.style(Tone::Dim));
        let from = x + cell_count(wide);
        self.put(from, y, room.saturating_sub(wide), text, style);
        from
    }

    fn editor_row(&mut self, editor: &RuleEditor, n: usize, x: u16, y: u16, room: usize) {
        let Some(row) = editor.rows.get(n) else { return };
        let mark = row.mark(editor);
        let (sign, tone) = match mark {
            // What was not typed yet is not wrong yet.
            _ if editor.mistake(n).is_some_and(|(_, what)| !is_missing(what.text)) => ("!", Tone::Bad),
            RowMark::Same => (" ", Tone::Plain),
            RowMark::Added => ("+", Tone::Good),
            RowMark::Changed => ("~", Tone::Busy),
            RowMark::Removed => ("-", Tone::Bad),
        };
        self.put(x, y, 1, sign, self.style(tone));
        let dim = self.style(Tone::Dim);
        self.put(x + 1, y, 3, &format!("{:>3}", n + 1), dim);
        let text = if mark == RowMark::Removed { dim } else { self.style(Tone::Plain) };
        for (cell, (from, wide)) in Cell::ALL.into_iter().zip(columns(editor, room)) {
            let here = editor.at == EditorFocus::Rule(n, cell);
            let from = x + cell_count(from);
            if let (true, Some(input)) = (here, &editor.editing) {
                self.field(from, y, wide, input, false, self.style(Tone::Plain));
                continue;
            }
            let value = row.text(cell, editor.form.directions);
            let value = clean(&value);
            // An empty cell under the cursor is seen, too.
            let shown = if value.is_empty() && here { "  ".into() } else { cut_middle(&value, wide) };
            let style = if here { text.add_modifier(Modifier::REVERSED) } else { text };
            self.put(from, y, wide, &shown, style);
        }
    }

    /// What is said at the cursor, the keys, the button.
    fn editor_foot(&mut self, app: &App, editor: &RuleEditor, inner: Area) {
        let room = usize::from(inner.width);
        let bottom = inner.y + inner.height;
        let (text, tone) = match editor.message() {
            Some((phrase, true)) => (app.words.say(&phrase), Tone::Bad),
            Some((phrase, false)) => (app.words.say(&phrase), Tone::Busy),
            None => (counts(app, editor), Tone::Dim),
        };
        let style = self.style(tone);
        for (i, line) in wrap(&clean(&text), room).into_iter().take(SAID).enumerate() {
            let y = bottom.saturating_sub(cell_count(SAID + 1)) + cell_count(i);
            self.put(inner.x, y, room, &line, style);
        }
        let Some(last) = bottom.checked_sub(1) else { return };
        let plain = self.style(Tone::Plain);
        let here = editor.at == EditorFocus::Review;
        let review = app.words.get(text::rules::REVIEW);
        let button = if here { format!("[ {review} ]") } else { format!("  {review}  ") };
        let style = if here { plain.add_modifier(Modifier::REVERSED | Modifier::BOLD) } else { plain };
        let right: Vec<Piece> =
            vec![("Ctrl-s".to_owned(), self.style(Tone::Bold)), (" ".to_owned(), plain), (button, style)];
        let takes = pieces_width(&right);
        self.pieces_right(inner.x + inner.width, last, room, &right);
        let key = if editor.editing.is_some() { text::rules::KEYS_TYPING } else { text::rules::KEYS };
        self.put(inner.x, last, room.saturating_sub(takes + 2), app.words.get(key), self.style(Tone::Dim));
    }
}

impl EditorLine {
    fn is_at(&self, at: EditorFocus) -> bool {
        match (self, at) {
            (Self::Account, EditorFocus::Account) | (Self::Name, EditorFocus::Name) => true,
            (Self::Row(n), EditorFocus::Rule(m, _)) | (Self::Machine(n), EditorFocus::Machine(m)) => *n == m,
            _ => false,
        }
    }
}

fn lines(app: &App, editor: &RuleEditor, room: usize) -> Vec<EditorLine> {
    let mut lines = Vec::new();
    if editor.accounts.len() > 1 {
        lines.push(EditorLine::Account);
    }
    lines.push(EditorLine::Name);
    lines.push(EditorLine::Blank);
    let theirs = changed_meanwhile(&app.engine, editor);
    if !theirs.is_empty() {
        lines.extend(
            wrap(app.words.get(text::rules::MEANWHILE), room).into_iter().map(|l| EditorLine::Text(l, Tone::Bad)),
        );
        lines.extend(changes(app, &theirs).into_iter().take(THEIRS).map(|(text, tone)| EditorLine::Text(text, tone)));
        lines.push(EditorLine::Blank);
    }
    lines.push(EditorLine::Head);
    if editor.rows.is_empty() {
        lines.push(EditorLine::Text(format!("{:BEFORE$}{}", "", app.words.get(text::rules::NONE)), Tone::Busy));
    }
    lines.extend((0..editor.rows.len()).map(EditorLine::Row));
    if !editor.machines.is_empty() {
        lines.push(EditorLine::Blank);
        let known = editor.machines.iter().any(|machine| machine.since.is_some());
        let key = match (&editor.firewall, known) {
            (None, _) => text::rules::MACHINES_NEW,
            (Some(_), true) => text::rules::MACHINES_KNOWN,
            (Some(_), false) => text::rules::MACHINES_UNKNOWN,
        };
        lines.extend(wrap(app.words.get(key), room).into_iter().map(|l| EditorLine::Text(l, Tone::Dim)));
        lines.extend((0..editor.machines.len()).map(EditorLine::Machine));
    }
    lines.push(EditorLine::Blank);
    lines
}

/// Where each cell begins and how wide it is; what is left is the source's.
fn columns(editor: &RuleEditor, room: usize) -> [(usize, usize); 5] {
    let way = editor.form.directions.into_iter().map(width).max().unwrap_or(3).max(3) + 1;
    let mut from = BEFORE;
    let mut next = |wide: usize| {
        let at = (from, wide - 1);
        from += wide;
        at
    };
    let first = [next(way), next(8), next(7), next(12)];
    let source = (from, room.saturating_sub(from).max(1));
    [first[0], first[1], first[2], first[3], source]
}

/// `1 new, 2 changed, 0 removed`.
fn counts(app: &App, editor: &RuleEditor) -> String {
    if !editor.is_changed() {
        return app.words.get(text::rules::UNCHANGED).to_owned();
    }
    let count = |wanted: RowMark| editor.rows.iter().filter(|row| row.mark(editor) == wanted).count();
    let phrase = text::rules::counts(count(RowMark::Added), count(RowMark::Changed), count(RowMark::Removed));
    app.words.say(&phrase)
}
