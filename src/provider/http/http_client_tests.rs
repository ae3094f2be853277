//! The HTTP client against small servers on loopback.

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use axum::routing::{any, get};
use reqwest::{Method, Url};

use super::server::{AUTHORITY, http, nobody, say, say_over_tls, serve};
use super::{HttpClient, HttpClientOptions, RateLimiter, Reply, Request, SendFault, now};
use crate::domain::{Answer, Fault, Limit};
use crate::words::english;

async fn get_from(http: &HttpClient, url: Url) -> Result<Reply, SendFault> {
    http.send(Request::get(url)).await
}

#[tokio::test]
async fn a_refused_connection_is_proven_to_have_had_no_effect() {
    let fault = http().send(Request::change(Method::POST, nobody().await)).await.unwrap_err();
    assert!(matches!(fault, SendFault::NotConnected { .. }), "{fault:?}");
    assert!(matches!(fault.clone().of_change(), Answer::NotConnected { .. }));
    assert!(matches!(fault.of_read(), Fault::Unreachable { .. }));
}

#[rstest::rstest]
#[case::cut_short(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[{")]
#[case::no_answer(b"")]
#[case::no_http(b"220 mail.example.com ESMTP\r\n")]
#[tokio::test]
async fn an_answer_that_breaks_off_may_have_had_an_effect(#[case] bytes: &'static [u8]) {
    let url = say(bytes).await;
    let fault = http().send(Request::change(Method::POST, url)).await.unwrap_err();
    assert!(matches!(fault.clone().of_change(), Answer::Lost { .. }), "{fault:?}");
    assert!(matches!(fault.of_read(), Fault::BrokenOff { .. }));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    let moved = || async { Response::builder().status(302).header("location", "/there").body(Body::empty()).unwrap() };
    let there = || async { "followed" };
    let url = serve(Router::new().route("/", any(moved)).route("/there", any(there))).await;
    let reply = get_from(&http(), url).await.unwrap();
    assert_eq!((reply.status, reply.body.len()), (302, 0));
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_not_taken_in() {
    let url = serve(Router::new().route("/", get(|| async { "x".repeat(1_001) }))).await;
    let http = http().taking_at_most(1_000);
    assert_eq!(get_from(&http, url).await.unwrap_err(), SendFault::TooLarge { limit: 1_000 });
}

#[tokio::test]
async fn without_budget_nothing_is_sent() {
    let url = nobody().await;
    let limit = Some(Limit { per_minute: 1, spacing_ms: 0 });
    let http = HttpClient::new(HttpClientOptions {
        account: "a".into(),
        limiter: RateLimiter::in_memory(limit),
        ca_file: None,
    });
    assert!(matches!(get_from(&http, url.clone()).await, Err(SendFault::NotConnected { .. })));
    let Err(SendFault::OverBudget { until }) = get_from(&http, url).await else { panic!("sent") };
    assert!(until > now());
}

#[tokio::test]
async fn what_a_refusal_says_of_the_quota_silences_the_account_until_then() {
    let later = now().0 + 30_000;
    let full = move || async move {
        Response::builder()
            .status(429)
            .header("x-quota-allowed", "6")
            .header("x-quota-available", "0")
            .header("x-quota-reset", later.to_string())
            .header("x-request-id", "r-1")
            .body(Body::from("{}"))
            .unwrap()
    };
    let url = serve(Router::new().route("/", any(full))).await;
    let http = http();
    let reply = get_from(&http, url.clone()).await.unwrap();
    assert_eq!((reply.wait_until.map(|w| w.0), reply.request_id.as_deref()), (Some(later), Some("r-1")));
    let Err(SendFault::OverBudget { until }) = get_from(&http, url).await else { panic!("sent") };
    assert_eq!(until.0, later);
    assert_eq!(http.budget().left(now()), Some((0, 6, false)));
}

#[tokio::test]
async fn times_of_a_server_whose_clock_is_an_hour_ahead_are_put_on_ours() {
    let ahead = now().0 + 3_600_000;
    let date = jiff::Timestamp::from_millisecond(ahead).unwrap().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let full = move || {
        let date = date.clone();
        async move {
            Response::builder()
                .status(429)
                .header("date", date)
                .header("x-quota-reset", (ahead + 20_000).to_string())
                .body(Body::empty())
                .unwrap()
        }
    };
    let url = serve(Router::new().route("/", any(full))).await;
    let http = http();
    let wait = get_from(&http, url).await.unwrap().wait_until.unwrap();
    assert!(wait.0 < now().0 + 60_000, "{wait:?} is on the server's clock");
    assert!(http.server_now().0 > now().0 + 3_500_000);
}

#[tokio::test]
async fn a_compressed_body_is_unpacked() {
    // `{}` and nothing else, packed with gzip.
    const PACKED: [u8; 22] = [31, 139, 8, 0, 0, 0, 0, 0, 0, 255, 171, 174, 5, 0, 67, 191, 166, 163, 2, 0, 0, 0];
    let packed =
        || async { Response::builder().header("content-encoding", "gzip").body(Body::from(PACKED.to_vec())).unwrap() };
    let url = serve(Router::new().route("/", get(packed))).await;
    assert_eq!(get_from(&http(), url).await.unwrap().text(), "{}");
}

fn trusting(ca_file: &str) -> HttpClient {
    let limiter = RateLimiter::in_memory(None);
    HttpClient::new(HttpClientOptions { account: "a".into(), limiter, ca_file: Some(ca_file.into()) })
}

#[tokio::test]
async fn a_private_authority_is_trusted_where_its_certificate_is_named_and_nowhere_else() {
    let url = say_over_tls(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
    assert_eq!(get_from(&trusting(AUTHORITY), url.clone()).await.unwrap().text(), "{}");
    let Err(SendFault::NotConnected { said, .. }) = get_from(&http(), url.clone()).await else { panic!("trusted") };
    assert!(english(&said).contains("name the authority's certificate (ca_file)"), "{}", english(&said));
    let Err(SendFault::NotConnected { said, .. }) = get_from(&trusting("/no/such.pem"), url).await else { panic!() };
    assert!(english(&said).starts_with("/no/such.pem: "), "{}", english(&said));
}
