//! A person at the dashboard, on a clock that only the test moves. It checks by itself what must hold at every moment:
//! see [`Desk::tell`].

use std::sync::Arc;
use std::time::Duration;

use crate::app::layers::confirm::ConfirmDialog;
use crate::app::layers::form::Forms;
use crate::app::layers::layer::{Layer, Menu};
use crate::app::tables::commands::Keymap;
use crate::app::tables::key::{Code, KeyStroke};
use crate::app::tables::pane::Pane;
use crate::app::tests::lab::Lab;
use crate::app::{App, AppEffect, AppMsg, Start, update};
use crate::domain::{
    Account, AccountName, Action, Address, Answer, Budget, Collection, Fault, Instance, InstanceStatus, JournalRecord,
    Limit, ListKey, Monotonic, OpId, Operation, Poll, Raw, Reading, Safety, Snapshot, SnapshotKind, Spec, StoreStatus,
    Timestamp,
};
use crate::engine;
use crate::engine::{Engine, Env};
use crate::proposal::{Confirmation, Proposal};
use crate::words::{Clock, Language, Words};

/// 2027-01-15 08:00:07 UTC.
pub(super) const START: Timestamp = Timestamp(1_800_000_007_000);

pub(super) struct Desk {
    pub(super) app: App,
    pub(super) now: Env,
    /// What was to be done, all of it, in order; wishes to be woken apart.
    pub(super) effects: Vec<AppEffect>,
    pub(super) asked: Vec<Action>,
    /// The wish to be woken of the last message.
    pub(super) wake: Option<Monotonic>,
}

pub(super) fn instance(id: &str, name: &str, status: InstanceStatus) -> Instance {
    Instance {
        id: id.into(),
        name: name.into(),
        raw_status: format!("{status:?}"),
        status,
        trouble: None,
        addresses: vec![Address { text: format!("10.0.0.{}", id.len()), network: None }],
        plan: None,
        spec: Spec::default(),
        os: None,
        image: None,
        volumes: Vec::new(),
        region: None,
        key: None,
        firewalls: None,
        locked: false,
        created: None,
        fields: Vec::new(),
        raw: Raw::new(r#"{"id":1}"#),
    }
}

pub(super) fn snapshot(id: &str, name: &str, of: &str, taken: i64) -> Snapshot {
    Snapshot {
        id: id.into(),
        name: name.into(),
        of: Some(of.into()),
        status: StoreStatus::Available,
        raw_status: "available".into(),
        trouble: None,
        stage: None,
        size: None,
        taken: Some(Timestamp(taken)),
        kind: SnapshotKind::Disk,
        expires: None,
        min_disk_gb: None,
        fields: Vec::new(),
        raw: Raw::default(),
    }
}

impl Desk {
    /// A dashboard without accounts.
    pub(super) fn bare(safety: Safety, configured: bool, forms: Forms) -> Self {
        let now = Env { tick: Monotonic(60_000), wall: START };
        let app = App::new(Start {
            engine: Engine::new("p1".into(), safety, Poll::default()),
            keymap: Keymap::new([]).unwrap(),
            words: Arc::new(Words::new(Language::English, Clock::utc())),
            size: (120, 36),
            pane: Pane::Instances,
            filter: None,
            demo: false,
            configured,
            forms,
            now,
        });
        Self { app, now, effects: Vec::new(), asked: Vec::new(), wake: None }
    }

    /// One account, `lab`, with the machines `web-1` to `web-5` and `db`, in the order of their names: `db` first.
    pub(super) fn new() -> Self {
        Self::with(Safety::default())
    }

    pub(super) fn with(safety: Safety) -> Self {
        let mut desk = Self::bare(safety, true, Forms::default());
        desk.account("lab", false, None);
        desk.fleet(&["db", "web-1", "web-2", "web-3", "web-4", "web-5"]);
        desk.paint();
        desk
    }

    pub(super) fn account(&mut self, name: &str, read_only: bool, limit: Option<Limit>) {
        let name = AccountName::new(name);
        let account = Account { read_only, limit, ..Account::new(name, Arc::new(Lab)) };
        self.engine(engine::Msg::AccountAdded(account));
    }

    /// The account `lab` shows running machines of these names, with ids `id-NAME`.
    pub(super) fn fleet(&mut self, names: &[&str]) {
        let all = names.iter().map(|n| instance(&format!("id-{n}"), n, InstanceStatus::Running)).collect();
        self.instances("lab", all);
    }

    pub(super) fn instances(&mut self, account: &str, all: Vec<Instance>) {
        let collection = Collection::Instances(all.into_iter().map(Arc::new).collect());
        self.read(account, ListKey::Instances, Ok(Reading::whole(collection)));
    }

    /// The account `lab` shows these instead of its first ones, and the cursor is on the first.
    pub(super) fn replace(&mut self, all: Vec<Instance>) {
        self.instances("lab", all);
        self.keys("g");
    }

    pub(super) fn snapshots(&mut self, of: &str, all: &[(&str, &str, i64)]) {
        let rows = all.iter().map(|(id, name, taken)| Arc::new(snapshot(id, name, of, *taken))).collect();
        let reading = Reading::whole(Collection::Snapshots(rows));
        self.read("lab", ListKey::Snapshots(Some(of.into())), Ok(reading));
    }

    pub(super) fn read(&mut self, account: &str, list: ListKey, result: Result<Reading, Fault>) {
        let account = AccountName::new(account);
        let budget = self.app.engine.account(&account).map_or_else(|| Budget::new(None), engine::AccountState::budget);
        self.engine(engine::Msg::Read { account, list, started_at: self.now.tick, result, budget });
    }

    pub(super) fn engine(&mut self, msg: engine::Msg) {
        self.tell(AppMsg::Engine(Box::new(msg)));
    }

    /// Hands a message over. Nothing is asked of the engine but by a key to a dialog that was drawn and stood; no wish
    /// to be woken lies in the past.
    pub(super) fn tell(&mut self, msg: AppMsg) {
        let key = matches!(msg, AppMsg::Key(_));
        let confirmable = match self.app.layers.last() {
            Some(Layer::Confirm(c)) if key && c.drawn && c.overtaken.is_none() && c.is_typed() => {
                c.proposal.actions.clone()
            }
            _ => Vec::new(),
        };
        let now = self.now;
        self.wake = None;
        for effect in update(&mut self.app, msg, &now) {
            match effect {
                AppEffect::Engine(engine::Effect::WakeAt(at)) => {
                    assert!(at > now.tick, "a wish to be woken in the past");
                    self.wake = Some(at);
                }
                AppEffect::Engine(engine::Effect::Record { record: JournalRecord::Asked { action, .. }, .. }) => {
                    assert!(confirmable.contains(&action), "asked for without a confirmed dialog: {action:?}");
                    self.asked.push(action);
                }
                other => self.effects.push(other),
            }
        }
    }

    pub(super) fn paint(&mut self) {
        self.tell(AppMsg::Painted);
    }

    /// Keys as text, `<Enter>` and the like in brackets; the screen is painted after each.
    pub(super) fn keys(&mut self, text: &str) {
        for key in parse(text) {
            self.tell(AppMsg::Key(key));
            self.paint();
        }
    }

    /// Keys that come in one go: nothing is painted before the last.
    pub(super) fn burst(&mut self, text: &str) {
        for key in parse(text) {
            self.tell(AppMsg::Key(key));
        }
        self.paint();
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.tell(AppMsg::Paste(text.to_owned()));
    }

    pub(super) fn wait(&mut self, ms: u64) {
        let time = Duration::from_millis(ms);
        self.now = Env { tick: self.now.tick + time, wall: self.now.wall + time };
        self.engine(engine::Msg::Woke);
        self.paint();
    }

    pub(super) fn names(&self, pane: Pane) -> Vec<String> {
        self.app.panes[pane.index()].rows.iter().map(|r| r.what.name().to_owned()).collect()
    }

    pub(super) fn shown(&self) -> String {
        self.names(self.app.focus).join(" ")
    }

    pub(super) fn at(&self) -> &str {
        self.app.pane().row().map_or("", |r| r.what.name())
    }

    pub(super) fn confirm(&self) -> &ConfirmDialog {
        match self.app.layers.last() {
            Some(Layer::Confirm(confirm)) => confirm,
            other => panic!("no dialog but {other:?}"),
        }
    }

    pub(super) fn proposal(&self) -> &Proposal {
        &self.confirm().proposal
    }

    pub(super) fn has_dialog(&self) -> bool {
        matches!(self.app.layers.last(), Some(Layer::Confirm(_)))
    }

    pub(super) fn accepted(&self) -> Vec<String> {
        match &self.proposal().confirmation {
            Confirmation::Typed(accepted) => accepted.clone(),
            Confirmation::Question => Vec::new(),
        }
    }

    pub(super) fn menu(&self) -> &Menu {
        match self.app.layers.last() {
            Some(Layer::Menu(menu)) => menu,
            other => panic!("no menu but {other:?}"),
        }
    }

    pub(super) fn told(&self) -> String {
        self.app.message().map_or(String::new(), |(what, _)| self.app.words.say(what))
    }

    pub(super) fn op(&self) -> &Operation {
        self.app.engine.operations().last().expect("an operation")
    }

    /// The pending change is let through the check and answered.
    pub(super) fn answer(&mut self, answer: Answer) {
        let (op, step, attempt): (OpId, usize, u32) = {
            let op = self.op();
            (op.id.clone(), op.at, op.attempt)
        };
        self.engine(engine::Msg::Answered { op, step, attempt, answer, budget: Budget::new(None) });
    }

    pub(super) fn log_in(&mut self) {
        let account = AccountName::new("lab");
        let budget = self.app.engine.account(&account).map_or_else(|| Budget::new(None), engine::AccountState::budget);
        self.engine(engine::Msg::LoggedIn { account, result: Ok(()), budget });
    }

    /// The account's minute is used up.
    pub(super) fn spend(&mut self) {
        let account = AccountName::new("lab");
        let mut budget = self.app.engine.account(&account).expect("the account").budget();
        budget.spent(self.now.wall);
        self.engine(engine::Msg::LoggedIn { account, result: Ok(()), budget });
    }

    /// The check of the newest operation finds everything as it was, so that its call is sent.
    pub(super) fn send(&mut self) {
        self.log_in();
        self.wait(10);
        let names = self.names(Pane::Instances);
        self.fleet(&names.iter().map(String::as_str).collect::<Vec<_>>());
        self.wait(10);
    }

    pub(super) fn quits(&self) -> bool {
        self.effects.iter().any(|e| matches!(e, AppEffect::Quit))
    }
}

pub(super) fn ok() -> Answer {
    Answer::Replied {
        status: 200,
        code: None,
        said: None,
        request_id: None,
        body: String::new(),
        understood: true,
        outputs: Vec::new(),
        wait_until: None,
    }
}

fn parse(text: &str) -> Vec<KeyStroke> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        if let Some((name, after)) = named {
            keys.push(name.parse().unwrap());
            rest = after;
        } else {
            keys.push(KeyStroke::plain(Code::Char(c)));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}
