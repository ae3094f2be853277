//! The pane of the keys of providers' APIs.

use std::sync::Arc;

use crate::app::App;
use crate::app::panes::cells::{ACCOUNT, AGE, NAME, STATUS};
use crate::app::panes::column::{Column, Width, leaves};
use crate::app::panes::row::{Row, What};
use crate::app::panes::segment::Segment;
use crate::app::panes::source::RowSource;
use crate::domain::text;

pub(super) const COLUMNS: &[Column] = &[
    NAME,
    Column { cell: status, width: Width::Cells(12), order: None, ..STATUS },
    Column { leaves: leaves(1, 12), ..AGE.numbered(3) },
    ACCOUNT.numbered(2),
];

pub(super) fn rows(source: &RowSource<'_>) -> Vec<Row> {
    source.of_accounts(|account, push| {
        account.inventory.api_keys().iter().for_each(|key| push(What::ApiKey(Arc::clone(key))));
    })
}

/// Whether this program logs in with it.
fn status(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    match &row.what {
        What::ApiKey(key) if key.in_use => Segment::plain(app.words.get(text::key::IN_USE)),
        _ => Segment::dim("-"),
    }
}
