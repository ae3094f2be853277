//! What everything costs this month:
//!
//! ```text
//! ┌ Cost this month, in yen ──────────────────────────────────── 1-18 of 24 ┐
//! │  NAME             STATE        PLAN          HOURS    SO FAR    AT MOST │
//! │ All accounts                                        2,030 +3?  3,342 +3? │
//! │ lab     prices of 2026-09                            1,036 +1?     1,632 │
//! │ > batch           off, billed  1 vCPU  1 GB    477       334        449 │
//! ```

use crate::app::App;
use crate::app::layers::costs;
use crate::app::layers::costs::{CostLine, CostView, texts};
use crate::app::layers::layer::viewer_height;
use crate::app::layout::Area;
use crate::domain::text;
use crate::engine::{CostOf, CostRow, Sum};
use crate::words::cells::{clean, cut};
use crate::words::grouped;

use super::super::canvas::{Canvas, cell_count};
use crate::app::tone::Tone;

/// Where each column begins, and how wide it is.
struct Columns {
    name: (usize, usize),
    state: (usize, usize),
    plan: (usize, usize),
    /// Hours, so far, at most: each ends here.
    ends: [usize; 3],
    /// How wide each of these is.
    widths: [usize; 3],
}

impl Columns {
    fn new(room: usize) -> Self {
        // Where it is narrow, what things are and how long they exist goes.
        let (gap, sum, hours, state, plan) = match room {
            100.. => (3, 11, 6, 13, 30),
            72.. => (1, 10, 5, 11, 14),
            _ => (1, 9, 0, 0, 0),
        };
        let at_most = room;
        let so_far = at_most - sum - gap;
        let hours_end = so_far.saturating_sub(sum + gap);
        let plan_at = hours_end.saturating_sub(hours + gap + plan);
        let state_at = plan_at.saturating_sub(gap + state);
        Self {
            name: (2, state_at.saturating_sub(2 + gap)),
            state: (state_at, state),
            plan: (plan_at, plan),
            ends: [hours_end, so_far, at_most],
            widths: [hours, sum, sum],
        }
    }
}

impl Canvas<'_> {
    pub(super) fn cost(&mut self, app: &App, view: &CostView, screen: Area) {
        let size = (screen.width, screen.height);
        let height = costs::height(size, view);
        let length = view.lines.len();
        let scroll = view.scroll.min(length.saturating_sub(height));
        let title = self.heading(app.words.get(text::title::COST).to_owned());
        let right = self.position(app, scroll, height, length);
        let style = self.style(Tone::Focus);
        let room = usize::from(screen.width).saturating_sub(6).min(116);
        let inner = self.over(
            screen,
            room,
            (length + 1 + usize::from(view.total.is_some())).min(viewer_height(size)),
            style,
            &title,
            &right,
        );
        let columns = Columns::new(usize::from(inner.width));
        self.cost_heads(app, &columns, inner);
        let mut top = inner.y + 1;
        if let Some((so_far, at_most)) = view.total {
            self.put(inner.x, top, columns.ends[0], app.words.get(text::cost::ALL), self.style(Tone::Bold));
            self.cost_sums(app, so_far, at_most, &columns, Area { y: top, height: 1, ..inner });
            top += 1;
        }
        for (n, line) in view.lines.iter().enumerate().skip(scroll).take(height) {
            let y = top + cell_count(n - scroll);
            let area = Area { y, height: 1, ..inner };
            match line {
                CostLine::Account { account, as_of, so_far, at_most } => {
                    let name = clean(account.as_str()).into_owned();
                    let colour = app.engine.account(account).and_then(|a| a.account.colour);
                    let style = self.look.account(colour).patch(self.style(Tone::Bold));
                    let room = columns.ends[0];
                    let x = self.put(area.x, y, room, &name, style);
                    if let Some(as_of) = as_of {
                        let text = app.words.say(&text::cost::as_of(as_of.as_str()));
                        let dim = self.style(Tone::Dim);
                        self.put(x + 2, y, room.saturating_sub(usize::from(x - area.x) + 2), &text, dim);
                    }
                    self.cost_sums(app, *so_far, *at_most, &columns, area);
                }
                CostLine::Row(row) => self.cost_row(app, row, n == view.cursor, &columns, area),
                CostLine::Note(note) => {
                    let text = app.words.say(note);
                    self.put(area.x + 2, y, usize::from(area.width).saturating_sub(2), &text, self.style(Tone::Dim));
                }
                CostLine::Blank => {}
            }
        }
    }

    fn cost_sums(&mut self, app: &App, so_far: Sum, at_most: Sum, columns: &Columns, area: Area) {
        for (n, sum) in [(1, so_far), (2, at_most)] {
            let end = area.x + cell_count(columns.ends[n]);
            self.pieces_right(end, area.y, columns.widths[n], &[(said(app, sum), self.style(Tone::Bold))]);
        }
    }

    fn cost_heads(&mut self, app: &App, columns: &Columns, area: Area) {
        let dim = self.style(Tone::Dim);
        for ((at, most), key) in [columns.name, columns.state, columns.plan].into_iter().zip([
            text::cost_head::NAME,
            text::cost_head::STATE,
            text::cost_head::PLAN,
        ]) {
            self.put(area.x + cell_count(at), area.y, most, app.words.get(key), dim);
        }
        for (n, key) in
            [text::cost_head::HOURS, text::cost_head::SO_FAR, text::cost_head::AT_MOST].into_iter().enumerate()
        {
            let end = area.x + cell_count(columns.ends[n]);
            self.pieces_right(end, area.y, columns.widths[n], &[(app.words.get(key).to_owned(), dim)]);
        }
    }

    fn cost_row(&mut self, app: &App, row: &CostRow, here: bool, columns: &Columns, area: Area) {
        let (name, state, plan) = texts(app, row);
        let plain = self.style(Tone::Plain);
        let dim = self.style(Tone::Dim);
        let storage = matches!(row.of, CostOf::Storage { .. });
        let at = |at: usize| area.x + cell_count(at);
        let room = if storage { columns.plan.0 + columns.plan.1 - 2 } else { columns.name.1 };
        self.put(at(columns.name.0), area.y, room, &cut(&clean(&name), room), plain);
        let tone = self.style(if row.is_off() { Tone::Busy } else { Tone::Dim });
        self.put(at(columns.state.0), area.y, if storage { 0 } else { columns.state.1 }, &state, tone);
        self.put(at(columns.plan.0), area.y, if storage { 0 } else { columns.plan.1 }, &plan, dim);
        let unknown = || (app.words.get(text::cost::UNKNOWN).to_owned(), dim);
        let number = |n: Option<u64>| n.map_or_else(unknown, |n| (grouped(n), plain));
        let cells = [
            (!storage).then(|| row.due.hours.map_or_else(unknown, |n| (n.to_string(), dim))),
            (!row.within).then(|| number(row.due.so_far)),
            (!row.within).then(|| number(row.due.at_most)),
        ];
        for (n, cell) in cells.into_iter().enumerate() {
            if let Some(piece) = cell {
                self.pieces_right(at(columns.ends[n]), area.y, columns.widths[n], &[piece]);
            }
        }
        if here {
            self.put(area.x, area.y, 1, ">", self.style(Tone::Bold));
            self.reverse(area.x, area.y, area.width);
        }
    }
}

/// `6,420 +3?`: three are not known.
fn said(app: &App, sum: Sum) -> String {
    match sum.unknown {
        0 => grouped(sum.yen),
        unknown => app.words.say(&text::cost::sum(sum.yen, unknown)),
    }
}
