//! Columns of plain text, aligned by how wide a terminal shows them. What a name may hold breaks no line, and how long it
//! is makes no table wider than can be read: the whole text stands in JSON and, for names, in `--output name`.

use std::borrow::Cow;
use std::io;

use rustix::termios::tcgetwinsize;

use crate::cli::print;
use crate::words::cells::{clean, cut_keeping, end_that_tells, width};

/// A column is at most so wide, but for the last one, which widens no other.
const WIDEST: usize = 64;
const GAP: usize = 2;
/// Where a terminal is too narrow, all columns but the last are cut down to so much first, then all to so little.
const NARROW: [usize; 2] = [12, 6];

/// Prints rows, the first of them the head. The last column is whole: sentences and values.
pub(super) fn print<const N: usize>(rows: &[[String; N]]) {
    TableColumns::new().print(rows);
}

/// Columns of rows that come one batch after the other: a later batch may widen them.
pub(super) struct TableColumns<const N: usize> {
    widest: [usize; N],
    /// The width of the terminal where they must fit one.
    room: Option<usize>,
}

impl<const N: usize> TableColumns<N> {
    pub(super) const fn new() -> Self {
        Self { widest: [0; N], room: None }
    }

    /// As wide as the terminal where standard output is one.
    pub(super) fn fitting() -> Self {
        let room = tcgetwinsize(io::stdout()).ok().map(|size| usize::from(size.ws_col)).filter(|room| *room > 0);
        Self { room, ..Self::new() }
    }

    pub(super) fn print(&mut self, rows: &[[String; N]]) {
        self.lines(rows).iter().for_each(|line| print::out(line));
    }

    fn lines(&mut self, rows: &[[String; N]]) -> Vec<String> {
        let rows: Vec<[Cow<'_, str>; N]> = rows.iter().map(|row| row.each_ref().map(|text| clean(text))).collect();
        for (n, widest) in self.widest.iter_mut().enumerate() {
            *widest = rows.iter().map(|row| width(&row[n])).fold(*widest, usize::max);
        }
        let (widths, used) = self.widths();
        let ends: [usize; N] =
            std::array::from_fn(|n| end_that_tells(rows.iter().map(|row| row[n].as_ref()), widths[n], widths[n] / 3));
        let line = |row: &[Cow<'_, str>; N]| {
            let cells = row[..used].iter().zip(widths).zip(ends).map(|((text, most), end)| {
                let shown = cut_keeping(text, most, end);
                let pad = " ".repeat(most + GAP - width(&shown));
                format!("{shown}{pad}")
            });
            cells.collect::<String>().trim_end().to_owned()
        };
        rows.iter().map(line).collect()
    }

    /// How wide each is, and how many there are: tables with fewer columns leave the last ones empty.
    fn widths(&self) -> ([usize; N], usize) {
        let mut widths = self.widest;
        let used = widths.iter().rposition(|width| *width > 0).map_or(0, |last| last + 1);
        let last = used.saturating_sub(1);
        widths[..last].iter_mut().for_each(|width| *width = (*width).min(WIDEST));
        if let Some(room) = self.room {
            let mut over = (widths.iter().sum::<usize>() + GAP * last).saturating_sub(room);
            shrink(&mut widths[..last], NARROW[0], &mut over);
            shrink(&mut widths[..used], NARROW[1], &mut over);
        }
        (widths, used)
    }
}

/// Takes from the widest columns what is over, as long as each keeps so much.
fn shrink(widths: &mut [usize], least: usize, over: &mut usize) {
    while *over > 0 {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > least) else { return };
        *widest -= 1;
        *over -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[[String; 3]], room: Option<usize>) -> Vec<String> {
        TableColumns { room, ..TableColumns::new() }.lines(rows)
    }

    fn rows(rows: &[[&str; 3]]) -> Vec<[String; 3]> {
        rows.iter().map(|row| row.map(str::to_owned)).collect()
    }

    #[test]
    fn a_control_character_breaks_no_line_and_moves_no_column() {
        let lines = lines(&rows(&[["NAME", "ID", ""], ["a\nb\u{1b}[2J", "1", ""], ["c", "2", ""]]), None);
        assert_eq!(lines, ["NAME       ID", "a^Jb^[[2J  1", "c          2"]);
    }

    #[test]
    fn one_long_name_widens_no_table_and_is_still_told_apart() {
        let [long, other] = ["1", "2"].map(|end| format!("{}{end}", "x".repeat(500)));
        let id = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
        let table = rows(&[["NAME", "STATUS", "ID"], [&long, "Running", id], [&other, "Stopped", id]]);
        let piped = lines(&table, None);
        assert!(
            piped.iter().all(|line| width(line) == WIDEST + GAP + 7 + GAP + 36 || line.ends_with("ID")),
            "{piped:?}"
        );
        assert_ne!(piped[1].split("  ").next(), piped[2].split("  ").next());
        for room in [120, 80, 60] {
            let fitted = lines(&table, Some(room));
            assert!(fitted.iter().all(|line| width(line) <= room), "{fitted:?}");
            assert!(fitted[1].ends_with(id), "the id is cut last: {fitted:?}");
        }
        assert!(lines(&table, Some(40)).iter().all(|line| width(line) <= 40));
        assert!(lines(&table, Some(1)).iter().all(|line| width(line) <= 3 * 6 + 2 * GAP), "something is still shown");
    }

    #[test]
    fn the_last_column_is_whole_where_nothing_must_fit() {
        let why = "because ".repeat(40);
        assert!(lines(&rows(&[["WHAT", "WHY", ""], ["x", &why, ""]]), None)[1].ends_with(why.trim_end()));
    }
}
