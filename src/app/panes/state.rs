//! What a pane shows, where its cursor is, how it is ordered and filtered.

use std::collections::{BTreeSet, HashMap};

use tui_input::Input;

use crate::app::panes::row::{Row, RowKey};

#[derive(Debug, Clone, Default)]
pub struct PaneState {
    /// Its rows, filtered and ordered.
    pub rows: Vec<Row>,
    /// How many there are without the filter.
    pub total: usize,
    /// What the cursor is on, whether it is among the rows or not: hidden by a filter it comes back, and is selected again.
    thing: Option<RowKey>,
    /// What it was on when something else began to be asked for.
    origin: Option<RowKey>,
    /// The place of that in `rows`; where it is not among them, of the row that came after it.
    pub cursor: usize,
    /// The first row on the screen.
    pub offset: usize,
    pub filter: Input,
    pub filtering: bool,
    /// Whether the filter matched loosely, since nothing matched plainly.
    pub fuzzy: bool,
    /// The place of the column it is ordered by, and whether in reverse; by default the pane's own order.
    pub order: Option<(usize, bool)>,
    pub marks: BTreeSet<RowKey>,
    /// Whether it was ever in focus: only then its lists are asked for, and somebody saw its cursor.
    pub opened: bool,
    /// Whether a person did something here. Before that, and until all that was asked for at first is there, the cursor
    /// is on the first row, whatever comes.
    pub settled: bool,
    /// Whether all that was asked for at first is there.
    whole: bool,
    /// Whether something else is asked for, so that the cursor goes to the best of it as soon as there is any.
    seeks: bool,
}

impl PaneState {
    /// What is selected; nothing where the thing that the cursor was on is not shown.
    #[must_use]
    pub fn selected(&self) -> Option<&RowKey> {
        self.row().and(self.thing.as_ref())
    }

    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        let thing = self.thing.as_ref()?;
        self.rows.get(self.cursor).filter(|row| row.is(thing))
    }

    /// Puts the cursor on something that is among the rows or will be.
    pub fn put_on(&mut self, thing: RowKey) {
        self.settled = true;
        self.seeks = false;
        self.origin = Some(thing.clone());
        self.thing = Some(thing);
    }

    /// A filter begins to be typed, with nothing in it.
    pub fn begin_filter(&mut self) {
        self.filter = Input::default();
        self.filtering = true;
        self.origin.clone_from(&self.thing);
    }

    /// A filter was typed on: the cursor goes back to where it was when that began, where that matches as well as any,
    /// else to what matches best.
    pub const fn filter_typed(&mut self) {
        self.settled = true;
        self.seeks = true;
    }

    /// Other things are listed: the cursor stays on what is among them, else it goes to the first.
    pub fn list_others(&mut self) {
        self.origin.clone_from(&self.thing);
        self.seeks = true;
    }

    /// Moves the cursor to a place and keeps it on a screen of `height` rows.
    pub fn go(&mut self, to: usize, height: usize) {
        self.cursor = to.min(self.rows.len().saturating_sub(1));
        if let Some(row) = self.rows.get(self.cursor) {
            let thing = row.key();
            self.put_on(thing);
        }
        self.show_cursor(height);
    }

    /// Moves the cursor by so many rows; where nothing is selected, from where it was.
    pub fn go_by(&mut self, by: isize, height: usize) {
        let between = by > 0 && self.row().is_none();
        self.go(self.cursor.saturating_add_signed(by - isize::from(between)), height);
    }

    /// Scrolls as little as needed to show the cursor.
    pub fn show_cursor(&mut self, height: usize) {
        let height = height.max(1);
        if self.cursor < self.offset {
            self.offset = self.cursor;
        } else if self.cursor >= self.offset + height {
            self.offset = self.cursor + 1 - height;
        }
        self.offset = self.offset.min(self.rows.len().saturating_sub(height));
    }

    /// Takes new rows. The cursor stays on what it was on, and that stays on its line of the screen; where it is not
    /// among them nothing is selected. `best`: so many of the first rows are what is asked for above all; `whole`:
    /// whether all is there that was asked for at first.
    pub fn take(&mut self, rows: Vec<Row>, total: usize, best: usize, whole: bool, height: usize) {
        let line = self.cursor.saturating_sub(self.offset);
        let after = self.cursor + usize::from(self.row().is_some());
        let rests = self.settled || (self.whole && self.opened);
        let old = std::mem::replace(&mut self.rows, rows);
        self.total = total;
        let wanted = if self.seeks { &self.origin } else { &self.thing };
        let found = wanted.as_ref().and_then(|thing| self.rows.iter().position(|row| row.is(thing)));
        let first = match found {
            _ if self.rows.is_empty() => false,
            None => self.seeks || !rests || self.thing.is_none(),
            Some(at) => !rests || (self.seeks && at >= best),
        };
        if first {
            (self.cursor, self.offset) = (0, 0);
        } else {
            self.cursor = found.unwrap_or_else(|| self.place_of(&old, after));
            self.offset = self.cursor.saturating_sub(line);
        }
        if first || found.is_some() {
            self.thing = self.rows.get(self.cursor).map(Row::key);
        }
        self.whole = whole && !self.rows.is_empty();
        self.seeks &= self.rows.is_empty();
        self.show_cursor(height);
    }

    /// Where the nearest of the former rows from a place on stands that is still there, else behind those before it.
    fn place_of(&self, old: &[Row], from: usize) -> usize {
        let places: HashMap<RowKey, usize> = self.rows.iter().enumerate().map(|(at, row)| (row.key(), at)).collect();
        let place = |row: &Row| places.get(&row.key()).copied();
        let behind = || old.iter().take(from).rev().find_map(place).map_or(0, |at| at + 1);
        old.iter().skip(from).find_map(place).unwrap_or_else(behind)
    }

    /// Takes the marks off what is no longer there. `there`: all rows without the filter, where one is set.
    pub fn forget_marks(&mut self, there: Option<BTreeSet<RowKey>>) {
        if !self.marks.is_empty() {
            let there = there.unwrap_or_else(|| self.rows.iter().map(Row::key).collect());
            self.marks.retain(|mark| there.contains(mark));
        }
    }

    /// The marked rows that are shown, in their order; and how many marked ones are not shown.
    #[must_use]
    pub fn marked(&self) -> (Vec<&Row>, usize) {
        if self.marks.is_empty() {
            return (Vec::new(), 0);
        }
        let shown: Vec<&Row> = self.rows.iter().filter(|r| self.marks.contains(&r.key())).collect();
        let hidden = self.marks.len() - shown.len();
        (shown, hidden)
    }
}
