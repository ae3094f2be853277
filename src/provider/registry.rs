//! Every provider there is.

use std::sync::Arc;

use crate::provider::secret_source::SecretSource;
use crate::provider::setup::{AccountSetup, Opened, Provider};
use crate::provider::{conoha, conoha_v2, indigo, openstack};

pub const PROVIDERS: &[Provider] =
    &[indigo::PROVIDER, conoha_v2::PROVIDER, conoha::PROVIDER, openstack::plain::PROVIDER];

/// Opens an account: nothing is sent and no secret is asked for until the first call.
///
/// # Errors
/// A sentence that names the account and what is missing or wrong in its configuration.
pub fn open(setup: AccountSetup, secret: Arc<dyn SecretSource>) -> Opened {
    (setup.provider.open)(setup, secret)
}
