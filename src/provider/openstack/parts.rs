//! Lists that take several requests. Where our own rate limiter holds one of them back, what the others brought is kept, so
//! that the next try goes on from there: begun again each time it would never come to its end.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::{Fault, ListKey};

/// What was brought before the rate limiter held the rest back, by list and path.
#[derive(Debug, Default)]
pub(in crate::provider) struct Parts(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    kept: HashMap<ListKey, HashMap<String, String>>,
    /// Counts changes: what was read before one may not be so any more.
    changes: u64,
}

#[derive(Debug)]
pub(in crate::provider) struct PartialReading {
    parts: Mutex<HashMap<String, String>>,
    changes: u64,
}

impl State {
    fn keep(&mut self, list: &ListKey, reading: PartialReading) {
        if self.changes == reading.changes {
            let parts = reading.parts.into_inner().unwrap_or_else(PoisonError::into_inner);
            self.kept.insert(list.clone(), parts);
        }
    }
}

impl Parts {
    pub(in crate::provider) fn begin(&self, list: &ListKey) -> PartialReading {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let parts = state.kept.remove(list).unwrap_or_default();
        PartialReading { parts: Mutex::new(parts), changes: state.changes }
    }

    pub(in crate::provider) fn end<T>(&self, list: &ListKey, reading: PartialReading, result: &Result<T, Fault>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if matches!(result, Err(Fault::OverBudget { .. })) {
            state.keep(list, reading);
        }
    }

    /// Keeps what a reading brought that goes on with the next.
    pub(in crate::provider) fn hold(&self, list: &ListKey, reading: PartialReading) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(list, reading);
    }

    /// Something was changed, so that everything is read again.
    pub(in crate::provider) fn forget(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.kept.clear();
        state.changes += 1;
    }
}

impl PartialReading {
    /// The body of a part that an earlier try brought.
    pub(in crate::provider) fn part(&self, path: &str) -> Option<String> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    pub(in crate::provider) fn keep(&self, path: &str, body: String) {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), body);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;

    const HELD: Result<(), Fault> = Err(Fault::OverBudget { until: Timestamp(0) });

    fn part_after(result: &Result<(), Fault>, is_changed: bool) -> Option<String> {
        let parts = Parts::default();
        let reading = parts.begin(&ListKey::Firewalls);
        reading.keep("ports", "{}".to_owned());
        if is_changed {
            parts.forget();
        }
        parts.end(&ListKey::Firewalls, reading, result);
        parts.begin(&ListKey::Firewalls).part("ports")
    }

    #[test]
    fn a_part_is_kept_only_where_the_rate_limiter_held_the_rest_back_and_nothing_was_changed() {
        assert_eq!(part_after(&HELD, false).as_deref(), Some("{}"));
        assert_eq!(part_after(&HELD, true), None);
        assert_eq!(part_after(&Ok(()), false), None);
        assert_eq!(part_after(&Err(Fault::TimedOut { host: "h".to_owned() }), false), None);
    }
}
