//! Indigo's calls.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::address::Addresses;
use super::login::ApiKeyLogin;
use super::{lists, wire};
use crate::domain::{
    Answer, Budget, Call, Collection, Fault, Hidden, ListKey, OrderSource, Output, Phrase, Reading, ResourceId,
    SecretOf, text,
};
use crate::provider::http::{
    Failure, HttpClient, HttpClientOptions, RateLimiter, Reply, Request, Tokens, cut, not_understood, proxy_of,
    redact_json, redact_text, words_of_page,
};
use crate::provider::{AccountSetup, Api, SecretSource};

/// The name of the only service there is, for a token that it does not take.
const SERVICE: &str = "WebARENA Indigo";

pub struct Indigo {
    at: Addresses,
    http: HttpClient,
    tokens: Tokens<ApiKeyLogin>,
    client_id: String,
}

impl Indigo {
    /// Opens an account. Nothing is sent by it.
    ///
    /// # Errors
    /// What is wrong in the configuration.
    pub fn open(setup: &AccountSetup, secret: Arc<dyn SecretSource>) -> Result<Self, Phrase> {
        let at = Addresses::new(setup.required("endpoint")?)?;
        let client_id = setup.required("client_id")?.to_owned();
        let limiter = match &setup.state_dir {
            Some(folder) => RateLimiter::shared(folder, &setup.name, setup.limit),
            None => RateLimiter::in_memory(setup.limit),
        };
        let http = HttpClient::new(HttpClientOptions { account: setup.name.clone(), limiter, ca_file: None });
        let url = at.login().map_err(|error| error.phrase())?;
        let tokens = Tokens::new(ApiKeyLogin { url, client_id: client_id.clone() }, secret);
        Ok(Self { at, http, tokens, client_id })
    }

    /// Reads an address; the body of a good answer.
    async fn body(&self, url: reqwest::Url) -> Result<String, Fault> {
        let make = |s: &super::login::AccessToken| Ok(Request::get(url.clone()).bearer(&s.token));
        let (_, reply) = self.tokens.send(&self.http, SERVICE, make).await.map_err(Failure::of_read)?;
        if reply.is_success() { Ok(reply.text().into_owned()) } else { Err(refusal(&reply)) }
    }

    async fn reading(&self, list: &ListKey, former: Option<Arc<Collection>>) -> Result<Reading, Fault> {
        let Some(url) = self.at.list(list) else {
            return Err(not_understood(".", text::not_sent::NO_LIST, ""));
        };
        let body = self.body(url.map_err(|error| error.of_read())?).await?;
        let (list, own) = (list.clone(), self.client_id.clone());
        tokio::task::spawn_blocking(move || {
            let mut reading = lists::decode(&list, &own, &body)?;
            reading.collection = reading.collection.sharing(former.as_deref());
            Ok(reading)
        })
        .await
        .unwrap_or_else(|error| Err(not_understood(".", error.to_string(), "")))
    }

    async fn changing(&self, call: &Call, outputs: &[Output]) -> Answer {
        let snapshot = match snapshot_of(call, outputs) {
            Ok(snapshot) => snapshot,
            Err(why) => return Answer::NotSent { why },
        };
        let (method, url) = match self.at.call(call, snapshot) {
            Some(Ok(place)) => place,
            Some(Err(error)) => return error.of_change(),
            None => return Answer::NotSent { why: text::not_sent::no_request(call.name()) },
        };
        let body = match wire::body_of(call, snapshot, outputs) {
            Ok(body) => body,
            Err(why) => return Answer::NotSent { why },
        };
        let make = |s: &super::login::AccessToken| {
            let request = Request::change(method.clone(), url.clone()).bearer(&s.token);
            Ok(body.iter().fold(request, |request, body| request.json(body)))
        };
        match self.tokens.send(&self.http, SERVICE, make).await {
            Ok((_, reply)) => replied(call, &reply),
            Err(failure) => failure.of_change(),
        }
    }
}

impl Api for Indigo {
    fn read<'a>(&'a self, list: &'a ListKey, former: Option<Arc<Collection>>) -> BoxFuture<'a, Result<Reading, Fault>> {
        Box::pin(self.reading(list, former))
    }

    fn change<'a>(&'a self, call: &'a Call, outputs: &'a [Output]) -> BoxFuture<'a, Answer> {
        Box::pin(self.changing(call, outputs))
    }

    fn log_in(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(self.tokens.log_in(&self.http))
    }

    fn budget(&self) -> Budget {
        self.http.budget()
    }

    fn proxy(&self) -> Option<String> {
        proxy_of(&self.at.login().ok()?).ok()?
    }

    fn asks_for_secret(&self) -> Option<String> {
        self.tokens.asks_for_secret()
    }

    fn try_again(&self) {
        self.tokens.try_again();
    }
}

/// The fault of an answer that is no success.
pub(super) fn refusal(reply: &Reply) -> Fault {
    if reply.is_too_much() {
        return Fault::Quota { until: reply.wait_until };
    }
    if reply.status == 401 {
        return Fault::Unauthorised { service: SERVICE.to_owned() };
    }
    refused(reply.status, &reply.text(), reply.request_id.clone())
}

pub(super) fn refused(status: u16, body: &str, request_id: Option<String>) -> Fault {
    let code = wire::Ack::parse(body).as_ref().and_then(wire::Ack::code);
    Fault::Refused { status, code, said: words_of(body).into(), request_id }
}

/// What an answer says in words: the provider's own, else the beginning of the body, a page in one line.
pub(super) fn said(reply: &Reply) -> String {
    words_of(&reply.text())
}

fn words_of(body: &str) -> String {
    let said = wire::Ack::parse(body).as_ref().and_then(wire::Ack::said);
    let other = || match body.trim_start().starts_with(['{', '[']) {
        true => redact_json(body),
        false => words_of_page(body),
    };
    redact_text(&said.unwrap_or_else(|| cut(&other(), 200)))
}

/// The snapshot or key a call is about, looked up in what earlier answers taught.
fn snapshot_of<'a>(call: &'a Call, outputs: &'a [Output]) -> Result<Option<&'a ResourceId>, Phrase> {
    let which = match call {
        Call::CreateInstance { order } => match &order.source {
            OrderSource::Snapshot(which) => which,
            _ => return Ok(None),
        },
        Call::RetakeSnapshot { snapshot, .. } => return Ok(Some(snapshot)),
        Call::Restore { snapshot, .. } | Call::DeleteSnapshot { snapshot, .. } => snapshot,
        _ => return Ok(None),
    };
    which.known(outputs).map(Some).ok_or_else(|| text::not_sent::NO_SNAPSHOT.into())
}

/// What came back on a change, decoded but not judged.
fn replied(call: &Call, reply: &Reply) -> Answer {
    let ack = wire::Ack::parse(&reply.text());
    let output = match (call, &ack) {
        (Call::CreateFirewall { .. }, Some(ack)) => ack.firewall_id.clone().map(Output::Firewall),
        (Call::CreateInstance { .. }, Some(_)) => {
            made::<wire::Ordered>(reply).map(|sent| Output::Instance(sent.vms.id))
        }
        (Call::AddKey { .. }, Some(_)) => made::<wire::AddedKey>(reply).map(|sent| Output::Key(sent.ssh_key.id)),
        // Its answer has no other mark of success than the key itself.
        (Call::CreateApiKey {}, _) => made::<wire::MadeApiKey>(reply).map(|sent| Output::Secret {
            of: SecretOf::ApiKey,
            name: sent.api_key,
            value: Hidden::new(&sent.api_secret),
        }),
        _ => None,
    };
    let understood = ack.is_some() || output.is_some();
    let own_id = ack.as_ref().map(|a| a.request_id.clone()).filter(|id| !id.is_empty());
    Answer::Replied {
        status: reply.status,
        code: ack.as_ref().and_then(wire::Ack::code),
        said: ack.as_ref().and_then(wire::Ack::said).map(Phrase::from),
        request_id: reply.request_id.clone().or(own_id),
        body: reply.shown(2_000),
        understood,
        outputs: output.into_iter().collect(),
        wait_until: reply.wait_until,
    }
}

/// What a good answer tells of something that was made.
fn made<T: serde::de::DeserializeOwned>(reply: &Reply) -> Option<T> {
    reply.is_success().then(|| serde_json::from_str(&reply.text()).ok()).flatten()
}
