//! How what a person types to confirm a change is compared with what is accepted.

use unicode_normalization::UnicodeNormalization as _;

/// Whether what is typed is one of what is accepted, after NFKC and without blanks around.
#[must_use]
pub fn is_one_of(accepted: &[String], typed: &str) -> bool {
    let typed = folded(typed);
    !typed.is_empty() && accepted.iter().any(|a| folded(a) == typed)
}

/// A text as it is compared: after NFKC and without blanks around.
#[must_use]
pub fn folded(text: &str) -> String {
    text.trim().nfkc().collect()
}
