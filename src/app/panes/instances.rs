//! The pane of instances.

use std::sync::Arc;

use crate::app::App;
use crate::app::panes::cells::{ACCOUNT, AGE, NAME, STATUS, instance_status, since};
use crate::app::panes::column::{Align, Column, Search, SortValue, Width, leaves};
use crate::app::panes::details::spec_of;
use crate::app::panes::natural::natural;
use crate::app::panes::row::{Row, What};
use crate::app::panes::segment::Segment;
use crate::app::panes::source::{RowSource, newest_snapshot};
use crate::domain::{Instance, text};
use crate::engine::AccountState;
use crate::words::cells::{clean, cut_middle};

pub(super) const COLUMNS: &[Column] = &[
    Column { width: Width::Rest { most: usize::MAX }, ..NAME },
    Column { cell: instance_status, width: Width::Of(|_, room| if room >= 60 { 18 } else { 15 }), ..STATUS },
    ACCOUNT,
    Column {
        heading: text::column::ADDRESS,
        cell: address,
        // As long as an address of IPv6.
        width: Width::Grows { from: 15, to: 39 },
        leaves: leaves(4, 12),
        order: Some((4, |_, row| {
            SortValue::Text(0, natural(instance(row).and_then(Instance::address).unwrap_or("~")))
        })),
        search: Search::Address,
        ..Column::TEXT
    },
    Column {
        heading: text::column::SAVED,
        cell: saved,
        width: Width::Cells(5),
        leaves: leaves(3, 12),
        align: Align::Right,
        order: Some((5, |source, row| SortValue::latest(instance(row).and_then(|i| source.saved(&row.account, i))))),
        ..Column::TEXT
    },
    Column {
        heading: text::column::PLAN,
        cell: plan,
        width: Width::Cells(13),
        leaves: leaves(2, 16),
        order: Some((6, by_plan)),
        ..Column::TEXT
    },
    AGE,
];

pub(super) fn rows(source: &RowSource<'_>) -> Vec<Row> {
    source.of_accounts(|account, push| {
        account.inventory.instances().iter().for_each(|instance| push(What::Instance(Arc::clone(instance))));
    })
}

fn instance(row: &Row) -> Option<&Instance> {
    match &row.what {
        What::Instance(instance) | What::Import(instance) => Some(instance),
        _ => None,
    }
}

fn address(_: &App, row: &Row, room: usize) -> Vec<Segment> {
    let address = instance(row).and_then(Instance::address);
    address.map_or_else(|| Segment::dim("-"), |address| Segment::plain(cut_middle(&clean(address), room)))
}

/// How old the newest good snapshot is.
fn saved(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    let Some((account, instance)) = app.engine.account(&row.account).zip(instance(row)) else {
        return Segment::dim("?");
    };
    match newest_snapshot(account, instance) {
        Some(taken) => Segment::plain(since(app, taken)),
        None if account.inventory.snapshots_of(&instance.id).is_some() => Segment::dim("-"),
        None => Segment::dim("?"),
    }
}

fn plan(app: &App, row: &Row, _: usize) -> Vec<Segment> {
    let spec = app.engine.account(&row.account).zip(instance(row)).map(|(account, i)| spec_of(account, i));
    Segment::plain(spec.map_or_else(String::new, |spec| app.words.spec_short(&spec)))
}

fn by_plan(source: &RowSource<'_>, row: &Row) -> SortValue {
    let known = |account: &AccountState| instance(row).map(|instance| spec_of(account, instance));
    let spec = source.engine.account(&row.account).and_then(known).unwrap_or_default();
    let memory = i64::try_from(spec.memory_mb.unwrap_or(0)).unwrap_or(0);
    SortValue::numbers(memory, i64::from(spec.vcpus.unwrap_or(0)))
}
