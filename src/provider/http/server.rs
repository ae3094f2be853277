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
