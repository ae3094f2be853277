//! A provider that has all of it: one list of saved images with a quota, stages and a day on which they go; graphs and
//! backups; firewalls that tell where they stand; two hundred public images.

use std::sync::Arc;
use std::time::Duration;

use vpsdeck::domain::{
    Account, Action, Answer, Backup, BackupRun, Call, Collection, Condition, Direction, Firewall, Graph, GraphUnit,
    Image, ImageKind, Instance, InstanceStatus as S, Inventory, Limit, ListKey, Order, Output, Phrase, Plan, Possible,
    PowerCall, PreState, Price, Prices, ProviderPolicy, Quota, Raw, Reboot, Reconciled, Ref, Resource, ResourceId,
    RiskFact, Rule, RuleSet, Snapshot, Spec, Stage, StatusKind, Step, StoreStatus, Timestamp, Verb, Verdict,
};
use vpsdeck::engine;

use crate::world::{NOW, Toy, World, instance, named, snapshot};

const DAY: i64 = 86_400_000;
const GB: u64 = 1_000_000_000;

#[derive(Debug)]
pub(crate) struct Full;

impl ProviderPolicy for Full {
    fn key(&self) -> &'static str {
        "full"
    }
    fn label(&self) -> &'static str {
        "Full Cloud"
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
        !matches!(list, ListKey::Ports(_))
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
        inventory.plans().filter(|p| p.spec.disk_gb >= snapshot.min_disk_gb).cloned().collect()
    }
    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images, ListKey::Plans(None)]
    }
    fn possible(&self, verb: Verb, on: Resource<'_>, inventory: &Inventory) -> Possible {
        match (verb, on) {
            (Verb::Restore, Resource::Snapshot(s)) if s.of.as_ref().and_then(|id| inventory.instance(id)).is_none() => {
                Possible::No(Phrase::verbatim("the server it was taken of is gone"))
            }
            (Verb::RestoreAsNew | Verb::Restore, Resource::Snapshot(_))
            | (Verb::AssignFirewall | Verb::DetachFirewall | Verb::Park, _) => Possible::Yes,
            _ => Toy { slots: None }.possible(verb, on, inventory),
        }
    }
    fn plan(&self, action: &Action, inventory: &Inventory) -> Vec<Step> {
        let call = |call| Step::Call { call, needs: None };
        let power = |id: &ResourceId, what| call(Call::Power { instance: id.clone(), what });
        let is = |id: &ResourceId, kind| Step::Wait(Condition::InstanceIs(id.clone(), kind));
        match action {
            Action::RestoreAsNew { snapshot, name, plan, firewalls, key } => vec![
                call(
                    Order::from_snapshot(name, Ref::Known(snapshot.id().clone()), plan, firewalls, key.as_ref()).into(),
                ),
                Step::Wait(Condition::NewInstanceIs(StatusKind::Running)),
            ],
            Action::DetachFirewall { firewall, instance } => vec![
                call(Call::DetachFirewall { firewall: firewall.id().clone(), instance: instance.id().clone() }),
                Step::Wait(Condition::FirewallOn {
                    firewall: Ref::Known(firewall.id().clone()),
                    instance: instance.id().clone(),
                    on: false,
                }),
            ],
            Action::Reboot { how: Reboot::Hard, instance } => {
                vec![power(instance.id(), PowerCall::HardReboot), is(instance.id(), StatusKind::Running)]
            }
            Action::TakeSnapshot { instance, name, stop_first, start_again } => {
                let id = instance.id();
                let mut steps = Vec::new();
                if *stop_first {
                    steps.extend([power(id, PowerCall::Stop), is(id, StatusKind::Stopped)]);
                }
                steps.push(call(Call::TakeSnapshot { instance: id.clone(), name: name.clone() }));
                steps.push(Step::Wait(Condition::SnapshotAvailable { of: None, which: Ref::OutputSnapshot }));
                if *start_again {
                    steps.extend([power(id, PowerCall::Start), is(id, StatusKind::Running)]);
                }
                steps
            }
            Action::Park { instance, name, .. } => vec![
                call(Call::TakeSnapshot { instance: instance.id().clone(), name: name.clone() }),
                Step::Wait(Condition::SnapshotAvailable { of: None, which: Ref::OutputSnapshot }),
                call(Call::Destroy { instance: instance.id().clone() }),
                Step::Wait(Condition::InstanceGone(instance.id().clone())),
            ],
            _ => Toy { slots: None }.plan(action, inventory),
        }
    }
    fn judge(&self, call: &Call, answer: &Answer) -> Verdict {
        Toy { slots: None }.judge(call, answer)
    }
    fn reconcile(&self, _: &Call, _: &PreState, _: &Inventory, _: Timestamp) -> Reconciled {
        Reconciled::NotYet
    }
    fn usual(&self, call: &Call) -> Duration {
        Duration::from_secs(match call {
            Call::TakeSnapshot { .. } | Call::CreateInstance { .. } => 480,
            Call::AssignFirewall { .. } | Call::DetachFirewall { .. } => 10,
            _ => 60,
        })
    }
    fn risks(&self, action: &Action, inventory: &Inventory, now: Timestamp) -> Vec<RiskFact> {
        let fact = |words: &str, raises| RiskFact { phrase: Phrase::verbatim(words), raises };
        match action {
            Action::TakeSnapshot { stop_first: true, .. } => {
                vec![fact("It is off until the disk is saved: about 8 minutes.", false)]
            }
            Action::RestoreAsNew { .. } => vec![fact(
                "The new server has an id and an address of its own; the one it comes from stays as it is.",
                false,
            )],
            Action::Reboot { how: Reboot::Hard, .. } => {
                vec![fact("The power is cut: what is not written to the disk is lost.", true)]
            }
            _ => Toy { slots: None }.risks(action, inventory, now),
        }
    }
}

fn firewall(id: &str, name: &str, on: &[&str]) -> Arc<Firewall> {
    Arc::new(Firewall {
        id: id.into(),
        name: name.to_owned(),
        on: Some(on.iter().map(ResourceId::new).collect()),
        fixed: name == "default",
        created: None,
        updated: None,
        fields: Vec::new(),
        raw: Raw::default(),
    })
}

pub(crate) fn image(id: &str, name: String, family: Option<&str>, kind: ImageKind) -> Arc<Image> {
    Arc::new(Image {
        id: id.into(),
        name,
        family: family.map(str::to_owned),
        kind,
        status: StoreStatus::Available,
        size: (kind == ImageKind::Saved).then_some(4 * GB),
        min_disk_gb: None,
        created: Some(Timestamp(NOW - 30 * DAY)),
        fields: Vec::new(),
        raw: Raw::default(),
    })
}

fn graph(label: &str, unit: GraphUnit, at: impl Fn(f64) -> f64) -> Graph {
    let points = (0..288).map(|n| (Timestamp(NOW - (288 - n) * 300_000), at(n as f64 / 288.0))).collect();
    Graph { label: named(label), unit, points }
}

/// Two accounts at different providers, both with a machine called web-01; in the cursor's reach the one that has all.
pub(crate) fn full(width: u16, height: u16) -> World {
    let mut world = World::new(width, height);
    let prices = Prices { plans: [("p1".to_owned(), Price::both(140, 854))].into(), ..Prices::default() };
    let (name, rules, prices) = ("cloud".into(), Arc::new(Full), Arc::new(prices));
    let account = Account { prices, ..Account::new(name, rules) };
    world.engine(engine::Msg::AccountAdded(account));
    world.logged_in("cloud", None, Ok(()));
    world.account("indigo", None, Some(5), None);
    world.instances("indigo", vec![instance("616513", "web-01", S::Running, "203.0.113.7", 400)]);
    world.snapshots("indigo", "616513", Vec::new());
    let machine = |id: &str, name: &str, status, words: &str| {
        let mut one = instance(id, name, status, "198.51.100.4", 90);
        words.clone_into(&mut one.raw_status);
        one.spec = Spec::default();
        one.plan = Some("p1".into());
        one.firewalls = Some(vec!["default".to_owned(), "web-in".to_owned()]);
        (one.key, one.region) = (None, None);
        one
    };
    let mut locked = machine("c0de-02", "web-01", S::Running, "ACTIVE");
    locked.locked = true;
    world.instances("cloud", vec![machine("c0de-01", "build", S::Stopped, "SHUTOFF"), locked]);
    let plan = |id: &str, name: &str, vcpus, memory_mb, disk_gb| {
        let spec = Spec { vcpus: Some(vcpus), memory_mb: Some(memory_mb), disk_gb: Some(disk_gb), mbps: None };
        Arc::new(Plan { id: id.into(), name: name.to_owned(), spec, addresses: None, raw: Raw::default() })
    };
    let plans = vec![plan("p1", "g-c2m1d100", 2, 1024, 100), plan("p2", "g-c3m2d100", 3, 2048, 100)];
    world.read("cloud", ListKey::Plans(None), Collection::Plans(plans));
    world.read("cloud", ListKey::Snapshots(None), Collection::Snapshots(saved()));
    world.read("cloud", ListKey::Quota, Collection::Quota(Quota { images: Some(50 * GB), ..Quota::default() }));
    let firewalls = vec![
        firewall("f1", "web-in", &["c0de-01", "c0de-02"]),
        firewall("f2", "db-in", &[]),
        firewall("f3", "default", &["c0de-01", "c0de-02"]),
    ];
    world.read("cloud", ListKey::Firewalls, Collection::Firewalls(firewalls));
    for id in ["f1", "f2", "f3"] {
        let rule = Rule {
            direction: Direction::In,
            preset: String::new(),
            protocol: "TCP".to_owned(),
            ports: "443".to_owned(),
            source: String::new(),
        };
        let set = RuleSet { rules: vec![rule], ..RuleSet::default() };
        world.read("cloud", ListKey::Rules(id.into()), Collection::Rules(Arc::new(set)));
    }
    world.read("cloud", ListKey::Images, Collection::Images(images()));
    let run = |n: i64| BackupRun {
        id: "b".into(),
        taken: Some(Timestamp(NOW - n * DAY)),
        raw_status: "available".to_owned(),
    };
    let runs = vec![run(2), run(9), run(16)];
    let backup = Backup { id: "bk".into(), of: "c0de-02".into(), runs, raw: Raw::default() };
    world.read("cloud", ListKey::Backups, Collection::Backups(vec![Arc::new(backup)]));
    let graphs = vec![
        graph("graph.CPU", GraphUnit::Percent, |x| 30.0 + 60.0 * (x * 12.0).sin().abs()),
        graph("graph.DISK_READ", GraphUnit::BytesPerSecond, |x| if x > 0.9 { 4.2e6 } else { 1.0e5 }),
        graph("graph.NET_IN", GraphUnit::BytesPerSecond, |x| 800.0 * x),
        graph("graph.NET_OUT", GraphUnit::BytesPerSecond, |_| 0.0),
    ];
    world.read("cloud", ListKey::Graphs("c0de-02".into()), Collection::Graphs(graphs));
    world
}

fn saved() -> Vec<Arc<Snapshot>> {
    let mut before = snapshot("s1", "before-upgrade", "c0de-02", StoreStatus::Available, 12);
    before.expires = Some(Timestamp(NOW + 18 * DAY));
    let mut saving = snapshot("s2", "nightly", "c0de-02", StoreStatus::Saving, 0);
    (saving.stage, saving.size) = (Some(Stage { at: 2, of: 3 }), None);
    let mut gone = snapshot("s3", "gone-but-kept", "c0de-77", StoreStatus::Available, 300);
    (gone.expires, gone.size, gone.min_disk_gb) = (Some(Timestamp(NOW + 2 * DAY)), Some(8 * GB), Some(100));
    [before, saving, gone].map(Arc::new).to_vec()
}

fn images() -> Vec<Arc<Image>> {
    let mut all = vec![image("s1", "before-upgrade".to_owned(), None, ImageKind::Saved)];
    for (family, prefix) in [("AlmaLinux", "vmi-almalinux"), ("Ubuntu", "vmi-ubuntu"), ("Debian", "vmi-debian")] {
        for n in 0..70 {
            let name = format!("{prefix}-{}.{}-amd64", 8 + n / 10, n % 10);
            all.push(image(&format!("{prefix}{n}"), name, Some(family), ImageKind::Linux));
        }
    }
    all.push(image("w1", "vmi-win-2025dce-amd64".to_owned(), Some("Windows Server"), ImageKind::Windows));
    all
}

/// A disk is being saved, in its second stage.
pub(crate) fn saving(width: u16, height: u16) -> World {
    let mut world = full(width, height);
    world.keys("ty");
    world.wait(2);
    let account = world.app.engine.account(&"cloud".into()).unwrap();
    let all: Vec<Instance> = account.inventory.instances().iter().map(|i| (**i).clone()).collect();
    world.instances("cloud", all);
    world.read("cloud", ListKey::Snapshots(None), Collection::Snapshots(saved()));
    world.wait(1);
    world.answer(
        0,
        Answer::Replied {
            status: 200,
            code: None,
            said: None,
            request_id: None,
            body: String::new(),
            understood: true,
            outputs: vec![Output::Snapshot("s2".into())],
            wait_until: None,
        },
    );
    world.wait(65);
    world.read("cloud", ListKey::Snapshots(None), Collection::Snapshots(saved()));
    world
}
