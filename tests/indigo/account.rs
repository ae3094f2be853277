//! An account at a simulator whose clock stands until it is moved.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use vpsdeck::domain::{
    Answer, Call, Collection, Fault, Instance, InstanceStatus, Limit, ListKey, Output, PowerCall, ProviderPolicy,
    Reading, ResourceId, Snapshot, Verdict,
};
use vpsdeck::provider::indigo::IndigoPolicy;
use vpsdeck::provider::{self, AccountSetup, Api, PROVIDERS, SecretAtHand};
use vpsdeck::sim::{Options, Simulation};

pub(crate) const WORLD: &str = r#"
[quirks]
quota_headers = "never"
spike_seconds = 0.0

[[account]]
name = "indigo"
client_id = "AKtesttesttesttesttesttesttest01"
secret = "testsecret000001"
quota = 0

[[account.key]]
name = "laptop"
line = "ssh-rsa AAAAB3NzaFAKE laptop"

[[account.firewall]]
name = "web"
inbound = [{ type = "HTTP", protocol = "TCP", port = "80", source = "0.0.0.0" }]

[[account.instance]]
name = "web-01"
id = 700001
age = "20d"
firewalls = ["web"]

[[account.instance.snapshot]]
name = "weekly"
age = "5d"

[[account.instance]]
name = "off"
id = 700002
plan = 13
age = "9d"
state = "stopped"

[[account.instance]]
name = "coming"
id = 700003
state = "importing"
percent = 41.0

[[account.instance]]
name = "failed"
id = 700004
state = "import_failed"
"#;

pub(crate) struct Account {
    pub(crate) sim: Simulation,
    pub(crate) api: Arc<dyn Api>,
}

pub(crate) async fn account() -> Account {
    of(WORLD).await
}

pub(crate) async fn of(world: &str) -> Account {
    let sim = Simulation::start(Options::world(world).unwrap().manual(), None).await.unwrap();
    let api = open(&sim, None, None);
    Account { sim, api }
}

pub(crate) fn setup(sim: &Simulation, limit: Option<Limit>, state_dir: Option<PathBuf>) -> AccountSetup {
    let info = &sim.accounts()[0];
    let values =
        BTreeMap::from([("endpoint".to_owned(), info.url.clone()), ("client_id".to_owned(), info.client_id.clone())]);
    let provider = PROVIDERS.iter().find(|p| p.key == "indigo").unwrap();
    AccountSetup { name: "indigo".into(), provider, values, limit, state_dir }
}

pub(crate) fn secret(sim: &Simulation) -> Arc<SecretAtHand> {
    Arc::new(SecretAtHand(sim.accounts()[0].secret.clone().into()))
}

pub(crate) fn open(sim: &Simulation, limit: Option<Limit>, state_dir: Option<PathBuf>) -> Arc<dyn Api> {
    provider::open(setup(sim, limit, state_dir), secret(sim)).unwrap()
}

impl Account {
    pub(crate) async fn read(&self, list: ListKey) -> Result<Reading, Fault> {
        self.api.read(&list, None).await
    }

    pub(crate) async fn instances(&self) -> Vec<Arc<Instance>> {
        let Collection::Instances(rows) = self.read(ListKey::Instances).await.unwrap().collection else { panic!() };
        rows
    }

    pub(crate) async fn status(&self, id: &str) -> Option<InstanceStatus> {
        self.instances().await.iter().find(|i| i.id.as_str() == id).map(|i| i.status.clone())
    }

    pub(crate) async fn snapshots(&self, of: &str) -> Vec<Arc<Snapshot>> {
        let list = ListKey::Snapshots(Some(of.into()));
        let Collection::Snapshots(rows) = self.read(list).await.unwrap().collection else { panic!() };
        rows
    }

    /// Sends a change and judges its answer.
    pub(crate) async fn judged(&self, call: &Call) -> Verdict {
        self.judged_knowing(call, &[]).await.0
    }

    pub(crate) async fn judged_knowing(&self, call: &Call, outputs: &[Output]) -> (Verdict, Answer) {
        let answer = self.api.change(call, outputs).await;
        (IndigoPolicy.judge(call, &answer), answer)
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.sim.advance(Duration::from_secs(seconds));
    }

    /// The changes that took effect, by their verbs.
    pub(crate) fn effects(&self) -> Vec<String> {
        self.sim.effects().into_iter().map(|effect| effect.verb).collect()
    }
}

pub(crate) fn power(instance: &str, what: PowerCall) -> Call {
    Call::Power { instance: ResourceId::new(instance), what }
}

/// What a refusal means, by the end of its phrase's key; the provider's code where it has none.
pub(crate) fn refusal(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Refused(said) => match &said.meaning {
            Some(meaning) => {
                meaning.text.name().rsplit('.').next().unwrap_or_default().to_lowercase().replace('_', "-")
            }
            None => said.code.clone().unwrap_or_default(),
        },
        other => format!("{other:?}"),
    }
}
