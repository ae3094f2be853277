//! What the configuration says of one account.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{Account, AccountColour, AccountName, Limit, Prices, SecretOrigin};
use crate::provider::Provider;
use crate::settings::secrets::account_secret::SecretFrom;

#[derive(Debug, Clone)]
pub struct AccountSettings {
    pub name: AccountName,
    pub provider: &'static Provider,
    /// The provider's own keys, with the defaults of those not given.
    pub values: BTreeMap<String, String>,
    /// Where its secret comes from.
    pub secret: SecretFrom,
    /// What may be sent, until the provider's own word is heard. `None`: no limit known.
    pub limit: Option<Limit>,
    /// Whether every changing action is refused.
    pub read_only: bool,
    pub colour: Option<AccountColour>,
    pub prices: Arc<Prices>,
}

impl AccountSettings {
    #[must_use]
    pub fn account(&self, read_only: bool) -> Account {
        Account {
            read_only: self.read_only || read_only,
            colour: self.colour,
            limit: self.limit,
            prices: Arc::clone(&self.prices),
            secret: match &self.secret {
                SecretFrom::Keyring => SecretOrigin::Keyring,
                SecretFrom::Env(name) => SecretOrigin::Variable(name.clone()),
                SecretFrom::Command(argv) => SecretOrigin::Program(argv.first().cloned().unwrap_or_default()),
                SecretFrom::Cloud { name, .. } => SecretOrigin::Cloud(name.clone()),
            },
            ..Account::new(self.name.clone(), (self.provider.policy)())
        }
    }

    /// The first of its addresses, for people.
    #[must_use]
    pub fn endpoint(&self) -> Option<&str> {
        self.provider.keys.iter().filter(|key| key.is_endpoint).find_map(|key| self.values.get(key.name)).map(|v| &**v)
    }

    /// Its region, where its provider has several.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        let key = self.provider.keys.iter().find(|key| key.name == "region")?;
        self.values.get(key.name).map(|v| &**v)
    }

    /// Where it is, for people: the first of its addresses, else its region.
    #[must_use]
    pub fn place(&self) -> &str {
        self.endpoint().or_else(|| self.region()).unwrap_or("-")
    }
}
