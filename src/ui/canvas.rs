//! The one place that writes cells. Every text passes [`clean`] here, is cut to its room by cells, and nothing is
//! written outside of the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::layout::Area;
use crate::words::cells::{CUT, clean, cut, tail, width};

use super::theme::Look;
use crate::app::tone::Tone;

pub(super) struct Canvas<'a> {
    pub(super) buffer: &'a mut Buffer,
    pub(super) look: &'a Look,
    /// Where the terminal's cursor stands, while a text is edited.
    pub(super) cursor: Option<(u16, u16)>,
}

pub(super) type Piece = (String, Style);

/// How many cells some pieces take.
pub(super) fn pieces_width(pieces: &[Piece]) -> usize {
    pieces.iter().map(|(text, _)| width(&clean(text))).sum()
}

pub(super) fn cell_count(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

impl Canvas<'_> {
    pub(super) fn style(&self, tone: Tone) -> Style {
        self.look.style(tone)
    }

    /// Writes a text, at most so many cells of it; where it goes on after.
    pub(super) fn put(&mut self, x: u16, y: u16, most: usize, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if x >= area.right() || y >= area.bottom() {
            return x;
        }
        let room = usize::from(area.right() - x).min(most);
        // What was there before, such as a frame's line, leaves nothing of its style.
        let style = Style::reset().patch(style);
        self.buffer.set_stringn(x, y, cut(&clean(text), room), room, style).0
    }

    /// Writes pieces one after the other, at most so many cells in all; where it goes on after.
    pub(super) fn pieces(&mut self, x: u16, y: u16, most: usize, pieces: &[Piece]) -> u16 {
        let end = x.saturating_add(cell_count(most));
        let mut at = x;
        for (i, (text, style)) in pieces.iter().enumerate() {
            let room = usize::from(end.saturating_sub(at));
            // The last piece that fits in part says that more was there.
            let more = pieces[i + 1..].iter().any(|(t, _)| !t.trim().is_empty());
            let clean = clean(text);
            let takes = width(&clean);
            if room == 0 {
                break;
            }
            if takes == room && more {
                let cut = cut(&clean, room - 1).trim_end_matches(CUT).to_owned() + CUT;
                return self.put(at, y, room, &cut, *style);
            }
            at = self.put(at, y, room, &clean, *style);
            if takes > room {
                break;
            }
        }
        at
    }

    /// Writes pieces so that they end before `end`, with at most so many cells.
    pub(super) fn pieces_right(&mut self, end: u16, y: u16, most: usize, pieces: &[Piece]) {
        let takes = pieces_width(pieces).min(most);
        self.pieces(end.saturating_sub(cell_count(takes)), y, takes, pieces);
    }

    pub(super) fn line(&mut self, x: u16, y: u16, count: u16, glyph: &str, style: Style) {
        for x in x..x.saturating_add(count) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.set_symbol(glyph).set_style(style);
            }
        }
    }

    pub(super) fn tint(&mut self, area: Area, style: Style) {
        self.buffer.set_style(Rect::new(area.x, area.y, area.width, area.height).intersection(self.buffer.area), style);
    }

    /// Makes a row stand out as the one under the cursor, without any colour of its own.
    pub(super) fn reverse(&mut self, x: u16, y: u16, count: u16) {
        for x in x..x.saturating_add(count) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                let kept = cell.modifier & (Modifier::BOLD | Modifier::UNDERLINED);
                cell.set_style(Style::reset().add_modifier(kept | Modifier::REVERSED));
            }
        }
    }

    /// Empties an area. A wide character that reaches into it from the left goes as a whole.
    pub(super) fn clear(&mut self, area: Area) {
        for y in area.y..area.y.saturating_add(area.height) {
            if let Some(left) = area.x.checked_sub(1)
                && let Some(cell) = self.buffer.cell_mut((left, y))
                && width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
            for x in area.x..area.x.saturating_add(area.width) {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// The top line of a frame with its title at the left and more at the right. `ends` are its corners.
    pub(super) fn frame_top(&mut self, area: Area, ends: [&str; 2], style: Style, title: &[Piece], right: &[Piece]) {
        let lines = self.look.lines();
        self.line(area.x, area.y, area.width, lines.across, style);
        self.line(area.x, area.y, 1, ends[0], style);
        let last = area.x + area.width.saturating_sub(1);
        self.line(last, area.y, 1, ends[1], style);
        // `┌─ title ──── right ─┐`
        let room = usize::from(area.width).saturating_sub(6);
        let takes = pieces_width(right);
        let right_fits = takes > 0 && takes + 8 <= room;
        let left_room = if right_fits { room - takes - 3 } else { room };
        if !title.is_empty() && room > 0 {
            let from = area.x + 2;
            let end = self.pieces(from + 1, area.y, left_room, title);
            self.line(from, area.y, 1, " ", style);
            self.line(end, area.y, 1, " ", style);
        }
        if right_fits {
            self.pieces_right(last - 2, area.y, takes, right);
            self.line(last - 2, area.y, 1, " ", style);
            self.line(last - 3 - cell_count(takes), area.y, 1, " ", style);
        }
    }

    pub(super) fn frame_sides(&mut self, area: Area, style: Style) {
        let down = self.look.lines().down;
        for y in area.y..area.y.saturating_add(area.height) {
            self.line(area.x, y, 1, down, style);
            self.line(area.x + area.width.saturating_sub(1), y, 1, down, style);
        }
    }

    pub(super) fn frame_bottom(&mut self, x: u16, y: u16, count: u16, style: Style) {
        let lines = self.look.lines();
        self.line(x, y, count, lines.across, style);
        self.line(x, y, 1, lines.bottom[0], style);
        self.line(x + count.saturating_sub(1), y, 1, lines.bottom[1], style);
    }

    /// A whole frame; the area inside of it.
    pub(super) fn frame(&mut self, area: Area, style: Style, title: &[Piece], right: &[Piece]) -> Area {
        if area.width < 2 || area.height < 2 {
            return Area { width: 0, height: 0, ..area };
        }
        self.frame_sides(area, style);
        self.frame_top(area, self.look.lines().top, style, title, right);
        self.frame_bottom(area.x, area.y + area.height - 1, area.width, style);
        Area { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
    }

    /// A text that is edited, with its cursor, in a field of so many cells; it scrolls to show the cursor.
    pub(super) fn field(&mut self, x: u16, y: u16, room: usize, input: &tui_input::Input, hidden: bool, style: Style) {
        let value = input.value();
        let before: String = value.chars().take(input.cursor()).collect();
        let (shown, before) = if hidden {
            ("*".repeat(value.chars().count()), "*".repeat(input.cursor()))
        } else {
            (clean(value).into_owned(), clean(&before).into_owned())
        };
        let room = room.max(1);
        // One cell stays for the cursor behind the text.
        let text = if width(&before) < room {
            self.put(x, y, room, &shown, style);
            self.cursor = Some((x + cell_count(width(&before)), y));
            return;
        } else {
            tail(&before, room - 1)
        };
        self.put(x, y, room, text, style);
        self.cursor = Some((x + cell_count(width(text)), y));
    }
}
