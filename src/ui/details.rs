//! The details of what is under the cursor.

use crate::app::App;
use crate::app::layout::Area;
use crate::app::panes::details;
use crate::app::panes::details::{DetailLine, SHORT_LABEL, label_width};
use crate::app::panes::row::What;
use crate::app::panes::segment::Mark;
use crate::domain::InstanceStatus;
use crate::words::cells::{bar, clean, cut, width};

use super::canvas::{Canvas, Piece, cell_count};
use crate::app::tone::Tone;

/// How far the image has come that is imported for what is under the cursor.
fn importing(app: &App) -> Option<u8> {
    match &app.pane().row()?.what {
        What::Instance(i) | What::Import(i) => match i.status {
            InstanceStatus::Importing(percent) => percent,
            _ => None,
        },
        _ => None,
    }
}

impl Canvas<'_> {
    pub(super) fn details_box(&mut self, app: &App, area: Area, focus: bool) {
        let style = self.style(if focus { Tone::Focus } else { Tone::Dim });
        let (title, right) = self.details_title(app, focus, usize::from(area.width).saturating_sub(8));
        let inner = self.frame(area, style, &title, &right);
        let inner = Area { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        self.details_lines(app, inner, (area.x + area.width - 2, area.y + area.height - 1));
    }

    /// The details on a page of their own, where there is no room for a frame.
    pub(super) fn details_page(&mut self, app: &App, area: Area) {
        let room = usize::from(area.width).saturating_sub(2);
        let (title, right) = self.details_title(app, true, room);
        let end = self.pieces(area.x + 1, area.y, room, &title);
        let left = usize::from((area.x + area.width - 1).saturating_sub(end + 2));
        if super::canvas::pieces_width(&right) <= left {
            self.pieces_right(area.x + area.width - 1, area.y, left, &right);
        }
        let lines = Area { x: area.x + 1, y: area.y + 1, width: area.width.saturating_sub(2), height: area.height - 1 };
        self.details_lines(app, lines, (area.x + area.width - 1, area.y + area.height));
    }

    fn details_title(&self, app: &App, focus: bool, room: usize) -> (Vec<Piece>, Vec<Piece>) {
        let (name, place) = details::title(app);
        let style = self.style(if focus { Tone::Focus } else { Tone::Bold });
        let title = if name.is_empty() { Vec::new() } else { vec![(name.clone(), style)] };
        let place = clean(&place).into_owned();
        // A long id never takes the name's room: its end tells it apart.
        let left = room.saturating_sub(width(&clean(&name)) + 3);
        let place = if width(&place) > left && left >= 12 {
            crate::words::cells::cut_middle(&place, left).into_owned()
        } else {
            cut(&place, left).into_owned()
        };
        let right = if place.is_empty() { Vec::new() } else { vec![(place, self.style(Tone::Plain))] };
        (title, right)
    }

    /// The lines that fit. Where not all do, it is said on the line below, which ends at `part`, which these are.
    fn details_lines(&mut self, app: &App, area: Area, part: (u16, u16)) {
        let height = usize::from(area.height);
        let mut lines = details::wrapped(app, usize::from(area.width));
        let glyph = self.status_glyph(app);
        // The mark bears the colour of a state, also where its words go on.
        if glyph.is_some_and(|(_, tone)| tone != Tone::Bad) {
            lines.iter_mut().skip(1).take_while(|line| line.label.is_empty()).for_each(|line| line.tone = Tone::Plain);
        }
        let scroll = app.details_scroll.min(lines.len().saturating_sub(height));
        // Below a heading stand numbers and ages, which need less room than labels.
        let mut label = label_width(usize::from(area.width));
        for (i, line) in lines.iter().enumerate().take(scroll + height) {
            if line.tone == Tone::Bold {
                label = SHORT_LABEL;
            }
            if i >= scroll {
                let y = area.y + cell_count(i - scroll);
                self.details_line(app, line, glyph.filter(|_| i == 0), label, Area { y, height: 1, ..area });
            }
        }
        let mut place = self.position(app, scroll, height, lines.len());
        if let Some((text, _)) = place.first_mut() {
            *text = format!(" {text} ");
            self.pieces_right(part.0, part.1, 24, &place);
        }
    }

    fn details_line(
        &mut self,
        app: &App,
        line: &DetailLine,
        glyph: Option<(&'static str, Tone)>,
        label: usize,
        area: Area,
    ) {
        let room = usize::from(area.width);
        let style = self.style(line.tone);
        if line.tone == Tone::Bold {
            self.put(area.x, area.y, room, &line.label, style);
            return;
        }
        let dim = self.style(Tone::Dim);
        let most = if line.value.is_empty() { room } else { label - 1 };
        self.put(area.x, area.y, most, &line.label, dim);
        let x = area.x + cell_count(label);
        let room = room.saturating_sub(label);
        if let Some(spark) = &line.spark {
            let x = self.put(x, area.y, room, &line.value, style) + 2;
            let shape: String = spark.shares.iter().map(|share| self.look.level(*share)).collect();
            let left = usize::from((area.x + area.width).saturating_sub(x));
            let x = self.put(x, area.y, left, &shape, dim) + 2;
            let left = usize::from((area.x + area.width).saturating_sub(x));
            self.put(x, area.y, left, &spark.after.0, dim);
            return;
        }
        match glyph {
            Some((glyph, tone)) => {
                let style = self.style(tone);
                let x = self.put(x, area.y, room, &format!("{glyph} "), style);
                let plain = if tone == Tone::Bad { style } else { self.style(Tone::Plain) };
                let x = self.put(x, area.y, room.saturating_sub(2), &line.value, plain);
                if let Some(percent) = importing(app) {
                    let left = usize::from((area.x + area.width).saturating_sub(x + 2)).min(20);
                    if left >= 8 {
                        self.put(x + 2, area.y, left, &bar(f64::from(percent) / 100.0, left), style);
                    }
                }
            }
            None => {
                // Colour says no more than the words do, and long texts in it tire.
                let style = if line.tone == Tone::Good { self.style(Tone::Plain) } else { style };
                self.put(x, area.y, room, &line.value, style);
            }
        }
    }

    /// The mark of the state that the first line names.
    fn status_glyph(&self, app: &App) -> Option<(&'static str, Tone)> {
        let row = app.pane().row()?;
        let found = match &row.what {
            What::Instance(i) | What::Import(i) => Some(Mark::instance(&app.engine.shown_instance(&row.account, i))),
            What::Snapshot(s, _) => Mark::store(&app.engine.shown_snapshot(&row.account, s)),
            What::Operation(id) => Mark::operation(app.engine.operation(id)?),
            What::Image(_) | What::Firewall(_) | What::Key(_) | What::ApiKey(_) | What::ExternalChange(_) => {
                return None;
            }
        };
        found.map(|mark| (self.look.mark(mark), mark.tone()))
    }
}
