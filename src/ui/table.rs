//! The rows of a pane in columns. Widths depend on the room and on what the pane holds at all, never on the rows that
//! are just shown, so that nothing jumps while one scrolls.

use crate::domain::{Text, text};
use ratatui::style::Style;

use crate::app::App;
use crate::app::again;
use crate::app::layers::protect;
use crate::app::layout::Area;
use crate::app::panes::row::{Row, What as Thing};
use crate::app::panes::state::PaneState;
use crate::app::tables::pane::Pane;
use crate::engine::AccountState;
use crate::words::cells::{clean, cut_keeping, end_that_tells, width};

use super::canvas::{Canvas, Piece, cell_count};
use super::cells::{cell, family, shows_bar};
use super::found::Found;
use super::theme::Tone;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Name,
    Status,
    Account,
    Address,
    Saved,
    Plan,
    Age,
    Size,
    Of,
    Drops,
    On,
    Rules,
    Family,
    Kind,
    State,
    Bar,
    Time,
    When,
}

impl What {
    const fn heading(self) -> Text {
        match self {
            Self::Name => text::column::NAME,
            Self::Status | Self::State => text::column::STATUS,
            Self::Account => text::column::ACCOUNT,
            Self::Address => text::column::ADDRESS,
            Self::Saved => text::column::SAVED,
            Self::Plan => text::column::PLAN,
            Self::Age => text::column::AGE,
            Self::Size => text::column::SIZE,
            Self::Of => text::column::OF,
            Self::Drops => text::column::DROPS,
            Self::On => text::column::ON,
            Self::Rules => text::column::RULES,
            Self::Family => text::column::FAMILY,
            Self::Kind => text::column::KIND,
            Self::Bar => text::column::PROGRESS,
            Self::Time => text::column::TIME,
            Self::When => text::column::WHEN,
        }
    }

    fn is(self, order: crate::app::panes::column::Column) -> bool {
        use crate::app::panes::column::Column as C;
        matches!(
            (self, order),
            (Self::Name, C::Name)
                | (Self::Status | Self::State, C::Status)
                | (Self::Account, C::Account)
                | (Self::Address, C::Address)
                | (Self::Saved, C::Saved)
                | (Self::Plan, C::Plan)
                | (Self::Age | Self::When, C::Age)
                | (Self::Size, C::Size)
                | (Self::Of, C::Of)
                | (Self::Drops, C::Drops)
                | (Self::Family, C::Family)
        )
    }

    /// Whether people's own names stand in it, which may begin alike.
    const fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::Of)
    }

    const fn is_right(self) -> bool {
        matches!(self, Self::Saved | Self::Age | Self::Size | Self::Time | Self::When | Self::Drops | Self::On)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) what: What,
    pub(super) width: usize,
    /// The cells that a name keeps of its end where it is cut.
    end: usize,
}

const GUTTER: usize = 3;

type Wide = (What, usize);

/// The columns of a pane in so many cells.
pub(super) fn columns(app: &App, pane: Pane, room: usize) -> Vec<Column> {
    let room = room.saturating_sub(GUTTER + 1);
    let gap = gap(room);
    let account = account_width(app);
    let several = account > 0;
    let status = if room >= 60 { 18 } else { 15 };
    // What goes first stands last in `leaves`; each with the room that the flexible column must have for it to stay.
    let (mut columns, flexible, leaves): (Vec<Wide>, What, &[Wide]) = match pane {
        Pane::Instances => (
            vec![
                (What::Name, 0),
                (What::Status, status),
                (What::Account, account),
                (What::Address, 15),
                (What::Saved, 5),
                (What::Plan, 13),
                (What::Age, 4),
            ],
            What::Name,
            &[(What::Address, 12), (What::Saved, 12), (What::Plan, 16), (What::Age, 16)],
        ),
        Pane::Snapshots => (
            vec![
                (What::Name, 0),
                (What::Status, 17),
                (What::Of, if app.all_snapshots { 15 } else { 0 }),
                (What::Size, 8),
                (What::Age, 4),
                (What::Drops, if any(app, |a| a.inventory.snapshots().any(|s| s.expires.is_some())) { 6 } else { 0 }),
                (What::Account, if app.all_snapshots { account } else { 0 }),
            ],
            What::Name,
            &[(What::Of, 10), (What::Age, 12), (What::Size, 14), (What::Drops, 16)],
        ),
        Pane::Firewalls => (
            vec![
                (What::Name, if room >= 60 { 20 } else { 14 }),
                (What::On, if any(app, |a| a.inventory.firewalls().iter().any(|f| f.on.is_some())) { 3 } else { 0 }),
                (What::Rules, 0),
                (What::Account, account),
            ],
            What::Rules,
            &[(What::On, 12)],
        ),
        Pane::Images => (
            vec![
                (What::Family, 12),
                (What::Name, 0),
                (What::Status, 15),
                (What::Size, 8),
                (What::Age, 4),
                (What::Account, account),
            ],
            What::Name,
            &[(What::Family, 12), (What::Size, 24), (What::Age, 24)],
        ),
        Pane::Keys => (
            vec![
                (What::Name, 0),
                (What::Status, 12),
                (What::Kind, 12),
                (What::On, 3),
                (What::Age, 4),
                (What::Account, account),
            ],
            What::Name,
            &[(What::Kind, 12), (What::On, 12), (What::Age, 16)],
        ),
        Pane::ApiKeys => (
            vec![(What::Name, 0), (What::Status, 12), (What::Age, 4), (What::Account, account)],
            What::Name,
            &[(What::Age, 12)],
        ),
        Pane::Operations => (
            vec![
                (What::When, 4),
                (What::Name, 0),
                (What::State, (room * 2 / 5).clamp(16, 34)),
                (What::Bar, if room >= 150 { 24 } else { 12 }),
                (What::Time, if room >= 150 { 26 } else { [7, 22][usize::from(room >= 100)] }),
                (What::Account, if several && room >= 120 { account } else { 0 }),
            ],
            What::Name,
            &[(What::When, 12), (What::Time, 10), (What::Bar, 26)],
        ),
    };
    columns.retain(|(what, width)| *what == flexible || *width > 0);
    let rest = |columns: &[(What, usize)]| {
        let fixed: usize = columns.iter().filter(|(w, _)| *w != flexible).map(|(_, n)| n + gap).sum();
        room.saturating_sub(fixed)
    };
    for (what, needs) in leaves.iter().rev() {
        if rest(&columns) < *needs {
            columns.retain(|(w, _)| w != what);
        }
    }
    let mut left = rest(&columns).max(4);
    // A long address gets what a name does not need.
    if let Some(address) = columns.iter_mut().find(|(w, _)| *w == What::Address) {
        let more = left.saturating_sub(32).min(39 - 15);
        address.1 += more;
        left -= more;
    }
    // Wide open spaces tear a row apart.
    let wide = left.min(match pane {
        Pane::Instances => usize::MAX,
        Pane::Firewalls => 64,
        Pane::Operations => 60,
        _ => 44,
    });
    // Why something failed takes what names do not need.
    if let Some(state) = columns.iter_mut().find(|(w, _)| *w == What::State) {
        state.1 += left - wide;
    }
    left = wide;
    columns
        .into_iter()
        .map(|(what, width)| Column { what, width: if what == flexible { left } else { width }, end: 0 })
        .collect()
}

/// Whether an account that is shown has something.
fn any(app: &App, has: impl Fn(&AccountState) -> bool) -> bool {
    app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name)).any(has)
}

const fn gap(room: usize) -> usize {
    if room >= 80 { 2 } else { 1 }
}

/// The width of the accounts' column; none where one account alone is shown.
fn account_width(app: &App) -> usize {
    if !app.several_accounts() {
        return 0;
    }
    let names = app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name));
    names.map(|a| width(&clean(a.account.name.as_str()))).max().unwrap_or(0).clamp(7, 12)
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
    pub(super) fn headings(&mut self, app: &App, pane: Pane, columns: &[Column], area: Area) {
        let gap = gap(usize::from(area.width).saturating_sub(GUTTER + 1));
        let mut x = area.x + cell_count(GUTTER);
        let (order, reverse) = app.panes[pane.index()].order;
        for column in columns {
            let own = column.what.is(order);
            let mut text = app.words.get(column.what.heading()).to_owned();
            if own && reverse {
                text.push('-');
            }
            let style = self.style(if own { Tone::Bold } else { Tone::Dim });
            self.aligned(x, area.y, *column, &text, style);
            x += cell_count(column.width + gap);
        }
    }

    fn aligned(&mut self, x: u16, y: u16, column: Column, text: &str, style: Style) {
        if column.what.is_right() {
            self.pieces_right(x + cell_count(column.width), y, column.width, &[(text.to_owned(), style)]);
        } else {
            self.put(x, y, column.width, text, style);
        }
    }

    /// The rows that fit, around the cursor; or why there are none.
    pub(super) fn rows(&mut self, app: &App, pane: Pane, columns: &[Column], area: Area) {
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
        let mut found = Found::new(app, pane);
        for (line, row) in state.rows.iter().enumerate().skip(offset).take(height) {
            let y = area.y + cell_count(line - offset);
            let here = line == state.cursor && state.row().is_some();
            let marked = !state.marks.is_empty() && state.marks.contains(&row.key());
            // What is the same as in the row above is not said again.
            let above = line.checked_sub(1).filter(|_| line > offset).and_then(|above| state.rows.get(above));
            let again = above.is_some_and(|above| family(app, above) == family(app, row));
            self.row(app, row, columns, again, found.as_mut(), Area { y, height: 1, ..area });
            if app.age_of(row).is_some() {
                let style = Style::reset().patch(self.style(Tone::Dim));
                self.tint(Area { y, height: 1, ..area }, style);
            }
            let protected = !marked && protect::of_row(app, row).is_some();
            if protected {
                let style = self.style(Tone::Bold);
                self.put(area.x, y, 1, "P", style);
            }
            if !marked && !protected && again::is_watched(app, row) {
                let style = self.style(Tone::Mark);
                self.put(area.x, y, 1, "w", style);
            }
            if marked {
                let style = self.style(Tone::Mark);
                self.put(area.x, y, 1, "*", style);
            }
            // Elsewhere the cursor of the instances still says whose snapshots and details are shown.
            if here && (focus || pane == Pane::Instances) {
                let style = self.style(Tone::Bold);
                self.put(area.x + 1, y, 1, ">", style);
            }
            if here && focus {
                self.reverse(area.x, y, area.width);
            }
        }
    }

    /// The columns, each with what its names must keep of their ends. All rows count, so that nothing jumps while one
    /// scrolls, but of very many those on the screen.
    fn with_ends(&self, app: &App, columns: &[Column], rows: &[Row], on_screen: std::ops::Range<usize>) -> Vec<Column> {
        const MANY: usize = 500;
        let rows = if rows.len() > MANY { &rows[on_screen] } else { rows };
        let with_end = |column: &Column| {
            if !column.what.is_name() {
                return *column;
            }
            let text = |row: &Row| {
                let pieces = cell(app, self.look, row, column.what, column.width);
                clean(&pieces.into_iter().map(|(text, _)| text).collect::<String>()).into_owned()
            };
            let texts: Vec<String> = rows.iter().map(text).collect();
            Column { end: end_that_tells(texts.iter().map(String::as_str), column.width, 0), ..*column }
        };
        columns.iter().map(with_end).collect()
    }

    fn row(&mut self, app: &App, row: &Row, columns: &[Column], again: bool, found: Option<&mut Found>, area: Area) {
        let gap = gap(usize::from(area.width).saturating_sub(GUTTER + 1));
        // Where no bar is drawn, its room is for the words before it.
        let no_bar = match &row.what {
            Thing::Operation(id) => app.engine.operation(id).is_some_and(|op| !shows_bar(app, op)),
            Thing::ExternalChange(_) => true,
            _ => false,
        };
        let bar = columns.iter().find(|c| c.what == What::Bar).filter(|_| no_bar).map_or(0, |c| c.width + gap);
        let mut cells: Vec<(Column, Vec<Piece>)> = columns
            .iter()
            .filter(|column| column.what != What::Bar || !no_bar)
            .map(|column| {
                let more = if column.what == What::State { bar } else { 0 };
                let column = Column { width: column.width + more, ..*column };
                let mut pieces = cell(app, self.look, row, column.what, column.width);
                if let [(text, _)] = pieces.as_mut_slice()
                    && column.end > 0
                {
                    *text = cut_keeping(&clean(text), column.width, column.end).into_owned();
                }
                (column, pieces)
            })
            .collect();
        if let Some(found) = found {
            found.show(app, self.look, row, &mut cells);
        }
        let mut x = area.x + cell_count(GUTTER);
        for (column, pieces) in &cells {
            let quiet = again && column.what == What::Family;
            let pieces: &[Piece] = if quiet { &[] } else { pieces };
            if column.what.is_right() {
                self.pieces_right(x + cell_count(column.width), area.y, column.width, pieces);
            } else {
                self.pieces(x, area.y, column.width, pieces);
            }
            x += cell_count(column.width + gap);
        }
    }
}
