//! The columns of panes.

use crate::app::tables::pane::Pane;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Name,
    Status,
    Account,
    Address,
    Saved,
    Plan,
    Age,
    Size,
    Of,
    Drops,
    Family,
    Rules,
}

impl Column {
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Name => "column.name",
            Self::Status => "column.status",
            Self::Account => "column.account",
            Self::Address => "column.address",
            Self::Saved => "column.saved",
            Self::Plan => "column.plan",
            Self::Age => "column.age",
            Self::Size => "column.size",
            Self::Of => "column.of",
            Self::Drops => "column.drops",
            Self::Family => "column.family",
            Self::Rules => "column.rules",
        }
    }
}

/// The columns that a pane can be ordered by, the first by default.
#[must_use]
pub const fn orders(pane: Pane) -> &'static [Column] {
    match pane {
        Pane::Instances => {
            &[Column::Name, Column::Status, Column::Account, Column::Address, Column::Saved, Column::Plan, Column::Age]
        }
        Pane::Snapshots => {
            &[Column::Age, Column::Name, Column::Status, Column::Size, Column::Of, Column::Drops, Column::Account]
        }
        Pane::Firewalls => &[Column::Name, Column::Account, Column::Age],
        Pane::Images => &[Column::Family, Column::Name, Column::Status, Column::Account, Column::Size, Column::Age],
        Pane::Operations => &[Column::Age, Column::Status, Column::Name, Column::Account],
        Pane::Keys => &[Column::Name, Column::Status, Column::Account, Column::Age],
        Pane::ApiKeys => &[Column::Name, Column::Account, Column::Age],
    }
}
