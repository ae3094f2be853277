//! A column of a pane: one row of its table says everything about it.

use std::cmp::Reverse;

use crate::app::App;
use crate::app::panes::row::Row;
use crate::app::panes::segment::Segment;
use crate::app::panes::source::RowSource;
use crate::domain::{Text, text};

#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub heading: Text,
    /// What stands in a cell of so many cells of the terminal.
    pub cell: fn(&App, &Row, usize) -> Vec<Segment>,
    pub width: Width,
    /// What it leaves the screen for, where it may.
    pub leaves: Option<Leaves>,
    pub align: Align,
    /// Its number in the menu of orders, and how rows are ordered by it.
    pub order: Option<(u8, SortKey)>,
    pub search: Search,
    /// Whether people's own names stand in it: where they are cut, what tells them apart stays.
    pub is_name: bool,
    /// Whether it is left empty where it says the same as the row above.
    pub says_once: bool,
}

impl Column {
    /// What most columns are: text at the left that stays where it is.
    pub const TEXT: Self = Self {
        heading: text::column::NAME,
        cell: |_, _, _| Vec::new(),
        width: Width::Hidden,
        leaves: None,
        align: Align::Left,
        order: None,
        search: Search::No,
        is_name: false,
        says_once: false,
    };

    /// The same with another number in the menu of orders.
    #[must_use]
    pub(crate) const fn numbered(self, number: u8) -> Self {
        let order = match self.order {
            Some((_, key)) => Some((number, key)),
            None => None,
        };
        Self { order, ..self }
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Width {
    /// All that the others leave, at most so many cells: wide open spaces tear a row apart.
    Rest {
        most: usize,
    },
    Cells(usize),
    /// By the room of all columns; none where it is 0.
    Of(fn(&App, usize) -> usize),
    /// So many cells, and further ones of those beyond 32 that the rest has.
    Grows {
        from: usize,
        to: usize,
    },
    /// By the room, and all that the rest does not take.
    Spare(fn(usize) -> usize),
    /// By the room; in a row that has nothing there its room is for the column before it.
    Bar(fn(usize) -> usize),
    /// Rows are ordered by it and it is not shown.
    Hidden,
}

#[derive(Debug, Clone, Copy)]
pub struct Leaves {
    /// The first to leave has 1.
    pub turn: u8,
    /// It leaves where the flexible column has fewer cells.
    pub below: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// Whether a filter looks at what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    No,
    Text,
    Address,
}

/// How a row is ordered by a column. What is equal is ordered by account and name.
pub type SortKey = fn(&RowSource<'_>, &Row) -> SortValue;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortValue {
    /// The largest first.
    Numbers(Reverse<i64>, Reverse<i64>),
    /// By account and name alone.
    Name,
    /// The smallest first, then the text.
    Text(usize, String),
}

impl SortValue {
    #[must_use]
    pub const fn numbers(first: i64, second: i64) -> Self {
        Self::Numbers(Reverse(first), Reverse(second))
    }

    /// A moment, the latest first; what has none comes last.
    #[must_use]
    pub fn latest(at: Option<crate::domain::Timestamp>) -> Self {
        Self::numbers(0, at.map_or(i64::MIN, |at| at.0))
    }
}

pub(crate) const fn leaves(turn: u8, below: usize) -> Option<Leaves> {
    Some(Leaves { turn, below })
}
