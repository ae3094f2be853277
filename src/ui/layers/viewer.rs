//! Text to be read and scrolled: help and the provider's own JSON.

use crate::app::App;
use crate::app::layers::console_output_view::ConsoleOutputView;
use crate::app::layers::help::HelpLine;
use crate::app::layers::layer::{Viewer, viewer_height};
use crate::app::layers::{console_output, help, requests};
use crate::app::layout::Area;
use crate::domain::text;
use crate::words::cells::width;

use super::super::canvas::{Canvas, Piece, cell_count};
use crate::app::tone::Tone;

impl Canvas<'_> {
    pub(super) fn help(&mut self, app: &App, viewer: &Viewer, screen: Area) {
        let columns = help::columns(app);
        let length = columns.iter().map(Vec::len).max().unwrap_or(0);
        let height = viewer_height((screen.width, screen.height));
        let most = usize::from(screen.width).saturating_sub(6);
        let room = most.min(if columns.len() > 1 { 110 } else { 64 });
        let scroll = viewer.scroll.min(length.saturating_sub(height));
        let title = self.heading(app.words.say(&viewer.title));
        let right = self.position(app, scroll, height, length);
        let inner = self.over(screen, room, length.min(height), self.style(Tone::Focus), &title, &right);
        let each = usize::from(inner.width) / columns.len();
        for (i, column) in columns.iter().enumerate() {
            let x = inner.x + cell_count(i * each);
            // The keys of a column stand under each other.
            let keys = column.iter().map(keys_width).max().unwrap_or(0).min(each / 2);
            for (n, line) in column.iter().skip(scroll).take(usize::from(inner.height)).enumerate() {
                self.help_line(app, line, keys, x, inner.y + cell_count(n), each.saturating_sub(1));
            }
        }
    }

    fn help_line(&mut self, app: &App, line: &HelpLine, keys: usize, x: u16, y: u16, room: usize) {
        match line {
            HelpLine::Blank => {}
            HelpLine::Heading(key) => {
                self.put(x, y, room, app.words.get(*key), self.style(Tone::Bold));
            }
            HelpLine::Command(shown, text, here) => {
                let tone = |tone: Tone| if *here { tone } else { Tone::Dim };
                let plain = self.style(tone(Tone::Plain));
                let shown = if shown.is_empty() { "-" } else { shown };
                self.put(x + 1, y, keys, shown, self.style(tone(Tone::Focus)));
                self.put(x + cell_count(keys + 3), y, room.saturating_sub(keys + 3), &app.words.say(text), plain);
            }
        }
    }

    pub(super) fn raw(&mut self, app: &App, viewer: &Viewer, screen: Area) {
        let height = viewer_height((screen.width, screen.height));
        let length = viewer.lines.len();
        let scroll = viewer.scroll.min(length.saturating_sub(height));
        let title = self.heading(app.words.say(&viewer.title));
        let right = self.position(app, scroll, height, length);
        let room = usize::from(screen.width).saturating_sub(6);
        let inner = self.over(screen, room, length.min(height), self.style(Tone::Focus), &title, &right);
        for (n, line) in viewer.lines.iter().skip(scroll).take(usize::from(inner.height)).enumerate() {
            self.put(inner.x, inner.y + cell_count(n), usize::from(inner.width), line, self.style(Tone::Plain));
        }
    }

    /// The lines below the one that says how it stands with them.
    pub(super) fn console_output(&mut self, app: &App, view: &ConsoleOutputView, screen: Area) {
        let (room, height) = console_output::room((screen.width, screen.height));
        let lines = console_output::lines(app, view, room);
        let scroll = view.viewer.scroll.min(lines.len().saturating_sub(height));
        let title = self.heading(app.words.say(&view.viewer.title));
        let right = self.position(app, scroll, height, lines.len());
        let inner = self.over(screen, room, height + 2, self.style(Tone::Focus), &title, &right);
        let (state, bad) = console_output::state(app, view);
        let tone = if bad { Tone::Bad } else { Tone::Dim };
        self.put(inner.x, inner.y, room, &app.words.say(&state), self.style(tone));
        let below = usize::from(inner.height).saturating_sub(2);
        for (n, line) in lines.iter().skip(scroll).take(height.min(below)).enumerate() {
            self.put(inner.x, inner.y + cell_count(n + 2), room, line, self.style(Tone::Plain));
        }
    }

    /// The live log: budgets above, the youngest request at the bottom.
    pub(super) fn requests(&mut self, app: &App, viewer: &Viewer, screen: Area) {
        let head = requests::budgets(app);
        let whole = viewer_height((screen.width, screen.height));
        let height = whole.saturating_sub(head.len() + 1).max(1);
        let length = app.requests.len();
        let scroll = viewer.scroll.min(length.saturating_sub(height));
        let title = self.heading(app.words.say(&viewer.title));
        let right = self.position(app, scroll, height, length);
        let style = self.style(Tone::Focus);
        let room = usize::from(screen.width).saturating_sub(6);
        let inner = self.over(screen, room, whole, style, &title, &right);
        let room = usize::from(inner.width);
        let dim = self.style(Tone::Dim);
        let end = inner.y + inner.height;
        let mut y = inner.y;
        for line in head.iter().take(usize::from(inner.height)) {
            self.put(inner.x, y, room, line, dim);
            y += 1;
        }
        y += 1;
        if length == 0 && y < end {
            self.put(inner.x, y, room, app.words.get(text::requests::NONE), dim);
        }
        for request in app.requests.iter().skip(scroll).take(height) {
            if y >= end {
                break;
            }
            let (text, bad) = requests::line(app, request, room);
            let tone = match (bad, request.change) {
                (true, _) => Tone::Bad,
                (false, true) => Tone::Bold,
                (false, false) => Tone::Plain,
            };
            self.put(inner.x, y, room, &text, self.style(tone));
            y += 1;
        }
    }

    /// `12-40 of 80`, where not all is shown.
    pub(in crate::ui) fn position(&self, app: &App, scroll: usize, height: usize, length: usize) -> Vec<Piece> {
        if length <= height {
            return Vec::new();
        }
        let phrase = text::place::lines(scroll + 1, (scroll + height).min(length), length);
        vec![(app.words.say(&phrase), self.style(Tone::Plain))]
    }
}

fn keys_width(line: &HelpLine) -> usize {
    match line {
        HelpLine::Command(keys, ..) => width(keys),
        _ => 0,
    }
}
