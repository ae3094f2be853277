//! An account at a provider, as far as the pure layers need to know it. Endpoints and secrets are none of their business.

use std::sync::Arc;
use std::time::Duration;

use crate::domain::budget::Limit;
use crate::domain::ids::AccountName;
use crate::domain::pattern::glob;
use crate::domain::price::Prices;
use crate::domain::provider_policy::ProviderPolicy;
use crate::domain::secret_source::SecretOrigin;

#[derive(Debug, Clone)]
pub struct Account {
    pub name: AccountName,
    pub policy: Arc<dyn ProviderPolicy>,
    /// Whether every changing action is refused.
    pub read_only: bool,
    /// The colour of its dialogs' frames and of its name in lists.
    pub colour: Option<AccountColour>,
    /// What it may send, until the provider's own word is heard. `None`: no limit known.
    pub limit: Option<Limit>,
    pub prices: Arc<Prices>,
    /// Where its secret comes from.
    pub secret: SecretOrigin,
    /// How many times as fast as at the provider everything goes: 1, but in the demo.
    pub speed: f64,
}

impl Account {
    /// An account of this name at a provider: it may be changed, has its secret in the keyring, no limit and no prices.
    #[must_use]
    pub fn new(name: AccountName, policy: Arc<dyn ProviderPolicy>) -> Self {
        Self {
            name,
            policy,
            read_only: false,
            colour: None,
            limit: None,
            prices: Arc::default(),
            secret: SecretOrigin::default(),
            speed: 1.0,
        }
    }

    /// How long something takes here that takes so long at the provider.
    #[must_use]
    pub fn lasts(&self, there: Duration) -> Duration {
        there.div_f64(self.speed)
    }
}

/// The colours of the screen that mean something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToneColours {
    /// What runs, and what went well.
    pub ok: AccountColour,
    pub error: AccountColour,
    pub busy: AccountColour,
    /// Demo, read-only, what is marked.
    pub mark: AccountColour,
}

impl Default for ToneColours {
    fn default() -> Self {
        Self {
            ok: AccountColour::Green,
            error: AccountColour::Red,
            busy: AccountColour::Yellow,
            mark: AccountColour::Magenta,
        }
    }
}

/// The colours an account or a tone can be given: those every terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountColour {
    Red,
    Green,
    Yellow,
    Blue,
    Magenta,
    Cyan,
    White,
}

/// How fresh things are kept where no limit is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Poll {
    pub fresh: Duration,
    pub watch: Duration,
}

impl Default for Poll {
    fn default() -> Self {
        Self { fresh: Duration::from_secs(5), watch: Duration::from_secs(2) }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safety {
    /// The countdown before a destruction is sent.
    pub grace: Duration,
    /// Names that no changing action touches; `*` stands for any text.
    pub protect: Vec<String>,
}

impl Default for Safety {
    fn default() -> Self {
        Self { grace: Duration::from_secs(5), protect: Vec::new() }
    }
}

impl Safety {
    /// Whether a resource of this name is protected.
    #[must_use]
    pub fn protects(&self, name: &str) -> bool {
        self.protect.iter().any(|pattern| glob(pattern, name))
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::account::Safety;

    #[test]
    fn a_star_stands_for_any_text_and_nothing_else_does() {
        let safety = Safety { protect: vec!["prod-*".into(), "*-db-*-1".into(), "db".into()], ..Safety::default() };
        for name in ["prod-", "prod-web", "x-db-y-1", "db"] {
            assert!(safety.protects(name), "{name}");
        }
        for name in ["xprod-web", "pro", "x-db-1", "db2", ""] {
            assert!(!safety.protects(name), "{name}");
        }
    }
}
