//! `journal`: what was asked for and what became of it, the newest last.

use std::time::Duration;

use serde_json::json;

use crate::cli::args::{Document, Global, JournalArgs};
use crate::cli::print::refuse;
use crate::cli::wording::local_words;
use crate::cli::{document, exit, print, table};
use crate::domain::{Timestamp, text};
use crate::provider::http::now;
use crate::session::history::{OperationHistory, read_history};
use crate::settings::Environment;
use crate::words::Words;

pub(super) fn run(args: &JournalArgs, env: &Environment, global: &Global) -> u8 {
    let words = local_words();
    let told = match read_history(&env.state_dir) {
        Ok(told) => told,
        Err(said) => return refuse(said),
    };
    for (text, count) in [(text::journal::torn as fn(_) -> _, told.torn), (text::journal::newer, told.newer)] {
        if count > 0 {
            print::warn(&words.say(&text(count)));
        }
    }
    let now = now();
    let is_meant = |story: &&OperationHistory| {
        let accounts = &global.accounts;
        args.since.is_none_or(|since| now.since(story.asked) <= since)
            && (accounts.is_empty() || accounts.iter().any(|name| name == story.account.as_str()))
    };
    let stories: Vec<&OperationHistory> = told.stories.iter().filter(is_meant).collect();
    match args.output {
        Document::Json => {
            let all: Vec<_> = stories.iter().map(|story| record(story)).collect();
            document::print_list("operations", all, &[]);
        }
        Document::Table if stories.is_empty() => print::note(words.get(text::cli_journal::NONE)),
        Document::Table => print_table(&stories, &words),
    }
    exit::DONE
}

fn record(story: &OperationHistory) -> serde_json::Value {
    json!({
        "op": story.op,
        "account": story.account,
        "verb": story.verb.replace('-', "_"),
        "target": { "kind": story.target.kind, "id": story.target.id, "name": story.name },
        "asked": story.asked,
        "by": story.by,
        "ended": story.ended,
        "seconds": took(story).map(|took| took.as_secs()),
        "step": story.step,
        "steps": story.steps,
        "requests": story.requests,
        "result": story.result,
        "reason": story.reason,
        "code": story.code,
    })
}

fn took(story: &OperationHistory) -> Option<Duration> {
    story.ended.map(|ended: Timestamp| ended.since(story.asked))
}

fn print_table(stories: &[&OperationHistory], words: &Words) {
    let head = ["asked", "op", "account", "what", "result", "took", "why"].map(|column| match column {
        "asked" => words.get(text::cli_journal::ASKED),
        "op" => words.get(text::cli_journal::OP),
        "account" => words.get(text::cli_journal::ACCOUNT),
        "what" => words.get(text::cli_journal::WHAT),
        "result" => words.get(text::cli_journal::RESULT),
        "took" => words.get(text::cli_journal::TOOK),
        _ => words.get(text::cli_journal::WHY),
    });
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(stories.iter().map(|story| {
        let result = match story.result.as_str() {
            "done" => words.get(text::op::IS_DONE).to_owned(),
            "failed" => words.get(text::op::IS_FAILED).to_owned(),
            "cancelled" => words.get(text::op::IS_CANCELLED).to_owned(),
            "unknown" => words.get(text::op::UNKNOWN).to_owned(),
            "answered" => words.get(text::cli_journal::ANSWERED).to_owned(),
            other => {
                let word = match other {
                    "interrupted" => text::cli_journal::INTERRUPTED,
                    "halted" => text::cli_journal::HALTED,
                    _ => text::op::RUNNING,
                };
                format!("{} {}/{}", words.get(word), (story.step + 1).min(story.steps), story.steps)
            }
        };
        let reason = story.reason.clone().unwrap_or_default();
        let why = match &story.code {
            Some(code) => format!("{code}: {reason}"),
            None => reason,
        };
        let took = took(story).map(|took| words.lasts(took)).unwrap_or_default();
        let by = story.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
        let what = format!("{} {}{by}", story.verb, story.name);
        [words.date_time(story.asked), story.op.to_string(), story.account.to_string(), what, result, took, why]
    }));
    table::print(&rows);
}
