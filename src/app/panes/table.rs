//! What each pane is made of: its columns and its rows. A new pane is a file beside this one and a row here.

use crate::app::panes::column::Column;
use crate::app::panes::row::Row;
use crate::app::panes::source::RowSource;
use crate::app::panes::{api_keys, firewalls, images, instances, keys, operations, snapshots};
use crate::app::tables::pane::Pane;

/// The columns of a pane, as they stand.
#[must_use]
pub const fn columns(pane: Pane) -> &'static [Column] {
    match pane {
        Pane::Instances => instances::COLUMNS,
        Pane::Snapshots => snapshots::COLUMNS,
        Pane::Firewalls => firewalls::COLUMNS,
        Pane::Images => images::COLUMNS,
        Pane::Operations => operations::COLUMNS,
        Pane::Keys => keys::COLUMNS,
        Pane::ApiKeys => api_keys::COLUMNS,
    }
}

/// The rows of a pane, without any filter.
pub(crate) fn rows(pane: Pane, source: &RowSource<'_>) -> Vec<Row> {
    match pane {
        Pane::Instances => instances::rows(source),
        Pane::Snapshots => snapshots::rows(source),
        Pane::Firewalls => firewalls::rows(source),
        Pane::Images => images::rows(source),
        Pane::Operations => operations::rows(source),
        Pane::Keys => keys::rows(source),
        Pane::ApiKeys => api_keys::rows(source),
    }
}

/// The columns that a pane can be ordered by, as the menu numbers them, with their places; the first is the default.
#[must_use]
pub fn orders(pane: Pane) -> Vec<(usize, &'static Column)> {
    let mut orders: Vec<_> = columns(pane).iter().enumerate().filter(|(_, column)| column.order.is_some()).collect();
    orders.sort_by_key(|(_, column)| column.order.map(|(number, _)| number));
    orders
}

/// The column that a pane is ordered by unless a person asks for another, and that it is not in reverse.
#[must_use]
pub fn default_order(pane: Pane) -> (usize, bool) {
    let orders = columns(pane).iter().enumerate().filter_map(|(place, column)| Some((column.order?.0, place)));
    (orders.min().map_or(0, |(_, place)| place), false)
}
