//! A painted screen as text: what stands in each cell, and in which style.

use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;
use vpsdeck::app::App;
use vpsdeck::domain::{AccountColour, ToneColours};
use vpsdeck::ui::{Colours, Glyphs, Look, paint};

pub(crate) const LINES: Look = Look {
    glyphs: Glyphs::Lines,
    colours: Colours::Ansi16,
    tones: ToneColours {
        ok: AccountColour::Green,
        error: AccountColour::Red,
        busy: AccountColour::Yellow,
        mark: AccountColour::Magenta,
    },
};

/// Paints and hands out the cells and where the cursor is shown.
pub(crate) fn painted(app: &App, look: &Look, size: (u16, u16)) -> (Buffer, Option<(u16, u16)>) {
    let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
    let mut shown = None;
    terminal.draw(|frame| paint(app, look, frame)).unwrap();
    if terminal.backend().cursor_visible() {
        let at = terminal.get_cursor_position().unwrap();
        shown = Some((at.x, at.y));
    }
    (terminal.backend().buffer().clone(), shown)
}

fn cells(symbol: &str) -> usize {
    symbol.width() + symbol.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count()
}

/// The lines, without the cells that wide characters hide. Each is exactly as wide as the screen.
pub(crate) fn lines(buffer: &Buffer) -> Vec<String> {
    let area = buffer.area;
    (0..area.height)
        .map(|y| {
            let mut line = String::new();
            let mut x = 0;
            while x < area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += u16::try_from(cells(symbol).max(1)).unwrap();
            }
            assert_eq!(x, area.width, "a wide character reaches over the edge of line {y}: {line}");
            line
        })
        .collect()
}

/// A letter for each style: `r` red, `g` green …, capitals bold, `d` dim, `B` bold, `#` reversed, `.` plain.
fn styles(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            let letter = match cell.fg {
                Color::Red | Color::LightRed => 'r',
                Color::Green => 'g',
                Color::Yellow => 'y',
                Color::Blue | Color::LightBlue => 'b',
                Color::Magenta | Color::LightMagenta => 'm',
                Color::Cyan => 'c',
                _ if cell.modifier.contains(Modifier::DIM) => 'd',
                _ if cell.modifier.contains(Modifier::BOLD) => 'o',
                _ => '.',
            };
            line.push(match letter {
                _ if cell.modifier.contains(Modifier::REVERSED) => '#',
                'o' => 'B',
                c if cell.modifier.contains(Modifier::BOLD) => c.to_ascii_uppercase(),
                c => c,
            });
        }
        let _ = writeln!(out, "{}", line.trim_end_matches('.'));
    }
    out
}

/// The screen as a snapshot: text, cursor and, where asked for, styles.
pub(crate) fn screen(app: &App, with_styles: bool) -> String {
    let (buffer, cursor) = painted(app, &LINES, app.size);
    let mut out = String::new();
    for line in lines(&buffer) {
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if let Some((x, y)) = cursor {
        let _ = writeln!(out, "(cursor {x},{y})");
    }
    if with_styles {
        let _ = write!(out, "--- styles\n{}", styles(&buffer));
    }
    out
}
