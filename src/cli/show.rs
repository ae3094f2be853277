//! `show`: one instance or snapshot, all that is known of it.

use serde_json::Value;

use super::args::{Document, Global, ShowArgs};
use super::list::{open, tell, tell_cuts, told};
use super::{exit, local_words, print, record, refuse, table};
use crate::domain::{Kind, Phrase, Target};
use crate::engine::{AccountState, Engine};
use crate::runtime::session::Session;
use crate::runtime::target::{Named, candidate, lists_of, matches};
use crate::settings::Environment;

pub(super) async fn run(args: &ShowArgs, env: &Environment, global: &Global) -> u8 {
    let words = local_words();
    let mut session = match open(args.timeout, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let named = session.named(&args.target);
    let (mut faults, mut cuts) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    for kind in [Kind::Instance, Kind::Snapshot] {
        let wanted = |a: &AccountState| wanted(kind, &named, a);
        if let Err(broken) = session.read(&wanted).await {
            return told(Some(broken), &session.faults(&wanted), &words);
        }
        faults = session.faults(&wanted);
        cuts.extend(session.cuts(&wanted));
        found = matches(session.engine(), kind, &named);
        if !found.is_empty() {
            break;
        }
    }
    let target = match found.as_slice() {
        [one] => one,
        [] if !faults.is_empty() => return tell(&faults, &words),
        [] if !cuts.is_empty() => {
            tell_cuts(&cuts, &words);
            return refuse(&words.say(&Phrase::new("cli.find.none-read").with("target", args.target.as_str())));
        }
        [] => return refuse(&words.say(&Phrase::new("cli.find.none").with("target", args.target.as_str()))),
        several => {
            let candidates: Vec<String> = several.iter().map(candidate).collect();
            let phrase = Phrase::new("cli.watch.ambiguous").with("target", args.target.as_str());
            return refuse(&words.say(&phrase.with("candidates", candidates.join(", "))));
        }
    };
    let Some(document) = document(&session, target) else { return exit::FAILED };
    match args.output {
        Document::Json => print::json(&document),
        Document::Table => table::print(&lines(&document)),
    }
    tell(&faults, &words)
}

fn wanted(kind: Kind, named: &Named, account: &AccountState) -> Vec<crate::domain::ListKey> {
    let here = named.account.as_ref().is_none_or(|name| *name == account.account.name);
    if here { lists_of(kind, account) } else { Vec::new() }
}

fn document(session: &Session, target: &Target) -> Option<Value> {
    let engine: &Engine = session.engine();
    let picture = &engine.account(target.account())?.picture;
    let mut record = match target.resource.kind {
        Kind::Snapshot => record::snapshot(target.account(), picture.snapshot(target.id())?),
        _ => record::instance(target.account(), picture.instance(target.id())?),
    };
    record::protected(&mut record, engine, &target.resource, &target.name);
    Some(record)
}

/// A line for each field that has a value, the provider's own ones last.
fn lines(document: &Value) -> Vec<[String; 2]> {
    let mut lines = Vec::new();
    let Some(map) = document.as_object() else { return lines };
    let first = ["account", "name", "id", "status", "words"];
    for key in first {
        map.get(key).into_iter().for_each(|value| flat(key, value, &mut lines));
    }
    for (key, value) in map.iter().filter(|(key, _)| !first.contains(&key.as_str()) && *key != "raw") {
        flat(key, value, &mut lines);
    }
    map.get("raw").into_iter().for_each(|raw| flat("raw", raw, &mut lines));
    lines
}

fn flat(key: &str, value: &Value, lines: &mut Vec<[String; 2]>) {
    match value {
        Value::Null => {}
        Value::Object(map) => map.iter().for_each(|(inner, value)| flat(&format!("{key}.{inner}"), value, lines)),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(n, value)| flat(&format!("{key}.{n}"), value, lines));
        }
        Value::String(text) => lines.push([key.to_owned(), text.clone()]),
        other => lines.push([key.to_owned(), other.to_string()]),
    }
}
