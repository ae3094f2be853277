//! `firewall show`: its rules, and on which instances it is, as far as is known.

use serde_json::{Value, json};

use crate::cli::args::{ChangeArgs, Document, Global, ShowArgs};
use crate::cli::change::Run;
use crate::cli::firewall::known::{FirewallDetails, known};
use crate::cli::{exit, open, record, table};
use crate::domain::rule_edit::write_line;
use crate::domain::{ResourceId, Timestamp, text};
use crate::session::run::Session;
use crate::settings::Environment;

pub(super) async fn run(args: &ShowArgs, env: &Environment, global: &Global) -> u8 {
    let change = ChangeArgs { output: args.output, ..Default::default() };
    let this = Run::new(&change, env, global);
    let mut session = match open::to_look(None, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let known = match known(&mut session, &args.target, None).await {
        Ok(known) => known,
        Err(trouble) => {
            let (code, document) = this.trouble(&trouble);
            this.print(&document);
            return code;
        }
    };
    match args.output {
        Document::Json => this.print(&document(&session, &known)),
        Document::Table => table::print(&lines(&session, &known, &this)),
    }
    exit::DONE
}

/// The instances it was put on from here, where the provider does not tell.
fn set_here(session: &Session, known: &FirewallDetails) -> Vec<(ResourceId, Timestamp)> {
    session.engine().assigned(known.firewall.account(), known.firewall.id())
}

fn document(session: &Session, known: &FirewallDetails) -> Value {
    let account = known.firewall.account();
    let found = session.engine().account(account).and_then(|a| a.inventory.firewall(known.firewall.id()));
    let mut document = found.map_or_else(|| json!({}), |f| record::firewall(account, f));
    if let Some(map) = document.as_object_mut() {
        let rule = |rule| {
            let mut record = serde_json::to_value(rule).unwrap_or(Value::Null);
            if let Some(map) = record.as_object_mut() {
                map.insert("line".to_owned(), json!(write_line(rule)));
            }
            record
        };
        map.insert("rules".to_owned(), known.rules.iter().map(rule).collect());
        let set = set_here(session, known);
        let set: Vec<Value> = set.iter().map(|(id, at)| json!({ "instance": id, "at": at })).collect();
        map.insert("set_here".to_owned(), json!(set));
    }
    document
}

fn lines(session: &Session, known: &FirewallDetails, run: &Run<'_>) -> Vec<[String; 2]> {
    let firewall = &known.firewall;
    let mut lines = vec![
        ["account".to_owned(), firewall.account().to_string()],
        ["name".to_owned(), firewall.name.clone()],
        ["id".to_owned(), firewall.id().to_string()],
    ];
    if known.rules.is_empty() {
        lines.push(["rule".to_owned(), run.words().get(text::rules::NONE).to_owned()]);
    }
    lines.extend(known.rules.iter().map(|rule| ["rule".to_owned(), write_line(rule)]));
    let Some(account) = session.engine().account(firewall.account()) else { return lines };
    let inventory = &account.inventory;
    match inventory.firewall(firewall.id()).and_then(|f| f.on.as_ref()) {
        Some(on) => lines.extend(on.iter().map(|id| ["on".to_owned(), inventory.instance_name(id)])),
        None => {
            let now = session.now().wall;
            let set = set_here(session, known);
            if set.is_empty() {
                lines.push(["on".to_owned(), run.words().get(text::details::ON_UNKNOWN).to_owned()]);
            }
            for (id, at) in set {
                let age = crate::domain::Arg::Lasts(now.since(at));
                let phrase = crate::domain::text::details::on_set_here(inventory.instance_name(&id), age);
                lines.push(["on".to_owned(), run.words().say(&phrase)]);
            }
        }
    }
    lines
}
