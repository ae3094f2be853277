//! The demo: the built-in simulator and its accounts. Nothing leaves the machine and no file is touched.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use crate::app::App;
use crate::domain::{
    Account, AccountName, Action, InstanceStatus, Kind, Limit, Monotonic, ResourceRef, SecretOrigin, Target,
};
use crate::engine::Msg;
use crate::provider::{self, AccountSetup, Api, PROVIDERS, SecretAtHand};
use crate::settings::AddressSources;
use crate::sim::address::Source;
use crate::sim::{Options, Simulation};
use crate::words::english;

/// The one thing the demo does by itself, some seconds after it began: it starts a machine whose answer the simulator
/// loses, so that an unknown outcome can be seen to settle.
const PLAYS_AFTER: Duration = Duration::from_secs(9);
const PLAYS: (&str, &str) = ("conoha", "render-b");

pub(super) struct Demo {
    simulation: Simulation,
    speed: f64,
    began: Option<Monotonic>,
    played: bool,
    /// Nothing leaves the machine: this stands for the sources on the internet.
    source: Source,
}

/// The address that the demo's person has: another than the one its firewalls let in.
const ADDRESS: &str = "203.0.113.9";

impl Demo {
    /// Starts the simulator.
    ///
    /// # Errors
    /// What the system said.
    pub(super) async fn start() -> std::io::Result<Self> {
        let options = Options::demo();
        let speed = options.speed;
        let simulation = Simulation::start(options, None).await?;
        Ok(Self { simulation, speed, began: None, played: false, source: Source::start(ADDRESS).await? })
    }

    /// Who is asked which address this machine has.
    pub(super) fn address_sources(&self) -> AddressSources {
        let sources = ["one", "two", "three"].map(|path| format!("{}/{path}", self.source.url()));
        AddressSources { sources: sources.to_vec(), ask: false }
    }

    /// Its accounts with their calls. What may be sent is as many times more as the demo runs faster.
    ///
    /// # Errors
    /// What is wrong with the world.
    pub(super) fn accounts(&self, read_only: bool) -> color_eyre::Result<Vec<(Account, Arc<dyn Api>)>> {
        let mut accounts = Vec::new();
        for info in self.simulation.accounts() {
            let Some(provider) = PROVIDERS.iter().find(|p| p.key == info.provider.key()) else { continue };
            let policy = (provider.policy)();
            let limit = policy.default_limit().map(|limit| faster(limit, self.speed));
            let name = AccountName::new(&info.name);
            let values = info.settings().into_iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
            let setup = AccountSetup { name: name.clone(), provider, values: values.collect(), limit, state_dir: None };
            let secret = Arc::new(SecretAtHand(SecretString::from(info.secret.clone())));
            let api = provider::open(setup, secret).map_err(|said| color_eyre::eyre::eyre!(english(&said)))?;
            let prices = Arc::new(crate::settings::built_in_prices(provider));
            let secret = SecretOrigin::Demo;
            let account = Account { read_only, limit, prices, secret, speed: self.speed, ..Account::new(name, policy) };
            accounts.push((account, api));
        }
        Ok(accounts)
    }

    pub(super) fn simulation(&self) -> Simulation {
        self.simulation.clone()
    }

    /// What the demo asks for by itself, when its time has come.
    pub(super) fn play(&mut self, app: &App) -> Option<Msg> {
        if self.played {
            return None;
        }
        let account = app.engine.account(&AccountName::new(PLAYS.0))?;
        let instance = account.inventory.instances().iter().find(|i| i.name == PLAYS.1)?;
        let began = *self.began.get_or_insert(app.now.tick);
        if app.now.tick.since(began) < PLAYS_AFTER {
            return None;
        }
        self.played = true;
        if instance.status != InstanceStatus::Stopped {
            return None;
        }
        let resource = ResourceRef::new(&account.account.name, Kind::Instance, &instance.id);
        let target = Target { resource, name: instance.name.clone(), status: instance.status.kind() };
        Some(Msg::Ask(vec![Action::Start { instance: target }]))
    }
}

fn faster(limit: Limit, speed: f64) -> Limit {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small numbers"
    )]
    Limit {
        per_minute: (f64::from(limit.per_minute) * speed) as u32,
        // Rounded up: a millisecond too early is a refusal.
        spacing_ms: (limit.spacing_ms as f64 / speed).ceil() as u64,
    }
}
