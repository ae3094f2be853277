//! The panes: stacked with shared frame lines where there is room, else one at a time under tabs.

use crate::app::layout::{Area, Narrow, Wide};
use crate::app::tables::pane::Pane;
use crate::app::{App, Zoom};
use crate::domain::text;
use crate::words::cells::width;

use super::canvas::{Canvas, Piece, cell_count, pieces_width};
use super::places::{count, counts, part, room_left, title, without};
use super::table::columns;
use crate::app::tone::Tone;

impl Canvas<'_> {
    pub(super) fn wide(&mut self, app: &App, wide: &Wide) {
        self.header(app, wide.header);
        if app.zoom == Zoom::Full {
            let full = Area { width: wide.stack.width + wide.details.width, ..wide.stack };
            self.details_box(app, full, true);
        } else {
            self.stack(app, wide);
            self.details_box(app, wide.details, app.zoom == Zoom::Details);
        }
        let operations = wide.panes[Pane::Operations.index()];
        let focus = app.focus == Pane::Operations && app.zoom == Zoom::List;
        let heading = self.pane_title(app, Pane::Operations, focus);
        let right = self.pane_counts(app, Pane::Operations);
        let inner = self.frame(operations, self.frame_style(focus), &heading, &right);
        self.filter_in_title(app, Pane::Operations, operations, &heading, &right);
        let columns = columns(app, Pane::Operations, usize::from(inner.width));
        self.rows(app, Pane::Operations, &columns, inner);
        self.footer(app, wide.footer);
    }

    fn frame_style(&self, focus: bool) -> ratatui::style::Style {
        self.style(if focus { Tone::Focus } else { Tone::Dim })
    }

    fn pane_title(&self, app: &App, pane: Pane, focus: bool) -> Vec<Piece> {
        let style = self.style(if focus { Tone::Focus } else { Tone::Plain });
        let title = title(app, pane);
        vec![(if pane.is_secondary() { title } else { format!("{} {title}", pane.index() + 1) }, style)]
    }

    fn pane_counts(&self, app: &App, pane: Pane) -> Vec<Piece> {
        let mut parts: Vec<Piece> = Vec::new();
        let marks = app.panes[pane.index()].marks.len();
        if marks > 0 {
            let text = app.words.say(&text::place::marked(marks));
            parts.push((text, self.style(Tone::Mark)));
        }
        for text in counts(app, pane) {
            if !parts.is_empty() {
                parts.push(("  ".to_owned(), self.style(Tone::Plain)));
            }
            parts.push((text, self.style(Tone::Plain)));
        }
        parts
    }

    /// The filter stands in the title, behind the name.
    fn filter_in_title(&mut self, app: &App, pane: Pane, area: Area, heading: &[Piece], right: &[Piece]) {
        let state = &app.panes[pane.index()];
        if state.filter.value().is_empty() && !state.filtering {
            return;
        }
        let taken = pieces_width(heading) + pieces_width(right) + 12;
        let room = usize::from(area.width).saturating_sub(taken);
        if room < 8 {
            return;
        }
        let x = area.x + 4 + cell_count(pieces_width(heading));
        let plain = self.style(Tone::Plain);
        let from = self.put(x, area.y, 1, " ", plain);
        let end = self.filter(app, pane, from, area.y, room);
        self.put(end, area.y, 1, " ", plain);
    }

    fn stack(&mut self, app: &App, wide: &Wide) {
        let focused = |pane: Pane| app.focus == pane && app.zoom == Zoom::List;
        let stacked = wide.tall.stacked();
        for pane in stacked.iter().copied() {
            let area = wide.panes[pane.index()];
            let focus = focused(pane);
            let style = self.frame_style(focus);
            self.frame_sides(area, style);
            if stacked.last() == Some(&pane) {
                self.frame_bottom(area.x, area.y + area.height, area.width, style);
            }
            let lines = self.look.lines();
            let ends = if stacked.first() == Some(&pane) { lines.top } else { lines.joint };
            let heading = self.pane_title(app, pane, focus);
            let right = self.pane_counts(app, pane);
            // The line above belongs to the pane in focus as well as the one below it.
            self.frame_top(area, ends, style, &heading, &right);
            self.filter_in_title(app, pane, area, &heading, &right);
            let mut inner = Area { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 1 };
            let columns = columns(app, pane, usize::from(inner.width));
            if pane == wide.tall && area.height > 3 {
                self.headings(app, pane, &columns, inner);
                inner = Area { y: inner.y + 1, height: inner.height - 1, ..inner };
            }
            self.rows(app, pane, &columns, inner);
        }
        // The line below the pane in focus is its frame's, too.
        let focus = app.focus;
        if focused(focus) && focus != Pane::Operations && stacked.last() != Some(&focus) {
            let area = wide.panes[focus.index()];
            self.tint_frame_line(area.x, area.y + area.height, area.width, self.style(Tone::Focus));
        }
    }

    /// Colours the line glyphs of a frame's line and leaves what is written in it.
    fn tint_frame_line(&mut self, x: u16, y: u16, count: u16, style: ratatui::style::Style) {
        let lines = self.look.lines();
        for x in x..x + count {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                let symbol = cell.symbol();
                if symbol == lines.across || lines.joint.contains(&symbol) {
                    cell.set_style(ratatui::style::Style::reset().patch(style));
                }
            }
        }
    }

    pub(super) fn narrow(&mut self, app: &App, narrow: &Narrow) {
        self.header(app, narrow.header);
        self.tabs(app, narrow.tabs);
        let across = self.look.lines().across;
        for rule in [narrow.rule, narrow.lower_rule] {
            self.line(rule.x, rule.y, rule.width, across, self.style(Tone::Dim));
        }
        self.narrow_rule(app, narrow.rule);
        if app.zoom == Zoom::List {
            let columns = columns(app, app.focus, usize::from(narrow.body.width));
            self.headings(app, app.focus, &columns, Area { height: 1, ..narrow.body });
            let rows = Area { y: narrow.body.y + 1, height: narrow.body.height - 1, ..narrow.body };
            self.rows(app, app.focus, &columns, rows);
        } else {
            self.details_page(app, narrow.body);
        }
        self.operation_line(app, narrow.operation);
        self.footer(app, narrow.footer);
    }

    /// The names and counts of all panes; where they do not fit, those of the others go.
    fn tabs(&mut self, app: &App, area: Area) {
        let tab = |pane: Pane, named: bool| match named || pane == app.focus {
            true => format!("{} {} {}", pane.index() + 1, app.words.get(pane.title()), count(app, pane)),
            false => format!("{}", pane.index() + 1),
        };
        // One that stands aside comes first and is named alone.
        let aside =
            app.focus.is_secondary().then(|| format!("{} {}", app.words.get(app.focus.title()), count(app, app.focus)));
        let before = aside.as_ref().map_or(0, |text| width(text) + 3);
        let room = usize::from(area.width).saturating_sub(2 + before);
        let takes =
            |named: bool, gap: usize| Pane::MAIN.iter().map(|p| width(&tab(*p, named)) + gap).sum::<usize>() - gap;
        let (named, gap) = [(true, 3), (true, 2), (true, 1), (false, 3)]
            .into_iter()
            .find(|(named, gap)| takes(*named, *gap) <= room)
            .unwrap_or((false, 1));
        let mut x = area.x + 1;
        if let Some(text) = aside {
            x = self.put(x, area.y, room + before, &text, self.style(Tone::Focus)) + 3;
        }
        for pane in Pane::MAIN {
            let style = self.style(if pane == app.focus { Tone::Focus } else { Tone::Plain });
            let text = tab(pane, named);
            x = self.put(x, area.y, usize::from((area.x + area.width).saturating_sub(x)), &text, style);
            x += cell_count(gap);
        }
    }

    /// What the pane is narrowed to stands in the line under the tabs: instance, filter, marks.
    fn narrow_rule(&mut self, app: &App, area: Area) {
        let pane = app.focus;
        let state = app.pane();
        let mut x = area.x + 1;
        let end = area.x + area.width;
        let plain = self.style(Tone::Plain);
        if pane == Pane::Snapshots && !app.all_snapshots && app.zoom == Zoom::List {
            let room = usize::from(area.width) / 2;
            x = self.put(x, area.y, room, &format!(" {} ", title(app, pane)), plain) + 1;
        }
        let room_left = (pane == Pane::Snapshots).then(|| room_left(app)).flatten();
        let mut right = Vec::new();
        for text in [room_left, without(app, pane), part(app, pane)].into_iter().flatten() {
            right.push((format!(" {text} "), plain));
        }
        let takes = cell_count(pieces_width(&right));
        let mut end = end;
        if app.zoom == Zoom::List && !right.is_empty() && x + takes + 4 < end && !state.filtering {
            end -= takes + 1;
            self.pieces_right(end + takes, area.y, usize::from(takes), &right);
        }
        if !state.filter.value().is_empty() || state.filtering {
            x = self.put(x, area.y, 1, " ", plain);
            x = self.filter(app, pane, x, area.y, usize::from(end.saturating_sub(x + 2)));
            x = self.put(x, area.y, 1, " ", plain) + 1;
        }
        if !state.marks.is_empty() && x + 4 < end {
            let text = app.words.say(&text::place::marked(state.marks.len()));
            self.put(x, area.y, usize::from(end - x), &format!(" {text} "), self.style(Tone::Mark));
        }
    }
}
