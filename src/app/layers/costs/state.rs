//! The lines of the view, and where its cursor is.

use crate::domain::{AccountName, Phrase, ResourceRef};
use crate::engine::{CostRow, Sum};

#[derive(Debug, Clone)]
pub struct CostView {
    pub lines: Vec<CostLine>,
    /// The sums of all of them, so far and at most, where there are several: in sight wherever one scrolls.
    pub total: Option<(Sum, Sum)>,
    /// The line under the cursor; always one that is about something, where there is one.
    pub cursor: usize,
    /// The first line shown.
    pub scroll: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub enum CostLine {
    Account {
        account: AccountName,
        as_of: Option<String>,
        /// This month until now.
        so_far: Sum,
        /// This month at most.
        at_most: Sum,
    },
    Row(Box<CostRow>),
    Note(Phrase),
    Blank,
}

impl CostView {
    #[must_use]
    pub fn resource(&self) -> Option<&ResourceRef> {
        match self.lines.get(self.cursor)? {
            CostLine::Row(row) => row.resource.as_ref(),
            _ => None,
        }
    }

    fn is_about(&self, at: usize) -> bool {
        matches!(self.lines.get(at), Some(CostLine::Row(row)) if row.resource.is_some())
    }

    /// The line that is about something nearest below a place, else above it.
    pub(super) fn nearest(&self, from: usize) -> usize {
        let below = (from..self.lines.len()).find(|at| self.is_about(*at));
        below.or_else(|| (0..from).rev().find(|at| self.is_about(*at))).unwrap_or(0)
    }

    /// Moves the cursor by so many lines that are about something.
    pub(super) fn go(&mut self, by: isize) {
        let all: Vec<usize> = (0..self.lines.len()).filter(|at| self.is_about(*at)).collect();
        let now = all.iter().position(|at| *at >= self.cursor).unwrap_or(0);
        let to = now.saturating_add_signed(by).min(all.len().saturating_sub(1));
        self.cursor = all.get(to).copied().unwrap_or(0);
    }

    /// The first line shown, so that the cursor is on the screen: what stands above the first and below the last line
    /// that is about something is shown with it.
    pub(super) fn show(&mut self, height: usize) {
        let most = self.lines.len().saturating_sub(height);
        let first = (0..self.cursor).all(|at| !self.is_about(at));
        let last = (self.cursor + 1..self.lines.len()).all(|at| !self.is_about(at));
        self.scroll = match (first, last) {
            (true, _) => 0,
            (_, true) => most,
            _ if self.cursor < self.scroll => self.cursor,
            _ if self.cursor >= self.scroll + height => self.cursor + 1 - height,
            _ => self.scroll,
        }
        .min(most);
    }
}
