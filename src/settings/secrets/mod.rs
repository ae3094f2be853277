//! Where secrets come from: the keyring, a variable, a program.

pub(super) mod account_secret;
pub(crate) mod detached;
pub mod keyring;

pub use account_secret::{AccountSecret, SecretError, SecretFrom};
pub(crate) use account_secret::{asks_at_terminal, begin_of};
