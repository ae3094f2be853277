//! The rule for root passwords, as documented for Ver.2.0.

const SYMBOLS: &str = "!#$%&?\"'=+-_{}[]^~:;().,/|\\*@";

/// 9 to 70 characters: upper case, lower case, and a digit or a symbol, nothing else.
pub(super) fn is_good(password: &str) -> bool {
    let has = |test: fn(char) -> bool| password.chars().any(test);
    (9..=70).contains(&password.chars().count())
        && has(|c| c.is_ascii_uppercase())
        && has(|c| c.is_ascii_lowercase())
        && has(|c| c.is_ascii_digit() || SYMBOLS.contains(c))
        && password.chars().all(|c| c.is_ascii_alphanumeric() || SYMBOLS.contains(c))
}

#[cfg(test)]
mod tests {
    use crate::sim::conoha::compute::password::is_good;

    #[test]
    fn the_rule_is_the_documented_one() {
        for good in ["Abcdefgh1", "abcdefgH_", "A23456789b"] {
            assert!(is_good(good), "{good}");
        }
        for bad in ["Abcdef1", "abcdefghi1", "ABCDEFGH1", "Abcdefghi", "Abcdefgh1<", "Abcdefgh1 "] {
            assert!(!is_good(bad), "{bad}");
        }
        assert!(!is_good(&"Ab1".repeat(24)));
    }
}
