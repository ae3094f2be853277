//! The rows of a pane in columns. Widths depend on the room and on what the pane holds at all, never on the rows that
//! are just shown, so that nothing jumps while one scrolls.

use ratatui::style::Style;

use crate::app::layers::protect;
use crate::app::layout::Area;
use crate::app::panes::column::{Align, Column, Width};
use crate::app::panes::row::Row;
use crate::app::panes::segment::Segment;
use crate::app::panes::state::PaneState;
use crate::app::panes::table;
use crate::app::tables::pane::Pane;
use crate::app::tone::Tone;
use crate::app::{App, again};
use crate::words::cells::{clean, cut_keeping, end_that_tells};

use super::canvas::{Canvas, Piece, cell_count};
use super::found::Highlight;

/// A column as it stands on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShownColumn {
    pub(super) column: &'static Column,
    /// Its place among the columns of the pane.
    place: usize,
    pub(super) width: usize,
    /// The cells that a name keeps of its end where it is cut.
    end: usize,
}

const GUTTER: usize = 3;

/// The columns of a pane in so many cells.
pub(super) fn columns(app: &App, pane: Pane, room: usize) -> Vec<ShownColumn> {
    let room = room.saturating_sub(GUTTER + 1);
    let gap = gap(room);
    let mut shown: Vec<ShownColumn> = table::columns(pane)
        .iter()
        .enumerate()
        .map(|(place, column)| ShownColumn { column, place, width: least_width(app, column, room), end: 0 })
        .filter(|shown| shown.width > 0 || shown.is_flexible())
        .collect();
    let rest = |shown: &[ShownColumn]| {
        let fixed: usize = shown.iter().filter(|c| !c.is_flexible()).map(|c| c.width + gap).sum();
        room.saturating_sub(fixed)
    };
    let mut leaving: Vec<_> = shown.iter().filter_map(|c| Some((c.column.leaves?, c.place))).collect();
    leaving.sort_by_key(|(leaves, _)| leaves.turn);
    for (leaves, place) in leaving {
        if rest(&shown) < leaves.below {
            shown.retain(|column| column.place != place);
        }
    }
    let mut left = rest(&shown).max(4);
    for column in &mut shown {
        if let Width::Grows { from, to } = column.column.width {
            let more = left.saturating_sub(32).min(to - from);
            column.width += more;
            left -= more;
        }
    }
    let most = shown.iter().find_map(|column| match column.column.width {
        Width::Rest { most } => Some(most),
        _ => None,
    });
    let wide = left.min(most.unwrap_or(usize::MAX));
    for column in &mut shown {
        match column.column.width {
            Width::Rest { .. } => column.width = wide,
            Width::Spare(_) => column.width += left - wide,
            _ => {}
        }
    }
    shown
}

impl ShownColumn {
    const fn is_flexible(&self) -> bool {
        matches!(self.column.width, Width::Rest { .. })
    }
}

fn least_width(app: &App, column: &Column, room: usize) -> usize {
    match column.width {
        Width::Rest { .. } | Width::Hidden => 0,
        Width::Cells(cells) => cells,
        Width::Of(cells) => cells(app, room),
        Width::Grows { from, .. } => from,
        Width::Spare(cells) | Width::Bar(cells) => cells(room),
    }
}

const fn gap(room: usize) -> usize {
    if room >= 80 { 2 } else { 1 }
}

/// The first row on a screen of so many, so that the cursor is in sight.
pub(super) fn first_shown(state: &PaneState, height: usize) -> usize {
    let mut offset = state.offset.min(state.cursor);
    if state.cursor >= offset + height {
        offset = state.cursor + 1 - height;
    }
    offset.min(state.rows.len().saturating_sub(height))
}

impl Canvas<'_> {
    /// The line of headings. The column that the pane is ordered by stands out.
    pub(super) fn headings(&mut self, app: &App, pane: Pane, columns: &[ShownColumn], area: Area) {
        let gap = gap(usize::from(area.width).saturating_sub(GUTTER + 1));
        let mut x = area.x + cell_count(GUTTER);
        let (order, reverse) = app.panes[pane.index()].order.unwrap_or_else(|| table::default_order(pane));
        for column in columns {
            let own = column.place == order;
            let mut text = app.words.get(column.column.heading).to_owned();
            if own && reverse {
                text.push('-');
            }
            let style = self.style(if own { Tone::Bold } else { Tone::Dim });
            self.aligned(x, area.y, *column, &text, style);
            x += cell_count(column.width + gap);
        }
    }

    fn aligned(&mut self, x: u16, y: u16, column: ShownColumn, text: &str, style: Style) {
        if column.column.align == Align::Right {
            self.pieces_right(x + cell_count(column.width), y, column.width, &[(text.to_owned(), style)]);
        } else {
            self.put(x, y, column.width, text, style);
        }
    }

    /// The rows that fit, around the cursor; or why there are none.
    pub(super) fn rows(&mut self, app: &App, pane: Pane, columns: &[ShownColumn], area: Area) {
        let state = &app.panes[pane.index()];
        let height = usize::from(area.height);
        if height == 0 {
            return;
        }
        if state.rows.is_empty() {
            self.empty(app, pane, area);
            return;
        }
        let offset = first_shown(state, height);
        let focus = app.focus == pane;
        let on_screen = offset..(offset + height).min(state.rows.len());
        let columns = &self.with_ends(app, columns, &state.rows, on_screen);
        let mut found = Highlight::new(app, pane);
        for (line, row) in state.rows.iter().enumerate().skip(offset).take(height) {
            let y = area.y + cell_count(line - offset);
            let here = line == state.cursor && state.row().is_some();
            let marked = !state.marks.is_empty() && state.marks.contains(&row.key());
            let above = line.checked_sub(1).filter(|_| line > offset).and_then(|above| state.rows.get(above));
            self.row(app, row, columns, above, found.as_mut(), Area { y, height: 1, ..area });
            if app.age_of(row).is_some() {
                let style = Style::reset().patch(self.style(Tone::Dim));
                self.tint(Area { y, height: 1, ..area }, style);
            }
            let protected = !marked && protect::of_row(app, row).is_some();
            if protected {
                self.put(area.x, y, 1, "P", self.style(Tone::Bold));
            }
            if !marked && !protected && again::is_watched(app, row) {
                self.put(area.x, y, 1, "w", self.style(Tone::Mark));
            }
            if marked {
                self.put(area.x, y, 1, "*", self.style(Tone::Mark));
            }
            // Elsewhere the cursor of the instances still says whose snapshots and details are shown.
            if here && (focus || pane == Pane::Instances) {
                self.put(area.x + 1, y, 1, ">", self.style(Tone::Bold));
            }
            if here && focus {
                self.reverse(area.x, y, area.width);
            }
        }
    }

    /// The columns, each with what its names must keep of their ends. All rows count, so that nothing jumps while one
    /// scrolls, but of very many those on the screen.
    fn with_ends(
        &self,
        app: &App,
        columns: &[ShownColumn],
        rows: &[Row],
        on_screen: std::ops::Range<usize>,
    ) -> Vec<ShownColumn> {
        const MANY: usize = 500;
        let rows = if rows.len() > MANY { &rows[on_screen] } else { rows };
        let with_end = |column: &ShownColumn| {
            if !column.column.is_name {
                return *column;
            }
            let text = |row: &Row| {
                let segments = (column.column.cell)(app, row, column.width);
                let text: String = self.look.painted(segments).into_iter().map(|(text, _)| text).collect();
                clean(&text).into_owned()
            };
            let texts: Vec<String> = rows.iter().map(text).collect();
            ShownColumn { end: end_that_tells(texts.iter().map(String::as_str), column.width, 0), ..*column }
        };
        columns.iter().map(with_end).collect()
    }

    /// `above`: the row above it on the screen.
    fn row(
        &mut self,
        app: &App,
        row: &Row,
        columns: &[ShownColumn],
        above: Option<&Row>,
        found: Option<&mut Highlight>,
        area: Area,
    ) {
        let gap = gap(usize::from(area.width).saturating_sub(GUTTER + 1));
        let cell = |column: &ShownColumn, row: &Row, width: usize| (column.column.cell)(app, row, width);
        // Where no bar is drawn, its room is for the words before it.
        let is_bar = |column: &ShownColumn| matches!(column.column.width, Width::Bar(_));
        let mut bar = columns.iter().find(|c| is_bar(c)).map(|c| cell(c, row, c.width));
        let no_bar = bar.as_ref().is_some_and(Vec::is_empty);
        let freed = columns.iter().find(|c| no_bar && is_bar(c)).map_or(0, |bar| bar.width + gap);
        let mut cells: Vec<(ShownColumn, Vec<Piece>)> = columns
            .iter()
            .filter(|column| !(no_bar && is_bar(column)))
            .map(|column| {
                let more = if matches!(column.column.width, Width::Spare(_)) { freed } else { 0 };
                let shown = ShownColumn { width: column.width + more, ..*column };
                let drawn = bar.take_if(|_| is_bar(column));
                let mut segments = drawn.unwrap_or_else(|| cell(column, row, shown.width));
                if let [Segment::Text(text, _)] = segments.as_mut_slice()
                    && column.end > 0
                {
                    *text = cut_keeping(&clean(text), shown.width, column.end).into_owned();
                }
                (shown, self.look.painted(segments))
            })
            .collect();
        if let Some(found) = found {
            found.show(app, self.look, row, &mut cells);
        }
        // What is the same as in the row above is not said again.
        let says_again = |column: &ShownColumn| {
            let same = |above| cell(column, above, column.width) == cell(column, row, column.width);
            column.column.says_once && above.is_some_and(same)
        };
        let mut x = area.x + cell_count(GUTTER);
        for (column, pieces) in &cells {
            let pieces: &[Piece] = if says_again(column) { &[] } else { pieces };
            if column.column.align == Align::Right {
                self.pieces_right(x + cell_count(column.width), area.y, column.width, pieces);
            } else {
                self.pieces(x, area.y, column.width, pieces);
            }
            x += cell_count(column.width + gap);
        }
    }
}
