//! Tables of texts put together while the program is built.

use crate::words::Table;

/// Several tables as one; `N` is the sum of their lengths.
#[must_use]
pub(super) const fn joined<const N: usize>(tables: &[Table]) -> [(&'static str, &'static str); N] {
    let mut all = [("", ""); N];
    let (mut at, mut table) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            all[at] = tables[table][row];
            at += 1;
            row += 1;
        }
        table += 1;
    }
    all
}
