//! An app over an engine that was told of a small world, with rules made up for it.

use std::sync::Arc;
use std::time::Duration;

use vpsdeck::app::layers::form::{Form, FormField, Forms};
use vpsdeck::app::tables::commands::Keymap;
use vpsdeck::app::tables::key::{Code, KeyStroke};
use vpsdeck::app::tables::pane::Pane;
use vpsdeck::app::{self, App, Start};
use vpsdeck::domain::Poll;
use vpsdeck::domain::{
    Account, AccountColour, Action, Address, Answer, Budget, Call, Collection, Condition, Direction, Fault, Firewall,
    Image, ImageKind, Instance, InstanceStatus, Inventory, Limit, ListKey, Monotonic, Phrase, Possible, PowerCall,
    PreState, Price, Prices, ProviderPolicy, Raw, Reading, Reconciled, Ref, Resource, ResourceId, RiskFact, Rule,
    RuleSet, Safety, Snapshot, SnapshotKind, Spec, StatusKind, Step, StoreStatus, Text, Timestamp, Trouble, Verb,
    Verdict,
};
use vpsdeck::engine::{self, Engine, Env};
use vpsdeck::words::{Clock, Language, Words};

/// 2026-11-21T14:32:00Z.
pub(crate) const NOW: i64 = 1_795_271_520_000;
const DAY: i64 = 86_400_000;

pub(crate) fn named(name: &str) -> Text {
    Text::named(name).unwrap()
}

#[derive(Debug)]
pub(crate) struct Toy {
    pub(crate) slots: Option<usize>,
}

impl ProviderPolicy for Toy {
    fn key(&self) -> &'static str {
        "toy"
    }
    fn label(&self) -> &'static str {
        "Toy Cloud"
    }
    fn default_limit(&self) -> Option<Limit> {
        None
    }
    fn snapshots_per_instance(&self) -> bool {
        self.slots.is_some()
    }
    fn snapshot_slots(&self) -> Option<usize> {
        self.slots
    }
    fn catalogue(&self) -> Vec<ListKey> {
        vec![ListKey::Images]
    }
    fn possible(&self, verb: Verb, on: Resource<'_>, _: &Inventory) -> Possible {
        let status = match on {
            Resource::Instance(i) => i.status.kind(),
            Resource::Snapshot(s) => s.status.kind(),
            Resource::Firewall(_) if verb == Verb::UpdateFirewall => return Possible::Yes,
            _ => return Possible::Never,
        };
        match (verb, status) {
            (Verb::Start, StatusKind::Stopped)
            | (Verb::Stop | Verb::ForceStop | Verb::Reboot, StatusKind::Running)
            | (Verb::RetakeSnapshot, StatusKind::Error)
            | (Verb::Destroy | Verb::TakeSnapshot | Verb::DeleteSnapshot, _)
            | (Verb::Restore, StatusKind::Available) => Possible::Yes,
            (Verb::Start, _) => Possible::No(Phrase::verbatim("it is not stopped")),
            (
                Verb::Park
                | Verb::RetakeSnapshot
                | Verb::RestoreAsNew
                | Verb::AssignFirewall
                | Verb::DetachFirewall
                | Verb::Resize
                | Verb::ConfirmResize
                | Verb::RevertResize,
                _,
            ) => Possible::Never,
            (Verb::Restore, _) => Possible::No(Phrase::verbatim("it is not good")),
            _ => Possible::No(Phrase::verbatim("it is not running")),
        }
    }
    fn plan(&self, action: &Action, _: &Inventory) -> Vec<Step> {
        let power =
            |id: &ResourceId, what| Step::Call { call: Call::Power { instance: id.clone(), what }, needs: None };
        let is = |id: &ResourceId, kind| Step::Wait(Condition::InstanceIs(id.clone(), kind));
        match action {
            Action::Start { instance } => {
                vec![power(instance.id(), PowerCall::Start), is(instance.id(), StatusKind::Running)]
            }
            Action::Stop { instance } | Action::ForceStop { instance } => {
                vec![power(instance.id(), PowerCall::Stop), is(instance.id(), StatusKind::Stopped)]
            }
            Action::Reboot { instance, .. } => {
                vec![power(instance.id(), PowerCall::Reboot), is(instance.id(), StatusKind::Running)]
            }
            Action::Destroy { instance, .. } => vec![
                Step::Call { call: Call::Destroy { instance: instance.id().clone() }, needs: None },
                Step::Wait(Condition::InstanceGone(instance.id().clone())),
            ],
            Action::TakeSnapshot { instance, name, .. } => vec![
                Step::Call {
                    call: Call::TakeSnapshot { instance: instance.id().clone(), name: name.clone() },
                    needs: None,
                },
                Step::Wait(Condition::SnapshotAvailable {
                    of: Some(instance.id().clone()),
                    which: Ref::OutputSnapshot,
                }),
            ],
            Action::Restore { snapshot, instance, .. } => vec![
                power(instance.id(), PowerCall::Stop),
                is(instance.id(), StatusKind::Stopped),
                Step::Call {
                    call: Call::Restore {
                        instance: instance.id().clone(),
                        snapshot: Ref::Known(snapshot.id().clone()),
                    },
                    needs: Some(StatusKind::Stopped),
                },
                Step::Settle { at_least: Duration::from_secs(120) },
                power(instance.id(), PowerCall::Start),
            ],
            Action::DeleteSnapshot { snapshot, of, .. } => vec![Step::Call {
                call: Call::DeleteSnapshot { snapshot: Ref::Known(snapshot.id().clone()), of: of.clone() },
                needs: None,
            }],
            _ => Vec::new(),
        }
    }
    fn judge(&self, _: &Call, answer: &Answer) -> Verdict {
        match answer {
            Answer::Replied { status: 200..=299, .. } => Verdict::TookEffect,
            _ => Verdict::Unknown,
        }
    }
    fn reconcile(&self, _: &Call, _: &PreState, _: &Inventory, _: Timestamp) -> Reconciled {
        Reconciled::Cannot
    }
    fn usual(&self, call: &Call) -> Duration {
        Duration::from_secs(match call {
            Call::Power { .. } => 90,
            Call::Restore { .. } | Call::TakeSnapshot { .. } => 200,
            _ => 40,
        })
    }
    fn risks(&self, action: &Action, _: &Inventory, _: Timestamp) -> Vec<RiskFact> {
        let fact = |phrase, raises| RiskFact { phrase, raises };
        match action {
            Action::Restore { instance, .. } => vec![
                fact(
                    Phrase::verbatim(format!(
                        "The disk of {} is overwritten: everything since the snapshot is lost. It is running.",
                        instance.name
                    )),
                    true,
                ),
                fact(Phrase::verbatim("No other snapshot of it exists."), true),
            ],
            Action::Destroy { instance, .. } => {
                vec![fact(
                    Phrase::verbatim(format!("{} and everything on its disk is gone for good.", instance.name)),
                    true,
                )]
            }
            Action::Stop { .. } => vec![fact(Phrase::verbatim("A stopped machine is billed as a running one."), false)],
            _ => Vec::new(),
        }
    }
}

pub(crate) fn instance(id: &str, name: &str, status: InstanceStatus, address: &str, age_days: i64) -> Instance {
    Instance {
        id: id.into(),
        name: name.to_owned(),
        status,
        raw_status: "OPEN".to_owned(),
        trouble: None,
        addresses: if address.is_empty() {
            Vec::new()
        } else {
            vec![Address { text: address.to_owned(), network: None }]
        },
        plan: Some("1gb".into()),
        spec: Spec { vcpus: Some(1), memory_mb: Some(1024), disk_gb: Some(20), mbps: Some(100) },
        os: Some("Debian 12".to_owned()),
        image: None,
        volumes: Vec::new(),
        region: Some("Tokyo".to_owned()),
        key: Some("77".into()),
        firewalls: None,
        locked: false,
        created: Some(Timestamp(NOW - age_days * DAY)),
        fields: Vec::new(),
        raw: Raw::new(r#"{"id":616513,"instance_name":"web-01","ip":"203.0.113.7","plan":"1vCPU1GB20GB"}"#),
    }
}

pub(crate) fn snapshot(id: &str, name: &str, of: &str, status: StoreStatus, age_days: i64) -> Snapshot {
    Snapshot {
        id: id.into(),
        name: name.to_owned(),
        of: Some(of.into()),
        raw_status: "created".to_owned(),
        trouble: (status == StoreStatus::Error)
            .then(|| Trouble { said: "I40004: no space".to_owned(), hint: Some(named("trouble.SNAPSHOT_FAILED")) }),
        status,
        stage: None,
        size: Some(1_021_529_984),
        taken: Some(Timestamp(NOW - age_days * DAY)),
        kind: SnapshotKind::Disk,
        expires: None,
        min_disk_gb: None,
        fields: Vec::new(),
        raw: Raw::default(),
    }
}

/// The forms as a provider would have them.
fn forms() -> Forms {
    let field = |name: &'static str, label: &str, value: &str, hidden: bool, optional: bool| FormField {
        name,
        label: label.to_owned(),
        input: value.to_owned().into(),
        hidden,
        optional,
    };
    let fields = vec![
        field("name", "Name", "lab", false, false),
        field("client_id", "API key", "", false, false),
        field("secret", "API private key", "", true, false),
        field("endpoint", "endpoint", "", false, true),
    ];
    let hint = "Both stand in the panel under API key management; the private key is shown once.".into();
    let label = Phrase::verbatim("Toy Cloud");
    let title = Phrase { text: named("title.new_account_at"), args: vec![label.clone().into()] };
    let form = Form { provider: "toy", label, title, hint, fields, at: 1, result: None, busy: false };
    Forms { new_account: vec![form], import: None }
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) env: Env,
}

impl World {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Self::start(width, height, false, true)
    }

    pub(crate) fn start(width: u16, height: u16, demo: bool, configured: bool) -> Self {
        let env = Env { tick: Monotonic(100_000), wall: Timestamp(NOW) };
        let engine = Engine::new("test".to_owned(), Safety::default(), Poll::default());
        let app = App::new(Start {
            engine,
            keymap: Keymap::new([]).unwrap(),
            words: Arc::new(Words::new(Language::English, Clock::utc())),
            size: (width, height),
            pane: Pane::Instances,
            filter: None,
            demo,
            configured,
            forms: forms(),
            now: env,
        });
        Self { app, env }
    }

    pub(crate) fn send(&mut self, msg: app::AppMsg) {
        app::update(&mut self.app, msg, &self.env);
    }

    pub(crate) fn engine(&mut self, msg: engine::Msg) {
        self.send(app::AppMsg::Engine(Box::new(msg)));
    }

    pub(crate) fn account(
        &mut self,
        name: &str,
        colour: Option<AccountColour>,
        slots: Option<usize>,
        limit: Option<Limit>,
    ) {
        let plans = [("1gb".to_owned(), Price::both(64, 449))].into();
        let prices = Arc::new(Prices { as_of: Some("2026-09".into()), plans, ..Prices::default() });
        let rules = Arc::new(Toy { slots });
        let account = Account { colour, limit, prices, ..Account::new(name.into(), rules) };
        self.engine(engine::Msg::AccountAdded(account));
        self.logged_in(name, limit, Ok(()));
    }

    pub(crate) fn logged_in(&mut self, name: &str, limit: Option<Limit>, result: Result<(), Fault>) {
        self.engine(engine::Msg::LoggedIn { account: name.into(), result, budget: Budget::new(limit) });
    }

    pub(crate) fn read(&mut self, account: &str, list: ListKey, collection: Collection) {
        let msg = engine::Msg::Read {
            account: account.into(),
            list,
            started_at: self.env.tick,
            result: Ok(Reading::whole(collection)),
            budget: self.budget(account),
        };
        self.engine(msg);
    }

    /// A budget of which nothing is spent.
    fn budget(&self, account: &str) -> Budget {
        Budget::new(self.app.engine.account(&account.into()).unwrap().account.limit)
    }

    pub(crate) fn fault(&mut self, account: &str, list: ListKey, fault: Fault) {
        let msg = engine::Msg::Read {
            account: account.into(),
            list,
            started_at: self.env.tick,
            result: Err(fault),
            budget: self.budget(account),
        };
        self.engine(msg);
    }

    pub(crate) fn instances(&mut self, account: &str, all: Vec<Instance>) {
        self.read(account, ListKey::Instances, Collection::Instances(all.into_iter().map(Arc::new).collect()));
    }

    pub(crate) fn snapshots(&mut self, account: &str, of: &str, all: Vec<Snapshot>) {
        let collection = Collection::Snapshots(all.into_iter().map(Arc::new).collect());
        self.read(account, ListKey::Snapshots(Some(of.into())), collection);
    }

    /// Keys, each painted before the next: `j`, `<Enter>`.
    pub(crate) fn keys(&mut self, keys: &str) {
        self.send(app::AppMsg::Painted);
        self.keys_unseen(keys);
    }

    fn keys_unseen(&mut self, keys: &str) {
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let (key, len) = match rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
                Some((name, _)) => (name.to_lowercase().parse().unwrap(), name.len() + 2),
                None => (KeyStroke::plain(Code::Char(c)), c.len_utf8()),
            };
            self.send(app::AppMsg::Key(key));
            self.send(app::AppMsg::Painted);
            rest = &rest[len..];
        }
    }

    /// Keys that came before anything of it was painted.
    pub(crate) fn blind(&mut self, keys: &str) {
        for c in keys.chars() {
            self.send(app::AppMsg::Key(KeyStroke::char(c)));
        }
    }

    pub(crate) fn wait(&mut self, seconds: u64) {
        self.env.tick = self.env.tick + Duration::from_secs(seconds);
        self.env.wall = self.env.wall + Duration::from_secs(seconds);
        self.engine(engine::Msg::Woke);
    }

    /// Answers the change that operation number `n` sent last.
    pub(crate) fn answer(&mut self, n: usize, answer: Answer) {
        let op = self.app.engine.operations()[n].clone();
        let budget = self.budget(op.account.as_str());
        self.engine(engine::Msg::Answered { op: op.id.clone(), step: op.at, attempt: op.attempt, answer, budget });
    }
}

/// Three accounts with machines in every state.
pub(crate) fn fleet(width: u16, height: u16) -> World {
    let mut world = World::new(width, height);
    fill(&mut world);
    world
}

pub(crate) fn fill(world: &mut World) {
    use InstanceStatus as S;
    let limit = Some(Limit { per_minute: 6, spacing_ms: 0 });
    world.account("indigo", Some(AccountColour::Red), Some(5), limit);
    world.account("conoha", Some(AccountColour::Blue), None, None);
    world.account("lab", None, None, None);
    let mut unpriced = instance("616520", "odd", S::Unknown("OPEN / Frozen".to_owned()), "203.0.113.20", 9);
    (unpriced.spec, unpriced.plan) = (Spec::default(), None);
    world.instances(
        "indigo",
        vec![
            instance("616513", "web-01", S::Running, "203.0.113.7", 400),
            instance("616514", "build", S::Stopped, "203.0.113.9", 80),
            instance("616515", "importing-one", S::Importing(Some(45)), "", 0),
            instance("616516", "v6-only", S::Running, "2001:db8:1:22:333:4444:5555:7a3f", 30),
            instance("616517", "a-very-long-name-that-goes-on-and-on-and-on-until-it-hurts", S::Creating, "", 0),
            unpriced,
        ],
    );
    let mut failed = instance("f00d", "db", S::Error, "10.0.0.5", 200);
    failed.trouble = Some(Trouble { said: "No valid host was found.".to_owned(), hint: None });
    world.instances("lab", vec![failed]);
    world.instances(
        "conoha",
        vec![
            instance("c0de-01", "東京-本番-01", S::Running, "198.51.100.4", 100),
            instance("c0de-02", "東京-本番-02", S::Stopping, "198.51.100.5", 100),
            instance("c0de-03", "ｶﾞﾝﾀﾞﾑ", S::Rescue, "198.51.100.6", 3),
            instance("c0de-04", "evil\u{202e}name\u{1b}[31m", S::ConfirmResize, "198.51.100.7", 3),
        ],
    );
    world.snapshots(
        "indigo",
        "616513",
        vec![
            snapshot("51", "before-upgrade", "616513", StoreStatus::Available, 12),
            snapshot("52", "nightly", "616513", StoreStatus::Error, 20),
        ],
    );
    world.snapshots("indigo", "616514", vec![]);
    let firewalls = ["web", "ssh-home", "empty"].iter().enumerate().map(|(n, name)| {
        Arc::new(Firewall {
            id: n.to_string().as_str().into(),
            name: (*name).to_owned(),
            on: None,
            fixed: false,
            created: Some(Timestamp(NOW - DAY)),
            updated: None,
            fields: Vec::new(),
            raw: Raw::default(),
        })
    });
    world.read("indigo", ListKey::Firewalls, Collection::Firewalls(firewalls.collect()));
    let rule = |preset: &str, ports: &str, source: &str| Rule {
        direction: Direction::In,
        preset: preset.to_owned(),
        protocol: "TCP".to_owned(),
        ports: ports.to_owned(),
        source: source.to_owned(),
    };
    let sets = [
        vec![rule("HTTP", "80", "0.0.0.0"), rule("HTTPS", "443", "0.0.0.0/0")],
        vec![rule("Custom", "22", "198.51.100.77")],
        vec![],
    ];
    for (n, rules) in sets.into_iter().enumerate() {
        let set = RuleSet { rules, ..RuleSet::default() };
        world.read("indigo", ListKey::Rules(n.to_string().as_str().into()), Collection::Rules(Arc::new(set)));
    }
    let image = |id: &str, name: &str, kind, family: &str, status, size| {
        Arc::new(Image {
            id: id.into(),
            name: name.to_owned(),
            family: Some(family.to_owned()),
            kind,
            status,
            size,
            min_disk_gb: None,
            created: Some(Timestamp(NOW - 30 * DAY)),
            fields: Vec::new(),
            raw: Raw::default(),
        })
    };
    world.read(
        "conoha",
        ListKey::Images,
        Collection::Images(vec![
            image("i1", "golden-2026-10", ImageKind::Saved, "Debian", StoreStatus::Available, Some(20_026_818_560)),
            image("i2", "vmi-ubuntu-24.04-amd64", ImageKind::Linux, "Ubuntu", StoreStatus::Available, None),
        ]),
    );
}

/// The instances of the first account are read again, with web-01 in this state.
pub(crate) fn web_is(world: &mut World, status: &InstanceStatus) {
    let account = world.app.engine.account(&"indigo".into()).unwrap();
    let mut all: Vec<Instance> = account.inventory.instances().iter().map(|i| (**i).clone()).collect();
    for one in &mut all {
        if one.name == "web-01" {
            one.status = status.clone();
        }
    }
    world.instances("indigo", all);
}
