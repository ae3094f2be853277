//! `account check`: logs in to each and says in a line how it stands.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;

use serde_json::{Value, json};

use crate::cli::account::list;
use crate::cli::args::{CheckArgs, Document, Global};
use crate::cli::open::{note_newline, settings_or_none};
use crate::cli::print::refuse;
use crate::cli::{document, exit, print};
use crate::domain::{Fault, Phrase, SecretOrigin, text};
use crate::provider::{Api, Opened};
use crate::session::waits::PATIENCE;
use crate::settings::{AccountSettings, CheckError, Environment, asks_at_terminal, check_account};
use crate::words::{Words, english};

pub(in crate::cli) async fn run(args: &CheckArgs, env: &Environment, global: &Global, words: &Words) -> u8 {
    let mut settings = match settings_or_none(env) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let names: Vec<String> = args.names.iter().chain(&global.accounts).cloned().collect();
    if let Err(error) = settings.keep_only(&names) {
        return refuse(error.phrase());
    }
    if settings.accounts.is_empty() {
        return refuse(text::cli_list::NONE);
    }
    all(&settings.accounts.iter().collect::<Vec<_>>(), args.output, args.timeout, env, words).await
}

/// Checks accounts one after the other, since those of one provider may share a quota and the lines keep the order of
/// the file; but once one takes long, the next has its turn. The exit code.
pub(super) async fn all(
    accounts: &[&AccountSettings],
    output: Document,
    timeout: Option<Duration>,
    env: &Environment,
    words: &Words,
) -> u8 {
    let width = accounts.iter().map(|a| a.name.as_str().chars().count()).max().unwrap_or(0);
    let end = timeout.map(|timeout| tokio::time::sleep(timeout).deadline());
    let mut checked: Vec<(&AccountSettings, AccountReport)> = Vec::new();
    let mut take = |account, said: AccountReport| {
        if output == Document::Table {
            said.print(account, width);
        }
        checked.push((account, said));
    };
    let mut slow: FuturesUnordered<BoxFuture<'_, (&AccountSettings, AccountReport)>> = FuturesUnordered::new();
    for account in accounts {
        note_newline(account, env, words);
        let api = account.open(env);
        let mut check = Box::pin(check_one(account, api.clone(), end, words));
        let wonders = tokio::time::sleep(PATIENCE);
        tokio::pin!(wonders);
        // What nobody gets is not waited for.
        while print::is_taken() {
            tokio::select! {
                biased;
                said = &mut check => {
                    take(*account, said);
                    break;
                }
                Some((account, said)) = slow.next(), if !slow.is_empty() => take(account, said),
                () = &mut wonders => {
                    if asks_at_terminal() {
                        wonders.set(tokio::time::sleep(PATIENCE));
                        continue;
                    }
                    print::warn(&words.say(&waits(account, api.as_ref().ok())));
                    slow.push(Box::pin(async move { (*account, check.await) }));
                    break;
                }
            }
        }
    }
    while print::is_taken()
        && let Some((account, said)) = slow.next().await
    {
        take(account, said);
    }
    if output == Document::Json {
        checked.sort_by_key(|(account, _)| accounts.iter().position(|other| other.name == account.name));
        let records: Vec<Value> = checked.iter().map(|(account, said)| said.record(account)).collect();
        let errors: Vec<Value> = checked.iter().flat_map(|(_, said)| said.errors.clone()).collect();
        document::print_list("accounts", records, &errors);
    }
    exit::of_all(checked.iter().map(|(_, said)| said.code))
}

/// Checks one account, until this moment at most.
async fn check_one(
    account: &AccountSettings,
    api: Opened,
    end: Option<tokio::time::Instant>,
    words: &Words,
) -> AccountReport {
    let api = match api {
        Ok(api) => api,
        Err(said) => return said_of(account, None, &Err(CheckError::Configuration(said)), words),
    };
    let held = |pause: Duration| {
        let phrase = text::cli_check::waits(account.name.as_str(), pause);
        // What a person hardly notices is not worth a line.
        if pause >= PATIENCE {
            print::note(&words.say(&phrase));
        }
    };
    let check = check_account(account.provider, api.as_ref(), &held);
    tokio::pin!(check);
    let result = match end {
        None => check.await,
        Some(end) => tokio::time::timeout_at(end, &mut check).await.unwrap_or_else(|_| {
            let awaited = api.asks_for_secret().map(|from| Fault::SecretAwaited { from });
            Err(CheckError::Fault(awaited.unwrap_or_else(|| Fault::TimedOut { host: account.place().to_owned() })))
        }),
    };
    said_of(account, Some(api.as_ref()), &result, words)
}

fn waits(account: &AccountSettings, api: Option<&Arc<dyn Api>>) -> Phrase {
    match api.and_then(|api| api.asks_for_secret()) {
        Some(from) => text::wait::secret(account.name.as_str(), from),
        None => text::wait::answer(account.name.as_str()),
    }
}

/// The services that the cloud lacks, or why the account cannot be used.
type CheckResult = Result<Vec<(&'static str, Fault)>, CheckError>;

struct AccountReport {
    code: u8,
    /// A line for each thing that is to be told.
    states: Vec<String>,
    advice: Option<String>,
    proxy: Option<String>,
    errors: Vec<Value>,
}

impl AccountReport {
    fn print(&self, account: &AccountSettings, width: usize) {
        let mut name = account.name.as_str();
        for line in self.states.iter().chain(&self.advice) {
            print::out(&format!("{name:width$}  {line}"));
            name = "";
        }
    }

    fn record(&self, account: &AccountSettings) -> Value {
        let mut record = list::record(account);
        record["usable"] = json!(self.code == exit::DONE);
        record["advice"] = json!(self.advice);
        record["proxy"] = json!(self.proxy);
        record
    }
}

fn said_of(account: &AccountSettings, api: Option<&dyn Api>, result: &CheckResult, words: &Words) -> AccountReport {
    let mut said = of_result(account, result, words);
    said.errors = errors_of(account, result);
    if let Some(proxy) = api.and_then(Api::proxy) {
        said.states.push(words.say(&text::cli_check::proxy(proxy.as_str())));
        said.proxy = Some(proxy);
    }
    said
}

fn errors_of(account: &AccountSettings, result: &CheckResult) -> Vec<Value> {
    match result {
        Ok(_) => Vec::new(),
        Err(CheckError::Fault(fault)) => vec![document::error(&account.name, fault)],
        Err(CheckError::Configuration(said)) => {
            vec![
                json!({ "account": account.name, "error": "configuration", "reason": english(said), "exit": exit::USAGE }),
            ]
        }
        Err(CheckError::Services(failed)) => {
            let one = |(service, fault): &(&'static str, Fault)| {
                let mut error = document::error(&account.name, fault);
                error["service"] = json!(service);
                error
            };
            failed.iter().map(one).collect()
        }
    }
}

fn of_result(account: &AccountSettings, result: &CheckResult, words: &Words) -> AccountReport {
    let said_so = |code, states, advice: Option<Phrase>| AccountReport {
        code,
        states,
        advice: advice.map(|advice| words.say(&advice)),
        proxy: None,
        errors: Vec::new(),
    };
    match result {
        Ok(lacks) => {
            let ok = words.get(text::cli_check::OK).to_owned();
            let lacking =
                lacks.iter().map(|(service, fault)| words.say(&text::cli_check::service(*service, fault.phrase())));
            said_so(exit::DONE, std::iter::once(ok).chain(lacking).collect(), None)
        }
        Err(CheckError::Configuration(said)) => {
            let state = words.say(&text::cli_check::configuration(said.clone()));
            said_so(exit::USAGE, vec![state], Some(Phrase::new(text::cli_do::CONFIGURATION)))
        }
        Err(CheckError::Fault(fault)) => {
            let (code, state, advice) = of_fault(account, fault, words);
            said_so(code, vec![state], Some(advice))
        }
        Err(CheckError::Services(failed)) => {
            let codes = failed.iter().map(|(_, fault)| of_fault(account, fault, words).0);
            let state = |(service, fault): &(&'static str, Fault)| {
                let phrase = text::cli_check::service(*service, fault.phrase());
                words.say(&phrase)
            };
            let states = failed.iter().map(state).collect();
            said_so(exit::of_all(codes), states, Some(Phrase::new(text::cli_do::SERVICE)))
        }
    }
}

fn credentials(account: &AccountSettings) -> Phrase {
    match account.account(true).secret {
        SecretOrigin::Variable(from) => text::cli_do::credentials_variable(from),
        SecretOrigin::Program(from) => text::cli_do::credentials_program(from),
        SecretOrigin::Cloud(name) => text::cli_do::credentials_cloud(name),
        SecretOrigin::Keyring | SecretOrigin::Demo => text::cli_do::credentials(account.name.as_str()),
    }
}

fn no_secret(account: &AccountSettings) -> Phrase {
    match account.account(true).secret {
        SecretOrigin::Variable(from) => text::cli_do::no_secret_variable(from),
        SecretOrigin::Program(from) => text::cli_do::no_secret_program(from),
        SecretOrigin::Cloud(name) => text::cli_do::no_secret_cloud(name),
        SecretOrigin::Keyring | SecretOrigin::Demo => {
            text::cli_do::no_secret(account.name.as_str(), "secret = { env = \"NAME\" }")
        }
    }
}

/// The exit code of a fault, how the account stands, and what to do.
fn of_fault(account: &AccountSettings, fault: &Fault, words: &Words) -> (u8, String, Phrase) {
    let other = || words.say(&text::cli_check::other(fault.phrase()));
    let place = account.place();
    match fault {
        Fault::WrongCredentials { said } => {
            let bare = || Phrase::new(text::cli_check::CREDENTIALS);
            let state = said.clone().map_or_else(bare, text::cli_check::credentials_said);
            (exit::NOT_AUTHENTICATED, words.say(&state), credentials(account))
        }
        Fault::NoSecret { .. } | Fault::LockedSecret { .. } | Fault::SecretAwaited { .. } => {
            (exit::NOT_AUTHENTICATED, words.say(&fault.phrase()), no_secret(account))
        }
        Fault::Unauthorised { .. } => (exit::NOT_AUTHENTICATED, other(), credentials(account)),
        Fault::Unreachable { .. } | Fault::TimedOut { .. } | Fault::BrokenOff { .. } => {
            (exit::NOT_REACHABLE, words.say(&text::cli_check::reach(fault.phrase())), text::cli_do::reach(place))
        }
        Fault::OverBudget { .. } => (exit::REFUSED_HERE, other(), Phrase::new(text::cli_do::QUOTA)),
        Fault::Quota { .. } => (exit::FAILED, other(), Phrase::new(text::cli_do::QUOTA)),
        // Somebody else's address, or another version's.
        Fault::Refused { status: 300 | 404, .. } => {
            (exit::of_fault(fault), other(), text::cli_do::not_understood(place))
        }
        Fault::Refused { .. } => (exit::of_fault(fault), other(), Phrase::new(text::cli_do::REFUSED)),
        Fault::NotOffered { .. } => (exit::FAILED, other(), Phrase::new(text::cli_do::SERVICE)),
        Fault::NotUnderstood { .. } => (exit::FAILED, other(), text::cli_do::not_understood(place)),
    }
}
