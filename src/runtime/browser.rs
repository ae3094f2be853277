//! Opens an address in the person's browser, without waiting for it and without a shell between.

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::Phrase;

/// What a console is reached by. The provider says the address, and an opener takes any: `file:` shows what lies on this
/// machine, others start whatever program is registered for them.
const SCHEMES: [&str; 3] = ["https", "http", "wss"];

/// Hands an address to the browser that is named, `$BROWSER`, or to what the desktop has for it.
///
/// # Errors
/// That it is no address of the web, or that there is no browser. What the system said is left out: it may hold the address.
pub(super) fn open(address: &SecretString, named: Option<String>) -> Result<(), Phrase> {
    // As the parser writes it, so that an opener takes it for nothing else.
    let address = page(address.expose_secret())?;
    let address = address.as_str();
    // A list or a pattern is for the desktop's own opener, which reads it, too.
    let plain = |name: &String| !name.is_empty() && !name.contains([' ', ':', '%']);
    let opened = match named.filter(plain) {
        Some(browser) => open::with_detached(address, browser),
        None => open::that_detached(address),
    };
    opened.map_err(|_| Phrase::new("console.no-browser"))
}

fn page(address: &str) -> Result<Url, Phrase> {
    let url = Url::parse(address).map_err(|_| Phrase::new("console.no-address"))?;
    if SCHEMES.contains(&url.scheme()) && url.has_host() {
        return Ok(url);
    }
    Err(Phrase::new("console.scheme").with("scheme", url.scheme().chars().take(20).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("https://vnc.example/vnc_auto.html?token=t", None)]
    #[case("HTTP://127.0.0.1:6080/vnc.html", None)]
    #[case("wss://vnc.example/websockify", None)]
    #[case("file:///etc/passwd", Some("console.scheme"))]
    #[case("FILE:///etc/passwd", Some("console.scheme"))]
    #[case("ssh://host", Some("console.scheme"))]
    #[case("javascript:alert(1)", Some("console.scheme"))]
    #[case("data:text/html,x", Some("console.scheme"))]
    #[case("vnc_auto.html?token=t", Some("console.no-address"))]
    #[case("--help", Some("console.no-address"))]
    #[case("/etc/passwd", Some("console.no-address"))]
    #[case("", Some("console.no-address"))]
    fn only_an_address_of_the_web_is_opened(#[case] address: &str, #[case] refused: Option<&str>) {
        assert_eq!(page(address).err().map(|why| why.key), refused);
    }
}
