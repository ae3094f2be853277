//! A list to choose from: key, text, and why not where not.

use crate::app::App;
use crate::app::layer::{Entry, Menu};
use crate::app::layout::Area;
use crate::words::cells::{clean, width};

use super::super::canvas::{Canvas, Piece, cell_count};
use super::super::theme::Tone;

impl Canvas<'_> {
    pub(super) fn menu(&mut self, app: &App, menu: &Menu, screen: Area) {
        let keys = menu.entries.iter().map(|e| width(&e.key)).max().unwrap_or(0).max(1);
        let most = usize::from(screen.width).saturating_sub(6);
        let title_text = app.words.say(&menu.title);
        let title = self.heading(title_text.clone());
        let typed = usize::from(menu.typed.is_some());
        let widest = match menu.typed {
            // What is found changes with each key; the box does not.
            Some(_) => 64,
            None => menu
                .entries
                .iter()
                .map(|e| width(&clean(&self.text(app, e))) + keys + 5 + switch_width(e))
                .max()
                .unwrap_or(0)
                .max(width(&clean(&title_text)) + 4)
                .max(30),
        };
        // A palette keeps its height, too, while one types.
        let lines = if typed == 1 { 17 } else { menu.entries.len().max(1) };
        let style = self.style(Tone::Focus);
        // Where not all fits, the title says where in it one is.
        let fits = usize::from(screen.height).saturating_sub(3).min(lines).saturating_sub(typed);
        let first = (menu.cursor + 1).saturating_sub(fits.max(1));
        let right = self.position(app, first, fits, menu.entries.len());
        let inner = self.over(screen, widest.min(most), lines, style, &title, &right);
        let room = usize::from(inner.width);
        if let Some(input) = &menu.typed {
            let style = self.style(Tone::Bold);
            let x = self.put(inner.x, inner.y, room, ": ", style);
            let plain = self.style(Tone::Plain);
            self.field(x, inner.y, room.saturating_sub(2), input, false, plain);
        }
        let area =
            Area { y: inner.y + cell_count(typed), height: inner.height.saturating_sub(cell_count(typed)), ..inner };
        if menu.entries.is_empty() {
            let style = self.style(Tone::Dim);
            self.put(area.x + 2, area.y, room, app.words.get("place.nothing-found"), style);
            return;
        }
        let height = usize::from(area.height).max(1);
        for (i, entry) in menu.entries.iter().enumerate().skip(first).take(height) {
            let y = area.y + cell_count(i - first);
            self.entry(app, entry, keys, Area { y, height: 1, ..area });
            if i == menu.cursor {
                let style = self.style(Tone::Bold);
                self.put(area.x, y, 1, ">", style);
                self.reverse(area.x, y, area.width);
            }
        }
    }

    fn text(&self, app: &App, entry: &Entry) -> String {
        let text = app.words.say(&entry.text);
        match &entry.why_not {
            Some(why) => format!("{text}  ({})", app.words.say(why)),
            None => text,
        }
    }

    fn entry(&mut self, app: &App, entry: &Entry, keys: usize, area: Area) {
        let quiet = entry.why_not.is_some();
        let tone = |tone: Tone| if quiet { Tone::Dim } else { tone };
        let mut pieces: Vec<Piece> = vec![(format!("  {:keys$}  ", entry.key), self.style(tone(Tone::Bold)))];
        if let Some(on) = entry.on {
            pieces.push(((if on { "[x] " } else { "[ ] " }).to_owned(), self.style(Tone::Plain)));
        }
        pieces.push((self.text(app, entry), self.style(tone(Tone::Plain))));
        self.pieces(area.x, area.y, usize::from(area.width), &pieces);
    }
}

const fn switch_width(entry: &Entry) -> usize {
    if entry.on.is_some() { 4 } else { 0 }
}
