//! The panes: their rows, columns, order and filter, and the details of what is under the cursor.

mod api_keys;
pub mod cells;
pub mod column;
pub mod details;
pub mod filter;
mod firewalls;
mod images;
mod instances;
mod keys;
pub(crate) mod natural;
pub mod operations;
pub mod row;
pub mod rows;
pub mod search_text;
pub mod segment;
mod snapshots;
pub mod source;
pub(crate) mod sparklines;
pub mod state;
pub mod table;
pub(crate) mod time_filter;
pub mod totals;
