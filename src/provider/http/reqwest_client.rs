//! The clients of `reqwest`. They are built at the first request, since that opens the system's TLS roots.

use std::path::PathBuf;
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder, Url};
use tokio::sync::OnceCell;

use super::proxy::proxy_of;
use crate::domain::Phrase;

const CONNECT: Duration = Duration::from_secs(10);
/// Idle connections are dropped before a server does it, so that a change is seldom written into a closing one.
const IDLE: Duration = Duration::from_secs(30);

/// Two clients: one that asks the system for a proxy, one for addresses of this machine, which never does.
#[derive(Debug, Default)]
pub(super) struct Clients {
    proxied: OnceCell<Client>,
    direct: OnceCell<Client>,
    ca_file: Option<PathBuf>,
}

impl Clients {
    pub(super) fn new(ca_file: Option<PathBuf>) -> Self {
        Self { ca_file, ..Self::default() }
    }

    pub(super) async fn client_for(&self, url: &Url) -> Result<&Client, Phrase> {
        let direct = is_loopback(url);
        // Also that the proxy can be used, which is not found out later: it would be left out without a word.
        proxy_of(url)?;
        let cell = if direct { &self.direct } else { &self.proxied };
        cell.get_or_try_init(|| async {
            let ca_file = self.ca_file.clone();
            let built = tokio::task::spawn_blocking(move || build(ca_file, direct)).await;
            built.unwrap_or_else(|error| Err(error.to_string().into()))
        })
        .await
    }
}

/// What every client here has in common: it does nothing by itself, neither follow nor repeat.
pub fn client_builder() -> ClientBuilder {
    // Another part of the program may have installed it already: it is the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .user_agent(concat!("vpsdeck/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
}

fn build(ca_file: Option<PathBuf>, direct: bool) -> Result<Client, Phrase> {
    let mut builder = client_builder().gzip(true).connect_timeout(CONNECT).pool_idle_timeout(IDLE);
    if direct {
        builder = builder.no_proxy();
    }
    if let Some(path) = ca_file {
        let pem = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let roots = Certificate::from_pem_bundle(&pem).map_err(|error| format!("{}: {error}", path.display()))?;
        builder = builder.tls_certs_merge(roots);
    }
    builder.build().map_err(|error| error.to_string().into())
}

pub(in crate::provider) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("http://127.0.0.1:8080/x", true)]
    #[case("http://127.9.9.9/", true)]
    #[case("http://[::1]:1/", true)]
    #[case("http://LOCALHOST/", true)]
    #[case("http://localhost.example.com/", false)]
    #[case("https://api.customer.jp/", false)]
    #[case("http://192.168.0.1/", false)]
    fn only_this_machine_is_reached_without_a_proxy(#[case] url: &str, #[case] direct: bool) {
        assert_eq!(is_loopback(&Url::parse(url).unwrap()), direct);
    }
}
