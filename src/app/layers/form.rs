//! A form of a few fields, for a new account.

use tui_input::Input;

use crate::domain::Phrase;

/// The forms of the first run. Which fields they have is the provider's business, so they are handed in.
#[derive(Debug, Clone, Default)]
pub struct Forms {
    /// For a new account: one for each provider.
    pub new_account: Vec<Form>,
    pub import: Option<Form>,
}

#[derive(Debug, Clone)]
pub struct Form {
    /// The provider's name in the configuration; empty where the form is not one provider's.
    pub provider: &'static str,
    pub label: Phrase,
    pub title: Phrase,
    /// Where to find what it asks for.
    pub hint: Phrase,
    pub fields: Vec<FormField>,
    /// The field under the cursor; one past the last: the button.
    pub at: usize,
    /// What happened when it was sent.
    pub result: Option<(Phrase, bool)>,
    /// Whether it is being sent.
    pub busy: bool,
}

/// What was filled in, by field. It holds a secret, so that it is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Filled(pub Vec<(&'static str, String)>);

impl std::fmt::Debug for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[derive(Clone)]
pub struct FormField {
    /// Its key in the configuration; `secret` for the secret.
    pub name: &'static str,
    pub label: String,
    pub input: Input,
    /// Whether what is typed is not shown.
    pub hidden: bool,
    /// Whether it may be left empty.
    pub optional: bool,
}

impl std::fmt::Debug for FormField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FormField").field("name", &self.name).field("hidden", &self.hidden).finish_non_exhaustive()
    }
}

impl Form {
    /// The first field that must be filled and is not.
    #[must_use]
    pub fn missing(&self) -> Option<usize> {
        self.fields.iter().position(|f| !f.optional && f.input.value().trim().is_empty())
    }

    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|f| f.name == name).map_or("", |f| f.input.value().trim())
    }
}
