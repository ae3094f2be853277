//! What is compared, and how far it is scrolled.

use crate::app::panes::row::Row;

#[derive(Debug, Clone)]
pub struct CompareView {
    /// The two, as they stood in their pane last.
    pub rows: [Row; 2],
    /// Whether only what differs is shown.
    pub only: bool,
    /// The first line shown.
    pub scroll: usize,
}
