//! The five panes that stand on the screen together, and those that take their place while they are looked at.

use crate::domain::{Text, text};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pane {
    Instances,
    Snapshots,
    Firewalls,
    Images,
    Operations,
    Keys,
    ApiKeys,
}

impl Pane {
    /// How many there are.
    pub const COUNT: usize = 7;

    /// All, in the order of their keys.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Instances, Self::Snapshots, Self::Firewalls, Self::Images, Self::Operations, Self::Keys, Self::ApiKeys];

    /// Those that stand on the screen together; each has its number as a key.
    pub const MAIN: [Self; 5] = [Self::Instances, Self::Snapshots, Self::Firewalls, Self::Images, Self::Operations];

    /// Whether it takes the place of the others while it is looked at.
    #[must_use]
    pub const fn is_secondary(self) -> bool {
        matches!(self, Self::Keys | Self::ApiKeys)
    }

    /// The panes stacked at the left while this one is in focus, the upper first.
    #[must_use]
    pub const fn stacked(self) -> &'static [Self] {
        match self {
            Self::Keys => &[Self::Keys],
            Self::ApiKeys => &[Self::ApiKeys],
            _ => &[Self::Instances, Self::Snapshots, Self::Firewalls, Self::Images],
        }
    }

    /// Its place in [`Pane::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Instances => text::pane::INSTANCES,
            Self::Snapshots => text::pane::SNAPSHOTS,
            Self::Firewalls => text::pane::FIREWALLS,
            Self::Images => text::pane::IMAGES,
            Self::Operations => text::pane::OPERATIONS,
            Self::Keys => text::pane::KEYS,
            Self::ApiKeys => text::pane::API_KEYS,
        }
    }

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instances => "instances",
            Self::Snapshots => "snapshots",
            Self::Firewalls => "firewalls",
            Self::Images => "images",
            Self::Operations => "operations",
            Self::Keys => "keys",
            Self::ApiKeys => "api-keys",
        }
    }
}
