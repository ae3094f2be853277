//! What must hold of a budget.

use super::*;

const SIX: Limit = Limit { per_minute: 6, spacing_ms: 500 };
const T0: Timestamp = Timestamp(1_700_000_000_000);

fn at(ms: u64) -> Timestamp {
    T0 + Duration::from_millis(ms)
}

#[test]
fn without_headers_no_sixty_seconds_see_more_than_the_limit() {
    let mut budget = Budget::new(Some(SIX));
    let mut now = T0;
    let mut sent = Vec::new();
    while now < at(600_000) {
        match budget.permit(now, 0) {
            Permit::Now => {
                budget.spent(now);
                sent.push(now);
            }
            Permit::At(later) => {
                assert!(later > now, "a permit in the past would spin");
                now = later;
            }
        }
    }
    assert!(sent.len() >= 60, "{} sent in ten minutes", sent.len());
    for (i, first) in sent.iter().enumerate() {
        let within = sent[i..].iter().filter(|t| t.since(*first) < WINDOW).count();
        assert!(within <= 6, "{within} within a minute of {first:?}");
    }
    assert!(sent.windows(2).all(|w| w[1].since(w[0]) >= Duration::from_millis(500)));
}

#[test]
fn what_is_kept_back_is_there_for_a_person_at_any_moment() {
    let mut budget = Budget::new(Some(SIX));
    let mut now = T0;
    while now < at(300_000) {
        if budget.permit(now, 2) == Permit::Now {
            budget.spent(now);
        }
        now = now + Duration::from_millis(100);
        let free = budget.left(now).unwrap().0;
        assert!(free >= 2, "{free} left for a person");
    }
}

#[test]
fn headers_overrule_our_own_count() {
    let mut budget = Budget::new(Some(SIX));
    budget.spent(T0);
    budget.heard(QuotaReading { sent: T0, allowed: 6, available: 0, reset: at(8_000), on_success: false });
    assert_eq!(budget.permit(at(1_000), 0), Permit::At(at(8_000)));
    assert_eq!(budget.left(at(1_000)), Some((0, 6, false)));
    assert_eq!(budget.permit(at(8_000), 0), Permit::Now);
}

#[test]
fn a_header_on_success_makes_windows_of_which_each_is_used_in_full() {
    let mut budget = Budget::new(Some(SIX));
    for i in 0..3_u32 {
        let now = at(u64::from(i) * 600);
        budget.spent(now);
        budget.heard(QuotaReading { sent: now, allowed: 6, available: 5 - i, reset: at(10_000), on_success: true });
    }
    assert_eq!(budget.left(at(2_000)), Some((3, 6, false)));
    assert_eq!(budget.left(at(10_000)), Some((6, 6, false)));
}

#[test]
fn a_refusal_without_a_moment_silences_longer_each_time() {
    let mut budget = Budget::new(Some(SIX));
    budget.refused(T0, None);
    assert_eq!(budget.permit(T0, 0), Permit::At(at(1_000)));
    budget.refused(at(1_000), None);
    assert_eq!(budget.permit(at(1_000), 0), Permit::At(at(3_000)));
    budget.answered();
    budget.refused(at(5_000), None);
    assert_eq!(budget.permit(at(5_000), 0), Permit::At(at(6_000)));
}

#[test]
fn no_limit_known_lets_everything_pass() {
    let mut budget = Budget::new(None);
    for i in 0..1_000 {
        budget.spent(at(i));
    }
    assert_eq!(budget.permit(at(1_000), 5), Permit::Now);
    assert_eq!(budget.left(at(1_000)), None);
}

#[test]
fn a_clock_set_back_by_an_hour_does_not_silence_the_account() {
    let mut budget = Budget::new(Some(SIX));
    for i in 0..6 {
        budget.spent(at(3_600_000 + i * 600));
    }
    budget.refused(at(3_600_000), Some(at(3_630_000)));
    budget.spent(at(0));
    budget.forget(at(0));
    assert!(
        matches!(budget.permit(at(2_000), 0), Permit::Now) || budget.silent_until.is_none_or(|u| u <= at(3_630_000))
    );
    assert!(budget.left(at(2_000)).is_some());
}

#[test]
fn two_processes_that_learn_of_each_other_share_one_allowance() {
    let mut mine = Budget::new(Some(SIX));
    let mut theirs = Budget::new(Some(SIX));
    for i in 0..3 {
        mine.spent(at(i * 1_000));
        theirs.spent(at(i * 1_000 + 500));
    }
    mine.learn(&theirs, at(3_000));
    assert_eq!(mine.left(at(3_000)).unwrap().0, 0);
}

#[test]
fn two_requests_of_one_millisecond_stay_two_and_what_both_know_is_counted_once() {
    let mut mine = Budget::new(Some(SIX));
    mine.spent(at(0));
    let mut shared = mine.clone();
    shared.spent(at(0));
    mine.learn(&shared, at(1));
    mine.learn(&shared, at(1));
    assert_eq!(mine.left(at(1)).unwrap().0, 4);
}

#[test]
fn a_provider_that_wants_to_be_left_alone_shows_where_no_limit_is_known_too() {
    let mut budget = Budget::new(None);
    budget.refused(Timestamp(0), Some(Timestamp(30_000)));
    assert_eq!(
        (budget.left(Timestamp(0)), budget.renewed(Timestamp(0))),
        (Some((0, 0, false)), Some(Timestamp(30_000)))
    );
    assert_eq!((budget.left(Timestamp(30_000)), budget.renewed(Timestamp(30_000))), (None, None));
}
