//! A list to choose from: key, text, and why not where not.

use crate::domain::text;
use ratatui::style::Style;

use crate::app::App;
use crate::app::account_health;
use crate::app::layers::layer::{Menu, MenuEntry, MenuKind};
use crate::app::layout::Area;
use crate::words::cells::{clean, cut_keeping, end_that_tells, width, wrap};

use super::super::canvas::{Canvas, Piece, cell_count};
use crate::app::tone::Tone;

impl Canvas<'_> {
    pub(super) fn menu(&mut self, app: &App, menu: &Menu, screen: Area) {
        let keys = menu.entries.iter().map(|e| width(&e.key)).max().unwrap_or(0).max(1);
        let most = usize::from(screen.width).saturating_sub(6);
        let title_text = app.words.say(&menu.title);
        let title = self.heading(title_text.clone());
        let typed = usize::from(menu.typed.is_some());
        let intro = self.intro(app, menu, Self::text_width(screen), screen);
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
                .max(intro.iter().map(|line| width(line)).max().unwrap_or(0))
                .max(30),
        };
        let width = widest.min(most);
        let wrapped: Vec<usize> =
            menu.entries.iter().map(|e| wrap(&clean(&self.text(app, e)), beside(width, keys, e)).len()).collect();
        // The one under the cursor is shown whole; the box is as tall as the longest takes, so that it stays as it is. A
        // palette keeps its height, too, while one types.
        let more = wrapped.iter().max().map_or(0, |lines| lines - 1);
        let above = typed + intro.len();
        let lines = if typed == 1 { 17 } else { intro.len() + menu.entries.len().max(1) + more };
        let style = self.style(Tone::Focus);
        // Where not all fits, the title says where in it one is.
        let height = usize::from(screen.height).saturating_sub(3).min(lines).saturating_sub(above).max(1);
        let more = wrapped.get(menu.cursor).map_or(0, |lines| lines - 1).min(height - 1);
        let first = (menu.cursor + 1 + more).saturating_sub(height);
        let right = self.position(app, first, height - more, menu.entries.len());
        let inner = self.over(screen, width, lines, style, &title, &right);
        let room = usize::from(inner.width);
        if let Some(input) = &menu.typed {
            let x = self.put(inner.x, inner.y, room, ": ", self.style(Tone::Bold));
            self.field(x, inner.y, room.saturating_sub(2), input, false, self.style(Tone::Plain));
        }
        let said: Vec<(String, Style)> = intro.into_iter().map(|line| (line, self.style(Tone::Plain))).collect();
        self.paragraphs(&said, Area { y: inner.y + cell_count(typed), ..inner });
        let area =
            Area { y: inner.y + cell_count(above), height: inner.height.saturating_sub(cell_count(above)), ..inner };
        if menu.entries.is_empty() {
            let account = menu.about.as_ref().filter(|_| menu.kind == MenuKind::Firewalls);
            let account = account.and_then(|row| app.engine.account(&row.account));
            let unread = account.and_then(account_health::no_firewalls);
            let said = app.words.say(&unread.unwrap_or_else(|| text::place::NOTHING_FOUND.into()));
            self.put(area.x + 2, area.y, room.saturating_sub(2), &said, self.style(Tone::Dim));
            return;
        }
        let texts: Vec<String> = menu.entries.iter().map(|e| clean(&self.text(app, e)).into_owned()).collect();
        let least = menu.entries.iter().map(|e| beside(room, keys, e)).min().unwrap_or(room);
        let end = end_that_tells(texts.iter().map(String::as_str), least, 0);
        let mut y = area.y;
        for (i, entry) in menu.entries.iter().enumerate().skip(first).take(height - more) {
            let here = i == menu.cursor;
            let lines = cell_count(if here { more + 1 } else { 1 });
            self.entry(entry, &texts[i], end, keys, Area { y, height: lines, ..area });
            if here {
                self.put(area.x, y, 1, ">", self.style(Tone::Bold));
                (y..y + lines).for_each(|y| self.reverse(area.x, y, area.width));
            }
            y += lines;
        }
    }

    /// What is said above the entries, and a blank; nothing where they need the room.
    fn intro(&self, app: &App, menu: &Menu, room: usize, screen: Area) -> Vec<String> {
        let mut lines: Vec<String> =
            menu.intro.iter().flat_map(|said| wrap(&clean(&app.words.say(said)), room)).collect();
        if !lines.is_empty() {
            lines.push(String::new());
        }
        if lines.len() + menu.entries.len() + 3 > usize::from(screen.height) {
            lines.clear();
        }
        lines
    }

    fn text(&self, app: &App, entry: &MenuEntry) -> String {
        let text = app.words.say(&entry.text);
        match &entry.why_not {
            Some(why) => format!("{text}  ({})", app.words.say(why)),
            None => text,
        }
    }

    /// In as many lines as there are; what does not fit into them is cut, so much of its end left.
    fn entry(&mut self, entry: &MenuEntry, text: &str, end: usize, keys: usize, area: Area) {
        let quiet = entry.why_not.is_some();
        let tone = |tone: Tone| if quiet { Tone::Dim } else { tone };
        let plain = self.style(tone(Tone::Plain));
        let mut head: Vec<Piece> = vec![(format!("  {:keys$}  ", entry.key), self.style(tone(Tone::Bold)))];
        if let Some(on) = entry.on {
            head.push(((if on { "[x] " } else { "[ ] " }).to_owned(), self.style(Tone::Plain)));
        }
        let room = beside(usize::from(area.width), keys, entry);
        let x = self.pieces(area.x, area.y, usize::from(area.width), &head);
        if area.height == 1 {
            self.put(x, area.y, room, &cut_keeping(text, room, end), plain);
            return;
        }
        for (y, line) in (area.y..area.y + area.height).zip(wrap(text, room)) {
            self.put(x, y, room, &line, plain);
        }
    }
}

/// How much room there is for the text of an entry beside its key.
fn beside(width: usize, keys: usize, entry: &MenuEntry) -> usize {
    width.saturating_sub(keys + 4 + switch_width(entry)).max(8)
}

const fn switch_width(entry: &MenuEntry) -> usize {
    if entry.on.is_some() { 4 } else { 0 }
}
