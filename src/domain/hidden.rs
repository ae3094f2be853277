//! A text that nobody is shown, nothing writes down and no message prints: a password, the secret part of a key.

use std::fmt;
use std::sync::Arc;

/// A secret on its way. It is skipped wherever something is written; there is no way to read it but by name.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Hidden(Arc<str>);

impl Hidden {
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Arc::from(text))
    }

    /// The text itself, for the one place that sends, stores or shows it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether there is none: none was set, or it was read back from where no secret is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Hidden(none)" } else { "Hidden(***)" })
    }
}
