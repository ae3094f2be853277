//! The accounts of a cloud of the files of `OpenStack`'s clients, in the place of those of the configuration.

use std::sync::Arc;

use crate::domain::{AccountName, Phrase, text};
use crate::settings::config::account_settings::AccountSettings;
use crate::settings::config::accounts::check_value;
use crate::settings::config::error::ConfigError;
use crate::settings::environment::Environment;
use crate::settings::import::accounts_of_cloud;
use crate::settings::secrets::account_secret::SecretFrom;

/// An account for each region of the cloud, which reads its secret where it is. `own`: the accounts of the configuration:
/// what one of them left in the journal is not another's of its name.
pub(super) fn accounts(
    env: &Environment,
    cloud: &str,
    own: &[AccountSettings],
) -> Result<Vec<AccountSettings>, ConfigError> {
    let wrong = |what: Phrase| ConfigError::Cloud { name: cloud.to_owned(), what };
    let mut all = Vec::new();
    for found in accounts_of_cloud(env, cloud).map_err(|error| wrong(error.phrase()))? {
        let mut values = found.values;
        for key in found.provider.keys {
            if let Some(default) = key.default {
                values.entry(key.name.to_owned()).or_insert_with(|| default.to_owned());
            }
            if let Some(value) = values.get(key.name) {
                check_value(key, value).map_err(|why| wrong(text::plain::at(key.name, why)))?;
            }
        }
        let secret = SecretFrom::Cloud { name: cloud.to_owned(), region: found.region };
        let same = own.iter().find(|account| account.name.as_str() == found.name);
        all.push(match same {
            // What is set for it, such as that it is only looked at, holds here, too.
            Some(same) if (same.provider.key, &same.values) == (found.provider.key, &values) => {
                AccountSettings { secret, ..same.clone() }
            }
            Some(_) => return Err(wrong(text::import::other_account(found.name))),
            None => AccountSettings {
                name: AccountName::new(found.name),
                provider: found.provider,
                values,
                secret,
                limit: (found.provider.policy)().default_limit(),
                read_only: false,
                colour: None,
                prices: Arc::default(),
            },
        });
    }
    Ok(all)
}
