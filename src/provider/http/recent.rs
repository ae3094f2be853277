//! The last requests of this process, of all its clients: for the live log. What stands in it is what the log file gets.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::domain::LoggedRequest;

const MOST: usize = 500;

#[derive(Debug)]
struct Ring {
    kept: VecDeque<LoggedRequest>,
    last: u64,
}

static RING: Mutex<Ring> = Mutex::new(Ring { kept: VecDeque::new(), last: 0 });

impl Ring {
    fn keep(&mut self, request: LoggedRequest) {
        self.last += 1;
        if self.kept.len() >= MOST {
            self.kept.pop_front();
        }
        self.kept.push_back(LoggedRequest { number: self.last, ..request });
    }

    fn since(&self, number: u64) -> Vec<LoggedRequest> {
        let from = self.kept.partition_point(|request| request.number <= number);
        self.kept.range(from..).cloned().collect()
    }
}

pub(super) fn keep(request: LoggedRequest) {
    RING.lock().unwrap_or_else(PoisonError::into_inner).keep(request);
}

/// The requests after this number, the oldest first; all that are kept after 0.
#[must_use]
pub fn requests_since(number: u64) -> Vec<LoggedRequest> {
    RING.lock().unwrap_or_else(PoisonError::into_inner).since(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;

    #[test]
    fn the_last_five_hundred_are_kept_and_only_new_ones_are_given() {
        let mut ring = Ring { kept: VecDeque::new(), last: 0 };
        let one = LoggedRequest {
            number: 0,
            at: Timestamp(0),
            account: "a".into(),
            method: "GET".to_owned(),
            path: "/".to_owned(),
            status: Some(200),
            ms: 1,
            bytes: Some(2),
            request_id: None,
            change: false,
            said: None,
        };
        for _ in 0..600 {
            ring.keep(one.clone());
        }
        let all = ring.since(0);
        assert_eq!((all.len(), all[0].number, all[499].number), (500, 101, 600));
        assert_eq!(ring.since(598).iter().map(|r| r.number).collect::<Vec<_>>(), [599, 600]);
        assert!(ring.since(600).is_empty());
    }
}
