//! Exit codes: scripts rely on them.

use crate::domain::Fault;

pub const DONE: u8 = 0;
/// The provider refused it, or the operation failed.
pub const FAILED: u8 = 1;
pub const USAGE: u8 = 2;
/// Not authenticated.
pub const NOT_AUTHENTICATED: u8 = 3;
/// The provider is not reachable.
pub const NOT_REACHABLE: u8 = 4;
/// Refused here: not confirmed, read-only, guarded, protected, busy with another operation.
pub const REFUSED_HERE: u8 = 5;
/// The outcome is unknown: the request may have taken effect.
pub const UNKNOWN: u8 = 6;

/// The code of several results: the first of 2, 3, 4, 6, 5, 1 that occurred.
#[must_use]
pub fn of_all(codes: impl IntoIterator<Item = u8>) -> u8 {
    const ORDER: [u8; 6] = [USAGE, NOT_AUTHENTICATED, NOT_REACHABLE, UNKNOWN, REFUSED_HERE, FAILED];
    let codes: Vec<u8> = codes.into_iter().collect();
    ORDER.into_iter().find(|code| codes.contains(code)).unwrap_or(DONE)
}

/// The code that a fault alone would have.
pub(super) const fn of_fault(fault: &Fault) -> u8 {
    match fault {
        Fault::WrongCredentials { .. }
        | Fault::NoSecret { .. }
        | Fault::LockedSecret { .. }
        | Fault::SecretAwaited { .. }
        | Fault::Unauthorised { .. } => NOT_AUTHENTICATED,
        Fault::OverBudget { .. } => REFUSED_HERE,
        // A page where the API's own words should be: something in front of it answers.
        Fault::Refused { status: 500.., code: None, .. } => NOT_REACHABLE,
        Fault::Unreachable { .. } | Fault::TimedOut { .. } | Fault::BrokenOff { .. } => NOT_REACHABLE,
        _ => FAILED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_of_several_results_counts() {
        assert_eq!(of_all([]), 0);
        assert_eq!(of_all([0, 1, 5]), 5);
        assert_eq!(of_all([1, 5, 6]), 6);
        assert_eq!(of_all([6, 4]), 4);
        assert_eq!(of_all([4, 3, 0]), 3);
        assert_eq!(of_all([3, 2]), 2);
    }
}
