//! One operation in a world of its own: begun, broken off at one of its requests, looked at, gone on with by the command
//! line as a person would who sees the world, and compared at its end with what an undisturbed one did.

use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;
use vpsdeck::sim::{Fault, FaultKind, Logged};

use super::lab::{Lab, json};
use super::paths::{fits, request_of};
use super::pty::Terminal;
use super::rows::{Ask, Row};

/// So many reads may show what became of a request before somebody else looks.
const LOOKS: usize = 3;
/// So long it is followed at most, several at once, each within the few requests a minute of its provider.
const LIMIT: Duration = Duration::from_secs(300);

/// What befalls one of the requests, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    Refused(u32),
    AnswerLost(u32),
    RequestLost(u32),
    /// The program is killed while it waits for the answer to a request that never arrives.
    KilledBefore(u32),
    /// The same where the request took effect.
    KilledAfter(u32),
    /// The program is killed once the answer is in the journal.
    KilledAnswered(u32),
}

impl Trouble {
    pub(crate) fn at(n: usize) -> [Self; 6] {
        let n = u32::try_from(n).unwrap();
        [
            Self::Refused(n),
            Self::AnswerLost(n),
            Self::RequestLost(n),
            Self::KilledBefore(n),
            Self::KilledAfter(n),
            Self::KilledAnswered(n),
        ]
    }

    fn fault(self) -> Option<Fault> {
        const HANGS: FaultKind = FaultKind::Slow { seconds: 600.0 };
        Some(match self {
            Self::Refused(n) => Fault::on_change(FaultKind::Refusal { status: 403 }, n),
            Self::AnswerLost(n) => Fault::on_change(FaultKind::LostAnswer, n),
            Self::RequestLost(n) => Fault::on_change(FaultKind::LostRequest, n),
            Self::KilledBefore(n) => Fault::on_change(HANGS, n).without_effect(),
            Self::KilledAfter(n) => Fault::on_change(HANGS, n),
            Self::KilledAnswered(_) => return None,
        })
    }

    /// Whether the program is to be killed now.
    fn kills(self, lab: &Lab, journal: &Journal) -> bool {
        match self {
            Self::KilledBefore(n) | Self::KilledAfter(n) => changes(lab).len() >= n as usize,
            Self::KilledAnswered(n) => journal.count("answered") >= n as usize,
            _ => false,
        }
    }
}

/// What an operation does where nothing befalls it.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    pub(crate) requests: Vec<String>,
    effects: Vec<String>,
}

/// The requests that are meant to change something.
fn changes(lab: &Lab) -> Vec<Logged> {
    lab.simulation.requests().into_iter().filter(|request| request.changing).collect()
}

/// How the step stands that an operation is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing of it was sent.
    Ahead,
    Answered,
    /// What became of its request is not known.
    Doubt,
}

struct Journal(Vec<Value>);

impl Journal {
    fn of(lab: &Lab) -> Self {
        Self(lab.journal())
    }

    fn count(&self, record: &str) -> usize {
        self.0.iter().filter(|line| line["record"] == record).count()
    }

    fn op(&self) -> &str {
        self.0.first().and_then(|line| line["op"].as_str()).unwrap_or_default()
    }

    fn calls(&self) -> Vec<&Value> {
        self.0.iter().filter(|line| line["record"] == "intent").map(|line| &line["call"]).collect()
    }

    fn result(&self) -> Option<&str> {
        self.0.iter().find(|line| line["record"] == "ended").and_then(|line| line["result"].as_str())
    }

    fn steps(&self) -> &[Value] {
        self.0.first().and_then(|line| line["steps"].as_array()).map_or(&[], Vec::as_slice)
    }

    /// The step it is at, and how that stands.
    fn stands(&self) -> (usize, Phase) {
        let mut at = (0, Phase::Ahead);
        for line in &self.0 {
            let step = line["step"].as_u64().map_or(0, |step| usize::try_from(step).unwrap());
            at = match line["record"].as_str().unwrap() {
                "intent" | "unsure" => (step, Phase::Doubt),
                "answered" if step == at.0 => (step, Phase::Answered),
                "step_done" => (step + 1, Phase::Ahead),
                "settled" => (step + usize::from(line["took_effect"] == true), Phase::Ahead),
                _ => at,
            };
        }
        at
    }

    /// Whether nothing but time is waited for from now on.
    fn lets_time_pass(&self) -> bool {
        let (step, _) = self.stands();
        let settles = self.steps().get(step).is_some_and(|step| step.get("settle").is_some());
        settles && self.kinds().last() == Some(&"step_done")
    }

    fn kinds(&self) -> Vec<&str> {
        self.0.iter().filter_map(|line| line["record"].as_str()).collect()
    }
}

enum Process {
    Command(Child),
    Screen(Terminal),
}

/// A command that ended by itself.
#[derive(Debug)]
struct Ended {
    code: i32,
    said: String,
}

/// How a process came to its end.
enum Followed {
    Ended(Ended),
    /// By the trouble that it was to have.
    Killed,
    /// Since there was nothing more to be had from it.
    Stopped,
}

impl Process {
    fn begin(lab: &Lab, row: &Row) -> Self {
        match row.ask {
            Ask::Command(words) => {
                let mut words: Vec<&str> = words.split('|').collect();
                words.push("--wait");
                Self::command(lab, row, &words)
            }
            Ask::Keys(machine, keys) => {
                let terminal = lab.fleet(machine);
                keys(&terminal);
                Self::Screen(terminal)
            }
        }
    }

    /// A command with what confirms it.
    fn command(lab: &Lab, row: &Row, words: &[&str]) -> Self {
        let confirm = row.named.map_or(vec!["--yes"], |name| vec!["--confirm", name]);
        Self::Command(lab.spawn(&[words, &confirm[..], &["--output", "json"][..]].concat()))
    }

    fn kill(self) {
        match self {
            Self::Command(mut child) => {
                child.kill().unwrap();
                child.wait().unwrap();
            }
            Self::Screen(terminal) => {
                terminal.signal(Signal::KILL).exit_code();
            }
        }
    }

    /// Lets it go on until it ends or `kills` says so. It is killed as well where only time is waited for, or where what
    /// is read does not tell what became of its request: what is then so is found out by the next.
    fn follow(mut self, lab: &Lab, kills: impl Fn(&Journal) -> bool) -> Followed {
        let (begun, known) = (Instant::now(), Journal::of(lab).0.len());
        let mut doubt_since = None;
        loop {
            if let Self::Command(child) = &mut self
                && child.try_wait().unwrap().is_some()
            {
                let Self::Command(child) = self else { return Followed::Stopped };
                let output = child.wait_with_output().unwrap();
                let [out, err] = [output.stdout, output.stderr].map(|b| String::from_utf8_lossy(&b).into_owned());
                return Followed::Ended(Ended { code: output.status.code().unwrap(), said: out + &err });
            }
            let journal = Journal::of(lab);
            if kills(&journal) {
                self.kill();
                return Followed::Killed;
            }
            let has_news = journal.0.len() > known;
            let over = journal.result().is_some() && matches!(self, Self::Screen(_));
            let doubts = has_news && journal.kinds().last() == Some(&"unsure");
            let reads = lab.reads();
            let since = *doubt_since.get_or_insert(reads);
            if !doubts {
                doubt_since = None;
            }
            let nobody_knows = doubts && reads >= since + LOOKS;
            if over || nobody_knows || (has_news && journal.lets_time_pass()) {
                self.kill();
                return Followed::Stopped;
            }
            assert!(begun.elapsed() < LIMIT, "it does not end: {:?}", journal.kinds());
            std::thread::sleep(Duration::from_millis(30));
        }
    }
}

/// An operation that was carried to its end.
struct Carried {
    lab: Lab,
    /// How the command ended that began it, where it ended by itself.
    first: Option<Ended>,
    /// How many intents the program had written when it was killed.
    intents: usize,
}

fn carry(row: &Row, trouble: Option<Trouble>) -> Carried {
    let lab = row.lab();
    trouble.and_then(Trouble::fault).into_iter().for_each(|fault| lab.simulation.add_fault(fault));
    let (mut due, mut intents) = (trouble, 0);
    let mut follow = |process: Process| {
        let followed = process.follow(&lab, |journal| due.is_some_and(|trouble| trouble.kills(&lab, journal)));
        match &followed {
            Followed::Ended(ended) => tells_the_truth(&lab, ended),
            Followed::Killed => (due, intents) = (None, Journal::of(&lab).calls().len()),
            Followed::Stopped => {}
        }
        followed
    };
    let first = follow(Process::begin(&lab, row));
    let mut left = 10;
    while Journal::of(&lab).result().is_none() {
        left -= 1;
        assert!(left > 0, "it does not end: {:?}", Journal::of(&lab).kinds());
        shown_at_its_step(&lab);
        // Nobody waits for the answer any more, and what takes its time has taken it.
        lab.long_ago(3600);
        let op = Journal::of(&lab).op().to_owned();
        let watched = follow(Process::command(&lab, row, &["watch", &op, "--continue"]));
        let journal = Journal::of(&lab);
        if matches!(watched, Followed::Ended(_)) && journal.result().is_none() && journal.stands().1 != Phase::Ahead {
            decide(&lab, row, &journal, &mut follow);
        }
    }
    let first = if let Followed::Ended(ended) = first { Some(ended) } else { None };
    Carried { lab, first, intents }
}

/// Nothing is called done that is not.
#[track_caller]
fn tells_the_truth(lab: &Lab, ended: &Ended) {
    let journal = Journal::of(lab);
    let result = journal.result();
    assert_eq!(ended.code == 0, result == Some("done"), "{result:?} {:?}: {}", journal.kinds(), ended.said);
}

/// The next start shows where it stands, and sends nothing by itself.
fn shown_at_its_step(lab: &Lab) {
    let journal = Journal::of(lab);
    let (step, phase) = journal.stands();
    let sent = changes(lab).len();
    let is_call = |step: &Value| step.get("call").is_some();
    let rest = if journal.steps().iter().skip(step).any(is_call) { "interrupted" } else { "answered" };
    let (_, listed) = json(lab, "journal");
    let (code, watched) = json(lab, &format!("watch {}", journal.op()));
    assert_ne!(code, 0, "{watched}");
    for document in [listed, watched] {
        let shown = &document["operations"][0];
        let at = usize::try_from(shown["step"].as_u64().unwrap()).unwrap();
        match phase {
            Phase::Ahead => assert_eq!((at, &shown["result"]), (step, &Value::from(rest)), "{document}"),
            Phase::Doubt => assert_eq!((at, &shown["result"]), (step, &Value::from("unknown")), "{document}"),
            // Whether what the answer means is known already, or still to be judged.
            Phase::Answered => assert!((step..=step + 1).contains(&at) && shown["result"] != "done", "{document}"),
        }
    }
    assert_eq!(changes(lab).len(), sent, "nothing is sent unasked");
}

/// Nothing shows what became of a request: a person looks at the world and says what is so.
fn decide(lab: &Lab, row: &Row, journal: &Journal, follow: &mut impl FnMut(Process) -> Followed) {
    let (calls, sent) = (journal.calls(), changes(lab));
    let happened = calls.len() == sent.len() && sent.last().is_some_and(|request| request.took_effect);
    let say = |what: &str| Process::command(lab, row, &["decide", journal.op(), what, "--wait"]);
    let once = matches!(calls.last().unwrap()["call"].as_str().unwrap(), "create_instance" | "create_api_key");
    if happened || !once {
        follow(say(if happened { "happened" } else { "again" }));
        return;
    }
    let requests = sent.len();
    for (what, code) in [("again", 5), ("leave", 0)] {
        let Followed::Ended(said) = say(what).follow(lab, |_| false) else { panic!("{what} is nothing to wait for") };
        assert_eq!((said.code, changes(lab).len()), (code, requests), "{what}: {}", said.said);
    }
}

/// The requests are the intents, in their order. An intent whose request never left, since the program was killed
/// between the two, is left out: `unsent` says which that could be.
fn requests_are_the_intents(lab: &Lab, row: &Row, unsent: Option<usize>) -> Vec<String> {
    let journal = Journal::of(lab);
    let requests: Vec<String> = changes(lab).iter().map(|r| format!("{} {}", r.method, r.path)).collect();
    let mut intents: Vec<String> = journal.calls().iter().map(|call| request_of(row.account, call)).collect();
    if let Some(unsent) = unsent.filter(|_| intents.len() == requests.len() + 1) {
        intents.remove(unsent);
    }
    let same = intents.len() == requests.len() && intents.iter().zip(&requests).all(|(one, other)| fits(one, other));
    assert!(same, "the journal has {intents:#?}\nthe provider got {requests:#?}\n{:?}", journal.kinds());
    requests
}

/// Carries it out undisturbed.
pub(crate) fn plain(row: &Row) -> Plain {
    let Carried { lab, .. } = carry(row, None);
    let requests = requests_are_the_intents(&lab, row, None);
    let (journal, effects) = (Journal::of(&lab), lab.effects());
    assert_eq!(journal.result(), Some("done"), "{:?}", journal.0.last());
    assert!(!requests.is_empty() && effects.len() == requests.len(), "{effects:?} by {requests:?}");
    Plain { requests, effects }
}

/// Carries it out with trouble.
pub(crate) fn run(row: &Row, trouble: Trouble, plain: &Plain) {
    let Carried { lab, first, intents } = carry(row, Some(trouble));
    let unsent = matches!(trouble, Trouble::KilledAnswered(_)).then(|| intents.saturating_sub(1));
    let sent = requests_are_the_intents(&lab, row, unsent).len();
    let (journal, effects) = (Journal::of(&lab), lab.effects());
    let result = journal.result().unwrap();
    let said = || format!("{result}, {sent} requests, {effects:#?}\nundisturbed {:#?}", plain.effects);
    assert!(plain.effects.starts_with(&effects), "each once and in their order: {}", said());
    assert_eq!(result == "done", effects.len() == plain.effects.len(), "{}", said());
    let all = plain.requests.len();
    let ends_right = match trouble {
        // Some refusals pass by themselves, and it is sent again.
        Trouble::Refused(n) => match result {
            "failed" => sent == n as usize && first.is_none_or(|first| first.code == 1),
            result => result == "done" && sent == all + 1,
        },
        // Killed between the next intent and its request: what shows that it did not take effect ends it.
        Trouble::KilledAnswered(n) if journal.calls().len() > sent && result != "done" => {
            ["failed", "unknown"].contains(&result) && sent == n as usize
        }
        Trouble::AnswerLost(_) | Trouble::KilledAfter(_) | Trouble::KilledAnswered(_) => {
            result == "done" && sent == all
        }
        // What shows that it did not take effect ends it, and what makes something is never sent twice.
        Trouble::RequestLost(n) | Trouble::KilledBefore(n) => match result {
            "done" => sent == all + 1,
            result => ["failed", "unknown"].contains(&result) && sent == n as usize,
        },
    };
    assert!(ends_right, "{}", said());
}
