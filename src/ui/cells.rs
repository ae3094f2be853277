//! What stands in one cell of a table.

use std::time::Duration;

use ratatui::style::Style;

use crate::app::App;
use crate::app::operations::times;
use crate::app::panes::details::{
    external_change_state, is_gone, is_only_copy, operation_name, operation_state, operation_step, rule_from,
    rule_text, spec_of, stage,
};
use crate::app::panes::row::{Row, RowKey, What as Thing};
use crate::app::panes::rows::{newest_snapshot, stepped};
use crate::domain::public_key::{PublicKey, short_kind};
use crate::domain::{
    Direction, Image, ImageKind, InstanceStatus, ListKey, OpResult, OpState, Operation, Phrase, Rule, Snapshot, Spec,
    StatusKind, StoreStatus, Timestamp, text,
};
use crate::words::cells::{clean, cut_middle, width};
use crate::words::{bytes, short};

use super::canvas::{Canvas, Piece};
use super::table::What;
use super::theme::{Look, Tone};

/// The pieces of one cell in so many cells of room.
pub(super) fn cell(app: &App, look: &Look, row: &Row, what: What, room: usize) -> Vec<Piece> {
    let plain = |text: String| vec![(text, Style::new())];
    let dim = |text: &str| vec![(text.to_owned(), look.style(Tone::Dim))];
    match (what, &row.what) {
        (What::Account, _) => {
            let colour = app.engine.account(&row.account).and_then(|a| a.account.colour);
            vec![(row.account.to_string(), look.account(colour))]
        }
        (What::State, Thing::ExternalChange(change)) => dim(&app.words.say(&external_change_state(change))),
        (What::Name, Thing::ExternalChange(change)) => dim(&app.distinct_name(&change.name, &change.account)),
        (What::When, Thing::ExternalChange(change)) => dim(&when(app, change.at)),
        (_, Thing::Operation(id)) => match app.engine.operation(id) {
            Some(op) => operation(app, look, op, what, room),
            None => Vec::new(),
        },
        (What::Name, thing) if thing.name().trim().is_empty() => match row.key() {
            RowKey::Resource(resource) => dim(&format!("({})", resource.id)),
            RowKey::ExternalChange(resource, _) => dim(&format!("({})", resource.id)),
            RowKey::Operation(_) => dim("-"),
        },
        // Nobody but the provider can change it.
        (What::Name, Thing::Firewall(f)) if f.fixed => dim(&f.name),
        (What::Name, thing) => plain(thing.name().to_owned()),
        (What::Status, Thing::Instance(i) | Thing::Import(i)) => {
            instance_status(app, look, &app.engine.shown_instance(&row.account, i), app.age_of(row), room)
        }
        (What::Status, Thing::Snapshot(s, _)) => snapshot_status(app, look, row, s, room),
        (What::Status, Thing::Image(i)) => image_status(app, look, i),
        (What::Status, Thing::Key(k)) if k.active => plain(app.words.get(text::key::ACTIVE).to_owned()),
        (What::Status, Thing::Key(_)) => dim(app.words.get(text::key::INACTIVE)),
        (What::Status, Thing::ApiKey(k)) if k.in_use => plain(app.words.get(text::key::IN_USE).to_owned()),
        (What::Status, Thing::ApiKey(_)) => dim("-"),
        (What::On, Thing::Key(k)) => match app.engine.account(&row.account) {
            Some(account) if account.inventory.list(&ListKey::Instances).is_some() => {
                let n = account.inventory.instances().iter().filter(|i| i.key.as_ref() == Some(&k.id)).count();
                if n == 0 { dim("-") } else { plain(n.to_string()) }
            }
            _ => dim("?"),
        },
        (What::Age, Thing::Key(k)) => since(app, k.created, look),
        (What::Age, Thing::ApiKey(k)) => since(app, k.created, look),
        (What::Address, Thing::Instance(i)) => match i.address() {
            Some(address) => plain(cut_middle(&clean(address), room).into_owned()),
            None => dim("-"),
        },
        (What::Saved, Thing::Instance(i)) => {
            let account = app.engine.account(&row.account);
            match account.map(|a| (newest_snapshot(a, i), a.inventory.snapshots_of(&i.id).is_some())) {
                Some((Some(taken), _)) => plain(age(app, taken)),
                Some((None, true)) => dim("-"),
                _ => dim("?"),
            }
        }
        (What::Plan, Thing::Instance(i)) => {
            plain(app.engine.account(&row.account).map_or_else(String::new, |a| spec(&spec_of(a, i))))
        }
        (What::Age, Thing::Instance(i) | Thing::Import(i)) => since(app, i.created, look),
        (What::Age, Thing::Snapshot(s, _)) => since(app, s.taken, look),
        (What::Age, Thing::Image(i)) => since(app, i.created, look),
        (What::Size, Thing::Snapshot(s, _)) => s.size.map_or_else(|| dim("-"), |n| plain(bytes(n))),
        (What::Size, Thing::Image(i)) => i.size.map_or_else(|| dim("-"), |n| plain(bytes(n))),
        (What::Of, Thing::Snapshot(s, of)) => match (of, &s.of) {
            (Some(of), _) => plain(of.name.clone()),
            (None, Some(id)) => gone(app, look, row, s).unwrap_or_else(|| dim(id.as_str())),
            (None, None) => dim("-"),
        },
        (What::Drops, Thing::Snapshot(s, _)) => match s.expires {
            Some(_) if s.is_overdue(app.now.wall) => plain(app.words.get(text::place::DROPS_DUE).to_owned()),
            Some(at) => {
                let left = short(at.since(app.now.wall), false);
                plain(app.words.say(&text::place::drops(left)))
            }
            None => Vec::new(),
        },
        (What::On, Thing::Firewall(f)) => match &f.on {
            Some(on) if on.is_empty() => dim("-"),
            Some(on) => plain(on.len().to_string()),
            None => dim("?"),
        },
        (What::Rules, Thing::Firewall(f)) => {
            match app.engine.account(&row.account).and_then(|a| a.inventory.rules(&f.id)) {
                None => dim("?"),
                Some(set) if set.rules.is_empty() => plain(app.words.get(text::details::NO_RULES).to_owned()),
                Some(set) => plain(rules(app, &set.rules)),
            }
        }
        (What::Kind, Thing::Key(k)) => plain(kind_of(&k.public)),
        (What::Family, _) => family(app, row).map_or_else(Vec::new, |text| dim(&text)),
        (What::Size, Thing::Import(i)) => match i.status {
            InstanceStatus::Importing(Some(percent)) => {
                vec![(Canvas::bar(f64::from(percent) / 100.0, room), look.style(Tone::Busy))]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

pub(super) fn family(app: &App, row: &Row) -> Option<String> {
    match &row.what {
        Thing::Image(i) if i.kind == ImageKind::Saved => Some(app.words.get(text::image::SAVED).to_owned()),
        Thing::Image(i) => Some(i.family.clone().unwrap_or_default()),
        Thing::Import(_) => Some(app.words.get(text::image::IMPORT).to_owned()),
        _ => None,
    }
}

/// The kind of a public key in short (`rsa 3072`, `ed25519`), with its bits where that tells something.
fn kind_of(public: &str) -> String {
    let plain = || short_kind(public.split(' ').next().unwrap_or_default()).to_owned();
    PublicKey::parse(public).map_or_else(|_| plain(), |key| key.short())
}

/// That the instance of a snapshot is gone, and whether this is all that is left of it.
fn gone(app: &App, look: &Look, row: &Row, snapshot: &Snapshot) -> Option<Vec<Piece>> {
    let account = app.engine.account(&row.account).filter(|a| is_gone(a, snapshot))?;
    Some(if is_only_copy(account, snapshot, app.now.wall) {
        vec![(app.words.get(text::place::ONLY_COPY).to_owned(), look.style(Tone::Busy))]
    } else {
        vec![(app.words.get(text::place::GONE).to_owned(), look.style(Tone::Dim))]
    })
}

/// The state of a snapshot, with its stage where the provider tells one.
fn snapshot_status(app: &App, look: &Look, row: &Row, snapshot: &Snapshot, room: usize) -> Vec<Piece> {
    let shown = app.engine.shown_snapshot(&row.account, snapshot);
    if let Some(age) = app.age_of(row).filter(|_| shown.is_under_way()) {
        let (glyph, tone) = look.store(&shown);
        return marked(look, glyph, tone, with_age(app, app.words.store_status(&shown), age, room));
    }
    let Some(stage) = snapshot.stage.filter(|_| shown == snapshot.status && shown.is_under_way()) else {
        return store_status(app, look, &shown);
    };
    let (glyph, tone) = look.store(&shown);
    let word = text::status::stage(app.words.store_status(&shown), u64::from(stage.at), u64::from(stage.of));
    marked(look, glyph, tone, app.words.say(&word))
}

fn since(app: &App, at: Option<Timestamp>, look: &Look) -> Vec<Piece> {
    match at {
        Some(at) => vec![(age(app, at), Style::new())],
        None => vec![("-".to_owned(), look.style(Tone::Dim))],
    }
}

/// How long ago something was. Below an hour it goes in steps: nothing on the screen ticks.
pub(super) fn age(app: &App, at: Timestamp) -> String {
    let lasts = app.now.wall.since(at);
    short(if lasts < Duration::from_secs(3600) { stepped(lasts) } else { lasts }, false)
}

/// As [`age`]; what is hardly past is now.
fn when(app: &App, at: Timestamp) -> String {
    if app.now.wall.since(at) < Duration::from_secs(30) {
        return app.words.get(text::details::NOW).to_owned();
    }
    age(app, at)
}

pub(super) fn instance_status(
    app: &App,
    look: &Look,
    status: &InstanceStatus,
    old: Option<Duration>,
    room: usize,
) -> Vec<Piece> {
    let (glyph, tone) = look.instance(status);
    let mut word = app.words.instance_status(status);
    if let Some(age) = old {
        return marked(look, glyph, tone, with_age(app, word, age, room));
    }
    if *status == InstanceStatus::Stopped {
        let billed = format!("{word} {}", app.words.get(text::status::BILLED));
        if width(&billed) + 2 <= room {
            word = billed;
        }
    }
    marked(look, glyph, tone, word)
}

/// A state and how old it is, where that has room beside the mark.
fn with_age(app: &App, word: String, age: Duration, room: usize) -> String {
    let age = short(age, false);
    let told =
        [text::status::old, text::status::old_short].map(|text: fn(_, _) -> Phrase| app.words.say(&text(&word, &age)));
    told.into_iter().find(|told| width(told) + 2 <= room).unwrap_or(word)
}

/// The state of a snapshot or an image with its mark.
pub(super) fn store_status(app: &App, look: &Look, status: &StoreStatus) -> Vec<Piece> {
    let (glyph, tone) = look.store(status);
    let word = app.words.store_status(status);
    if glyph == " " { vec![(word, Style::new())] } else { marked(look, glyph, tone, word) }
}

/// A mark, a blank and a word. The mark bears the colour; so does the word where something is wrong.
fn marked(look: &Look, glyph: &str, tone: Tone, word: String) -> Vec<Piece> {
    let style = look.style(tone);
    let word_style = if tone == Tone::Bad { style } else { Style::new() };
    vec![(format!("{glyph} "), style), (word, word_style)]
}

fn image_status(app: &App, look: &Look, image: &Image) -> Vec<Piece> {
    if image.status.kind() != StatusKind::Available || image.kind == ImageKind::Saved {
        return store_status(app, look, &image.status);
    }
    let kind = match image.kind {
        ImageKind::Saved => text::image::SAVED,
        ImageKind::Linux => text::image::LINUX,
        ImageKind::Windows => text::image::WINDOWS,
        ImageKind::Import => text::image::IMPORT,
    };
    vec![(app.words.get(kind).to_owned(), look.style(Tone::Dim))]
}

/// `2 vCPU 4 GB`.
fn spec(spec: &Spec) -> String {
    let mut text = spec.vcpus.map_or(String::new(), |n| format!("{n} vCPU"));
    if let Some(mb) = spec.memory_mb {
        let memory = if mb % 1024 == 0 { format!("{} GB", mb / 1024) } else { format!("{mb} MB") };
        text = format!("{text} {memory}").trim().to_owned();
    }
    text
}

/// `HTTP HTTPS from anywhere, 22 from 198.51.100.77`: what comes in, by where it comes from.
fn rules(app: &App, rules: &[Rule]) -> String {
    let mut groups: Vec<(&Rule, Vec<String>)> = Vec::new();
    for rule in rules.iter().filter(|r| r.direction == Direction::In) {
        let named = !rule.preset.is_empty() && !rule.preset.eq_ignore_ascii_case("custom");
        let what = match (named, rule.ports.is_empty()) {
            (true, _) => rule.preset.clone(),
            (false, false) if rule.protocol.eq_ignore_ascii_case("tcp") => rule.ports.clone(),
            (false, _) => format!("{} {}", rule.protocol, rule.ports).trim().to_owned(),
        };
        let is_anywhere = |r: &Rule| r.is_from_anywhere() && r.is_v6() == rule.is_v6();
        let same = |other: &Rule| other.source == rule.source || (is_anywhere(other) && is_anywhere(rule));
        match groups.iter_mut().find(|(first, _)| same(first)) {
            Some((_, all)) => all.push(what),
            None => groups.push((rule, vec![what])),
        }
    }
    if groups.is_empty() {
        return rules.first().map_or(String::new(), |r| rule_text(r, app));
    }
    // The same in both families is said once.
    let anywhere = |v6: bool| groups.iter().position(|(r, _)| r.is_from_anywhere() && r.is_v6() == v6);
    if let (Some(v4), Some(v6)) = (anywhere(false), anywhere(true))
        && groups[v4].1 == groups[v6].1
    {
        groups.remove(v6);
    }
    let texts: Vec<String> = groups
        .into_iter()
        .map(|(rule, what)| {
            let all = app.words.get(text::rule::ALL);
            let mut what: Vec<&str> = what.iter().map(|w| if w.is_empty() { all } else { w.as_str() }).collect();
            what.dedup();
            app.words.say(&text::rule::inbound(what.join(" "), rule_from(rule, app)))
        })
        .collect();
    texts.join(", ")
}

pub(super) fn operation_tone(op: &Operation) -> (&'static str, Tone) {
    match &op.state {
        OpState::Halted(_) | OpState::OutcomeUnknown | OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown) => {
            ("!", Tone::Bad)
        }
        OpState::Ended(_) => ("", Tone::Plain),
        _ => ("~", Tone::Busy),
    }
}

/// Whether an operation's bar is drawn: where the provider tells stages, those say more.
pub(super) fn shows_bar(app: &App, op: &Operation) -> bool {
    times::moves(op) && stage(app, op).is_none()
}

fn operation(app: &App, look: &Look, op: &Operation, what: What, room: usize) -> Vec<Piece> {
    let (glyph, tone) = operation_tone(op);
    match what {
        What::Name => vec![(operation_name(app, op), Style::new())],
        What::State => {
            let text = state(app, op);
            if glyph.is_empty() { vec![(text, Style::new())] } else { marked(look, glyph, tone, text) }
        }
        What::Bar if shows_bar(app, op) => vec![(bar(app, op, room), look.style(tone))],
        What::Time => vec![(time(app, op, room), Style::new())],
        What::When => vec![(when(app, op.asked), look.style(Tone::Dim))],
        _ => Vec::new(),
    }
}

/// How an operation stands, in one line: what it waits for, its step, or how it ended.
pub(super) fn state(app: &App, op: &Operation) -> String {
    let state = operation_state(app, op);
    let step = operation_step(app, op);
    let text = match &op.state {
        OpState::Sending | OpState::Watching | OpState::Settling { .. } if !step.is_empty() => step,
        _ if step.is_empty() => state,
        _ => format!("{state}: {step}"),
    };
    // Another process carries it on; here it cannot be taken back.
    let elsewhere = !op.is_over() && !app.engine.is_ours(op);
    if elsewhere { app.words.say(&text::op::elsewhere_short(text)) } else { text }
}

/// How long an operation has taken, and how long it usually does where there is room for it.
pub(super) fn time(app: &App, op: &Operation, room: usize) -> String {
    let told = times::operation_time(app, op);
    told.iter().find(|text| width(text) <= room).or(told.last()).cloned().unwrap_or_default()
}

/// How much of an operation is done; a glyph that turns, where nothing tells.
pub(super) fn bar(app: &App, op: &Operation, room: usize) -> String {
    match times::progress(app, op) {
        Some(share) => Canvas::bar(share, room),
        None => times::spinner(app, op).to_owned(),
    }
}
