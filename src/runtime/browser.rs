//! Opens an address in the person's browser, without waiting for it and without a shell between.

use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::Phrase;

/// Hands an address to `$BROWSER`, or to what the desktop has for it.
///
/// # Errors
/// That there is no browser. What the system said is left out: it may hold the address.
pub(super) fn open(address: &SecretString) -> Result<(), Phrase> {
    let address = address.expose_secret();
    let plain = |name: &String| !name.is_empty() && !name.contains([' ', ':', '%']);
    let opened = match std::env::var("BROWSER").ok().filter(plain) {
        Some(browser) => open::with_detached(address, browser),
        None => open::that_detached(address),
    };
    opened.map_err(|_| Phrase::new("console.no-browser"))
}
