//! What a provider sent, kept to be shown.

use std::sync::Arc;

/// One record as the provider sent it, with its secrets already cut out, as JSON text. Empty where it came from disk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raw(Option<Arc<str>>);

impl Raw {
    /// Keeps a text whose secrets were cut out before.
    #[must_use]
    pub fn new(redacted: &str) -> Self {
        Self(Some(Arc::from(redacted)))
    }

    /// The text, where there is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref()
    }
}
