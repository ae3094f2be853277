//! The details of what is under the cursor, line by line.

use crate::domain::{
    Instance, Kind, OpResult, OpState, Operation, Phrase, ResourceRef, Spec, StepMark, StoreStatus, Wall,
};
use crate::engine::AccountState;
use crate::words::cells::{clean, wrap};

use super::App;
pub use super::operation_words::{operation_name, operation_state, operation_step, stage};
use super::rows::{RowKey, What};
use super::step_words::step_phrase;

/// One line of details.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is about; empty where it goes on with the line above.
    pub label: String,
    /// What it says.
    pub value: String,
    /// How it is to be read.
    pub tone: Tone,
}

/// How a line is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Plain,
    /// A heading.
    Heading,
    /// Quietly.
    Dim,
    /// Something is wrong.
    Bad,
    /// Something is under way.
    Busy,
    /// All is well.
    Good,
}

struct Lines<'a> {
    app: &'a App,
    lines: Vec<Line>,
}

/// All lines for what is under the cursor of the pane in focus.
#[must_use]
pub fn lines(app: &App) -> Vec<Line> {
    let mut out = Lines { app, lines: Vec::new() };
    let Some(row) = app.pane().row() else { return out.lines };
    let Some(account) = app.engine.account(&row.account) else { return out.lines };
    match &row.what {
        What::Instance(i) | What::Import(i) => out.instance(account, i),
        What::Snapshot(s, of) => {
            let shown = app.engine.shown_snapshot(&row.account, s);
            out.add_toned("details.status", status(&app.words.store_status(&shown), &s.words), store_tone(&shown));
            if let Some(trouble) = &s.trouble {
                out.trouble(&trouble.said, trouble.hint.as_deref());
            }
            out.add("details.of", of.as_ref().map_or("-".to_owned(), |i| format!("{} ({})", i.name, i.id)));
            out.add("details.size", s.size.map_or("-".to_owned(), crate::words::bytes));
            out.time("details.taken", s.taken);
            out.add("details.id", s.id.to_string());
            out.fields(&s.fields);
            out.operations(&ResourceRef::new(&row.account, Kind::Snapshot, &s.id));
        }
        What::Firewall(f) => {
            match account.picture.rules(&f.id) {
                None => out.add_toned("details.rules", out.get("details.not-read"), Tone::Dim),
                Some(set) if set.rules.is_empty() => out.add("details.rules", out.get("details.no-rules")),
                Some(set) => {
                    for (i, rule) in set.rules.iter().enumerate() {
                        let text = rule_text(rule, out.app);
                        let label = if i == 0 { out.get("details.rules") } else { String::new() };
                        out.push(label, text, Tone::Plain);
                    }
                }
            }
            out.time("details.created", f.created);
            out.time("details.updated", f.updated);
            out.add("details.id", f.id.to_string());
            out.fields(&f.fields);
        }
        What::Image(i) => {
            out.add("details.status", app.words.store_status(&i.status));
            if let Some(family) = &i.family {
                out.add("details.family", family.clone());
            }
            if let Some(size) = i.size {
                out.add("details.size", crate::words::bytes(size));
            }
            out.time("details.created", i.created);
            out.add("details.id", i.id.to_string());
            out.fields(&i.fields);
        }
        What::Operation(id) => {
            if let Some(op) = app.engine.operation(id) {
                out.operation(op);
            }
        }
    }
    out.lines
}

/// How many cells the labels take in lines of so many cells.
#[must_use]
pub const fn label_width(width: usize) -> usize {
    if width < 30 { 8 } else { 11 }
}

/// How many cells the labels take below a heading: numbers and ages.
pub const SHORT_LABEL: usize = 5;

/// All lines, each no longer than its room: values go on below themselves.
#[must_use]
pub fn wrapped(app: &App, width: usize) -> Vec<Line> {
    let mut out = Vec::new();
    let mut label = label_width(width);
    for line in lines(app) {
        if line.tone == Tone::Heading {
            label = SHORT_LABEL;
        }
        let room = width.saturating_sub(label).max(8);
        for (i, part) in wrap(&clean(&line.value), room).into_iter().enumerate() {
            let label = if i == 0 { line.label.clone() } else { String::new() };
            out.push(Line { label, value: part, tone: line.tone });
        }
    }
    out
}

/// The title of the details.
#[must_use]
pub fn title(app: &App) -> (String, String) {
    let Some(row) = app.pane().row() else { return (String::new(), String::new()) };
    match (&row.what, row.key()) {
        (What::Operation(id), _) => {
            let name = app.engine.operation(id).map_or(String::new(), |op| operation_name(app, op));
            (name, row.account.to_string())
        }
        (what, RowKey::Resource(resource)) => (what.name().to_owned(), format!("{} {}", row.account, resource.id)),
        (what, RowKey::Operation(_)) => (what.name().to_owned(), row.account.to_string()),
    }
}

fn status(word: &str, words: &str) -> String {
    if words.is_empty() || words.eq_ignore_ascii_case(word) { word.to_owned() } else { format!("{word}  ({words})") }
}

const fn store_tone(status: &StoreStatus) -> Tone {
    match status {
        StoreStatus::Error | StoreStatus::Unknown(_) => Tone::Bad,
        StoreStatus::Available => Tone::Good,
        _ => Tone::Busy,
    }
}

/// A size in words: `1 vCPU  1 GB  20 GB  100 Mbps`.
#[must_use]
pub fn spec_text(spec: &Spec) -> String {
    let mut parts = Vec::new();
    if let Some(n) = spec.vcpus {
        parts.push(format!("{n} vCPU"));
    }
    if let Some(mb) = spec.memory_mb {
        parts.push(if mb % 1024 == 0 { format!("{} GB", mb / 1024) } else { format!("{mb} MB") });
    }
    if let Some(gb) = spec.disk_gb {
        parts.push(format!("{gb} GB"));
    }
    if let Some(mbps) = spec.mbps {
        parts.push(format!("{mbps} Mbps"));
    }
    parts.join("  ")
}

/// A rule in words.
#[must_use]
pub fn rule_text(rule: &crate::domain::Rule, app: &App) -> String {
    let from = if rule.is_from_anywhere() { app.words.get("rule.anywhere").to_owned() } else { rule.source.clone() };
    let key = match rule.direction {
        crate::domain::Direction::In => "rule.in",
        crate::domain::Direction::Out => "rule.out",
    };
    let what = if rule.preset.is_empty() || rule.preset.eq_ignore_ascii_case("custom") {
        format!("{} {}", rule.protocol, rule.ports).trim().to_owned()
    } else {
        format!("{} {}", rule.preset, rule.ports).trim().to_owned()
    };
    app.words.say(&Phrase::new(key).with("what", what).with("from", from))
}

impl Lines<'_> {
    fn get(&self, key: &str) -> String {
        self.app.words.get(key).to_owned()
    }

    fn push(&mut self, label: String, value: String, tone: Tone) {
        self.lines.push(Line { label, value, tone });
    }

    fn add(&mut self, label: &str, value: String) {
        self.add_toned(label, value, Tone::Plain);
    }

    fn add_toned(&mut self, label: &str, value: String, tone: Tone) {
        self.push(self.get(label), value, tone);
    }

    fn blank(&mut self) {
        self.push(String::new(), String::new(), Tone::Plain);
    }

    fn time(&mut self, label: &str, at: Option<Wall>) {
        if let Some(at) = at {
            let age = super::rows::stepped(self.app.now.wall.since(at));
            let age = if age.is_zero() { String::new() } else { format!("  ({})", crate::words::short(age, false)) };
            let value = format!("{}{age}", self.app.words.date_time(at));
            self.add(label, value);
        }
    }

    fn fields(&mut self, fields: &[crate::domain::Field]) {
        for field in fields {
            let label = if self.app.words.has(&field.label) { self.get(&field.label) } else { field.label.clone() };
            self.push(label, field.value.clone(), Tone::Plain);
        }
    }

    /// What is not well says why at once: the provider's words, and what to do.
    fn trouble(&mut self, said: &str, hint: Option<&str>) {
        self.add_toned("details.why", said.to_owned(), Tone::Bad);
        if let Some(hint) = hint.filter(|h| self.app.words.has(h)) {
            self.push(String::new(), self.get(hint), Tone::Plain);
        }
    }

    fn instance(&mut self, account: &AccountState, i: &Instance) {
        let app = self.app;
        let name = &account.account.name;
        let shown = app.engine.shown_instance(name, i);
        let tone = match shown {
            crate::domain::InstanceStatus::Error | crate::domain::InstanceStatus::Unknown(_) => Tone::Bad,
            crate::domain::InstanceStatus::Running => Tone::Good,
            ref s if s.is_under_way() => Tone::Busy,
            _ => Tone::Plain,
        };
        self.add_toned("details.status", status(&app.words.instance_status(&shown), &i.words), tone);
        if let Some(trouble) = &i.trouble {
            self.trouble(&trouble.said, trouble.hint.as_deref());
        }
        let price = account.account.rules.price(i);
        let spec = spec_text(&i.spec);
        let plan = match price {
            Some(p) => format!("{spec}    {}", app.words.say(&Phrase::new("price.month").with("yen", p.yen_per_month))),
            None => spec,
        };
        self.add("details.plan", plan);
        if let Some(os) = &i.os {
            self.add("details.image", os.clone());
        }
        for (n, address) in i.addresses.iter().enumerate() {
            let label = if n == 0 { self.get("details.address") } else { String::new() };
            let network = address.network.as_deref().map_or(String::new(), |net| format!("  ({net})"));
            self.push(label, format!("{}{network}", address.text), Tone::Plain);
        }
        if let Some(key) = &i.key {
            let known = account.picture.keys().iter().find(|k| k.id == *key);
            self.add("details.key", known.map_or_else(|| key.to_string(), |k| k.name.clone()));
        }
        self.time("details.created", i.created);
        if let (Some(price), Some(created)) = (price, i.created) {
            let hours = app.now.wall.since(created).as_secs() / 3600 + 1;
            let months = hours / (24 * 30) + 1;
            let yen = (hours * price.sen_per_hour / 100).min(months * price.yen_per_month);
            self.add("details.billed", app.words.say(&Phrase::new("price.so-far").with("yen", grouped(yen))));
        }
        match account.picture.snapshots_of(&i.id) {
            None => self.add_toned("details.snapshots", self.get("details.not-read"), Tone::Dim),
            Some(snapshots) => {
                let count = match account.account.rules.snapshot_slots() {
                    Some(slots) => {
                        app.words.say(&Phrase::new("details.n-of").with("n", snapshots.len()).with("of", slots))
                    }
                    None => snapshots.len().to_string(),
                };
                let newest = super::rows::newest_snapshot(account, i).map_or(String::new(), |taken| {
                    let age = crate::words::short(app.now.wall.since(taken), false);
                    app.words.say(&Phrase::new("details.newest").with("age", age))
                });
                self.add("details.snapshots", format!("{count}{newest}"));
            }
        }
        if let Some(region) = &i.region {
            self.add("details.region", region.clone());
        }
        self.add("details.id", i.id.to_string());
        self.fields(&i.fields);
        self.operations(&ResourceRef::new(name, Kind::Instance, &i.id));
    }

    /// The operations of this run on a resource, the newest first.
    fn operations(&mut self, resource: &ResourceRef) {
        let ops: Vec<&Operation> =
            self.app.engine.operations().iter().rev().filter(|o| o.action.holds().contains(resource)).take(6).collect();
        if ops.is_empty() {
            return;
        }
        self.blank();
        self.push(self.get("details.recent"), String::new(), Tone::Heading);
        for op in ops {
            let text = format!("{}  {}", operation_name(self.app, op), operation_state(self.app, op));
            let (tone, took) = match &op.state {
                OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown) | OpState::Halted(_) => {
                    (Tone::Bad, op.took)
                }
                OpState::Ended(_) => (Tone::Plain, op.took),
                _ => (Tone::Busy, Some(self.app.now.tick.since(op.confirmed))),
            };
            let took = took.map_or(String::new(), |d| format!("  {}", minutes(d)));
            let age = super::rows::stepped(self.app.now.wall.since(op.asked));
            let age = if age.is_zero() { self.get("details.now") } else { crate::words::short(age, false) };
            self.push(age, format!("{text}{took}"), tone);
        }
    }

    fn operation(&mut self, op: &Operation) {
        let app = self.app;
        let tone = match &op.state {
            OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown) | OpState::Halted(_) => Tone::Bad,
            OpState::Ended(OpResult::Done) => Tone::Good,
            OpState::Ended(_) => Tone::Plain,
            _ => Tone::Busy,
        };
        self.add_toned("details.state", operation_state(app, op), tone);
        match &op.state {
            OpState::Ended(OpResult::Failed { what, said }) => {
                self.add_toned("details.why", app.words.say(what), Tone::Bad);
                if let Some(said) = said {
                    self.push(String::new(), said.said.clone(), Tone::Plain);
                    if let Some(code) = &said.code {
                        self.add("details.code", code.clone());
                    }
                    if let Some(id) = &said.request_id {
                        self.add("details.request", id.clone());
                    }
                }
            }
            OpState::Ended(OpResult::Cancelled { why }) => self.add("details.why", app.words.say(why)),
            OpState::Halted(_) => self.add_toned("details.why", self.get("op.halted.long"), Tone::Bad),
            OpState::Unsure => self.add_toned("details.why", self.get("op.unsure.long"), Tone::Bad),
            OpState::Queued { why: Some(why), .. } => self.add("details.why", app.words.say(why)),
            _ => {}
        }
        self.time("details.asked", Some(op.asked));
        let took = op.took.unwrap_or_else(|| app.now.tick.since(op.confirmed));
        self.add("details.elapsed", minutes(took));
        self.add("details.target", format!("{} ({})", op.action.subject().name, op.action.subject().id()));
        self.add("details.id", op.id.to_string());
        self.blank();
        self.push(self.get("details.steps"), String::new(), Tone::Heading);
        for (i, step) in op.steps.iter().enumerate() {
            let (mark, tone) = match op.marks.get(i) {
                Some(StepMark::Done(took)) => (minutes(*took), Tone::Good),
                Some(StepMark::Now) => (minutes(app.now.tick.since(op.step_since)), Tone::Busy),
                Some(StepMark::Ended) => (app.words.get("details.ended-here").to_owned(), Tone::Bad),
                _ => (String::new(), Tone::Dim),
            };
            let text = app.words.say(&step_phrase(step, &op.action));
            let text = if mark.is_empty() { text } else { format!("{text}  {mark}") };
            self.push(format!("{}", i + 1), text, tone);
        }
    }
}

/// `1:12`, `1:02:03`.
#[must_use]
pub fn minutes(lasts: std::time::Duration) -> String {
    let s = lasts.as_secs();
    if s >= 3_600 {
        format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
    } else {
        format!("{}:{:02}", s / 60, s % 60)
    }
}

/// `6,420`.
#[must_use]
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}
