//! An account at a simulator whose clock stands until it is moved.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use vpsdeck::domain::{
    Action, Answer, Call, Collection, Cut, Fault, Firewall, Instance, InstanceStatus, Inventory, Kind, ListKey, Output,
    PowerCall, ProviderPolicy, Reading, Ready, Remote, ResourceId, Snapshot, Step, Target, Verdict,
};
use vpsdeck::provider::{self, AccountSetup, Api, PROVIDERS, SecretAtHand};
use vpsdeck::sim::quirks::ConohaQuirks;
use vpsdeck::sim::{Options, Simulation};

pub(crate) struct Account {
    pub(crate) sim: Simulation,
    pub(crate) api: Arc<dyn Api>,
}

/// A small world of the provider.
pub(crate) async fn account() -> Account {
    quirky(|_| {}).await
}

/// The same with other switches.
pub(crate) async fn quirky(change: impl FnOnce(&mut ConohaQuirks)) -> Account {
    let mut options = Options::world(crate::WORLD).unwrap().manual();
    change(&mut options.quirks.conoha);
    let sim = Simulation::start(options, None).await.unwrap();
    let api = open(&sim, &[], None);
    Account { sim, api }
}

fn provider() -> &'static provider::Provider {
    PROVIDERS.iter().find(|p| p.key == crate::KIND).unwrap()
}

pub(crate) fn policy() -> Arc<dyn ProviderPolicy> {
    (provider().policy)()
}

pub(crate) fn setup(sim: &Simulation, other: &[(&str, &str)]) -> AccountSetup {
    let info = &sim.accounts()[0];
    let mut values: BTreeMap<String, String> =
        info.settings().into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    values.extend(other.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    AccountSetup { name: crate::ACCOUNT.into(), provider: provider(), values, limit: None, state_dir: None }
}

/// Opens the account with other settings, and another password.
pub(crate) fn open(sim: &Simulation, other: &[(&str, &str)], password: Option<&str>) -> Arc<dyn Api> {
    let secret = password.map_or_else(|| sim.accounts()[0].secret.clone(), str::to_owned);
    provider::open(setup(sim, other), Arc::new(SecretAtHand(secret.into()))).unwrap()
}

impl Account {
    /// To its end, as the engine reads it: where the first page comes alone, the next reading goes on from there.
    pub(crate) async fn read(&self, list: ListKey) -> Result<Reading, Fault> {
        let mut reading = self.api.read(&list, None).await?;
        while reading.cut == Some(Cut::Rest) {
            reading = self.api.read(&list, Some(Arc::new(reading.collection))).await?;
        }
        Ok(reading)
    }

    pub(crate) async fn instances(&self) -> Vec<Arc<Instance>> {
        let Collection::Instances(rows) = self.read(ListKey::Instances).await.unwrap().collection else { panic!() };
        rows
    }

    pub(crate) async fn instance(&self, name: &str) -> Arc<Instance> {
        self.instances().await.into_iter().find(|i| i.name == name).unwrap()
    }

    pub(crate) async fn id(&self, name: &str) -> ResourceId {
        self.instance(name).await.id.clone()
    }

    pub(crate) async fn status(&self, id: &ResourceId) -> Option<InstanceStatus> {
        let one = self.read(ListKey::Instance(id.clone())).await.unwrap().collection;
        let Collection::Instances(rows) = one else { panic!() };
        rows.first().map(|i| i.status.clone())
    }

    pub(crate) async fn snapshots(&self) -> Vec<Arc<Snapshot>> {
        let Collection::Snapshots(rows) = self.read(ListKey::Snapshots(None)).await.unwrap().collection else {
            panic!()
        };
        rows
    }

    pub(crate) async fn firewalls(&self) -> Vec<Arc<Firewall>> {
        let Collection::Firewalls(rows) = self.read(ListKey::Firewalls).await.unwrap().collection else { panic!() };
        rows
    }

    pub(crate) async fn firewall(&self, name: &str) -> Arc<Firewall> {
        self.firewalls().await.into_iter().find(|f| f.name == name).unwrap()
    }

    /// Sends a change and judges its answer.
    pub(crate) async fn judged(&self, call: &Call) -> Verdict {
        self.judged_knowing(call, &[]).await.0
    }

    pub(crate) async fn judged_knowing(&self, call: &Call, outputs: &[Output]) -> (Verdict, Answer) {
        let answer = self.api.change(call, outputs).await;
        (policy().judge(call, &answer), answer)
    }

    pub(crate) async fn target(&self, firewall: &str) -> Target {
        let id = self.firewall(firewall).await.id.clone();
        Target::stateless(&crate::ACCOUNT.into(), Kind::Firewall, &id, firewall)
    }

    /// Puts a firewall on an instance, or takes it off.
    pub(crate) async fn place(&self, firewall: &str, instance: &str, on: bool) -> Action {
        let (firewall, id) = (self.target(firewall).await, self.id(instance).await);
        let instance = Target::stateless(&crate::ACCOUNT.into(), Kind::Instance, &id, instance);
        match on {
            true => Action::AssignFirewall { firewall, instance },
            false => Action::DetachFirewall { firewall, instance },
        }
    }

    async fn look(&self, inventory: &mut Inventory, list: &ListKey) {
        let collection = self.read(list.clone()).await.unwrap().collection;
        inventory.lists.insert(list.clone(), Remote { value: Some(Arc::new(collection)), ..Remote::default() });
    }

    /// Carries an action out as the engine does: each call is asked about after a read of its own, and is one request.
    /// What was made, or which step was not done and what its answer meant.
    pub(crate) async fn carry_out(&self, action: &Action) -> Result<Vec<Output>, (usize, Verdict)> {
        let mut inventory = Inventory::default();
        for list in [vec![ListKey::Firewalls], policy().plan_lists(action)].concat() {
            self.look(&mut inventory, &list).await;
        }
        let (mut steps, mut outputs) = (policy().plan(action, &inventory), Vec::new());
        for n in 0..steps.len() {
            let Step::Call { call, .. } = &steps[n] else { continue };
            let list = match call {
                Call::SetPort { instance, .. } => ListKey::Ports(instance.clone()),
                Call::AddRule { firewall, .. } | Call::RemoveRule { firewall, .. } => {
                    ListKey::Rules(firewall.known(&[]).unwrap().clone())
                }
                _ => ListKey::Firewalls,
            };
            self.look(&mut inventory, &list).await;
            let call = match policy().ready(call, &inventory) {
                Ready::Send(call) => call,
                Ready::AlreadySo => continue,
                Ready::Cannot(why) => panic!("{why:?}"),
            };
            let before = self.changes();
            let (verdict, answer) = self.judged_knowing(&call, &outputs).await;
            assert!(self.changes() <= before + 1, "{call:?} is one request");
            if !matches!(verdict, Verdict::TookEffect | Verdict::TookEffectIfGone) {
                return Err((n, verdict));
            }
            if let Answer::Replied { outputs: new, .. } = answer {
                new.iter().for_each(|output| steps.iter_mut().for_each(|step| step.name(output)));
                outputs.extend(new);
            }
        }
        Ok(outputs)
    }

    /// How many requests that change something were sent.
    fn changes(&self) -> usize {
        self.sim.requests().iter().filter(|r| r.method != "GET" && !r.path.contains("/tokens")).count()
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.sim.advance(Duration::from_secs(seconds));
    }

    /// The changes that took effect, by their verbs.
    pub(crate) fn effects(&self) -> Vec<String> {
        self.sim.effects().into_iter().map(|effect| effect.verb).collect()
    }

    /// How many requests had this in their path.
    pub(crate) fn requests(&self, method: &str, path: &str) -> usize {
        self.sim.requests().iter().filter(|r| r.method == method && r.path.contains(path)).count()
    }
}

pub(crate) fn power(instance: &ResourceId, what: PowerCall) -> Call {
    Call::Power { instance: instance.clone(), what }
}
