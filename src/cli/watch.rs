//! `watch`: follows operations in a plain terminal, a line for each change of state, until they end.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::cli::args::{Document, Global, WatchArgs};
use crate::cli::confirm::RequiredConfirmation;
use crate::cli::left::{left, program};
use crate::cli::print::refuse;
use crate::cli::wording::{local_words, time_of_day};
use crate::cli::{document, exit, open, print, prompt, tell};
use crate::domain::{OpId, Phrase, text};
use crate::session::error::SessionError;
use crate::session::follow::{FollowEvent, FollowOptions, FollowSummary, Follower};
use crate::session::remaining::RemainingSteps;
use crate::session::report;
use crate::settings::Environment;
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
        watch.note(&Phrase::new(text::cli_watch::READ_ONLY));
        return (exit::REFUSED_HERE, None);
    }
    let settings = match open::settings(env, global) {
        Ok(settings) => settings,
        Err(code) => return (code, None),
    };
    let can_ask = args.yes || args.confirm.is_some() || prompt::is_possible();
    let follow = FollowOptions { target: args.target.clone(), go_on: args.go_on, can_ask, read_only: global.read_only };
    open::start_log(env);
    let mut following = match Follower::open(env, &settings, follow, open::tell_waits()) {
        Ok(following) => following,
        Err(said) => return (refuse(said), None),
    };
    let mut tell = |name: &str, how: &Phrase| {
        watch.say(&text::cli_watch::line(time_of_day(), name, how.clone()));
    };
    let mut refused = BTreeSet::new();
    let followed = loop {
        match following.next(&mut tell).await {
            FollowEvent::Over(followed) => break followed,
            FollowEvent::Asks(rest) => {
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
        return (refuse(text::cli_watch::ambiguous(target, followed.ambiguous.join(", "))), None);
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
    async fn confirmed(&self, rest: &RemainingSteps, following: &mut Follower<'_>) -> Option<Phrase> {
        let op = &rest.operation;
        self.say(&text::cli_watch::still(report::name(op), op.account.as_str(), rest.age));
        for (n, step) in &rest.calls {
            self.say(&text::cli_verb::step(*n, step.clone()));
        }
        let needed = RequiredConfirmation::new(rest.typed.as_deref(), op.action.subject(), &self.words);
        let options = (self.args.yes, self.args.confirm.as_deref());
        let missing = needed.missing(options, &self.words, async |question| following.ask(question).await).await;
        missing.unwrap_or_else(|_| Some(Phrase::new(text::cli_verb::NOTHING_SENT)))
    }

    /// The exit code where a name of which the journal tells nothing is the name of nothing at all.
    async fn is_nothing(&self, target: &str, env: &Environment, global: &Global) -> Option<u8> {
        let mut session = match open::to_look(None, env, global) {
            Ok(session) => session,
            Err(code) => return Some(code),
        };
        let named = session.named(target);
        match session.is_there(&named).await {
            Ok(true) => None,
            Ok(false) => Some(refuse(text::cli_find::none(target))),
            Err(SessionError::Faults(faults)) => Some(tell::faults(&faults, &self.words)),
            Err(_) => Some(exit::FAILED),
        }
    }

    /// Says what stands where something does not end well, and gives the exit code.
    fn conclude(&self, followed: &FollowSummary, refused: &BTreeSet<OpId>) -> u8 {
        if followed.operations.is_empty() {
            self.note(&match &self.args.target {
                Some(target) => text::cli_watch::nothing_of(target.as_str()),
                None => Phrase::new(text::cli_watch::NOTHING),
            });
        }
        for (account, fault) in &followed.resting {
            self.note(&text::cli_watch::account(account.as_str(), fault.phrase()));
        }
        let mut codes: Vec<u8> = followed.resting.iter().map(|(_, fault)| exit::of_fault(fault)).collect();
        for stands in &followed.operations {
            let (said, code) = left(stands, &self.program);
            said.iter().for_each(|said| self.note(said));
            let is_refused = refused.contains(&stands.operation.id);
            codes.push(if is_refused && code == exit::FAILED { exit::REFUSED_HERE } else { code });
        }
        exit::of_all(codes)
    }

    fn say(&self, phrase: &Phrase) {
        print::line(self.args.output, &self.words.say(phrase));
    }

    fn note(&self, phrase: &Phrase) {
        print::warn(&self.words.say(phrase));
    }
}
