//! Columns of plain text, aligned by how wide a terminal shows them.

use super::print;
use crate::words::cells::width;

/// Prints rows, the first of them the head.
pub(super) fn print<const N: usize>(rows: &[[String; N]]) {
    let widths: Vec<usize> = (0..N).map(|n| rows.iter().map(|row| width(&row[n])).max().unwrap_or(0)).collect();
    for row in rows {
        let padded =
            row.iter().zip(&widths).map(|(text, most)| format!("{text}{}", " ".repeat(most + 2 - width(text))));
        print::out(padded.collect::<String>().trim_end());
    }
}
