//! A form of a few fields.

use crate::app::App;
use crate::app::layers::form::{Form, FormField};
use crate::app::layout::Area;
use crate::domain::text;
use crate::words::cells::{clean, width, wrap};

use super::super::canvas::{Canvas, cell_count};
use crate::app::tone::Tone;

impl Canvas<'_> {
    pub(super) fn form(&mut self, app: &App, form: &Form, screen: Area) {
        let most = Self::text_width(screen);
        let labels = form.fields.iter().map(|f| width(&clean(&f.label))).max().unwrap_or(0);
        let hint = wrap(&clean(&app.words.say(&form.hint)), most);
        let below = match (&form.result, form.busy) {
            (_, true) => vec![(app.words.get(text::form::BUSY).to_owned(), Tone::Busy)],
            (Some((phrase, good)), false) => {
                let text = app.words.say(phrase);
                let tone = if *good { Tone::Good } else { Tone::Bad };
                wrap(&clean(&text), most).into_iter().map(|l| (l, tone)).collect()
            }
            (None, false) => Vec::new(),
        };
        let title = self.heading(app.words.say(&form.title));
        let style = self.style(Tone::Focus);
        // Hint, fields and a button, with blanks between; the result takes its place from the beginning.
        let lines = hint.len() + 1 + form.fields.len() + 1 + 1 + below.len().max(1);
        let inner = self.over(screen, most, lines, style, &title, &[]);
        let bottom = inner.y + inner.height;
        let room = usize::from(inner.width);
        let tight = usize::from(inner.height) < lines;
        let mut y = inner.y;
        if !tight {
            for line in &hint {
                self.put(inner.x, y, room, line, self.style(Tone::Dim));
                y += 1;
            }
            y += 1;
        }
        // Where there is no room for all, the fields around the cursor stay.
        let spare = usize::from(bottom.saturating_sub(y)).saturating_sub(1 + below.len()).max(1);
        let first = (form.at.min(form.fields.len().saturating_sub(1)) + 1).saturating_sub(spare);
        for (i, field) in form.fields.iter().enumerate().skip(first).take(spare) {
            let here = form.at == i;
            let style = self.style(if here { Tone::Bold } else { Tone::Plain });
            self.put(inner.x, y, labels, &field.label, style);
            let x = inner.x + cell_count(labels + 2);
            let room = room.saturating_sub(labels + 2);
            self.draw_field(app, x, y, room, field, here && !form.busy);
            y += 1;
        }
        if !tight {
            y += 1;
        }
        if y < bottom {
            let on = form.at >= form.fields.len();
            let style = self.style(if on { Tone::Bold } else { Tone::Dim });
            let text = app.words.get(text::form::SAVE);
            let text = if on { format!("[ {text} ]") } else { format!("  {text}") };
            self.put(inner.x, y, room, &text, style);
            y += 1;
        }
        for (text, tone) in below {
            if y < bottom {
                self.put(inner.x, y, room, &text, self.style(tone));
            }
            y += 1;
        }
    }

    fn draw_field(&mut self, app: &App, x: u16, y: u16, room: usize, field: &FormField, is_typed: bool) {
        let plain = self.style(Tone::Plain);
        if is_typed {
            self.field(x, y, room, &field.input, field.hidden, plain);
        } else if field.input.value().is_empty() && field.optional {
            self.put(x, y, room, app.words.get(text::form::OPTIONAL), self.style(Tone::Dim));
        } else if field.hidden {
            self.put(x, y, room, &"*".repeat(field.input.value().chars().count()), plain);
        } else {
            self.put(x, y, room, field.input.value(), plain);
        }
    }
}
