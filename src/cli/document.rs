//! The JSON documents. Every list has one shape: the things under their name, and under `errors` the accounts that could
//! not be read.

use serde::Serialize;
use serde_json::{Value, json};

use crate::cli::{exit, print};
use crate::domain::{AccountName, Fault};
use crate::words::english;

pub(super) fn print_list(things: &str, all: impl Serialize, errors: &[Value]) {
    print::json(&json!({ things: all, "errors": errors }));
}

pub(super) fn errors(faults: &[(AccountName, Fault)]) -> Vec<Value> {
    faults.iter().map(|(account, fault)| error(account, fault)).collect()
}

/// Why an account could not be read, and the exit code that it alone would have.
pub(super) fn error(account: &AccountName, fault: &Fault) -> Value {
    let code = match fault {
        Fault::Refused { code, .. } => code.as_deref(),
        _ => None,
    };
    json!({
        "account": account,
        "error": fault.word(),
        "reason": english(&fault.phrase()),
        "code": code,
        "exit": exit::of_fault(fault),
    })
}
