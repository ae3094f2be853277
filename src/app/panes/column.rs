//! The columns of panes.

use crate::app::tables::pane::Pane;
use crate::domain::{Text, text};

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
    pub const fn heading(self) -> Text {
        match self {
            Self::Name => text::column::NAME,
            Self::Status => text::column::STATUS,
            Self::Account => text::column::ACCOUNT,
            Self::Address => text::column::ADDRESS,
            Self::Saved => text::column::SAVED,
            Self::Plan => text::column::PLAN,
            Self::Age => text::column::AGE,
            Self::Size => text::column::SIZE,
            Self::Of => text::column::OF,
            Self::Drops => text::column::DROPS,
            Self::Family => text::column::FAMILY,
            Self::Rules => text::column::RULES,
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
