//! Logins against a server on loopback that counts them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use futures_util::future::{BoxFuture, join_all};
use reqwest::{Method, Url};
use secrecy::SecretString;

use super::server::{http, serve};
use super::{
    AuthSession, Authenticator, Failure, HttpClient, HttpClientOptions, RateLimiter, Request, SendFault, Tokens, now,
};
use crate::domain::{Answer, Fault, Limit, Timestamp};
use crate::provider::SecretAtHand;

#[derive(Default)]
struct Seen {
    logins: AtomicUsize,
    requests: AtomicUsize,
    /// Tokens with a number below this are not accepted.
    accepted_from: AtomicUsize,
    login_status: AtomicUsize,
}

struct Key(Url);

struct Numbered(SecretString, Option<Timestamp>);

impl AuthSession for Numbered {
    fn ends(&self) -> Option<Timestamp> {
        self.1
    }
}

impl Authenticator for Key {
    type Session = Numbered;
    fn log_in<'a>(&'a self, http: &'a HttpClient, _: &'a SecretString) -> BoxFuture<'a, Result<Numbered, Fault>> {
        Box::pin(async move {
            let request = Request::change(Method::POST, self.0.join("login").unwrap());
            let reply = http.send(request).await.map_err(SendFault::of_read)?;
            match reply.status {
                401 => Err(Fault::WrongCredentials { said: None }),
                200 => {
                    let text = reply.text();
                    let (number, lasts) = text.split_once(' ').unwrap();
                    let ends = Timestamp(now().0 + lasts.parse::<i64>().unwrap() * 1_000);
                    Ok(Numbered(SecretString::from(number.to_owned()), Some(ends)))
                }
                _ => Err(Fault::TimedOut { host: "h".into() }),
            }
        })
    }
}

async fn account(seen: &Arc<Seen>, lasts: i64) -> (HttpClient, Tokens<Key>, Url) {
    let login = move |State(seen): State<Arc<Seen>>| async move {
        let number = seen.logins.fetch_add(1, SeqCst) + 1;
        let status = match seen.login_status.load(SeqCst) {
            0 => StatusCode::OK,
            code => StatusCode::from_u16(u16::try_from(code).unwrap()).unwrap(),
        };
        (status, format!("{number} {lasts}"))
    };
    let list = |State(seen): State<Arc<Seen>>, headers: HeaderMap| async move {
        seen.requests.fetch_add(1, SeqCst);
        let token = headers["authorization"].to_str().unwrap().trim_start_matches("Bearer ").parse::<usize>().unwrap();
        if token >= seen.accepted_from.load(SeqCst) { StatusCode::OK } else { StatusCode::UNAUTHORIZED }
    };
    let router = Router::new()
        .route("/login", post(login))
        .route("/list", get(list).post(list))
        .route("/closed", get(|| async { StatusCode::UNAUTHORIZED }))
        .with_state(Arc::clone(seen));
    let url = serve(router).await;
    (http(), Tokens::new(Key(url.clone()), Arc::new(SecretAtHand(SecretString::default()))), url)
}

async fn ask(http: &HttpClient, tokens: &Tokens<Key>, url: &Url, path: &str) -> Result<u16, Failure> {
    let url = url.join(path).unwrap();
    tokens.send(http, path, |s| Ok(Request::get(url.clone()).bearer(&s.0))).await.map(|(_, reply)| reply.status)
}

#[tokio::test]
async fn a_hundred_who_wait_share_one_login() {
    let seen = Arc::new(Seen::default());
    let (http, tokens, url) = account(&seen, 3_600).await;
    let all = join_all((0..100).map(|_| ask(&http, &tokens, &url, "list"))).await;
    assert!(all.iter().all(|r| *r == Ok(200)));
    assert_eq!(seen.logins.load(SeqCst), 1);
}

#[tokio::test]
async fn a_401_renews_the_login_once_for_all_who_wait() {
    let seen = Arc::new(Seen::default());
    let (http, tokens, url) = account(&seen, 3_600).await;
    assert_eq!(ask(&http, &tokens, &url, "list").await, Ok(200));
    seen.accepted_from.store(2, SeqCst);
    let all = join_all((0..20).map(|_| ask(&http, &tokens, &url, "list"))).await;
    assert!(all.iter().all(|r| *r == Ok(200)), "{all:?}");
    assert_eq!(seen.logins.load(SeqCst), 2);
}

#[tokio::test]
async fn a_change_is_sent_again_after_a_401_and_only_then() {
    let seen = Arc::new(Seen::default());
    let (http, tokens, url) = account(&seen, 3_600).await;
    seen.accepted_from.store(2, SeqCst);
    let url = url.join("list").unwrap();
    let make = |s: &Numbered| Ok(Request::change(Method::POST, url.clone()).bearer(&s.0));
    assert_eq!(tokens.send(&http, "s", make).await.unwrap().1.status, 200);
    assert_eq!((seen.logins.load(SeqCst), seen.requests.load(SeqCst)), (2, 2));
}

#[tokio::test]
async fn a_service_that_refuses_a_fresh_login_costs_no_further_logins() {
    let seen = Arc::new(Seen::default());
    let (http, tokens, url) = account(&seen, 3_600).await;
    for _ in 0..5 {
        assert_eq!(ask(&http, &tokens, &url, "closed").await, Ok(401));
        assert_eq!(ask(&http, &tokens, &url, "list").await, Ok(200), "another service goes on");
    }
    assert_eq!(seen.logins.load(SeqCst), 2);
}

#[tokio::test]
async fn wrong_credentials_are_tried_once_and_then_only_when_asked() {
    let seen = Arc::new(Seen::default());
    let (http, tokens, url) = account(&seen, 3_600).await;
    seen.login_status.store(401, SeqCst);
    let all = join_all((0..10).map(|_| ask(&http, &tokens, &url, "list"))).await;
    assert!(all.iter().all(|r| matches!(r, Err(Failure::Login(Fault::WrongCredentials { .. })))));
    assert_eq!((seen.logins.load(SeqCst), seen.requests.load(SeqCst)), (1, 0));
    seen.login_status.store(0, SeqCst);
    assert!(ask(&http, &tokens, &url, "list").await.is_err());
    tokens.try_again();
    assert_eq!(ask(&http, &tokens, &url, "list").await, Ok(200));
    assert_eq!(seen.logins.load(SeqCst), 2);
}

#[tokio::test]
async fn a_login_that_fails_for_another_reason_is_tried_again_by_the_next() {
    let seen = Arc::new(Seen::default());
    let (http, tokens, url) = account(&seen, 3_600).await;
    seen.login_status.store(503, SeqCst);
    let failure = ask(&http, &tokens, &url, "list").await.unwrap_err();
    assert!(matches!(failure.of_change(), Answer::NotConnected { .. }), "nothing was sent");
    seen.login_status.store(0, SeqCst);
    assert_eq!(ask(&http, &tokens, &url, "list").await, Ok(200));
}

#[rstest::rstest]
// Shorter than the margin of a long one.
#[case(59)]
// Past when it is fresh, as a clock of ours that is fast has it.
#[case(0)]
#[case(-86_400)]
#[tokio::test]
async fn a_login_that_is_short_or_seems_past_is_used(#[case] lasts: i64) {
    let seen = Arc::new(Seen::default());
    let (http, tokens, url) = account(&seen, lasts).await;
    for _ in 0..3 {
        assert_eq!(ask(&http, &tokens, &url, "list").await, Ok(200));
    }
    assert_eq!((seen.logins.load(SeqCst), seen.requests.load(SeqCst)), (1, 3));
}

/// The rate limiter holds back for longer than the login lives: what comes after it uses that login, and logs in no more.
#[tokio::test]
async fn a_login_is_not_renewed_before_a_request_left_with_it() {
    let seen = Arc::new(Seen::default());
    let (_, tokens, url) = account(&seen, 1).await;
    let limiter = RateLimiter::in_memory(Some(Limit { per_minute: 1, spacing_ms: 0 }));
    let strict = HttpClient::new(HttpClientOptions { account: "a".into(), limiter, ca_file: None });
    tokens.log_in(&strict).await.unwrap();
    let began = super::clock::stopwatch();
    while began() < Duration::from_millis(1_100) {
        let held = ask(&strict, &tokens, &url, "list").await;
        assert!(matches!(held, Err(Failure::Send(SendFault::OverBudget { .. }))), "{held:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(ask(&http(), &tokens, &url, "list").await, Ok(200), "it is used, however old");
    assert_eq!(ask(&http(), &tokens, &url, "list").await, Ok(200));
    assert_eq!(seen.logins.load(SeqCst), 2, "and then renewed");
}
