//! The details of what is under the cursor, line by line.

pub(crate) mod attempts;
pub(crate) mod instance;
pub(crate) mod keys;
pub(crate) mod operation;
pub(crate) mod stored;
pub(crate) mod watchdog;
use crate::app::operations::times::minutes;
use crate::domain::{OpResult, OpState, Operation, ResourceRef, StoreStatus, Text, Timestamp, text};
use crate::words::cells::{clean, width as cell_width, wrap};

use crate::app::App;
pub use crate::app::operations::words::{operation_name, operation_state, operation_step, stage};
use crate::app::panes::row::{Row, RowKey, What};
use crate::app::tables::commands::Command;
use crate::app::tone::Tone;
pub use instance::spec_of;
pub use stored::{is_gone, is_only_copy};

#[derive(Debug, Clone, PartialEq)]
pub struct DetailLine {
    /// What it is about; empty where it goes on with the line above.
    pub label: String,
    pub value: String,
    /// Bold is a heading.
    pub tone: Tone,
    /// What stands behind the value as a small graph.
    pub spark: Option<Spark>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Spark {
    /// How high each of its cells stands, from 0 to 1.
    pub shares: Vec<f64>,
    /// What stands behind it: the time it spans, in full and short.
    pub after: (String, String),
}

pub(crate) struct DetailLines<'a> {
    pub(crate) app: &'a App,
    pub(crate) lines: Vec<DetailLine>,
}

/// All lines for what is under the cursor of the pane in focus.
#[must_use]
pub fn lines(app: &App) -> Vec<DetailLine> {
    match app.pane().row() {
        Some(row) => lines_of(app, row),
        // What it was on has gone.
        None if app.pane().total > 0 => {
            let [down, up] = [Command::Down, Command::Up].map(|command| app.keymap.shown(command));
            let value = app.words.say(&text::details::nothing(down, up));
            vec![DetailLine { label: String::new(), value, tone: Tone::Dim, spark: None }]
        }
        None => Vec::new(),
    }
}

#[must_use]
pub fn lines_of(app: &App, row: &Row) -> Vec<DetailLine> {
    let mut out = DetailLines { app, lines: Vec::new() };
    let Some(account) = app.engine.account(&row.account) else { return out.lines };
    match &row.what {
        What::Instance(i) | What::Import(i) => out.instance(account, i),
        What::Snapshot(s, of) => out.snapshot(account, s, of.as_deref()),
        What::Firewall(f) => out.firewall(account, f),
        What::Image(i) => {
            out.add(text::details::STATUS, app.words.store_status(&i.status));
            if let Some(family) = &i.family {
                out.add(text::details::FAMILY, family.clone());
            }
            if let Some(size) = i.size {
                out.add(text::details::SIZE, app.words.bytes(size));
            }
            out.time(text::details::CREATED, i.created);
            out.add(text::details::ID, i.id.to_string());
            out.fields(&i.fields);
        }
        What::Key(k) => out.key(account, k),
        What::ApiKey(k) => out.api_key(account, k),
        What::ExternalChange(change) => out.external_change(change),
        What::Operation(id) => {
            if let Some(op) = app.engine.operation(id) {
                out.operation(op);
            }
        }
    }
    out.protection(row);
    out.lines
}

/// How many cells the labels take in lines of so many cells.
#[must_use]
pub const fn label_width(width: usize) -> usize {
    if width < 30 { 8 } else { 11 }
}

/// The frame takes so many cells from a title more than from a line.
const AROUND_TITLE: usize = 4;

/// How many cells the labels take below a heading: numbers and ages.
pub const SHORT_LABEL: usize = 5;

/// The mark before the state in the first line, with its blank.
const MARK: usize = 2;

/// All lines, each no longer than its room: values go on below themselves, and below a label that is too long for its
/// column. The whole name stands among them where the title has no room for it.
#[must_use]
pub fn wrapped(app: &App, width: usize) -> Vec<DetailLine> {
    let mut out = Vec::new();
    let mut labels = label_width(width);
    let mut lines = lines(app);
    let name = title(app).0;
    if cell_width(&clean(&name)) + AROUND_TITLE > width && !lines.is_empty() {
        let label = app.words.get(text::details::NAME).to_owned();
        lines.insert(1, DetailLine { label, value: name, tone: Tone::Plain, spark: None });
    }
    for (n, line) in lines.into_iter().enumerate() {
        if line.tone == Tone::Bold {
            labels = SHORT_LABEL;
        }
        let room = width.saturating_sub(labels).max(8);
        if line.spark.is_some() {
            out.push(crate::app::panes::sparklines::fitted(line, room));
            continue;
        }
        let mut label = line.label;
        if cell_width(&clean(&label)) >= labels && !line.value.is_empty() {
            out.extend(wrap(&clean(&label), width).into_iter().map(|label| DetailLine {
                label,
                value: String::new(),
                tone: line.tone,
                spark: None,
            }));
            label = String::new();
        }
        let room = if n == 0 { room - MARK } else { room };
        for value in wrap(&clean(&line.value), room) {
            out.push(DetailLine { label: std::mem::take(&mut label), value, tone: line.tone, spark: None });
        }
    }
    out
}

#[must_use]
pub fn title(app: &App) -> (String, String) {
    let Some(row) = app.pane().row() else { return (String::new(), String::new()) };
    match (&row.what, row.key()) {
        (What::Operation(id), _) => {
            let name = app.engine.operation(id).map_or(String::new(), |op| operation_name(app, op));
            (name, row.account.to_string())
        }
        (what, RowKey::Resource(resource) | RowKey::ExternalChange(resource, _)) => {
            (what.name().to_owned(), format!("{} {}", row.account, resource.id))
        }
        (what, RowKey::Operation(_)) => (what.name().to_owned(), row.account.to_string()),
    }
}

pub(crate) fn status(word: &str, words: &str) -> String {
    if words.is_empty() || words.eq_ignore_ascii_case(word) { word.to_owned() } else { format!("{word}  ({words})") }
}

pub(crate) const fn store_tone(status: &StoreStatus) -> Tone {
    match status {
        StoreStatus::Error | StoreStatus::Unknown(_) => Tone::Bad,
        StoreStatus::Available => Tone::Good,
        _ => Tone::Busy,
    }
}

/// Where a rule lets in from, in words: anywhere, the machines behind another firewall, or its address.
#[must_use]
pub fn rule_from(rule: &crate::domain::Rule, app: &App) -> String {
    if rule.is_from_anywhere() {
        return app.words.get(if rule.is_v6() { text::rule::ANYWHERE_SIX } else { text::rule::ANYWHERE }).to_owned();
    }
    let Some(group) = rule.group() else { return rule.source.clone() };
    let known = app.engine.accounts().iter().find_map(|a| a.inventory.firewall(&group));
    let name = known.map_or_else(|| group.as_str().to_owned(), |f| f.name.clone());
    app.words.say(&if rule.is_v6() { text::rule::group_six(name) } else { text::rule::group(name) })
}

#[must_use]
pub fn rule_text(rule: &crate::domain::Rule, app: &App) -> String {
    let from = rule_from(rule, app);
    let what = if rule.preset.is_empty() || rule.preset.eq_ignore_ascii_case("custom") {
        format!("{} {}", rule.protocol, rule.ports).trim().to_owned()
    } else {
        format!("{} {}", rule.preset, rule.ports).trim().to_owned()
    };
    let what = if what.is_empty() { app.words.get(text::rule::ALL).to_owned() } else { what };
    app.words.say(&match rule.direction {
        crate::domain::Direction::In => text::rule::inbound(what, from),
        crate::domain::Direction::Out => text::rule::outbound(what, from),
    })
}

impl DetailLines<'_> {
    pub(crate) fn get(&self, key: Text) -> String {
        self.app.words.get(key).to_owned()
    }

    pub(crate) fn push(&mut self, label: String, value: String, tone: Tone) {
        self.lines.push(DetailLine { label, value, tone, spark: None });
    }

    pub(crate) fn add(&mut self, label: Text, value: String) {
        self.add_toned(label, value, Tone::Plain);
    }

    pub(crate) fn add_toned(&mut self, label: Text, value: String, tone: Tone) {
        self.push(self.get(label), value, tone);
    }

    pub(crate) fn blank(&mut self) {
        self.push(String::new(), String::new(), Tone::Plain);
    }

    pub(crate) fn time(&mut self, label: Text, at: Option<Timestamp>) {
        if let Some(at) = at {
            let age = crate::app::panes::cells::stepped(self.app.now.wall.since(at));
            let age = if age.is_zero() { String::new() } else { format!("  ({})", self.app.words.lasts_short(age)) };
            let value = format!("{}{age}", self.app.words.date_time(at));
            self.add(label, value);
        }
    }

    pub(crate) fn fields(&mut self, fields: &[crate::domain::Field]) {
        for field in fields {
            self.push(self.get(field.label), field.value.clone(), Tone::Plain);
        }
    }

    /// What is not well says why at once: the provider's words, and what to do.
    pub(crate) fn trouble(&mut self, said: &str, hint: Option<Text>) {
        self.add_toned(text::details::WHY, said.to_owned(), Tone::Bad);
        if let Some(hint) = hint {
            self.push(String::new(), self.get(hint), Tone::Plain);
        }
    }

    /// The operations of this run on a resource, the newest first.
    pub(crate) fn operations(&mut self, resource: &ResourceRef) {
        let ops: Vec<&Operation> =
            self.app.engine.operations().iter().rev().filter(|o| o.action.holds().contains(resource)).take(6).collect();
        if ops.is_empty() {
            return;
        }
        self.blank();
        self.push(self.get(text::details::RECENT), String::new(), Tone::Bold);
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
            let age = crate::app::panes::cells::stepped(self.app.now.wall.since(op.asked));
            let age = if age.is_zero() { self.get(text::details::NOW) } else { self.app.words.lasts_short(age) };
            self.push(age, format!("{text}{took}"), tone);
        }
    }
}
