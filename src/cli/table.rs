//! Columns of plain text, aligned by how wide a terminal shows them.

use super::print;
use crate::words::cells::width;

/// Prints rows, the first of them the head.
pub(super) fn print<const N: usize>(rows: &[[String; N]]) {
    Columns::new().print(rows);
}

/// Columns of rows that come one batch after the other: a later batch may widen them.
pub(super) struct Columns<const N: usize>([usize; N]);

impl<const N: usize> Columns<N> {
    pub(super) const fn new() -> Self {
        Self([0; N])
    }

    pub(super) fn print(&mut self, rows: &[[String; N]]) {
        for (n, most) in self.0.iter_mut().enumerate() {
            *most = rows.iter().map(|row| width(&row[n])).fold(*most, usize::max);
        }
        for row in rows {
            let padded =
                row.iter().zip(&self.0).map(|(text, most)| format!("{text}{}", " ".repeat(most + 2 - width(text))));
            print::out(padded.collect::<String>().trim_end());
        }
    }
}
