//! The simulator as a value: started, asked, changed, stopped.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, State as Shared};
use axum::http::{Request as HttpRequest, Response, StatusCode, header};
use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::sim::clock::Clock;
use crate::sim::conoha::ids;
use crate::sim::deliver::deliver;
use crate::sim::faults::Fault;
use crate::sim::listener::{Cut, LoopbackListener};
use crate::sim::log::{Effect, Logged};
use crate::sim::quirks::Quirks;
use crate::sim::request_context::Request;
use crate::sim::script::{self, Change, ChangeError};
use crate::sim::state::State;
use crate::sim::world::account::Account;
use crate::sim::world::instance::{Instance, State as RunState};
use crate::sim::world::provider::Provider;
use crate::sim::world::world_state::World;
use crate::sim::worldfile::{AccountSeed, WorldFile, WorldFileError};
use crate::sim::{control, seed};

/// A request is not read beyond this.
const REQUEST_LIMIT: usize = 1 << 20;

#[derive(Debug, Clone)]
pub struct Options {
    pub world: WorldFile,
    /// World seconds a real second.
    pub speed: f64,
    pub seed: u64,
    /// Whether time stands until it is advanced.
    pub manual_clock: bool,
    /// The switches; those of the world file unless changed.
    pub quirks: Quirks,
}

impl Options {
    /// The world that is worth watching, six times as fast.
    pub fn demo() -> Self {
        // The file is part of the program and a test reads it, so the other branch is for the compiler.
        Self::world("demo").unwrap_or_else(|error| {
            tracing::error!(%error, "the demo world cannot be read");
            Self::of(WorldFile::default())
        })
    }

    /// A built-in world by name, or one from TOML, at the speed it is meant for.
    ///
    /// # Errors
    /// The name is unknown, or the TOML is not a world.
    pub fn world(name_or_toml: &str) -> Result<Self, WorldFileError> {
        Ok(Self::of(WorldFile::named(name_or_toml)?))
    }

    pub fn of(world: WorldFile) -> Self {
        Self { speed: world.speed, seed: 1, manual_clock: false, quirks: world.quirks.clone(), world }
    }

    /// The same with a clock that stands until it is advanced.
    #[must_use]
    pub const fn manual(mut self) -> Self {
        self.manual_clock = true;
        self
    }
}

/// How an account is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountInfo {
    pub name: String,
    /// Whose API it is reached by.
    pub provider: Provider,
    pub client_id: String,
    /// Its secret as its owner has written it down.
    pub secret: String,
    pub url: String,
    pub comment: String,
    /// Whether that secret is wrong, on purpose.
    pub wrong_password: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conoha: Option<ConohaInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub openstack: Option<OpenstackInfo>,
}

/// How an account of upstream's OpenStack is reached: the catalogue tells the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenstackInfo {
    /// The identity service, `…/identity/v3`.
    pub auth_url: String,
    pub project: String,
    pub project_id: String,
    pub user_id: String,
    /// Its secret is the user's password.
    pub application_credential_id: String,
    pub region: String,
}

/// How the services of a ConoHa account are reached. Where that of volumes is the catalogue tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConohaInfo {
    pub tenant_id: String,
    pub region: String,
    /// The identity service, `…/identity/v2.0` or `…/identity/v3`.
    pub identity: String,
    /// The compute service, `…/compute/v2/TENANT` or `…/compute/v2.1`.
    pub compute: String,
    /// The image service, `…/image`; with `/v2` behind it it is reached as well.
    pub image: String,
    /// The network service, `…/network`; with `/v2.0` behind it it is reached as well.
    pub network: String,
}

impl AccountInfo {
    /// What a configuration says of the account, besides its name, its provider and its secret: keys and values.
    pub fn settings(&self) -> Vec<(&'static str, &str)> {
        match (&self.conoha, &self.openstack) {
            (None, None) => vec![("endpoint", &self.url), ("client_id", &self.client_id)],
            (_, Some(cloud)) => vec![
                ("auth_url", &cloud.auth_url),
                ("username", &self.client_id),
                ("user_domain", "Default"),
                ("project", &cloud.project),
                ("project_domain", "Default"),
                ("region", &cloud.region),
            ],
            (Some(conoha), None) => vec![
                ("region", &conoha.region),
                ("tenant_id", &conoha.tenant_id),
                ("username", &self.client_id),
                ("identity", &conoha.identity),
                ("compute", &conoha.compute),
                ("image", &conoha.image),
                ("network", &conoha.network),
            ],
        }
    }
}

pub(super) struct Inner {
    pub(super) state: Mutex<State>,
    accounts: Vec<AccountInfo>,
    url: String,
    open: watch::Sender<bool>,
}

struct Server(Mutex<Option<JoinHandle<()>>>);

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(Some(task)) = self.0.get_mut().map(Option::take) {
            task.abort();
        }
    }
}

/// A running simulator. Clones are handles of the same one; it stops with the last.
#[derive(Clone)]
pub struct Simulation {
    pub(super) inner: Arc<Inner>,
    server: Arc<Server>,
}

impl std::fmt::Debug for Simulation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Simulation").field("url", &self.inner.url).finish_non_exhaustive()
    }
}

impl Simulation {
    /// Starts a world on `port` of 127.0.0.1, or on any.
    ///
    /// # Errors
    /// The port cannot be had.
    #[allow(clippy::disallowed_methods, reason = "the simulator's server is a task of its own")]
    pub async fn start(options: Options, port: Option<u16>) -> std::io::Result<Self> {
        let (open, is_open) = watch::channel(true);
        let listener = LoopbackListener::bind(port, is_open).await?;
        let url = format!("http://127.0.0.1:{}", listener.port());
        let clock = if options.manual_clock { Clock::manual() } else { Clock::running(options.speed) };
        let world = seed::world(&options.world, options.quirks, options.seed, clock.start());
        let inner = Arc::new(Inner {
            accounts: infos(&options.world, &world.accounts, &url),
            state: Mutex::new(State::new(clock, world, options.world.events, url.clone())),
            url,
            open,
        });
        let routes = Router::new().nest("/_sim", control::routes()).fallback(answer).with_state(Arc::clone(&inner));
        let service = routes.into_make_service_with_connect_info::<Cut>();
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, service).await;
        });
        Ok(Self { inner, server: Arc::new(Server(Mutex::new(Some(task)))) })
    }

    /// The base address of an account's API; paths such as `/oauth/v1/accesstokens` are put behind it.
    pub fn indigo_url(&self, account: &str) -> String {
        format!("{}/a/{account}", self.inner.url)
    }

    /// The address of the port. Indigo's paths work here too: the credentials tell the account, as at the provider.
    pub fn url(&self) -> String {
        self.inner.url.clone()
    }

    /// How the accounts are reached.
    pub fn accounts(&self) -> Vec<AccountInfo> {
        self.inner.accounts.clone()
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Logged> {
        self.inner.state().log.iter().cloned().collect()
    }

    /// Every change that really took effect so far, in order.
    pub fn effects(&self) -> Vec<Effect> {
        self.inner.effects()
    }

    pub fn add_fault(&self, fault: Fault) {
        self.inner.add_fault(fault);
    }

    pub fn clear_faults(&self) {
        self.inner.state().faults.clear();
    }

    /// Moves world time forward and lets happen what becomes due.
    pub fn advance(&self, by: Duration) {
        self.inner.advance(by);
    }

    pub fn now_world(&self) -> Timestamp {
        self.inner.state().clock.now().timestamp()
    }

    /// Changes the world directly, as nobody's client could.
    pub fn change<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        let mut state = self.inner.state();
        state.pass();
        change(&mut state.world)
    }

    /// Whether a machine runs, by the id that its provider gives it.
    pub fn runs(&self, account: &str, id: &str) -> bool {
        self.change(|world| {
            let Some(account) = world.account(account) else { return false };
            let named = |i: &&Instance| match account.provider {
                Provider::Indigo => i.id.to_string() == id,
                _ => ids::own(ids::Kind::Server, account, i.id) == id,
            };
            account.instances.iter().find(named).is_some_and(|i| i.state == RunState::Running)
        })
    }

    /// Makes a change as somebody at the web panel would.
    ///
    /// # Errors
    /// There is no such account, or the world refuses.
    pub fn make(&self, change: &Change) -> Result<(), ChangeError> {
        self.change(|world| script::make(world, change))
    }

    /// Shuts the port, so that connections are refused, or opens it again. Connections that stand are cut.
    pub fn set_reachable(&self, reachable: bool) {
        self.inner.set_reachable(reachable);
    }

    /// Ends it. The port is free afterwards.
    pub fn stop(&self) {
        self.inner.set_reachable(false);
        let mut task = self.server.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = task.take() {
            task.abort();
        }
    }
}

impl Inner {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn accounts(&self) -> &[AccountInfo] {
        &self.accounts
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn effects(&self) -> Vec<Effect> {
        let state = self.state();
        let accounts = state.world.accounts.iter();
        let mut all: Vec<Effect> = accounts.flat_map(|account| account.effects.clone()).collect();
        all.sort_by_key(|effect| effect.at);
        all
    }

    pub(super) fn add_fault(&self, fault: Fault) {
        let mut state = self.state();
        let now = state.clock.now();
        state.faults.add(fault, now);
    }

    pub(super) fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.clock.advance(by);
        state.pass();
    }

    pub(super) fn set_reachable(&self, reachable: bool) {
        self.open.send_replace(reachable);
    }
}

fn infos(world: &WorldFile, accounts: &[Account], url: &str) -> Vec<AccountInfo> {
    world
        .accounts
        .iter()
        .map(|seed| AccountInfo {
            name: seed.name.clone(),
            provider: seed.provider,
            client_id: seed.login().to_owned(),
            secret: seed.configured_secret.clone().unwrap_or_else(|| seed.secret.clone()),
            url: format!("{url}/a/{}", seed.name),
            comment: seed.comment.clone(),
            wrong_password: seed.configured_secret.as_ref().is_some_and(|written| *written != seed.secret),
            openstack: (seed.provider == Provider::Openstack).then(|| {
                let account = accounts.iter().find(|account| account.name == seed.name);
                let user = |n| account.map(|account| ids::hex(ids::Kind::User, account, n)).unwrap_or_default();
                OpenstackInfo {
                    auth_url: format!("{url}/a/{}/identity/v3", seed.name),
                    project: seed.name.clone(),
                    project_id: seed.tenant(),
                    user_id: user(1),
                    application_credential_id: user(3),
                    region: seed.region.clone(),
                }
            }),
            conoha: matches!(seed.provider, Provider::ConohaV2 | Provider::Conoha)
                .then(|| conoha(seed, &format!("{url}/a/{}", seed.name))),
        })
        .collect()
}

fn conoha(seed: &AccountSeed, base: &str) -> ConohaInfo {
    let (tenant_id, is_v3) = (seed.tenant(), seed.provider.ways().is_v3);
    ConohaInfo {
        identity: format!("{base}/identity/{}", if is_v3 { "v3" } else { "v2.0" }),
        compute: if is_v3 { format!("{base}/compute/v2.1") } else { format!("{base}/compute/v2/{tenant_id}") },
        image: format!("{base}/image"),
        network: format!("{base}/network"),
        region: seed.region.clone(),
        tenant_id,
    }
}

/// Any path outside `/_sim`.
async fn answer(
    Shared(inner): Shared<Arc<Inner>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: HttpRequest<Body>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, REQUEST_LIMIT).await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let bearer = head
        .headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let of_compute = text("openstack-api-version").and_then(|value| value.strip_prefix("compute "));
    let served = {
        let mut state = inner.state();
        state.pass();
        state.place_of(head.uri.path(), bearer, &body).map(|(place, path)| {
            let request = Request {
                method: head.method.as_str(),
                path,
                query: head.uri.query().unwrap_or_default(),
                bearer,
                auth_token: text("x-auth-token"),
                subject_token: text("x-subject-token"),
                microversion: of_compute.or_else(|| text("x-openstack-nova-api-version")),
                body: &body,
            };
            state.serve(place, &request)
        })
    };
    match served {
        Some(served) => deliver(served, &cut).await,
        None => plain(StatusCode::NOT_FOUND),
    }
}

fn plain(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
