//! What plans cost. The API tells no prices: they stand in a dated list.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::{Price, ResourceId};

/// The list as it stands in the file.
#[derive(Debug, Default, Deserialize)]
struct List {
    /// By plan id.
    #[serde(default)]
    plans: BTreeMap<String, Row>,
}

/// Tax included.
#[derive(Debug, Deserialize)]
struct Row {
    /// Hundredths of a yen.
    sen_per_hour: u64,
    /// Yen.
    yen_per_month: u64,
}

static LIST: LazyLock<List> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../assets/prices/indigo.toml")).unwrap_or_default());

/// The price of a plan, where it is known.
pub(super) fn price(plan: &ResourceId) -> Option<Price> {
    let row = LIST.plans.get(plan.as_str())?;
    Some(Price { sen_per_hour: row.sen_per_hour, yen_per_month: row.yen_per_month })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_an_unknown_plan_has_no_price() {
        assert_eq!(price(&"13".into()), Some(Price { sen_per_hour: 52, yen_per_month: 319 }));
        assert_eq!(price(&"12".into()), None);
    }
}
