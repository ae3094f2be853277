//! A world that answers the engine's effects, on a clock that jumps from one event to the next. It checks by itself
//! what must hold at every moment: see [`World::tell`].

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::domain::{
    Account, AccountName, Action, Answer, Budget, Fault, Instance, InstanceStatus, JOURNAL_VERSION, JournalLine,
    JournalRecord, Limit, ListKey, Monotonic, OpId, OpState, Operation, Poll, Probe, ResourceId, ResourceRef, Rule,
    Safety, Snapshot, Timestamp, Watchdog, text,
};
use crate::engine::tests::provider::{instance, replied};
use crate::engine::tests::rules::Fake;
use crate::engine::{Change, Effect, Engine, Env, Interest, Msg, Notice, Priority, update};

pub(super) const START: Timestamp = Timestamp(1_800_000_007_000);

/// A change that the provider has taken in and that shows later.
pub(super) type Later = (Monotonic, Box<dyn FnOnce(&mut World)>);

pub(super) struct World {
    pub(super) engine: Engine,
    pub(super) env: Env,
    pub(super) name: AccountName,
    pub(super) instances: Vec<Instance>,
    pub(super) snapshots: BTreeMap<ResourceId, Vec<Snapshot>>,
    /// The instances behind the one firewall there is, and its rules.
    pub(super) behind_firewall: Vec<ResourceId>,
    pub(super) rules: Vec<(ResourceId, Rule)>,
    pub(super) latency: Duration,
    /// How long a change takes until it shows.
    pub(super) takes: Duration,
    /// What is answered to the next changes instead of the truth; with `true` it takes effect all the same.
    pub(super) answers: VecDeque<(Answer, bool)>,
    pub(super) faults: VecDeque<Fault>,
    /// What logging in ends with, until changed.
    pub(super) login: Result<(), Fault>,
    /// Whether answers are kept until [`World::deliver`].
    pub(super) held: Option<Vec<Msg>>,
    pub(super) changes: Vec<(Monotonic, Change)>,
    pub(super) reads: Vec<(Monotonic, ListKey)>,
    pub(super) logins: Vec<Monotonic>,
    pub(super) records: Vec<(OpId, JournalRecord)>,
    pub(super) journal: Vec<JournalLine>,
    /// The names of all changes that took effect, in order.
    pub(super) effective: Vec<&'static str>,
    /// Which run of the program this is; answers to an earlier one are lost.
    run: u32,
    pub(super) notices: Vec<Notice>,
    pub(super) updates: usize,
    pub(super) too_many: usize,
    pub(super) guard: Budget,
    pub(super) limit: Option<Limit>,
    pub(super) arrived: Vec<Timestamp>,
    /// Whether the provider tells in headers what is left of its minute.
    pub(super) headers: bool,
    pub(super) later: Vec<Later>,
    pub(super) wake: Option<Monotonic>,
    asked: HashSet<OpId>,
    in_flight: HashSet<ListKey>,
    sending: HashSet<OpId>,
    sent: HashMap<(OpId, usize, u32), bool>,
    pub(super) noise: u64,
    /// The machines that answer no probe although they run.
    pub(super) silent: HashSet<ResourceId>,
    pub(super) probed: Vec<(Monotonic, ResourceRef, Probe)>,
    pub(super) watchdogs: Vec<Watchdog>,
}

pub(super) fn secs(s: u64) -> Duration {
    Duration::from_secs(s)
}

impl World {
    /// An account with these instances, `i0` named `web-0` and so on, all running; looked at, not yet logged in.
    pub(super) fn new(limit: Option<Limit>, instances: usize) -> Self {
        Self::with(limit, instances, Safety::default(), false)
    }

    /// An account at a provider whose single records have addresses of their own.
    pub(super) fn singles(instances: usize) -> Self {
        Self::of(Fake { singles: true }, None, instances, Safety::default(), false)
    }

    pub(super) fn with(limit: Option<Limit>, instances: usize, safety: Safety, read_only: bool) -> Self {
        Self::of(Fake { singles: false }, limit, instances, safety, read_only)
    }

    fn of(rules: Fake, limit: Option<Limit>, instances: usize, safety: Safety, read_only: bool) -> Self {
        let name = AccountName::new("lab");
        let account = Account { read_only, limit, ..Account::new(name.clone(), Arc::new(rules)) };
        let mut world = Self {
            engine: Engine::new("p1".into(), safety, Poll::default()),
            env: Env { tick: Monotonic(1_000), wall: START },
            name,
            instances: (0..instances)
                .map(|i| instance(&format!("i{i}"), &format!("web-{i}"), InstanceStatus::Running))
                .collect(),
            snapshots: BTreeMap::new(),
            behind_firewall: Vec::new(),
            rules: Vec::new(),
            latency: Duration::from_millis(300),
            takes: secs(20),
            answers: VecDeque::new(),
            faults: VecDeque::new(),
            login: Ok(()),
            held: None,
            changes: Vec::new(),
            reads: Vec::new(),
            logins: Vec::new(),
            records: Vec::new(),
            journal: Vec::new(),
            effective: Vec::new(),
            run: 1,
            notices: Vec::new(),
            updates: 0,
            too_many: 0,
            guard: Budget::new(limit),
            limit,
            arrived: Vec::new(),
            headers: false,
            later: Vec::new(),
            wake: None,
            asked: HashSet::new(),
            in_flight: HashSet::new(),
            sending: HashSet::new(),
            sent: HashMap::new(),
            noise: 1,
            silent: HashSet::new(),
            probed: Vec::new(),
            watchdogs: Vec::new(),
        };
        world.tell(Msg::AccountAdded(account));
        world
    }

    /// Looked at as by the dashboard: instances in focus, the snapshots of the selection beside.
    pub(super) fn looked_at(mut self) -> Self {
        self.look(&[(ListKey::Instances, Priority::Focus), (snapshots_of("i0"), Priority::Beside)]);
        self
    }

    pub(super) fn look(&mut self, lists: &[(ListKey, Priority)]) {
        let account = self.name.clone();
        let interests = lists.iter().map(|(list, priority)| Interest {
            account: account.clone(),
            list: list.clone(),
            priority: *priority,
        });
        self.tell(Msg::Interests(interests.collect()));
    }

    /// Sends a message and carries out what the engine wants done, checking what must always hold.
    pub(super) fn tell(&mut self, msg: Msg) {
        self.updates += 1;
        match &msg {
            Msg::Read { list, .. } => _ = self.in_flight.remove(list),
            Msg::Answered { op, step, attempt, answer, .. }
                if self.engine.operation(op).is_some_and(|o| o.at == *step && o.attempt == *attempt) =>
            {
                self.sending.remove(op);
                if matches!(answer, Answer::OverBudget { .. }) {
                    self.sent.remove(&(op.clone(), *step, *attempt));
                }
            }
            _ => {}
        }
        let over: Vec<Operation> = self.engine.operations().iter().filter(|o| o.is_over()).cloned().collect();
        let env = self.env;
        let bars = |engine: &Engine| -> HashMap<OpId, f32> {
            let open = engine.operations().iter().filter(|o| !o.is_over());
            open.filter_map(|o| Some((o.id.clone(), engine.overall(o, &env)?))).collect()
        };
        let before = bars(&self.engine);
        let effects = update(&mut self.engine, msg, &env);
        for (id, bar) in bars(&self.engine) {
            assert!(bar >= before.get(&id).copied().unwrap_or(0.0), "the bar of {id} jumps back");
        }
        for was in over {
            assert_eq!(self.engine.operation(&was.id), Some(&was), "what ended stays as it ended");
        }
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::WakeAt(at) => {
                assert!(at > self.env.tick, "a wish to be woken in the past: {at:?} at {:?}", self.env.tick);
                self.wake = Some(at);
            }
            Effect::Record { op, record } => {
                if matches!(record, JournalRecord::Asked { .. }) {
                    assert!(self.asked.insert(op.clone()), "asked twice: {op}");
                }
                self.write(&op, &record);
                self.records.push((op, record));
            }
            Effect::Ended { op, result } => {
                let reason = result
                    .reason(|phrase| phrase.clone().into_words().unwrap_or_else(|own| own.text.name().to_owned()));
                let code = result.code().map(str::to_owned);
                let record = JournalRecord::Ended { result: result.word().to_owned(), reason, code };
                self.write(&op, &record);
                self.records.push((op, record));
            }
            Effect::Tell(notice) => self.notices.push(notice),
            Effect::CacheList { .. } | Effect::TryAgain { .. } | Effect::Secret { .. } => {}
            Effect::LogIn { account } => {
                self.logins.push(self.env.tick);
                let result = match self.door() {
                    Ok(true) => self.login.clone(),
                    Ok(false) => Err(Fault::Quota { until: None }),
                    Err(until) => Err(Fault::OverBudget { until }),
                };
                self.answer(move |w| Msg::LoggedIn { account, result, budget: w.guard.clone() });
            }
            Effect::Read { account, list, started_at, .. } => {
                assert!(self.in_flight.insert(list.clone()), "{list:?} is read already");
                assert_eq!(started_at, self.env.tick);
                self.reads.push((started_at, list.clone()));
                let result = match self.door() {
                    Ok(true) => self.faults.pop_front().map_or_else(|| self.shown(&list), Err),
                    Ok(false) => Err(Fault::Quota { until: None }),
                    Err(until) => Err(Fault::OverBudget { until }),
                };
                self.answer(move |w| Msg::Read { account, list, started_at, result, budget: w.guard.clone() });
            }
            Effect::Change(change) => self.change(*change),
            Effect::Probe { of, probe, targets, started_at } => {
                assert_eq!(started_at, self.env.tick);
                assert!(!targets.is_empty(), "nothing to try");
                self.probed.push((started_at, of.clone(), probe.clone()));
                self.answer(move |w| {
                    let runs = |i: &Instance| i.id == of.id && i.status == InstanceStatus::Running;
                    let answers = w.instances.iter().any(runs) && !w.silent.contains(&of.id);
                    let result = if answers { Ok(()) } else { Err(text::watchdog::REFUSED.into()) };
                    Msg::Probed { of, probe, started_at, result }
                });
            }
        }
    }

    fn change(&mut self, change: Change) {
        let op = self.engine.operation(&change.op).expect("a change belongs to an operation");
        assert!(self.asked.contains(&change.op), "a change without a confirmation on record: {change:?}");
        assert_eq!(op.state, OpState::Sending);
        assert_eq!(change.pre_state.at, self.env.wall, "a change carries what was before it");
        assert!(self.sending.insert(change.op.clone()), "two changes of one operation at once");
        let key = (change.op.clone(), change.step, change.attempt);
        assert!(self.sent.insert(key, true).is_none(), "an attempt was sent twice: {change:?}");
        self.changes.push((self.env.tick, change.clone()));
        let intent = JournalRecord::Intent {
            step: change.step,
            attempt: change.attempt,
            call: change.call.clone(),
            pre_state: change.pre_state.clone(),
        };
        self.write(&change.op, &intent);
        let (answer, effective) = match self.door() {
            Ok(true) => self.answers.pop_front().unwrap_or_else(|| (replied(200), true)),
            Ok(false) => (replied(429), false),
            Err(until) => (Answer::OverBudget { until }, false),
        };
        if effective {
            self.effective.push(change.call.name());
            self.take_effect(&change.call);
        }
        let Change { op, step, attempt, .. } = change;
        self.answer(move |w| {
            w.write(&op, &JournalRecord::Answered { step, attempt, answer: answer.clone() });
            Msg::Answered { op, step, attempt, answer, budget: w.guard.clone() }
        });
    }

    fn answer(&mut self, msg: impl FnOnce(&mut Self) -> Msg + 'static) {
        let (at, run) = (self.env.tick + self.latency, self.run);
        self.later.push((
            at,
            Box::new(move |w| {
                if w.run != run {
                    return;
                }
                let msg = msg(w);
                match &mut w.held {
                    Some(held) => held.push(msg),
                    None => w.tell(msg),
                }
            }),
        ));
    }

    fn write(&mut self, op: &OpId, record: &JournalRecord) {
        let (at, process) = (self.env.wall, format!("p{}", self.run));
        self.journal.push(JournalLine { v: JOURNAL_VERSION, at, process, op: op.clone(), record: record.clone() });
    }

    /// The program is killed and started again after `time`: all it knew is gone, but for the journal.
    pub(super) fn restart(&mut self, time: Duration) {
        self.run += 1;
        self.wake = None;
        self.held = None;
        self.in_flight.clear();
        self.sending.clear();
        let account = self.engine.accounts()[0].account.clone();
        let open: Vec<OpId> = self.engine.operations().iter().filter(|o| !o.is_over()).map(|o| o.id.clone()).collect();
        // What happens at the provider meanwhile happens without anybody looking.
        let end = self.env.tick + time;
        while let Some(at) = self.later.iter().enumerate().min_by_key(|(i, (at, _))| (*at, *i)).map(|(i, _)| i) {
            if self.later[at].0 > end {
                break;
            }
            let (moment, what) = self.later.remove(at);
            self.pass(moment.since(self.env.tick));
            what(self);
        }
        self.pass(end.since(self.env.tick));
        self.engine = Engine::new(format!("p{}", self.run), self.engine.safety().clone(), Poll::default());
        for op in open {
            self.write(&op, &JournalRecord::TakenOver {});
        }
        self.tell(Msg::AccountAdded(account));
        self.tell(Msg::Watchdogs(self.watchdogs.clone()));
        self.tell(Msg::Journal(self.journal.clone()));
        self.look(&[(ListKey::Instances, Priority::Focus)]);
    }

    /// Lets in what was held back, and holds nothing back any more.
    pub(super) fn deliver(&mut self) {
        for msg in self.held.take().unwrap_or_default() {
            self.tell(msg);
        }
    }

    /// Something happens at the provider at a later moment.
    pub(super) fn after(&mut self, time: Duration, what: impl FnOnce(&mut World) + 'static) {
        self.later.push((self.env.tick + time, Box::new(what)));
    }

    pub(super) fn run(&mut self, time: Duration) {
        let end = self.env.tick + time;
        loop {
            let event = self.later.iter().enumerate().min_by_key(|(i, (at, _))| (*at, *i)).map(|(i, (at, _))| (i, *at));
            let next = event.map(|(_, at)| at).into_iter().chain(self.wake).min().filter(|at| *at <= end);
            let Some(next) = next else { break };
            self.pass(next.since(self.env.tick));
            match event.filter(|(_, at)| *at == next) {
                Some((i, _)) => (self.later.remove(i).1)(self),
                None => {
                    self.wake = None;
                    self.tell(Msg::Woke);
                }
            }
        }
        self.pass(end.since(self.env.tick));
    }

    pub(super) fn pass(&mut self, time: Duration) {
        self.env.tick = self.env.tick + time;
        self.env.wall = self.env.wall + time;
    }

    /// Confirms one action; the operation it became, if it did.
    pub(super) fn ask(&mut self, action: Action) -> Option<OpId> {
        let before = self.asked.len();
        self.tell(Msg::Ask(vec![action]));
        (self.asked.len() > before).then(|| self.engine.operations().last().expect("just asked").id.clone())
    }

    pub(super) fn stop(&mut self, id: &str) -> OpId {
        let instance = self.target(id);
        self.ask(Action::Stop { instance }).expect("not refused")
    }

    pub(super) fn destroy(&mut self, id: &str) -> OpId {
        let instance = self.target(id);
        self.ask(Action::Destroy { instance, snapshots: Vec::new(), volumes: Vec::new() }).expect("not refused")
    }

    pub(super) fn op(&self, id: &OpId) -> &Operation {
        self.engine.operation(id).expect("an operation")
    }

    /// The names of what was sent, in order.
    pub(super) fn sent(&self) -> Vec<&'static str> {
        self.changes.iter().map(|(_, c)| c.call.name()).collect()
    }

    pub(super) fn told(&self, key: &str) -> bool {
        self.notices.iter().any(|n| format!("{:?}", n.what).contains(&format!("text: {key},")))
    }

    pub(super) fn has_record(&self, wanted: impl Fn(&JournalRecord) -> bool) -> bool {
        self.records.iter().any(|(_, r)| wanted(r))
    }
}

pub(super) fn snapshots_of(id: &str) -> ListKey {
    ListKey::Snapshots(Some(id.into()))
}
