//! The pane of SSH keys.

use std::sync::Arc;

use crate::app::App;
use crate::app::panes::cells::{ACCOUNT, AGE, NAME, STATUS};
use crate::app::panes::column::{Align, Column, SortValue, Width, leaves};
use crate::app::panes::row::{Row, What};
use crate::app::panes::segment::Segment;
use crate::app::panes::source::RowSource;
use crate::domain::public_key::{PublicKey, short_kind};
use crate::domain::{Key, ListKey, text};
use crate::proposal::facts::keys::having;

pub(super) const COLUMNS: &[Column] = &[
    NAME,
    Column {
        cell: status,
        width: Width::Cells(12),
        order: Some((2, |_, row| SortValue::Text(usize::from(!is_active(row)), String::new()))),
        ..STATUS
    },
    Column {
        heading: text::column::KIND,
        cell: |_, row, _| key(row).map_or_else(Vec::new, |key| Segment::plain(kind(&key.public))),
        width: Width::Cells(12),
        leaves: leaves(3, 12),
        ..Column::TEXT
    },
    Column {
        heading: text::column::ON,
        cell: on,
        width: Width::Cells(3),
        leaves: leaves(2, 12),
        align: Align::Right,
        ..Column::TEXT
    },
    AGE.numbered(4),
    ACCOUNT,
];

pub(super) fn rows(source: &RowSource<'_>) -> Vec<Row> {
    source.of_accounts(|account, push| {
        account.inventory.keys().iter().for_each(|key| push(What::Key(Arc::clone(key))));
    })
}

fn key(row: &Row) -> Option<&Key> {
    match &row.what {
        What::Key(key) => Some(key),
        _ => None,
    }
}

fn is_active(row: &Row) -> bool {
    key(row).is_some_and(|key| key.active)
}

fn status(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    match is_active(row) {
        true => Segment::plain(app.words.get(text::key::ACTIVE)),
        false => Segment::dim(app.words.get(text::key::INACTIVE)),
    }
}

/// The kind of a public key in short (`rsa 3072`, `ed25519`), with its bits where that tells something.
fn kind(public: &str) -> String {
    let plain = || short_kind(public.split(' ').next().unwrap_or_default()).to_owned();
    PublicKey::parse(public).map_or_else(|_| plain(), |key| key.short())
}

/// On how many machines it was put when they were made.
fn on(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    let account = app.engine.account(&row.account);
    match account.filter(|account| account.inventory.list(&ListKey::Instances).is_some()).zip(key(row)) {
        Some((account, key)) => match having(&key.id, account).count() {
            0 => Segment::dim("-"),
            n => Segment::plain(n.to_string()),
        },
        None => Segment::dim("?"),
    }
}
