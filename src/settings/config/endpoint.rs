//! An address to which a secret may be sent.

use reqwest::Url;

use crate::domain::{Phrase, text};

/// Why an address is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EndpointError {
    NotAnAddress,
    /// It would send the secret in the clear.
    Plain(String),
    /// It holds a user or a password.
    Credentials,
    /// It holds what an address to which paths are added cannot hold.
    Query,
}

impl EndpointError {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::NotAnAddress => text::endpoint::NO_ADDRESS.into(),
            Self::Plain(host) => text::endpoint::plain(host.as_str()),
            Self::Credentials => text::endpoint::CREDENTIALS.into(),
            Self::Query => text::endpoint::QUERY.into(),
        }
    }
}

/// Whether a secret may be sent to this address: over https, or to this machine.
///
/// # Errors
/// Why not. The message does not repeat the address, which may hold a password.
pub fn check_endpoint(address: &str) -> Result<(), EndpointError> {
    let url = Url::parse(address.trim()).map_err(|_| EndpointError::NotAnAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(EndpointError::Credentials);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(EndpointError::Query);
    }
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(EndpointError::NotAnAddress)?;
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(host) => Ok(()),
        "http" => Err(EndpointError::Plain(host.to_owned())),
        _ => Err(EndpointError::NotAnAddress),
    }
}

pub(super) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<std::net::IpAddr>().map_or(host == "localhost", |address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://api.customer.jp")]
    #[case("http://127.0.0.1:8080")]
    #[case("http://127.9.9.9")]
    #[case("http://[::1]:1")]
    #[case("http://localhost:80/v1")]
    fn a_secret_may_go_there(#[case] address: &str) {
        assert_eq!(check_endpoint(address), Ok(()));
    }

    #[rstest]
    #[case("http://api.customer.jp", EndpointError::Plain("api.customer.jp".into()))]
    #[case("http://127.0.0.1.example.com", EndpointError::Plain("127.0.0.1.example.com".into()))]
    #[case("http://localhost.example.com", EndpointError::Plain("localhost.example.com".into()))]
    #[case("http://10.0.0.1", EndpointError::Plain("10.0.0.1".into()))]
    #[case("http://127.0.0.1@example.com", EndpointError::Credentials)]
    #[case("https://me:secret@example.com", EndpointError::Credentials)]
    #[case("https://example.com/?key=1", EndpointError::Query)]
    #[case("ftp://example.com", EndpointError::NotAnAddress)]
    #[case("api.customer.jp", EndpointError::NotAnAddress)]
    #[case("", EndpointError::NotAnAddress)]
    fn a_secret_may_not_go_there(#[case] address: &str, #[case] why: EndpointError) {
        assert_eq!(check_endpoint(address), Err(why));
    }
}
