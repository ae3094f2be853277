//! What things cost. Prices are not in any API: they come from a dated list that a person can correct. What is not in it
//! is not known, and never counts as nothing.

use std::collections::BTreeMap;

/// Hours of the longest month.
const LONGEST_MONTH: u64 = 31 * 24;

/// What something costs. Either part may be unknown; where both are, it has no [`Price`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Price {
    /// For one hour, in hundredths of a yen, tax included.
    pub sen_per_hour: Option<u64>,
    /// At most in one month, in yen, tax included.
    pub yen_per_month: Option<u64>,
}

impl Price {
    #[must_use]
    pub const fn both(sen_per_hour: u64, yen_per_month: u64) -> Self {
        Self { sen_per_hour: Some(sen_per_hour), yen_per_month: Some(yen_per_month) }
    }

    /// At most in a month, in yen: what caps it, else all hours of the longest month.
    #[must_use]
    pub fn yen_a_month(&self) -> Option<u64> {
        self.yen_per_month.or_else(|| Some(yen(self.sen_per_hour?.saturating_mul(LONGEST_MONTH))))
    }
}

/// Hundredths of a yen as yen, rounded to the nearest.
pub(super) const fn yen(sen: u64) -> u64 {
    sen.saturating_add(50) / 100
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SavedPrices {
    /// Each in a month, in yen, where they are billed one by one.
    pub yen_each: Option<u64>,
    /// So many GB together cost nothing.
    pub free_gb: Option<u64>,
    /// What is beyond is billed in steps of so many GB.
    pub step_gb: Option<u64>,
    pub yen_per_step: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices {
    /// When they were looked up, as the list says, such as `2026-09`.
    pub as_of: Option<String>,
    /// By the id of a plan, or by its name. An entry without any price says that it is not known.
    pub plans: BTreeMap<String, Price>,
    /// What a month costs at least in which anything was used, in yen.
    pub minimum_yen: Option<u64>,
    pub saved: SavedPrices,
}

impl Prices {
    /// The price of a plan: by its id, else by its name.
    #[must_use]
    pub fn plan(&self, id: &str, name: Option<&str>) -> Option<Price> {
        let found = self.plans.get(id).or_else(|| self.plans.get(name?))?;
        (*found != Price::default()).then_some(*found)
    }

    /// These with what another list says in their place: plan by plan, and each other value by itself.
    #[must_use]
    pub fn corrected(mut self, by: Self) -> Self {
        self.as_of = by.as_of.or(self.as_of);
        self.plans.extend(by.plans);
        self.minimum_yen = by.minimum_yen.or(self.minimum_yen);
        self.saved = SavedPrices {
            yen_each: by.saved.yen_each.or(self.saved.yen_each),
            free_gb: by.saved.free_gb.or(self.saved.free_gb),
            step_gb: by.saved.step_gb.or(self.saved.step_gb),
            yen_per_step: by.saved.yen_per_step.or(self.saved.yen_per_step),
        };
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prices() -> Prices {
        let plans = [("1", Price::both(70, 449)), ("4gb", Price { yen_per_month: Some(1_630), ..Price::default() })];
        let plans = plans.map(|(name, price)| (name.to_owned(), price)).into();
        Prices { as_of: Some("2026-09".into()), plans, minimum_yen: Some(55), ..Prices::default() }
    }

    #[test]
    fn a_plan_is_found_by_id_and_by_name_and_what_is_not_there_is_not_known() {
        let prices = prices();
        assert_eq!(prices.plan("1", Some("x")).and_then(|p| p.yen_a_month()), Some(449));
        assert_eq!(prices.plan("7", Some("4gb")).and_then(|p| p.yen_a_month()), Some(1_630));
        assert_eq!((prices.plan("7", None), prices.plan("7", Some("8gb"))), (None, None));
        let hourly = Price { sen_per_hour: Some(100), yen_per_month: None };
        assert_eq!((hourly.yen_a_month(), Price::default().yen_a_month()), (Some(744), None));
    }

    #[test]
    fn another_list_counts_entry_by_entry_and_can_say_that_nothing_is_known() {
        let plans = [("1".to_owned(), Price::default()), ("7".to_owned(), Price::both(1, 2))].into();
        let saved = SavedPrices { yen_each: Some(9), ..SavedPrices::default() };
        let now = prices().corrected(Prices { plans, saved, ..Prices::default() });
        assert_eq!((now.plan("1", None), now.plan("7", None)), (None, Some(Price::both(1, 2))));
        assert_eq!(now.plan("4gb", None).and_then(|p| p.yen_per_month), Some(1_630));
        assert_eq!((now.as_of.as_deref(), now.minimum_yen, now.saved.yen_each), (Some("2026-09"), Some(55), Some(9)));
    }
}
