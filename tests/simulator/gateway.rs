//! Tokens, the quota and the spike arrest.

use rstest::rstest;
use std::time::Duration;
use vpsdeck::provider::http::client_builder;
use vpsdeck::sim::Options;
use vpsdeck::sim::quirks::{GatewayShape, QuotaHeaders, SpikeScope};

use crate::asking::{Asking, small, with};

fn header(reply: &crate::asking::Reply, name: &str) -> Option<String> {
    Some(reply.headers.get(name)?.to_str().unwrap().to_owned())
}

/// Just after the start of a clock minute.
async fn at_a_minute(options: Options) -> Asking {
    let asking = with(options).await;
    let millis = asking.sim.now_world().as_millisecond();
    let left = 60_000 - millis.rem_euclid(60_000);
    asking.sim.advance(Duration::from_millis(left as u64));
    asking
}

#[tokio::test]
async fn every_value_of_a_token_is_a_string() {
    let asking = small().await;
    let account = asking.sim.accounts().remove(0);
    let reply = asking.token_call(&account.client_id, &account.secret).await;
    assert_eq!(reply.status, 201);
    let body = reply.json();
    assert!(body.as_object().unwrap().values().all(serde_json::Value::is_string));
    assert_eq!(body["accessToken"].as_str().unwrap().len(), 28);
    assert_eq!((&body["expiresIn"], &body["tokenType"]), (&"3599".into(), &"BearerToken".into()));
    assert!(reply.text.contains("\"3599\" , \"scope\""));
    assert_eq!(header(&reply, "x-request-id").unwrap().len(), 36);
}

#[tokio::test]
async fn a_token_ends_after_an_hour_and_a_wrong_secret_buys_none() {
    let asking = small().await;
    assert_eq!(asking.get("vm/sshkey").await.status, 200);
    asking.wait(3600);
    let late = asking.get("vm/sshkey").await;
    assert_eq!((late.status, late.code().as_str()), (401, "401"));
    let account = asking.sim.accounts().remove(0);
    assert_eq!(asking.token_call(&account.client_id, "wrong").await.status, 401);
}

#[tokio::test]
async fn the_seventh_request_of_a_clock_minute_is_refused_until_the_next() {
    let asking = at_a_minute(Options::world("small").unwrap()).await;
    for _ in 0..6 {
        assert_eq!(asking.get("vm/sshkey").await.status, 200);
        asking.wait(1);
    }
    let refused = asking.get("vm/sshkey").await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "429"));
    assert_eq!(refused.json()["errorMessage"], "Too Many Request.");
    assert_eq!(header(&refused, "x-quota-allowed").unwrap(), "6");
    assert_eq!(header(&refused, "x-quota-available").unwrap(), "0");
    assert_eq!(header(&refused, "retry-after"), None);
    let reset: i64 = header(&refused, "x-quota-reset").unwrap().parse().unwrap();
    assert_eq!(reset % 60_000, 0);
    let now = asking.sim.now_world().as_millisecond();
    asking.sim.advance(Duration::from_millis((reset - now) as u64));
    let passed = asking.get("vm/sshkey").await;
    assert_eq!((passed.status, header(&passed, "x-quota-allowed")), (200, None));
}

#[tokio::test]
async fn quota_headers_count_down_where_the_switch_says_so() {
    let mut options = Options::world("small").unwrap();
    options.quirks.quota_headers = QuotaHeaders::Always;
    let asking = at_a_minute(options).await;
    for left in ["5", "4", "3"] {
        let reply = asking.get("vm/sshkey").await;
        assert_eq!(header(&reply, "x-quota-available").unwrap(), left);
        asking.wait(1);
    }
}

#[rstest]
#[case(GatewayShape::Fault, "policies.ratelimit.SpikeArrestViolation")]
#[case(GatewayShape::Envelope, "\"developerMessage\":\"Spike arrest violation.")]
#[tokio::test]
async fn two_requests_within_half_a_second_trip_the_spike_arrest(#[case] shape: GatewayShape, #[case] words: &str) {
    let mut options = Options::world("small").unwrap();
    options.quirks.spike_body = shape;
    let asking = at_a_minute(options).await;
    assert_eq!(asking.get("vm/sshkey").await.status, 200);
    asking.sim.advance(Duration::from_millis(400));
    let refused = asking.get("vm/sshkey").await;
    assert_eq!((refused.status, header(&refused, "x-quota-reset")), (429, None));
    assert!(refused.text.contains(words), "{}", refused.text);
    asking.sim.advance(Duration::from_millis(100));
    assert_eq!(asking.get("vm/sshkey").await.status, 200);
}

#[tokio::test]
async fn where_each_kind_of_call_counts_by_itself_only_the_same_kind_trips_it() {
    let mut options = Options::world("small").unwrap();
    options.quirks.spike_scope = SpikeScope::Kind;
    let asking = at_a_minute(options).await;
    let account = asking.sim.accounts().remove(0);
    assert_eq!(asking.get("vm/sshkey").await.status, 200);
    assert_eq!(asking.token_call(&account.client_id, &account.secret).await.status, 201);
    assert_eq!(asking.power(616_516, "start").await.status, 200);
    assert_eq!(asking.get("vm/getinstancelist").await.status, 429);
    assert_eq!(asking.power(616_516, "stop").await.status, 429);
    asking.sim.advance(Duration::from_millis(500));
    assert_eq!(asking.get("vm/getinstancelist").await.status, 200);
}

#[tokio::test]
async fn at_six_times_the_speed_a_client_is_told_real_times() {
    let mut options = Options::world("small").unwrap();
    options.speed = 6.0;
    options.quirks.quota_headers = QuotaHeaders::Always;
    options.quirks.spike_seconds = 0.0;
    let sim = vpsdeck::sim::Simulation::start(options, None).await.unwrap();
    let account = sim.accounts().remove(0);
    let client = client_builder().no_proxy().build().unwrap();
    let body = serde_json::json!({"clientId": account.client_id, "clientSecret": account.secret});
    let request = client.post(format!("{}/oauth/v1/accesstokens", account.url)).json(&body);
    let reply = crate::asking::send(request).await.unwrap();
    assert_eq!(reply.json()["expiresIn"], "599");
    let reset: i64 = header(&reply, "x-quota-reset").unwrap().parse().unwrap();
    let ahead = reset - jiff::Timestamp::now().as_millisecond();
    assert!((-1000..=10_000).contains(&ahead), "{ahead}");
}

#[tokio::test]
async fn recorded_headers_are_sent() {
    let asking = small().await;
    let reply = asking.get("vm/sshkey").await;
    for (name, value) in [
        ("severity", "200"),
        ("cache-control", "no-cache, private"),
        ("via", "1.1 google"),
        ("vary", "Authorization"),
        ("content-type", "application/json"),
    ] {
        assert_eq!(header(&reply, name).as_deref(), Some(value));
    }
}
