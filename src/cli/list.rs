//! `list`: what there is in all accounts, read now.

mod rows;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::cli::args::{Document, Format, Global, JournalArgs, ListArgs, Things};
use crate::cli::print::refuse;
use crate::cli::wording::local_words;
use crate::cli::{document, exit, journal, open, print, table, tell};
use crate::domain::{AccountName, Cut, Fault, Kind, ListKey, text};
use crate::engine::AccountState;
use crate::session::history::read_history;
use crate::session::target::lists_of;
use crate::settings::Environment;
use crate::words::cells::clean;

use self::rows::ListRow;

pub(super) async fn run(args: &ListArgs, env: &Environment, global: &Global) -> u8 {
    let kind = match args.things {
        Things::Instances => Kind::Instance,
        Things::Snapshots => Kind::Snapshot,
        Things::Firewalls => Kind::Firewall,
        Things::Images => Kind::Image,
        Things::Keys => Kind::Key,
        Things::ApiKeys => Kind::ApiKey,
        Things::Plans => Kind::Plan,
        Things::Volumes => Kind::Volume,
        Things::Operations => return operations(args.output, env, global),
    };
    let words = local_words();
    let mut session = match open::to_look(args.timeout, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let wanted = |a: &AccountState| {
        // Whose volume a snapshot is of.
        let volumes = (kind == Kind::Snapshot).then_some(ListKey::Volumes);
        lists_of(kind, a).into_iter().chain(volumes).filter(|list| a.account.policy.supports(list)).collect::<Vec<_>>()
    };
    let mut columns = table::TableColumns::fitting();
    let (mut broken, mut shown) = (None, BTreeSet::new());
    // While one account is waited for, what the others have is shown. A document is whole.
    if args.output != Format::Json {
        match session.read_part(&wanted).await {
            Ok(true) => {}
            Ok(false) => {
                let engine = session.engine();
                let ready: Vec<_> = engine.accounts().iter().filter(|a| !session.is_open(&a.account.name)).collect();
                shown.extend(ready.iter().map(|a| a.account.name.clone()));
                let rows: Vec<ListRow> = ready.into_iter().flat_map(|a| rows::rows(kind, a, engine, &words)).collect();
                if args.output == Format::Table {
                    columns.print(&[rows::head(kind, &words)]);
                }
                show(rows, args.output, &mut columns);
                // What nobody gets is not waited for.
                if !print::is_taken() {
                    return exit::DONE;
                }
            }
            Err(why) => broken = Some(why),
        }
    }
    // What was read until then is shown all the same.
    if broken.is_none() {
        broken = session.read(&wanted).await.err();
    }
    let (faults, cuts) = (session.faults(&wanted), session.cuts(&wanted));
    let engine = session.engine();
    let rest = engine.accounts().iter().filter(|a| !shown.contains(&a.account.name));
    let rows: Vec<ListRow> = rest.flat_map(|a| rows::rows(kind, a, engine, &words)).collect();
    match args.output {
        Format::Json => print_document(args.things, rows, &faults, &cuts),
        Format::Table if shown.is_empty() && rows.is_empty() && faults.is_empty() && broken.is_none() => {
            print::note(words.get(text::cli_things::NONE));
        }
        Format::Table if shown.is_empty() => {
            let mut lines = vec![rows::head(kind, &words)];
            lines.extend(rows.into_iter().map(|row| row.cells));
            columns.print(&lines);
        }
        Format::Name | Format::Table => show(rows, args.output, &mut columns),
    }
    exit::of_all([tell::missing(broken, &faults, &words), tell::cuts(&cuts, &words)])
}

fn print_document(
    things: Things,
    rows: Vec<ListRow>,
    faults: &[(AccountName, Fault)],
    cuts: &[(AccountName, ListKey, Cut)],
) {
    let key = match things {
        Things::ApiKeys => "api_keys".to_owned(),
        things => format!("{things:?}").to_lowercase(),
    };
    let all: Value = rows.into_iter().map(|row| row.record).collect();
    print::json(&tell::with_cuts(json!({ key: all, "errors": document::errors(faults) }), cuts));
}

/// Prints rows without a head, or their names.
fn show(rows: Vec<ListRow>, output: Format, columns: &mut table::TableColumns<{ rows::COLUMNS }>) {
    if output == Format::Name {
        return names(&rows).iter().for_each(|name| print::out(name));
    }
    columns.print(&rows.into_iter().map(|row| row.cells).collect::<Vec<_>>());
}

/// What other commands take as a target: by name, where no other of its account bears the same and all of it is seen.
fn names(rows: &[ListRow]) -> Vec<String> {
    let mut count: BTreeMap<(&AccountName, &str), usize> = BTreeMap::new();
    for row in rows {
        *count.entry((&row.account, &row.name)).or_default() += 1;
    }
    let name = |row: &ListRow| {
        let unique = !row.name.trim().is_empty() && count.get(&(&row.account, row.name.as_str())) == Some(&1);
        let by_name = unique && clean(&row.name) == row.name;
        format!("{}/{}", row.account, clean(if by_name { row.name.as_str() } else { row.id.as_str() }))
    };
    rows.iter().map(name).collect()
}

fn operations(output: Format, env: &Environment, global: &Global) -> u8 {
    let document = match output {
        Format::Table => Document::Table,
        Format::Json => Document::Json,
        Format::Name => {
            return match read_history(&env.state_dir) {
                Ok(told) => {
                    let accounts = &global.accounts;
                    let is_meant = |account: &AccountName| {
                        accounts.is_empty() || accounts.iter().any(|name| name == account.as_str())
                    };
                    let meant = told.stories.iter().filter(|story| is_meant(&story.account));
                    meant.for_each(|story| print::out(story.op.as_str()));
                    exit::DONE
                }
                Err(said) => refuse(said),
            };
        }
    };
    journal::run(&JournalArgs { since: None, output: document }, env, global)
}
