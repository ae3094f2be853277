//! Small servers on loopback for the tests of the HTTP client.

use reqwest::Url;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{HttpClient, HttpClientOptions, RateLimiter};

/// A client without a limit.
pub(crate) fn http() -> HttpClient {
    HttpClient::new(HttpClientOptions { account: "a".into(), limiter: RateLimiter::in_memory(None), ca_file: None })
}

async fn listen() -> (TcpListener, Url) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    (listener, url)
}

#[expect(clippy::disallowed_methods, reason = "a test's own server")]
/// Serves a router for as long as the test runs.
pub(crate) async fn serve(router: axum::Router) -> Url {
    let (listener, url) = listen().await;
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[expect(clippy::disallowed_methods, reason = "a test's own server")]
/// Answers every connection with these bytes and closes it.
pub(crate) async fn say(bytes: &'static [u8]) -> Url {
    let (listener, url) = listen().await;
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(bytes).await;
        }
    });
    url
}

/// An address at which nobody listens.
pub(crate) async fn nobody() -> Url {
    listen().await.1
}

/// Where the certificate of the authority is that vouches for [`say_over_tls`]; no system knows it.
pub(crate) const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/private_authority/authority.pem");

/// The same over TLS, for one connection after the other.
pub(crate) fn say_over_tls(bytes: &'static [u8]) -> Url {
    use std::io::{Read as _, Write as _};

    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};

    let certificate = include_bytes!("../../../tests/private_authority/server.pem");
    let key = include_bytes!("../../../tests/private_authority/key.pem");
    let chain: Vec<_> = CertificateDer::pem_slice_iter(certificate).map(Result::unwrap).collect();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::from_pem_slice(key).unwrap())
        .unwrap();
    let config = std::sync::Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap()).parse().unwrap();
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let mut connection = rustls::ServerConnection::new(std::sync::Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut connection, &mut stream);
            // Who does not trust it goes away.
            if tls.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {
                let _ = tls.write_all(bytes);
                connection.send_close_notify();
                let _ = connection.complete_io(&mut stream);
            }
        }
    });
    url
}
