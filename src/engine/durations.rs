//! How long things take, learnt from what they took: from the journal and from this run.
//!
//! A call counts from its request until the wait after it is over, and only where one process followed it all the way:
//! what failed, what a person settled, what was taken over or slept through tells nothing.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::domain::{AccountName, Answer, Call, Lasted, Step};
use crate::engine::AccountState;

/// So many of the youngest are looked at: a provider may become faster or slower.
const YOUNGEST: usize = 20;
/// So many of each call are kept, of all accounts and sizes.
const KEPT: usize = 200;
/// With fewer than this there are no quartiles to speak of.
const FEW: usize = 4;
/// What took longer than this was slept through.
const LONGEST: Duration = Duration::from_secs(6 * 3600);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    pub from: Duration,
    /// A quarter was slower: from here on it takes longer than usual.
    pub to: Duration,
    /// Half were faster and half slower.
    pub median: Duration,
    /// How many it was learnt from.
    pub count: usize,
    /// Whether it was learnt; else it is what the provider's rules suppose.
    pub learnt: bool,
}

impl Expected {
    pub(super) const fn supposed(usual: Duration) -> Self {
        Self { from: usual, to: usual, median: usual, count: 0, learnt: false }
    }

    /// From when on it takes longer than usual: what is only supposed has far to go.
    #[must_use]
    pub fn late_after(&self) -> Duration {
        if self.learnt { self.to } else { self.median * 3 }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Sample {
    account: AccountName,
    size: Option<u64>,
    took: Duration,
}

/// What was learnt, by the name of the call, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Durations(BTreeMap<&'static str, VecDeque<Sample>>);

impl Durations {
    pub(super) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub(super) fn add(&mut self, account: &AccountName, steps: &[Step], lasted: &Lasted) {
        let Some(Step::Call { call, .. }) = steps.get(lasted.step) else { return };
        if lasted.took.is_zero() || lasted.took > LONGEST {
            return;
        }
        let samples = self.0.entry(call.name()).or_default();
        let size = lasted.size_gb.map(bucket);
        samples.push_back(Sample { account: account.clone(), size, took: lasted.took });
        if samples.len() > KEPT {
            samples.pop_front();
        }
    }

    pub(super) fn expected(
        &self,
        accounts: &[AccountState],
        account: &AccountName,
        call: &Call,
        size: Option<u64>,
    ) -> Expected {
        let Some(of) = accounts.iter().find(|a| a.account.name == *account) else {
            return Expected::supposed(Duration::ZERO);
        };
        let policy = &of.account.policy;
        let kin: Vec<&AccountName> =
            accounts.iter().filter(|a| a.account.policy.key() == policy.key()).map(|a| &a.account.name).collect();
        let all: Vec<&Sample> =
            self.0.get(call.name()).into_iter().flatten().filter(|s| kin.contains(&&s.account)).collect();
        let of_size = |wanted: Option<u64>| -> Vec<Duration> {
            all.iter().filter(|s| s.size == wanted).map(|s| s.took).collect()
        };
        // Of its own size, else of those whose size nobody knew; where its own is not known, of any.
        let known = match size.map(bucket) {
            Some(size) => Some(of_size(Some(size))).filter(|of| !of.is_empty()).unwrap_or_else(|| of_size(None)),
            None => all.iter().map(|s| s.took).collect(),
        };
        spread(&known).unwrap_or_else(|| Expected::supposed(of.account.lasts(policy.usual(call))))
    }
}

/// Median and quartiles of the youngest, as people would say them.
fn spread(known: &[Duration]) -> Option<Expected> {
    let mut youngest = known[known.len().saturating_sub(YOUNGEST)..].to_vec();
    youngest.sort_unstable();
    let (first, last) = (*youngest.first()?, *youngest.last()?);
    let at = |share: usize| youngest.get((youngest.len() - 1) * share / 100).copied().unwrap_or(last);
    let above = |share: usize| youngest.get(((youngest.len() - 1) * share).div_ceil(100)).copied().unwrap_or(last);
    let median = (at(50) + above(50)) / 2;
    let (from, to) = if youngest.len() < FEW { (first, last) } else { (at(25), above(75)) };
    // Where all took the same, the next may take a little longer and is not late for it.
    let to = to.max(median + median / 4);
    let nearest = median + step_of(median) / 2;
    Some(Expected { from: down(from), to: up(to), median: down(nearest), count: youngest.len(), learnt: true })
}

/// How exactly people say such a length of time.
fn step_of(length: Duration) -> Duration {
    Duration::from_secs(match length.as_secs() {
        0..10 => 1,
        10..60 => 5,
        60..600 => 60,
        600..3600 => 300,
        _ => 900,
    })
}

fn down(length: Duration) -> Duration {
    let step = step_of(length).as_secs();
    Duration::from_secs((length.as_secs() / step * step).max(1))
}

fn up(length: Duration) -> Duration {
    let step = step_of(length);
    if down(length) == length { length } else { down(down(length) + step) }
}

const fn bucket(size_gb: u64) -> u64 {
    let at_least_one = if size_gb == 0 { 1 } else { size_gb };
    match at_least_one.checked_next_power_of_two() {
        Some(bucket) => bucket,
        None => u64::MAX,
    }
}

/// Whether an answer belongs to a change that is made now: of what was so already nothing is learnt.
pub(super) const fn tells(answer: &Answer) -> bool {
    !matches!(answer, Answer::Replied { status: 400.., .. })
}
