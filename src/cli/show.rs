//! `show`: one instance or snapshot, all that is known of it.

use serde_json::{Value, json};

use crate::cli::args::{ChangeArgs, Document, Global, ShowArgs};
use crate::cli::change::Run;
use crate::cli::{document, exit, open, record, table, tell};
use crate::domain::{AccountName, Fault, Kind, Target, text};
use crate::engine::{AccountState, Engine};
use crate::session::error::{Interruption, SessionError};
use crate::session::run::Session;
use crate::session::target::{TargetName, lists_of, matches, the_one};
use crate::settings::Environment;
use crate::words::Words;

pub(super) async fn run(args: &ShowArgs, env: &Environment, global: &Global) -> u8 {
    let change = ChangeArgs { output: args.output, ..ChangeArgs::default() };
    let this = Run::new(&change, env, global);
    let mut session = match open::to_look(args.timeout, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let found = find(&mut session, &args.target, this.words()).await;
    let (target, faults) = match found {
        Ok(found) => found,
        Err(trouble) => {
            let (code, document) = this.trouble(&trouble);
            this.print(&document);
            return code;
        }
    };
    let Some(mut document) = document(&session, &target) else { return exit::FAILED };
    match args.output {
        Document::Json => {
            document["errors"] = json!(document::errors(&faults));
            this.print(&document);
        }
        Document::Table => table::print(&lines(&document)),
    }
    tell::faults(&faults, this.words())
}

/// The one instance, else the one snapshot, of that name; with the accounts that could not be read.
async fn find(
    session: &mut Session,
    typed: &str,
    words: &Words,
) -> Result<(Target, Vec<(AccountName, Fault)>), SessionError> {
    let named = session.named(typed);
    let (mut faults, mut cuts) = (Vec::new(), Vec::new());
    for kind in [Kind::Instance, Kind::Snapshot] {
        let wanted = |a: &AccountState| wanted(kind, &named, a);
        let broken = session.read(&wanted).await.err();
        faults = session.faults(&wanted);
        match broken {
            None => {}
            // Each account that was waited for says so itself.
            Some(Interruption::TimedOut) if !faults.is_empty() => return Err(SessionError::Faults(faults)),
            Some(broken) => return Err(SessionError::Interrupted(broken)),
        }
        cuts.extend(session.cuts(&wanted));
        let found = matches(session.engine(), kind, &named);
        if !found.is_empty() {
            return Ok((the_one(found, &named)?, faults));
        }
    }
    if !faults.is_empty() {
        return Err(SessionError::Faults(faults));
    }
    if cuts.is_empty() {
        return Err(SessionError::NotFound(named.typed));
    }
    tell::cuts(&cuts, words);
    Err(SessionError::Usage(text::cli_find::none_read(typed)))
}

fn wanted(kind: Kind, named: &TargetName, account: &AccountState) -> Vec<crate::domain::ListKey> {
    if named.is_in(account) { lists_of(kind, account) } else { Vec::new() }
}

fn document(session: &Session, target: &Target) -> Option<Value> {
    let engine: &Engine = session.engine();
    let inventory = &engine.account(target.account())?.inventory;
    let mut record = match target.resource.kind {
        Kind::Snapshot => record::snapshot(target.account(), inventory.snapshot(target.id())?),
        _ => record::instance(target.account(), inventory.instance(target.id())?),
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
