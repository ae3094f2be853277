//! The pane of images: what was saved, what is offered, and what is being imported.

use std::sync::Arc;

use crate::app::App;
use crate::app::panes::cells::{
    ACCOUNT, AGE, NAME, SIZE, STATUS, by_account, by_size, in_bytes, instance_status, store_status,
};
use crate::app::panes::column::{Column, Search, SortValue, Width, leaves};
use crate::app::panes::natural::natural;
use crate::app::panes::row::{Row, What};
use crate::app::panes::segment::Segment;
use crate::app::panes::source::RowSource;
use crate::app::tone::Tone;
use crate::domain::{Image, ImageKind, InstanceStatus, StatusKind, text};
use crate::words::cells::bar;

pub(super) const COLUMNS: &[Column] = &[
    Column {
        heading: text::column::FAMILY,
        cell: |app, row, _| family(app, row).map_or_else(Vec::new, Segment::dim),
        width: Width::Cells(12),
        leaves: leaves(3, 12),
        order: Some((1, by_family)),
        search: Search::Text,
        says_once: true,
        ..Column::TEXT
    },
    NAME.numbered(2),
    Column { cell: status, width: Width::Cells(15), ..STATUS.numbered(3) },
    Column { cell: size, leaves: leaves(2, 24), order: Some((5, size_order)), ..SIZE },
    Column { leaves: leaves(1, 24), ..AGE.numbered(6) },
    ACCOUNT.numbered(4),
];

pub(super) fn rows(source: &RowSource<'_>) -> Vec<Row> {
    source.of_accounts(|account, push| {
        let imports = |status: &InstanceStatus| matches!(status, InstanceStatus::Importing(_));
        for instance in account.inventory.instances().iter().filter(|i| imports(&i.status)) {
            push(What::Import(Arc::clone(instance)));
        }
        account.inventory.images().iter().for_each(|image| push(What::Image(Arc::clone(image))));
    })
}

fn image(row: &Row) -> Option<&Image> {
    match &row.what {
        What::Image(image) => Some(image),
        _ => None,
    }
}

fn family(app: &App, row: &Row) -> Option<String> {
    match &row.what {
        What::Image(i) if i.kind == ImageKind::Saved => Some(app.words.get(text::image::SAVED).to_owned()),
        What::Image(i) => Some(i.family.clone().unwrap_or_default()),
        What::Import(_) => Some(app.words.get(text::image::IMPORT).to_owned()),
        _ => None,
    }
}

/// What is being imported and what was saved stand above what the provider offers.
fn by_family(source: &RowSource<'_>, row: &Row) -> SortValue {
    match &row.what {
        What::Import(_) => SortValue::Text(0, String::new()),
        What::Image(i) if i.kind == ImageKind::Saved => SortValue::Text(1, String::new()),
        What::Image(i) => SortValue::Text(2, natural(i.family.as_deref().unwrap_or("~"))),
        _ => by_account(source, row),
    }
}

fn status(app: &App, row: &Row, room: usize) -> Vec<Segment> {
    let Some(image) = image(row) else { return instance_status(app, row, room) };
    let kind = match image.kind {
        _ if image.status.kind() != StatusKind::Available => return store_status(app, &image.status),
        ImageKind::Saved => return store_status(app, &image.status),
        ImageKind::Linux => text::image::LINUX,
        ImageKind::Windows => text::image::WINDOWS,
        ImageKind::Import => text::image::IMPORT,
    };
    Segment::dim(app.words.get(kind))
}

/// The size, or how much is there of what is being imported.
fn size(app: &App, row: &Row, room: usize) -> Vec<Segment> {
    match &row.what {
        What::Image(image) => in_bytes(app, image.size),
        What::Import(instance) => match instance.status {
            InstanceStatus::Importing(Some(percent)) => {
                vec![Segment::Text(bar(f64::from(percent) / 100.0, room), Tone::Busy)]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn size_order(source: &RowSource<'_>, row: &Row) -> SortValue {
    image(row).map_or_else(|| by_account(source, row), |image| by_size(image.size))
}
