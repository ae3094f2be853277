//! Every call that was recorded is made by the program, and README.md says where: a scripted session over both providers,
//! its requests as the simulator logged them, and the table in README.md say the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]
#![allow(dead_code, reason = "the lab is shared with other tests")]

#[path = "terminal/lab.rs"]
mod lab;
#[path = "terminal/pty.rs"]
mod pty;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use vpsdeck::domain::{
    Answer, Call, Direction, Hidden, Image, ImageKind, Learnt, ListKey, Listing, NewKey, Order, OrderSource, Plan,
    ResourceId, Rule, Which,
};
use vpsdeck::provider::{self, AccountSetup, Api, PROVIDERS, SecretAtHand};

use lab::Lab;

/// The heading in README.md below which the tables stand.
const HEADING: &str = "## What is asked of the providers";
const KEY: &str = concat!(
    "ssh-rsa ",
    "AAAAB3NzaC1yc2EAAAADAQABAAABAQDSTcoYJTC7HW0TLN7WI3su2R4/ch/LGXEXRJTWSTydXDRgvjEgHmn+2qDu6LmZf1x8",
    "KZn9r+WTJTzWVK9N+tcUJ6Cus/7pIy+K8iEfnuSRxbEL7LVWO/web5NCfsvI/ilV5c2ORtyO1LfCdk0qWk12dwb4XYaQAkrW",
    "vaNAG+nIy8zJNfbNH2EiauFTOK4aNABNM7oNJGrATIGxuvI+O/nu9fefK0k0r4f1UgtpuUsNmC6Fu1W2cqhyY3rNdGb8tg4O",
    "j/GEY7DksropcDR08GSsaPcA9bArPcZm9FveqizK7c0rUVdBDk3uSvKzT0MKBzRH3mNsDoBslXumhNZDH7Xq",
    " calls@test"
);

/// What the recorded bodies of a call with several meanings must have done.
const VERBS: [(&str, &[&str]); 2] = [
    ("indigo", &["start", "stop", "forcestop", "reset", "destroy"]),
    ("conoha", &["start", "stop", "forcestop", "reboot", "destroy", "take_snapshot"]),
];

/// Runs a command line that must go well.
fn run(lab: &Lab, line: &str) {
    let output = lab.without_terminal(&line.split_whitespace().collect::<Vec<_>>());
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert_eq!(output.status.code(), Some(0), "{line}: {said:?}");
}

/// What the command line does.
fn commands(lab: &Lab) {
    run(lab, "account check");
    for things in ["instances", "snapshots", "firewalls", "images", "keys", "plans"] {
        run(lab, &format!("list {things}"));
    }
    run(lab, "cost");
    for account in ["indigo", "conoha"] {
        let at = |name: &str| format!("{account}/{name}");
        run(lab, &format!("stop {} --yes --wait", at("web-01")));
        run(lab, &format!("start {} --yes --wait", at("web-01")));
        run(lab, &format!("reboot {} --yes --wait", at("web-01")));
        run(lab, &format!("force-stop {} --confirm web-01 --wait", at("web-01")));
        run(lab, &format!("take-snapshot {} --name before --yes --wait", at("db")));
        run(lab, &format!("delete snapshot {} --confirm before --wait", at("before")));
        run(lab, &format!("destroy {} --confirm web-01 --wait", at("web-01")));
    }
    run(lab, "restore indigo/db --from nightly --confirm db");
}

/// The account of a name, without a screen between.
struct Direct {
    api: Arc<dyn Api>,
}

impl Direct {
    fn open(lab: &Lab, name: &str) -> Self {
        let info = lab.simulation.accounts().into_iter().find(|a| a.name == name).unwrap();
        let key = serde_json::to_value(info.provider).unwrap();
        let provider = PROVIDERS.iter().find(|p| key.as_str() == Some(p.key)).unwrap();
        let values = info.settings().into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let setup = AccountSetup { name: name.into(), provider, values, limit: None, state_dir: None };
        Self { api: provider::open(setup, Arc::new(SecretAtHand(info.secret.into()))).unwrap() }
    }

    async fn read(&self, list: ListKey) -> Listing {
        self.api.read(&list, None).await.unwrap_or_else(|fault| panic!("{list:?}: {fault:?}")).listing
    }

    /// Sends a change that must be answered well, and what it taught.
    async fn change(&self, call: Call) -> Vec<Learnt> {
        match self.api.change(&call, &[]).await {
            Answer::Replied { status: 200..=299, learnt, .. } => learnt,
            other => panic!("{call:?}: {other:?}"),
        }
    }

    async fn instance(&self, name: &str) -> ResourceId {
        let Listing::Instances(rows) = self.read(ListKey::Instances).await else { panic!() };
        rows.iter().find(|i| i.name == name).unwrap().id.clone()
    }

    async fn firewall(&self, name: &str) -> ResourceId {
        let Listing::Firewalls(rows) = self.read(ListKey::Firewalls).await else { panic!() };
        rows.iter().find(|f| f.name == name).unwrap().id.clone()
    }

    async fn key(&self, name: &str) -> ResourceId {
        let Listing::Keys(rows) = self.read(ListKey::Keys).await else { panic!() };
        rows.iter().find(|k| k.name == name).unwrap().id.clone()
    }

    async fn image(&self) -> Arc<Image> {
        let Listing::Images(rows) = self.read(ListKey::Images).await else { panic!() };
        rows.iter().find(|i| i.kind == ImageKind::Linux).unwrap().clone()
    }

    /// The largest plan: every image fits on it.
    async fn plan(&self, list: ListKey) -> Arc<Plan> {
        let Listing::Plans(rows) = self.read(list).await else { panic!() };
        rows.iter().max_by_key(|plan| plan.spec.disk_gb).unwrap().clone()
    }

    /// A firewall from its making to its end: what `create`, `edit-rules`, `assign` and `delete` send.
    async fn firewalls(&self, of: &str, detach: bool) {
        let rule = |ports: &str| Rule {
            direction: Direction::In,
            preset: String::new(),
            protocol: "TCP".into(),
            ports: ports.into(),
            source: "198.51.100.0/24".into(),
        };
        let of = self.instance(of).await;
        self.change(Call::CreateFirewall { name: "calls".into(), rules: vec![rule("22")], instances: vec![] }).await;
        let firewall = self.firewall("calls").await;
        self.read(ListKey::Rules(firewall.clone())).await;
        self.change(Call::AssignFirewall { firewall: firewall.clone(), instance: of.clone() }).await;
        self.change(Call::UpdateFirewall {
            firewall: firewall.clone(),
            name: "calls-2".into(),
            rules: vec![rule("443")],
            instances: vec![of.clone()],
        })
        .await;
        if detach {
            self.change(Call::DetachFirewall { firewall: firewall.clone(), instance: of }).await;
            self.change(Call::DeleteFirewall { firewall }).await;
        } else {
            // One that is on an instance stays there, and only one that is on none can be deleted.
            let call = Call::CreateFirewall { name: "spare".into(), rules: vec![rule("22")], instances: vec![] };
            self.change(call).await;
            self.change(Call::DeleteFirewall { firewall: self.firewall("spare").await }).await;
        }
    }

    /// A new machine: what `create` sends.
    async fn create(&self, key: ResourceId, region: Option<ResourceId>, plans: impl Fn(&Image) -> ListKey) {
        let image = self.image().await;
        let plan = self.plan(plans(&image)).await;
        let order = Order {
            name: "calls".into(),
            source: OrderSource::Image(image.id.clone()),
            plan: plan.id.clone(),
            region,
            key: Some(Which::Known(key)),
            firewalls: Vec::new(),
            password: Hidden::default(),
            had_password: false,
        };
        self.change(order.into()).await;
    }
}

/// What the dashboard alone does as yet, sent without a screen.
async fn directly(lab: &Lab) {
    // To be replaced by commands where there are some: create, key, firewall.
    let indigo = Direct::open(lab, "indigo");
    let new = |name: &str| NewKey { name: name.to_owned(), public: KEY.to_owned() };
    indigo.change(Call::AddKey { key: new("calls") }).await;
    let key = indigo.key("calls").await;
    indigo.change(Call::ChangeKey { id: key.clone(), key: new("calls-2"), active: false }).await;
    indigo.change(Call::DeleteKey { id: key }).await;
    let learnt = indigo.change(Call::CreateApiKey {}).await;
    assert!(!learnt.is_empty());
    let Listing::ApiKeys(keys) = indigo.read(ListKey::ApiKeys).await else { panic!() };
    let made = keys.iter().rfind(|k| !k.in_use).unwrap();
    indigo.change(Call::DeleteApiKey { id: made.id.clone() }).await;
    indigo.read(ListKey::Types).await;
    let Listing::Regions(regions) = indigo.read(ListKey::Regions).await else { panic!() };
    let key = indigo.key("laptop").await;
    indigo.create(key, regions.first().map(|r| r.id.clone()), |image| ListKey::Plans(Some(image.id.clone()))).await;
    let db = indigo.instance("db").await;
    let Listing::Snapshots(saved) = indigo.read(ListKey::Snapshots(Some(db.clone()))).await else { panic!() };
    let snapshot = saved.first().unwrap().id.clone();
    indigo.api.change(&Call::RetakeSnapshot { instance: db, snapshot }, &[]).await;
    indigo.firewalls("v6-only", false).await;

    let conoha = Direct::open(lab, "conoha");
    conoha.change(Call::AddKey { key: new("calls") }).await;
    let key = conoha.key("calls").await;
    conoha.change(Call::DeleteKey { id: key }).await;
    let key = conoha.key("laptop").await;
    conoha.create(key, None, |_| ListKey::Plans(None)).await;
    let db = conoha.instance("db").await;
    conoha.read(ListKey::Graphs(db.clone())).await;
    conoha.read(ListKey::Backups).await;
    conoha.api.console(&conoha.instance("batch").await).await.unwrap();
    conoha.firewalls("batch", true).await;
}

/// A path with what names one thing replaced by what it names.
fn normal(path: &str) -> String {
    let hex = |text: &str, most: usize| text.len() == most && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        let before = parts.last().map(String::as_str).unwrap_or_default();
        let is_id = hex(part, 36) || (!part.is_empty() && part.chars().all(|c| c.is_ascii_digit()));
        parts.push(match (before, part) {
            ("v2", part) if hex(part, 32) => "{tenant}".to_owned(),
            ("os-keypairs", _) => "{name}".to_owned(),
            _ if is_id => "{id}".to_owned(),
            _ => part.to_owned(),
        });
    }
    parts.join("/")
}

/// The calls of README.md by provider, each with the rest of its line.
fn told(readme: &str) -> BTreeMap<(String, String), String> {
    let mut told = BTreeMap::new();
    let mut provider = "";
    let section = readme.split(HEADING).nth(1).unwrap_or_default();
    for line in section.lines() {
        match line {
            _ if line.starts_with("## ") => break,
            _ if line.starts_with("### WebARENA") => provider = "indigo",
            _ if line.starts_with("### ConoHa") => provider = "conoha",
            _ if line.starts_with("| `") => {
                let (call, rest) = line.trim_start_matches("| `").split_once("` |").unwrap();
                let former = told.insert((provider.to_owned(), call.to_owned()), rest.to_owned());
                assert_eq!(former, None, "{call} stands in it twice");
            }
            _ => {}
        }
    }
    told
}

#[test]
fn the_table_of_calls_is_what_a_session_sends() {
    let lab = Lab::of("both");
    commands(&lab);
    tokio::runtime::Runtime::new().unwrap().block_on(directly(&lab));
    // A machine that is written anew takes nothing else meanwhile.
    run(&lab, "restore conoha/db --from nightly --confirm db");
    let mut sent: BTreeMap<(String, String), bool> = BTreeMap::new();
    for request in lab.simulation.requests() {
        let call = format!("{} {}", request.method, normal(&request.path));
        *sent.entry((request.account, call)).or_default() |= request.status.is_some_and(|s| (200..300).contains(&s));
    }
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let told = told(&readme);
    if !told.keys().eq(sent.keys()) {
        let mut right = String::new();
        for (provider, call) in sent.keys() {
            let rest = told.get(&(provider.clone(), call.clone())).map_or(" ? | ? |", String::as_str);
            right.push_str(&format!("{provider}: | `{call}` |{rest}\n"));
        }
        panic!("README.md should hold these calls and no others:\n{right}");
    }
    // What was recorded was answered well at least once.
    for (call, rest) in told.iter().filter(|(_, rest)| rest.starts_with(" yes ")) {
        assert!(sent[call], "{call:?} was never answered well:{rest}");
    }
    for (account, verbs) in VERBS {
        let done: Vec<String> =
            lab.simulation.effects().into_iter().filter(|e| e.account == account).map(|e| e.verb).collect();
        for verb in verbs {
            assert!(done.iter().any(|d| d == verb), "{account}: {verb} is not among {done:?}");
        }
    }
}
