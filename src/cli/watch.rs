//! `watch`: follows operations in a plain terminal, a line for each change of state, until they end.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::args::{Document, Global, WatchArgs};
use super::confirm::{Needed, Way};
use super::left::{left, program};
use super::{document, exit, list, local_words, print, refuse};
use crate::domain::{Fault, OpId, Phrase};
use crate::provider::http::now;
use crate::runtime::headless::{self, Follow, Followed, Following, Next, Rest};
use crate::runtime::verb::Trouble;
use crate::settings::{Environment, Settings};
use crate::words::Words;

pub(super) async fn run(args: &WatchArgs, env: &Environment, global: &Global) -> u8 {
    let (code, document) = follow(args, env, global).await;
    if let (Document::Json, Some(document)) = (args.output, document) {
        print::json(&document);
    }
    code
}

/// Follows, and gives the exit code and how everything stands.
pub(super) async fn follow(args: &WatchArgs, env: &Environment, global: &Global) -> (u8, Option<Value>) {
    let watch = Watch { args, words: local_words(), program: program(global) };
    if args.go_on && global.read_only {
        watch.note(&Phrase::new("cli.watch.read-only"));
        return (exit::REFUSED_HERE, None);
    }
    let loaded = Settings::load(env).map_err(|error| error.to_string());
    let settings = loaded.and_then(|mut settings| {
        settings.keep_only(&global.accounts).map_err(|error| error.to_string())?;
        Ok(settings)
    });
    let settings = match settings {
        Ok(settings) => settings,
        Err(said) => return (refuse(&said), None),
    };
    let can_ask = args.yes || args.confirm.is_some() || super::prompt::is_possible();
    let follow = Follow { target: args.target.clone(), go_on: args.go_on, can_ask, read_only: global.read_only };
    let mut following = match Following::open(env, &settings, follow, super::tell_waits()) {
        Ok(following) => following,
        Err(said) => return (refuse(&said), None),
    };
    let mut tell = |name: &str, how: &Phrase| {
        let line = Phrase::new("cli.watch.line").with("at", time_of_day());
        watch.say(&line.with("name", name).with("how", how.clone()));
    };
    let mut refused = BTreeSet::new();
    let followed = loop {
        match following.next(&mut tell).await {
            Next::Over(followed) => break followed,
            Next::Asks(rest) => {
                let why = watch.confirmed(&rest, &mut following).await;
                following.answer(&rest, why.is_none(), &mut tell);
                if let Some(why) = why {
                    watch.note(&why);
                    refused.insert(rest.operation.id);
                }
            }
        }
    };
    if !followed.ambiguous.is_empty() {
        let target = args.target.as_deref().unwrap_or_default();
        let phrase = Phrase::new("cli.watch.ambiguous").with("target", target);
        let said = watch.words.say(&phrase.with("candidates", followed.ambiguous.join(", ")));
        return (refuse(&said), None);
    }
    if let Some(target) = args.target.as_deref().filter(|_| followed.operations.is_empty() && !followed.is_known)
        && let Some(code) = watch.is_nothing(target, env, global).await
    {
        return (code, None);
    }
    let operations: Vec<&Value> = followed.operations.iter().map(|stands| &stands.document).collect();
    let document = json!({ "operations": operations, "errors": document::errors(&followed.resting) });
    (watch.conclude(&followed, &refused), Some(document))
}

struct Watch<'a> {
    args: &'a WatchArgs,
    words: Words,
    program: String,
}

impl Watch<'_> {
    /// Says what is still to be sent and asks whether it is; why it is not, where it is not.
    async fn confirmed(&self, rest: &Rest, following: &mut Following<'_>) -> Option<Phrase> {
        let op = &rest.operation;
        let what = Phrase::new("cli.watch.still").with("name", headless::name(op)).with("age", rest.age);
        self.say(&what.with("account", op.account.as_str()));
        for (n, step) in &rest.calls {
            self.say(&Phrase::new("cli.verb.step").with("n", *n).with("step", step.clone()));
        }
        let needed = Needed::new(rest.typed.as_deref(), op.action.subject(), &self.words);
        match needed.way(self.args.yes, self.args.confirm.as_deref(), &self.words) {
            Way::Confirmed => None,
            Way::Refused(why) => Some(why),
            Way::Asks(question) => match following.ask(needed.question(question)).await {
                Ok(typed) => needed.answered(typed.as_deref()),
                Err(_) => Some(Phrase::new("cli.verb.nothing-sent")),
            },
        }
    }

    /// The exit code where a name of which the journal tells nothing is the name of nothing at all.
    async fn is_nothing(&self, target: &str, env: &Environment, global: &Global) -> Option<u8> {
        let mut session = match list::open(None, env, global) {
            Ok(session) => session,
            Err(code) => return Some(code),
        };
        let named = session.named(target);
        match session.is_there(&named).await {
            Ok(true) => None,
            Ok(false) => Some(refuse(&self.words.say(&Phrase::new("cli.find.none").with("target", target)))),
            Err(Trouble::Faults(faults)) => Some(list::tell(&faults, &self.words)),
            Err(_) => Some(exit::FAILED),
        }
    }

    /// Says what stands where something does not end well, and gives the exit code.
    fn conclude(&self, followed: &Followed, refused: &BTreeSet<OpId>) -> u8 {
        if followed.operations.is_empty() {
            self.note(&match &self.args.target {
                Some(target) => Phrase::new("cli.watch.nothing-of").with("target", target.as_str()),
                None => Phrase::new("cli.watch.nothing"),
            });
        }
        for (account, fault) in &followed.resting {
            self.note(
                &Phrase::new("cli.watch.account").with("account", account.as_str()).with("fault", fault.phrase()),
            );
        }
        let mut codes: Vec<u8> = followed.resting.iter().map(|(_, fault)| code_of(fault)).collect();
        for stands in &followed.operations {
            let (said, code) = left(stands, &self.program);
            said.iter().for_each(|said| self.note(said));
            let is_refused = refused.contains(&stands.operation.id);
            codes.push(if is_refused && code == exit::FAILED { exit::REFUSED_HERE } else { code });
        }
        exit::of_all(codes)
    }

    fn say(&self, phrase: &Phrase) {
        let line = self.words.say(phrase);
        if self.args.output == Document::Json { print::note(&line) } else { print::out(&line) }
    }

    fn note(&self, phrase: &Phrase) {
        print::note(&format!("vpsdeck: {}", self.words.say(phrase)));
    }
}

/// The local time of day.
pub(super) fn time_of_day() -> String {
    let now = jiff::Timestamp::from_millisecond(now().0).unwrap_or_default();
    now.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M:%S").to_string()
}

pub(super) const fn code_of(fault: &Fault) -> u8 {
    match fault {
        Fault::WrongCredentials { .. }
        | Fault::NoSecret { .. }
        | Fault::LockedSecret { .. }
        | Fault::SecretAwaited { .. }
        | Fault::Unauthorised { .. } => exit::NOT_AUTHENTICATED,
        Fault::OverBudget { .. } => exit::REFUSED_HERE,
        // A page where the API's own words should be: something in front of it answers.
        Fault::Refused { status: 500.., code: None, .. } => exit::NOT_REACHABLE,
        Fault::Unreachable { .. } | Fault::TimedOut { .. } | Fault::BrokenOff { .. } => exit::NOT_REACHABLE,
        _ => exit::FAILED,
    }
}
