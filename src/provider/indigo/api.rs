//! Indigo's calls.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::address::Addresses;
use super::login::ApiKey;
use super::{lists, wire};
use crate::domain::{Answer, Budget, Call, Fault, Learnt, ListKey, Listing, Reading, ResourceId};
use crate::provider::http::{
    Door, DoorOptions, Guard, Reply, Request, Tokens, cut, not_understood, one, redact_json, redact_text,
};
use crate::provider::{AccountSetup, Api, SecretSource};

/// The name of the only service there is, for a token that it does not take.
const SERVICE: &str = "WebARENA Indigo";

/// An account at Indigo.
pub struct Indigo {
    at: Addresses,
    door: Door,
    tokens: Tokens<ApiKey>,
}

/// Something that can be chosen: an id and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The provider's id.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
}

impl Indigo {
    /// Opens an account. Nothing is sent by it.
    ///
    /// # Errors
    /// A sentence that says what is wrong in the configuration.
    pub fn open(setup: &AccountSetup, secret: Arc<dyn SecretSource>) -> Result<Self, String> {
        let at = Addresses::new(setup.required("endpoint")?)?;
        let client_id = setup.required("client_id")?.to_owned();
        let guard = match &setup.state_dir {
            Some(folder) => Guard::shared(folder, &setup.name, setup.limit),
            None => Guard::in_memory(setup.limit),
        };
        let door = Door::new(DoorOptions { account: setup.name.clone(), guard, ca_file: None });
        let tokens = Tokens::new(ApiKey { url: at.login(), client_id, secret });
        Ok(Self { at, door, tokens })
    }

    /// The types of instance that can be ordered.
    ///
    /// # Errors
    /// A [`Fault`] that says why they could not be read.
    pub async fn instance_types(&self) -> Result<Vec<Choice>, Fault> {
        let body = self.body(self.at.instance_types()).await?;
        let list: wire::InstanceTypes = one(&body)?;
        Ok(list.types.into_iter().map(|t| Choice { id: t.id, name: t.display_name }).collect())
    }

    /// The regions in which instances can be made.
    ///
    /// # Errors
    /// A [`Fault`] that says why they could not be read.
    pub async fn regions(&self) -> Result<Vec<Choice>, Fault> {
        let body = self.body(self.at.regions()).await?;
        let list: wire::Regions = one(&body)?;
        Ok(list.regionlist.into_iter().map(|r| Choice { id: r.id, name: r.name }).collect())
    }

    /// Reads an address; the body of a good answer.
    async fn body(&self, url: reqwest::Url) -> Result<String, Fault> {
        let make = |s: &super::login::Bearer| Request::get(url.clone()).bearer(&s.token);
        let reply = self.tokens.send(&self.door, SERVICE, make).await.map_err(|failure| failure.of_read())?;
        if reply.is_success() { Ok(reply.text().into_owned()) } else { Err(refusal(&reply)) }
    }

    async fn reading(&self, list: &ListKey, former: Option<Arc<Listing>>) -> Result<Reading, Fault> {
        let Some(url) = self.at.list(list) else {
            return Err(not_understood(".", "there is no such list here", ""));
        };
        let body = self.body(url).await?;
        let list = list.clone();
        tokio::task::spawn_blocking(move || {
            let mut reading = lists::decode(&list, &body)?;
            reading.listing = reading.listing.sharing(former.as_deref());
            Ok(reading)
        })
        .await
        .unwrap_or_else(|error| Err(not_understood(".", &error.to_string(), "")))
    }

    async fn changing(&self, call: &Call, learnt: &[Learnt]) -> Answer {
        let snapshot = match snapshot_of(call, learnt) {
            Ok(snapshot) => snapshot,
            Err(said) => return Answer::NotJournalled { said },
        };
        let Some((method, url)) = self.at.call(call, snapshot) else {
            return Answer::NotJournalled { said: format!("WebARENA Indigo has no {}", call.name()) };
        };
        let body = wire::body_of(call, snapshot);
        let make = |s: &super::login::Bearer| {
            let request = Request::change(method.clone(), url.clone()).bearer(&s.token);
            body.iter().fold(request, |request, body| request.json(body))
        };
        match self.tokens.send(&self.door, SERVICE, make).await {
            Ok(reply) => replied(call, &reply),
            Err(failure) => failure.of_change(),
        }
    }
}

impl Api for Indigo {
    fn read<'a>(&'a self, list: &'a ListKey, former: Option<Arc<Listing>>) -> BoxFuture<'a, Result<Reading, Fault>> {
        Box::pin(self.reading(list, former))
    }

    fn change<'a>(&'a self, call: &'a Call, learnt: &'a [Learnt]) -> BoxFuture<'a, Answer> {
        Box::pin(self.changing(call, learnt))
    }

    fn log_in(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(async { self.tokens.session(&self.door).await.map(drop) })
    }

    fn budget(&self) -> Budget {
        self.door.budget()
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
    Fault::Refused { status, code, said: words_of(body), request_id }
}

/// What an answer says in words: the provider's own, else the beginning of the body.
pub(super) fn said(reply: &Reply) -> String {
    words_of(&reply.text())
}

fn words_of(body: &str) -> String {
    let said = wire::Ack::parse(body).as_ref().and_then(wire::Ack::said);
    redact_text(&said.unwrap_or_else(|| cut(&redact_json(body), 200)))
}

/// The snapshot a call is about, looked up in what earlier answers taught.
fn snapshot_of<'a>(call: &'a Call, learnt: &'a [Learnt]) -> Result<Option<&'a ResourceId>, String> {
    let which = match call {
        Call::RetakeSnapshot { snapshot, .. } => return Ok(Some(snapshot)),
        Call::Restore { snapshot, .. } | Call::DeleteSnapshot { snapshot, .. } => snapshot,
        _ => return Ok(None),
    };
    which.known(learnt).map(Some).ok_or_else(|| "it is not known which snapshot the step before made".to_owned())
}

/// What came back on a change, decoded but not judged.
fn replied(call: &Call, reply: &Reply) -> Answer {
    let ack = wire::Ack::parse(&reply.text());
    let learnt = match (call, &ack) {
        (Call::CreateFirewall { .. }, Some(ack)) => ack.firewall_id.clone().map(Learnt::Firewall),
        _ => None,
    };
    let own_id = ack.as_ref().map(|a| a.request_id.clone()).filter(|id| !id.is_empty());
    Answer::Replied {
        status: reply.status,
        code: ack.as_ref().and_then(wire::Ack::code),
        said: ack.as_ref().and_then(wire::Ack::said),
        request_id: reply.request_id.clone().or(own_id),
        body: reply.shown(2_000),
        understood: ack.is_some(),
        learnt: learnt.into_iter().collect(),
        wait_until: reply.wait_until,
    }
}
