//! Paints the dashboard: reads the app, writes cells, changes nothing. No clock, no files.
//!
//! One file a region: `header`, `panes` with `table`, `details`, `footer`, and `layers` over
//! them. Everything that is written passes through `canvas`, which makes text harmless and cuts it to its room.

mod canvas;
mod details;
mod footer;
mod found;
mod header;
mod layers;
mod panes;
mod places;
mod table;
mod theme;

use ratatui::Frame;

use crate::app::App;
use crate::app::layers::layer::{Layer, MenuKind};
use crate::app::layout::{Area, Layout, Narrow, SMALLEST, Wide};
use crate::domain::text;

use crate::app::tone::Tone;
use canvas::Canvas;
pub use theme::{Colours, Glyphs, Look};

/// Paints the whole screen.
pub fn paint(app: &App, look: &Look, frame: &mut Frame<'_>) {
    let size = frame.area();
    let mut canvas = Canvas { buffer: frame.buffer_mut(), look, cursor: None };
    let screen = Area { x: 0, y: 0, width: size.width, height: size.height };
    // Until the app has heard of a new size, nothing is painted that would not fit.
    let fits = app.size.0 <= size.width && app.size.1 <= size.height;
    // Before there is any account there is nothing behind what the first run offers.
    let first_run = matches!(app.layers.first(), Some(Layer::Menu(menu)) if menu.kind == MenuKind::Welcome)
        && app.engine.accounts().is_empty();
    match app.layout() {
        Layout::Wide(Wide { footer, .. }) | Layout::Narrow(Narrow { footer, .. }) if fits && first_run => {
            canvas.footer(app, footer);
        }
        Layout::Wide(wide) if fits => canvas.wide(app, &wide),
        Layout::Narrow(narrow) if fits => canvas.narrow(app, &narrow),
        _ => canvas.too_small(app, screen),
    }
    if fits && app.layout() != Layout::TooSmall {
        canvas.layers(app, screen);
        let footer = match app.layout() {
            Layout::Wide(Wide { footer, .. }) | Layout::Narrow(Narrow { footer, .. }) => footer,
            Layout::TooSmall => screen,
        };
        canvas.long_message(app, footer);
    }
    if let Some(at) = canvas.cursor {
        frame.set_cursor_position(at);
    }
}

impl Canvas<'_> {
    fn too_small(&mut self, app: &App, screen: Area) {
        let needs = text::place::too_small(u64::from(SMALLEST.0), u64::from(SMALLEST.1));
        let now = text::place::too_small_now(u64::from(screen.width), u64::from(screen.height));
        let y = screen.height.saturating_sub(2) / 2;
        for (i, phrase) in [needs, now].iter().enumerate() {
            let text = app.words.say(phrase);
            let x = screen.width.saturating_sub(canvas::cell_count(text.len())) / 2;
            let style = self.style(if i == 0 { Tone::Bold } else { Tone::Plain });
            self.put(x, y + canvas::cell_count(i), usize::from(screen.width), &text, style);
        }
    }
}
