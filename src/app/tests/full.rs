//! A provider that has all of it: one list of snapshots, a quota, backups, graphs, plans, firewalls that tell where they
//! stand; it saves only what is off, restores in both ways, restarts in three and shows a console.

use std::sync::Arc;
use std::time::Duration;

use crate::app::tests::desk::Desk;
use crate::app::tests::lab::Lab;
use crate::domain::{
    Account, AccountName, Action, Answer, Call, Collection, Firewall, InstanceStatus, Inventory, Limit, ListKey, Order,
    Phrase, Plan, Possible, PowerCall, PreState, Price, Prices, ProviderPolicy, Raw, Reading, Reboot, Reconciled, Ref,
    Resource, ResourceId, RiskFact, Snapshot, Spec, Step, Timestamp, Verb, Verdict, text,
};

#[derive(Debug)]
pub(super) struct Full;

impl ProviderPolicy for Full {
    fn key(&self) -> &'static str {
        "full"
    }
    fn label(&self) -> &'static str {
        "provider.full"
    }
    fn default_limit(&self) -> Option<Limit> {
        None
    }
    fn snapshots_per_instance(&self) -> bool {
        false
    }
    fn snapshot_slots(&self) -> Option<usize> {
        None
    }
    fn supports(&self, list: &ListKey) -> bool {
        !matches!(list, ListKey::Snapshots(Some(_)) | ListKey::Keys | ListKey::Ports(_))
    }
    fn reboots(&self) -> &'static [Reboot] {
        &[Reboot::Provider, Reboot::StopAndStart, Reboot::Hard]
    }
    fn saves_only_when_off(&self) -> bool {
        true
    }
    fn has_console(&self) -> bool {
        true
    }
    fn plans_for(&self, snapshot: &Snapshot, inventory: &Inventory) -> Vec<Arc<Plan>> {
        let fits = |p: &&Arc<Plan>| p.spec.disk_gb >= snapshot.min_disk_gb;
        inventory.plans().filter(fits).cloned().collect()
    }
    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images, ListKey::Plans(None)]
    }
    fn possible(&self, verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
        match (verb, on) {
            (Verb::Restore, Resource::Snapshot(s)) if s.of.as_ref().and_then(|id| inventory.instance(id)).is_none() => {
                Possible::No(text::why_not::gone(""))
            }
            (Verb::RestoreAsNew, Resource::Snapshot(s)) if self.plans_for(s, inventory).is_empty() => {
                Possible::No(Phrase::new(text::why_not::NO_PLAN))
            }
            (Verb::RetakeSnapshot | Verb::Park, _) => Possible::Never,
            (verb, _) if verb.resizes() => Possible::Never,
            _ => Possible::Yes,
        }
    }
    fn plan(&self, action: &Action, inventory: &Inventory) -> Vec<Step> {
        let call = |call| vec![Step::Call { call, needs: None }];
        match action {
            Action::RestoreAsNew { snapshot, name, plan, firewalls, key } => call(
                Order::from_snapshot(name, Ref::Known(snapshot.id().clone()), plan, firewalls, key.as_ref()).into(),
            ),
            Action::AssignFirewall { firewall, instance } => {
                call(Call::AssignFirewall { firewall: firewall.id().clone(), instance: instance.id().clone() })
            }
            Action::DetachFirewall { firewall, instance } => {
                call(Call::DetachFirewall { firewall: firewall.id().clone(), instance: instance.id().clone() })
            }
            Action::Reboot { how: Reboot::Hard, instance } => {
                call(Call::Power { instance: instance.id().clone(), what: PowerCall::HardReboot })
            }
            Action::TakeSnapshot { instance, name, stop_first, start_again } => {
                let power =
                    |what| Step::Call { call: Call::Power { instance: instance.id().clone(), what }, needs: None };
                let mut steps = Vec::new();
                if *stop_first {
                    steps.push(power(PowerCall::Stop));
                }
                steps.extend(call(Call::TakeSnapshot { instance: instance.id().clone(), name: name.clone() }));
                if *start_again {
                    steps.push(power(PowerCall::Start));
                }
                steps
            }
            _ => Lab.plan(action, inventory),
        }
    }
    fn judge(&self, call: &Call, answer: &Answer) -> Verdict {
        Lab.judge(call, answer)
    }
    fn reconcile(&self, _: &Call, _: &PreState, _: &Inventory, _: Timestamp) -> Reconciled {
        Reconciled::NotYet
    }
    fn usual(&self, call: &Call) -> Duration {
        Lab.usual(call)
    }
    fn risks(&self, action: &Action, _: &Inventory, _: Timestamp) -> Vec<RiskFact> {
        match action {
            Action::Reboot { how: Reboot::Hard, .. } => {
                vec![RiskFact { phrase: Phrase::verbatim("risk.hard"), raises: true }]
            }
            _ => Vec::new(),
        }
    }
}

pub(super) fn plan(id: &str, disk_gb: u64) -> Plan {
    let spec = Spec { vcpus: Some(2), memory_mb: Some(1024), disk_gb: Some(disk_gb), mbps: None };
    Plan { id: id.into(), name: format!("g-{id}"), spec, addresses: None, raw: Raw::default() }
}

pub(super) fn firewall(id: &str, name: &str, on: Option<&[&str]>) -> Firewall {
    Firewall {
        id: id.into(),
        name: name.into(),
        on: on.map(|ids| ids.iter().map(ResourceId::new).collect()),
        fixed: name == "default",
        created: None,
        updated: None,
        fields: Vec::new(),
        raw: Raw::default(),
    }
}

impl Desk {
    /// One account at the provider that has all of it, with the machines `db`, off, and `web`, behind `default` and
    /// `web-in`; two plans; snapshots of `web` and of one that is gone.
    pub(super) fn full() -> Self {
        let mut desk = Self::bare(crate::domain::Safety::default(), true, crate::app::layers::form::Forms::default());
        desk.add("cloud", Arc::new(Full));
        desk.full_fleet("cloud");
        desk.collection(
            "cloud",
            ListKey::Plans(None),
            Collection::Plans(vec![Arc::new(plan("small", 100)), Arc::new(plan("large", 200))]),
        );
        desk.collection(
            "cloud",
            ListKey::Firewalls,
            Collection::Firewalls(vec![
                Arc::new(firewall("f1", "web-in", Some(&["id-web"]))),
                Arc::new(firewall("f2", "db-in", Some(&[]))),
                Arc::new(firewall("f3", "default", Some(&["id-web", "id-db"]))),
            ]),
        );
        let mut big = crate::app::tests::desk::snapshot("s3", "big", "id-web", 30);
        big.min_disk_gb = Some(500);
        desk.collection(
            "cloud",
            ListKey::Snapshots(None),
            Collection::Snapshots(vec![
                Arc::new(crate::app::tests::desk::snapshot("s1", "before", "id-web", 10)),
                Arc::new(crate::app::tests::desk::snapshot("s2", "last-of-old", "id-old", 20)),
                Arc::new(big),
            ]),
        );
        desk.paint();
        desk
    }

    pub(super) fn add(&mut self, name: &str, policy: Arc<dyn ProviderPolicy>) {
        let name = AccountName::new(name);
        let plans = [("small".to_owned(), Price::both(100, 678))].into();
        let prices = Prices { plans, ..Prices::default() };
        let account = Account { prices: Arc::new(prices), ..Account::new(name, policy) };
        self.engine(crate::engine::Msg::AccountAdded(account));
    }

    pub(super) fn full_fleet(&mut self, account: &str) {
        let mut web = crate::app::tests::desk::instance("id-web", "web", InstanceStatus::Running);
        web.firewalls = Some(vec!["default".into(), "web-in".into()]);
        web.plan = Some("small".into());
        let db = crate::app::tests::desk::instance("id-db", "db", InstanceStatus::Stopped);
        self.instances(account, vec![db, web]);
    }

    pub(super) fn collection(&mut self, account: &str, list: ListKey, collection: Collection) {
        self.read(account, list, Ok(Reading::whole(collection)));
    }
}
