//! `cost`: what everything costs this month, and the sums of each account.

use serde_json::{Value, json};

use crate::cli::args::{CostArgs, Document, Global};
use crate::cli::wording::local_words;
use crate::cli::{document, exit, open, print, table, tell};
use crate::domain::{Kind, ListKey, Phrase, text};
use crate::engine::{AccountCost, AccountState, CostOf, CostRow, Sum, cost, kind_phrase};
use crate::session::target::lists_of;
use crate::settings::Environment;
use crate::words::Words;
use crate::words::cells::clean;

pub(super) async fn run(args: &CostArgs, env: &Environment, global: &Global) -> u8 {
    let words = local_words();
    let mut session = match open::to_look(args.timeout, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let broken = session.read(&wanted).await.err();
    let (faults, cuts) = (session.faults(&wanted), session.cuts(&wanted));
    let now = session.now().wall;
    let failed = |a: &&AccountState| faults.iter().all(|(name, _)| *name != a.account.name);
    let costs: Vec<(&AccountState, AccountCost)> =
        session.engine().accounts().iter().filter(failed).map(|a| (a, cost(a, now))).collect();
    match args.output {
        Document::Json => {
            let accounts: Value = costs.iter().map(|(account, cost)| document(account, cost)).collect();
            let errors = document::errors(&faults);
            print::json(&tell::with_cuts(json!({ "currency": "JPY", "accounts": accounts, "errors": errors }), &cuts));
        }
        Document::Table if costs.is_empty() => {}
        Document::Table => lines(&costs, &words),
    }
    exit::of_all([tell::missing(broken, &faults, &words), tell::cuts(&cuts, &words)])
}

/// Machines, what is saved, and what tells names of plans and what may be stored.
fn wanted(account: &AccountState) -> Vec<ListKey> {
    let policy = &account.account.policy;
    let plans = policy.catalogue().into_iter().filter(|list| *list == ListKey::Plans(None));
    let lists = lists_of(Kind::Snapshot, account).into_iter().chain([ListKey::Quota, ListKey::Volumes]).chain(plans);
    lists.filter(|list| policy.supports(list)).collect()
}

fn lines(costs: &[(&AccountState, AccountCost)], words: &Words) {
    let head = [
        text::cli_head::ACCOUNT,
        text::cli_head::NAME,
        text::cli_cost::STATE,
        text::cli_cost::PLAN,
        text::cli_cost::HOURS,
        text::cli_cost::SO_FAR,
        text::cli_cost::AT_MOST,
    ];
    let mut table = vec![head.map(|key| words.get(key).to_owned())];
    for (account, cost) in costs {
        let name = account.account.name.to_string();
        table.extend(cost.rows.iter().map(|row| cells(&name, row, words)));
        let total = words.get(text::cli_cost::TOTAL).to_owned();
        let blank = String::new;
        let (so_far, at_most) = (sum(cost.so_far), sum(cost.at_most));
        table.push([name, total, blank(), blank(), blank(), so_far, at_most]);
    }
    table::TableColumns::fitting().print(&table);
    if !print::is_taken() {
        return;
    }
    print::note(words.get(text::cli_cost::NOTE));
    for (account, cost) in costs {
        let name = account.account.name.as_str();
        if let Some(as_of) = &account.account.prices.as_of {
            print::note(&words.say(&text::cli_cost::as_of(name, as_of.as_str())));
        }
        if let Some(yen) = cost.minimum {
            print::note(&words.say(&text::cli_cost::minimum(name, yen)));
        }
    }
}

fn cells(account: &str, row: &CostRow, words: &Words) -> [String; 7] {
    let number = |n: Option<u64>| n.map_or_else(|| words.get(text::cli_value::UNKNOWN).to_owned(), |n| n.to_string());
    let billed = |n: Option<u64>| if row.within { String::new() } else { number(n) };
    let (name, state) = match row.of {
        CostOf::Instance { status } => {
            let state = if row.is_off() { Phrase::new(text::cost::OFF) } else { kind_phrase(status) };
            (clean(&row.name).into_owned(), words.say(&state))
        }
        CostOf::Snapshot => (clean(&row.name).into_owned(), words.get(text::cost::SNAPSHOT).to_owned()),
        CostOf::Image => (clean(&row.name).into_owned(), words.get(text::cost::IMAGE).to_owned()),
        CostOf::Volume => (clean(&row.name).into_owned(), words.get(text::cost::VOLUME).to_owned()),
        CostOf::VolumeSnapshot => (clean(&row.name).into_owned(), words.get(text::cost::VOLUME_SNAPSHOT).to_owned()),
        CostOf::Storage { free_gb, gb } => {
            let text = gb.map_or_else(|| text::cost::storage_unknown(free_gb), |gb| text::cost::storage(gb, free_gb));
            (words.say(&text), String::new())
        }
    };
    let storage = matches!(row.of, CostOf::Storage { .. });
    let plan = match &row.plan {
        _ if row.within => words.get(text::cost::WITHIN).to_owned(),
        Some(machine) if row.of == CostOf::Snapshot => words.say(&text::cost::of(clean(machine).into_owned())),
        Some(plan) => clean(plan).into_owned(),
        None if matches!(row.of, CostOf::Volume | CostOf::VolumeSnapshot) => words.spec(&row.spec),
        None => words.spec_short(&row.spec),
    };
    let hours = if storage { String::new() } else { number(row.due.hours) };
    [account.to_owned(), name, state, plan, hours, billed(row.due.so_far), billed(row.due.at_most)]
}

fn sum(sum: Sum) -> String {
    if sum.unknown == 0 { sum.yen.to_string() } else { format!("{} +{}?", sum.yen, sum.unknown) }
}

fn document(account: &AccountState, cost: &AccountCost) -> Value {
    let sum = |sum: Sum| json!({ "yen": sum.yen, "unknown": sum.unknown });
    let row = |row: &CostRow| {
        let kind = match row.of {
            CostOf::Instance { .. } => "instance",
            CostOf::Snapshot => "snapshot",
            CostOf::Image => "image",
            CostOf::Volume => "volume",
            CostOf::VolumeSnapshot => "volume_snapshot",
            CostOf::Storage { .. } => "storage",
        };
        let status = match row.of {
            CostOf::Instance { status } => json!(status),
            _ => Value::Null,
        };
        json!({
            "kind": kind,
            "id": row.resource.as_ref().map(|r| &r.id),
            "name": row.name,
            "status": status,
            "stopped_but_billed": row.is_off(),
            "plan": if status.is_null() { None } else { row.plan.as_ref() },
            "hours": row.due.hours,
            "so_far_yen": row.due.so_far,
            "at_most_yen": row.due.at_most,
            "billed_with_storage": row.within,
        })
    };
    json!({
        "account": account.account.name,
        "provider": account.account.policy.key(),
        "prices_as_of": account.account.prices.as_of,
        "rows": cost.rows.iter().map(row).collect::<Value>(),
        "so_far": sum(cost.so_far),
        "at_most": sum(cost.at_most),
        "minimum_yen": cost.minimum,
    })
}
