//! Accounts: added to the configuration, taken out of it, and tried.

mod change;
mod check;
mod edit;

pub use change::{Added, ChangeError, NewAccount, NewSecret, Removed, add_account, remove_account};
pub use check::{CheckError, check_account};
