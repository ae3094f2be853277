//! The rule for root passwords, as ConoHa documents it.

use crate::sim::world::ways::Password;

/// 9 to 70 characters: upper case, lower case, a digit and a symbol or either of them, nothing else.
pub(super) fn is_good(password: &str, rule: Password) -> bool {
    let Password { symbols, both } = rule;
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let (digit, symbol) = (has(|c| c.is_ascii_digit()), password.chars().any(|c| symbols.contains(c)));
    (9..=70).contains(&password.chars().count())
        && has(|c| c.is_ascii_uppercase())
        && has(|c| c.is_ascii_lowercase())
        && if both { digit && symbol } else { digit || symbol }
        && password.chars().all(|c| c.is_ascii_alphanumeric() || symbols.contains(c))
}

#[cfg(test)]
mod tests {
    use crate::sim::conoha::compute::password;
    use crate::sim::world::ways::{CONOHA, CONOHA_V2, Ways};

    fn is_good(ways: &Ways, given: &str) -> bool {
        password::is_good(given, ways.password.unwrap())
    }

    #[test]
    fn the_rules_are_the_documented_ones() {
        for good in ["Abcdefgh1", "abcdefgH_", "A23456789b"] {
            assert!(is_good(&CONOHA_V2, good), "{good}");
            assert!(!is_good(&CONOHA, good), "{good}");
        }
        for bad in ["Abcdef1", "abcdefghi1", "ABCDEFGH1", "Abcdefghi", "Abcdefgh1<", "Abcdefgh1 "] {
            assert!(!is_good(&CONOHA_V2, bad), "{bad}");
        }
        assert!(!is_good(&CONOHA_V2, &"Ab1".repeat(24)));
        assert!(is_good(&CONOHA, "Abcdefg1_") && !is_good(&CONOHA, "Abcdefg1<"));
    }
}
