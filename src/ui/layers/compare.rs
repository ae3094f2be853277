//! Two things side by side: what they share is dim, and a sign stands where they differ.

use crate::app::App;
use crate::app::layers::compare::{CompareView, differing, lines, room, widths};
use crate::app::layers::layer::viewer_height;
use crate::app::layout::Area;
use crate::domain::{Phrase, text};
use crate::words::cells::clean;

use super::super::canvas::{Canvas, cell_count};
use crate::app::tone::Tone;

impl Canvas<'_> {
    pub(super) fn compare(&mut self, app: &App, view: &CompareView, screen: Area) {
        let size = (screen.width, screen.height);
        let lines = lines(app, view, room(size));
        let height = viewer_height(size).saturating_sub(1).max(1);
        let scroll = view.scroll.min(lines.len().saturating_sub(height));
        let names = view.rows.each_ref().map(|row| clean(row.what.name()).into_owned());
        let title = text::title::compare(names[0].as_str(), names[1].as_str());
        let title = self.heading(app.words.say(&title));
        let differ = match differing(app, view) {
            0 => Phrase::new(text::compare::SAME),
            count => text::compare::differ(count),
        };
        let mut right = vec![(app.words.say(&differ), self.style(Tone::Plain))];
        let place = self.position(app, scroll, height, lines.len());
        if !place.is_empty() {
            right.push(("  ".to_owned(), self.style(Tone::Plain)));
            right.extend(place);
        }
        let inner = self.over(screen, room(size), viewer_height(size), self.style(Tone::Focus), &title, &right);
        let (label, each) = widths(usize::from(inner.width));
        let left = inner.x + cell_count(label + 1);
        let sign = left + cell_count(each + 1);
        let other = sign + 2;
        let bold = self.style(Tone::Bold);
        for (x, row) in [left, other].into_iter().zip(&view.rows) {
            let text = format!("{} ({})", row.what.name(), row.account);
            self.put(x, inner.y, each, &text, bold);
        }
        for (n, line) in lines.iter().skip(scroll).take(usize::from(inner.height.saturating_sub(1))).enumerate() {
            let y = inner.y + 1 + cell_count(n);
            if line.is_heading {
                self.put(inner.x, y, usize::from(inner.width), &line.label, bold);
                continue;
            }
            let dim = self.style(Tone::Dim);
            let value = if line.sign.is_empty() { dim } else { self.style(Tone::Plain) };
            self.put(inner.x, y, label, &line.label, dim);
            self.put(left, y, each, &line.values[0], value);
            self.put(sign, y, 1, line.sign, self.style(Tone::Mark));
            self.put(other, y, each, &line.values[1], value);
        }
    }
}
