//! Says what is missing of a result, and why.

use serde_json::{Value, json};

use crate::cli::{exit, print};
use crate::domain::{AccountName, Cut, Fault, ListKey, text};
use crate::session::error::Interruption;
use crate::words::Words;

/// Says why something is missing, where it is; the exit code.
pub(super) fn missing(broken: Option<Interruption>, faults: &[(AccountName, Fault)], words: &Words) -> u8 {
    match broken {
        Some(Interruption::Interrupted) => stopped(Interruption::Interrupted, words),
        // Each account that was waited for says so itself.
        Some(Interruption::TimedOut) if faults.is_empty() => stopped(Interruption::TimedOut, words),
        _ => self::faults(faults, words),
    }
}

/// Names the lists that may not be all there is; the exit code.
pub(super) fn cuts(cuts: &[(AccountName, ListKey, Cut)], words: &Words) -> u8 {
    for (account, list, cut) in cuts {
        print::warn(&words.say(&text::cli_list::cut(account.as_str(), list.name(), cut.phrase())));
    }
    if cuts.is_empty() { exit::DONE } else { exit::FAILED }
}

/// A document that also says which lists may not be all there is, where there are such.
pub(super) fn with_cuts(mut document: Value, cuts: &[(AccountName, ListKey, Cut)]) -> Value {
    if let Some(map) = document.as_object_mut().filter(|_| !cuts.is_empty()) {
        let cut = |(account, list, cut): &(AccountName, ListKey, Cut)| json!({ "account": account, "list": list.name(), "why": cut.name() });
        map.insert("cut".to_owned(), cuts.iter().map(cut).collect());
    }
    document
}

/// Names the accounts that could not be read; the exit code.
pub(super) fn faults(faults: &[(AccountName, Fault)], words: &Words) -> u8 {
    for (account, fault) in faults {
        print::warn(&words.say(&text::cli_watch::account(account.as_str(), fault.phrase())));
    }
    exit::of_all(faults.iter().map(|(_, fault)| exit::of_fault(fault)))
}

fn stopped(broken: Interruption, words: &Words) -> u8 {
    let key = if broken == Interruption::Interrupted { text::cli_verb::INTERRUPTED } else { text::cli_verb::TIMED_OUT };
    print::warn(words.get(key));
    exit::FAILED
}
