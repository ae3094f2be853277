//! The calls to an account.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;
use reqwest::{Method, Url};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::domain::{
    Answer, Budget, Call, Collection, Fault, ListKey, OrderSource, Output, Phrase, Reading, ResourceId, text,
};
use crate::provider::http::{
    Failure, HttpClient, HttpClientOptions, Path, RateLimiter, Reply, Request, RequestKind, Tokens, one, proxy_of,
};
use crate::provider::openstack::dialect::{ConsoleCall, Dialect};
use crate::provider::openstack::endpoint::Endpoint;
use crate::provider::openstack::endpoints::{Endpoints, Service, Versions};
use crate::provider::openstack::failed::Failed;
use crate::provider::openstack::identity::Identity;
use crate::provider::openstack::pages::Habit;
use crate::provider::openstack::parts::Parts;
use crate::provider::openstack::session::Bearer;
use crate::provider::openstack::{answer, body, refused};
use crate::provider::{AccountSetup, Api, SecretSource};

/// An account at a cloud.
pub(in crate::provider) struct OpenstackApi {
    pub(in crate::provider) dialect: &'static Dialect,
    pub(in crate::provider) own: &'static dyn OwnLists,
    pub(in crate::provider) endpoints: Endpoints,
    /// Where services said themselves that they are spoken.
    told: Mutex<BTreeMap<Service, Endpoint>>,
    pub(super) http: HttpClient,
    pub(super) tokens: Tokens<Identity>,
    pub(in crate::provider) parts: Parts,
    pub(in crate::provider) failed: Failed,
    /// How the services send their lists, by their paths.
    pub(in crate::provider) habits: Mutex<HashMap<String, Habit>>,
}

/// Lists that only one kind of cloud has.
pub(in crate::provider) trait OwnLists: Send + Sync {
    /// Reads a list; `None` where it is none of these.
    fn read<'a>(&self, api: &'a OpenstackApi, list: &'a ListKey) -> Option<BoxFuture<'a, Result<Reading, Fault>>>;
}

impl OpenstackApi {
    /// Opens an account. Nothing is sent by it.
    pub(in crate::provider) fn open(
        dialect: &'static Dialect,
        own: &'static dyn OwnLists,
        endpoints: Endpoints,
        identity: Identity,
        setup: &AccountSetup,
        secret: Arc<dyn SecretSource>,
    ) -> Self {
        let limiter = match &setup.state_dir {
            Some(folder) => RateLimiter::shared(folder, &setup.name, setup.limit),
            None => RateLimiter::in_memory(setup.limit),
        };
        let ca_file = setup.value("ca_file").map(PathBuf::from);
        let http = HttpClient::new(HttpClientOptions { account: setup.name.clone(), limiter, ca_file });
        let tokens = Tokens::new(identity, secret);
        Self {
            dialect,
            own,
            endpoints,
            told: Mutex::default(),
            http,
            tokens,
            parts: Parts::default(),
            failed: Failed::default(),
            habits: Mutex::default(),
        }
    }

    /// Sends a request to a service; where it went and what came back, whatever the status.
    pub(in crate::provider) async fn send(
        &self,
        service: Service,
        method: Method,
        path: &[&str],
        query: &[(String, String)],
        body: Option<&Value>,
    ) -> Result<(Url, Reply), Failure> {
        let path = Path::new(path).map_err(Failure::Path)?;
        let make = |session: &Bearer| {
            let mut url = self.url(service, session, &path)?;
            if !query.is_empty() {
                url.query_pairs_mut().extend_pairs(query);
            }
            let request = if method == Method::GET { Request::get(url) } else { Request::change(method.clone(), url) };
            Ok(session.on(body.into_iter().fold(request, |request, body| request.json(body))))
        };
        self.sent(service, make).await
    }

    /// Sends; once more where the service answers where it is spoken: of a request that is answered so nothing took
    /// effect.
    async fn sent(
        &self,
        service: Service,
        make: impl Fn(&Bearer) -> Result<Request, Fault>,
    ) -> Result<(Url, Reply), Failure> {
        let known = self.told_of(service);
        let (url, reply) = self.tokens.send(&self.http, service.name(), &make).await?;
        if reply.status == 300 && self.learns_where(service, &url, &reply, known.as_ref()) {
            return self.tokens.send(&self.http, service.name(), &make).await;
        }
        Ok((url, reply))
    }

    fn url(&self, service: Service, session: &Bearer, path: &Path) -> Result<Url, Fault> {
        self.endpoints.at(service, self.told_of(service).as_ref(), session, path)
    }

    fn told_of(&self, service: Service) -> Option<Endpoint> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).get(&service).cloned()
    }

    /// Takes note of where a service says that it is spoken; false where that tells nothing new to a request that was
    /// sent when `known` was told: another beside it may have heard the same meanwhile.
    fn learns_where(&self, service: Service, asked: &Url, reply: &Reply, known: Option<&Endpoint>) -> bool {
        let endpoint = Versions::read(&reply.text()).and_then(|versions| versions.endpoint(service, asked));
        let Some(endpoint) = endpoint else { return false };
        let is_new = known != Some(&endpoint);
        self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(service, endpoint);
        is_new
    }

    async fn changing(&self, call: &Call, outputs: &[Output]) -> Answer {
        let image = match image_of(call, outputs) {
            Ok(image) => image,
            Err(why) => return Answer::NotSent { why },
        };
        if let Call::CreateInstance { order } = call
            && order.had_password
            && order.password.is_empty()
        {
            return Answer::NotSent { why: text::not_sent::NO_PASSWORD.into() };
        }
        let Some(sent) = body::request(call, image, outputs, self.dialect) else {
            return Answer::NotSent { why: text::not_sent::no_request(call.name()) };
        };
        match self.send(sent.service, sent.method, &sent.path, &[], sent.body.as_ref()).await {
            Ok((url, reply)) => answer::replied(call, &url, &reply),
            Err(failure) => failure.of_change(),
        }
    }

    /// What a server answers to what is asked of it by `POST` and changes nothing. `last`: what stands behind its id.
    pub(in crate::provider) async fn asked_of(
        &self,
        instance: &ResourceId,
        last: &str,
        body: &Value,
    ) -> Result<String, Fault> {
        let path = Path::new(&["servers", instance.as_str(), last]).map_err(|error| error.of_read())?;
        let make = |session: &Bearer| {
            let url = self.url(Service::Compute, session, &path)?;
            let mut request = Request::change(Method::POST, url).json(body);
            request.effect = RequestKind::Read;
            Ok(session.on(request))
        };
        let service = Service::Compute;
        let (url, reply) = self.sent(service, make).await.map_err(Failure::of_read)?;
        if reply.is_success() { Ok(reply.text().into_owned()) } else { Err(refused::of_read(service, &url, &reply)) }
    }

    /// The address of a console: its secret part lives for minutes, so it is asked for when it is opened.
    async fn console_of(&self, instance: &ResourceId) -> Result<SecretString, Fault> {
        #[derive(serde::Deserialize)]
        struct ConsoleBody {
            #[serde(alias = "remote_console")]
            console: ConsoleUrl,
        }
        #[derive(serde::Deserialize)]
        struct ConsoleUrl {
            url: SecretString,
        }
        let (last, body) = match self.dialect.console {
            ConsoleCall::Action => ("action", json!({"os-getVNCConsole": {"type": "novnc"}})),
            ConsoleCall::Remote => ("remote-consoles", json!({"remote_console": {"protocol": "vnc", "type": "novnc"}})),
        };
        Ok(one::<ConsoleBody>(&self.asked_of(instance, last, &body).await?)?.console.url)
    }
}

impl Api for OpenstackApi {
    fn read<'a>(&'a self, list: &'a ListKey, former: Option<Arc<Collection>>) -> BoxFuture<'a, Result<Reading, Fault>> {
        Box::pin(self.reading(list, former))
    }

    fn probe<'a>(&'a self, list: &'a ListKey) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(self.probing(list))
    }

    fn change<'a>(&'a self, call: &'a Call, outputs: &'a [Output]) -> BoxFuture<'a, Answer> {
        Box::pin(async {
            let answer = self.changing(call, outputs).await;
            self.parts.forget();
            answer
        })
    }

    fn console<'a>(&'a self, instance: &'a ResourceId) -> BoxFuture<'a, Result<SecretString, Fault>> {
        Box::pin(self.console_of(instance))
    }

    fn log_in(&self) -> BoxFuture<'_, Result<(), Fault>> {
        Box::pin(self.tokens.log_in(&self.http))
    }

    fn budget(&self) -> Budget {
        self.http.budget()
    }

    fn proxy(&self) -> Option<String> {
        proxy_of(&self.endpoints.login).ok().flatten()
    }

    fn asks_for_secret(&self) -> Option<String> {
        self.tokens.asks_for_secret()
    }

    fn try_again(&self) {
        self.tokens.try_again();
    }
}

/// The image, snapshot or volume a call is about, looked up in what earlier answers taught.
fn image_of<'a>(call: &'a Call, outputs: &'a [Output]) -> Result<Option<&'a ResourceId>, Phrase> {
    let which = match call {
        Call::Restore { snapshot, .. } | Call::DeleteSnapshot { snapshot, .. } => snapshot,
        Call::DeleteVolume { volume } => volume,
        Call::CreateInstance { order } => match &order.source {
            OrderSource::Snapshot(which) | OrderSource::Volume(which) => which,
            OrderSource::Image(image) => return Ok(Some(image)),
            OrderSource::Import { .. } => return Ok(None),
        },
        _ => return Ok(None),
    };
    which.known(outputs).map(Some).ok_or_else(|| text::not_sent::NO_SNAPSHOT.into())
}
