//! The numbers that a provider gives to what is made.

use std::collections::VecDeque;

/// The numbers of one kind of thing in one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// What comes next, where nothing else is said.
    next: u64,
    /// What is given out before that.
    wanted: VecDeque<u64>,
}

impl Numbers {
    pub const fn from(next: u64) -> Self {
        Self { next, wanted: VecDeque::new() }
    }

    /// Gives out these first; after them it counts on above all of them.
    pub fn want(&mut self, numbers: &[u64]) {
        self.wanted.extend(numbers);
        if let Some(highest) = numbers.iter().max() {
            self.next = self.next.max(highest + 1);
        }
    }

    /// Counts from this number on, where it has not come so far.
    pub fn reach(&mut self, number: u64) {
        self.next = self.next.max(number);
    }

    /// Leaves out so many, which the provider's other customers took.
    pub const fn skip(&mut self, count: u64) {
        self.next += count;
    }

    pub fn give(&mut self) -> u64 {
        self.wanted.pop_front().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        })
    }
}
