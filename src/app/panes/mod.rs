//! The panes: their rows, columns, order and filter, and the details of what is under the cursor.

pub mod column;
pub mod details;
pub mod filter;
pub mod row;
pub mod rows;
pub mod search_text;
pub(crate) mod sort;
pub(crate) mod sparklines;
pub mod state;
pub(crate) mod time_filter;
pub mod totals;
