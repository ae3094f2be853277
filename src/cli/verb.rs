//! The verbs: the dashboard's dialogs in plain lines, answered by options, or by a person where there is a terminal.

use serde_json::{Value, json};

use super::args::{ChangeArgs, Command, DeleteCommand, Document, Global};
use super::confirm::{Needed, Way};
use super::key;
use super::left::{left, program};
use super::list::tell;
use super::watch::{code_of, time_of_day};
use super::{document, exit, local_words, print, refuse};
use crate::domain::rule_edit::{self, Change};
use crate::domain::{Arg, OpId, OpResult, OpState, Operation, Phrase, RequestText, SecretOf, Verb};
use crate::runtime::keep;
use crate::runtime::key_wish::KeyWish;
use crate::runtime::session::{Broken, May, Session, Told};
use crate::runtime::target::Named;
use crate::runtime::verb::{News, Plan, Trouble, Went, Wish};
use crate::settings::{Environment, Settings};
use crate::words::Words;

pub(super) enum Asked {
    Verb(Wish),
    Key(KeyWish),
}

impl Asked {
    /// What it is done to, as it was typed, where it is there already.
    fn target(&self) -> Option<&str> {
        match self {
            Self::Verb(wish) => Some(&wish.target),
            Self::Key(wish) => wish.target(),
        }
    }
}

/// What a command asks for, with how it is confirmed and followed.
///
/// # Errors
/// The exit code; why is printed.
pub(super) fn asked(command: &Command) -> Result<Option<(Asked, &ChangeArgs)>, u8> {
    if let Some((wish, change)) = key::asked(command)? {
        return Ok(Some((Asked::Key(wish), change)));
    }
    Ok(verb_of(command).map(|(wish, change)| (Asked::Verb(wish), change)))
}

fn verb_of(command: &Command) -> Option<(Wish, &ChangeArgs)> {
    let wish = |verb, target: &str| Wish { verb, target: target.to_owned(), from: None, name: None };
    Some(match command {
        Command::Start(a) => (wish(Verb::Start, &a.instance), &a.change),
        Command::Stop(a) => (wish(Verb::Stop, &a.instance), &a.change),
        Command::ForceStop(a) => (wish(Verb::ForceStop, &a.instance), &a.change),
        Command::Reboot(a) => (wish(Verb::Reboot, &a.instance), &a.change),
        Command::Destroy(a) => (wish(Verb::Destroy, &a.instance), &a.change),
        Command::TakeSnapshot(a) => (Wish { name: a.name.clone(), ..wish(Verb::TakeSnapshot, &a.instance) }, &a.change),
        Command::Restore(a) => (Wish { from: Some(a.from.clone()), ..wish(Verb::Restore, &a.instance) }, &a.change),
        // An image of one's own is what the provider calls a snapshot, and stands in both lists.
        Command::Delete(DeleteCommand::Snapshot(a) | DeleteCommand::Image(a)) => {
            (wish(Verb::DeleteSnapshot, &a.target), &a.change)
        }
        _ => return None,
    })
}

pub(super) struct Run<'a> {
    pub(super) args: &'a ChangeArgs,
    env: &'a Environment,
    words: Words,
    program: String,
}

pub(super) async fn run(asked: &Asked, args: &ChangeArgs, env: &Environment, global: &Global) -> u8 {
    let (this, mut session) = match Run::open(args, asked.target(), env, global) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let planned = match asked {
        Asked::Verb(wish) => session.plan(wish, this.words.clock()).await,
        Asked::Key(wish) => session.plan_key(wish).await,
    };
    this.go(&mut session, planned).await
}

impl<'a> Run<'a> {
    pub(super) fn new(args: &'a ChangeArgs, env: &'a Environment, global: &Global) -> Self {
        Self { args, env, words: local_words(), program: program(global) }
    }

    /// The engine over the accounts that may be meant. `target`: what it is done to, where that may name its account.
    ///
    /// # Errors
    /// The exit code; why is printed.
    pub(super) fn open(
        args: &'a ChangeArgs,
        target: Option<&str>,
        env: &'a Environment,
        global: &Global,
    ) -> Result<(Self, Session), u8> {
        let mut settings = Settings::load(env).map_err(|error| refuse(&error.to_string()))?;
        settings.keep_only(&global.accounts).map_err(|error| refuse(&error.to_string()))?;
        // Where an account is named, no other is asked.
        let named = target.map(|target| Named::new(target, |name| settings.account(name).is_some()));
        if let Some(account) = named.and_then(|named| named.account) {
            settings.accounts.retain(|a| a.name == account);
        }
        let may = if args.dry_run { May::Read } else { May::Change };
        let mut session = super::session(env, &settings, global.read_only, may)?;
        session.give(args.timeout);
        Ok((Self::new(args, env, global), session))
    }

    /// Carries out what was planned, and prints the document where one is wanted; the exit code.
    pub(super) async fn go(&self, session: &mut Session, planned: Result<Plan, Trouble>) -> u8 {
        let (code, document) = match planned {
            Ok(plan) => self.carry_out(session, &plan).await,
            Err(trouble) => self.trouble_in(session, &trouble),
        };
        self.print(&document);
        if print::is_taken() || session.secrets().is_empty() {
            return code;
        }
        for told in session.secrets() {
            self.rescue(told).await;
        }
        exit::of_all([code, exit::FAILED])
    }

    /// The document, where one is wanted.
    pub(super) fn print(&self, document: &Value) {
        if self.args.output == Document::Json {
            print::json(document);
        }
    }

    pub(super) const fn words(&self) -> &Words {
        &self.words
    }

    /// Says what would be done, has it confirmed, and does it.
    pub(super) async fn carry_out(&self, session: &mut Session, plan: &Plan) -> (u8, Value) {
        self.describe(plan);
        if self.args.dry_run {
            for (step, request) in plan.requests() {
                let phrase = Phrase::new("cli.verb.request").with("step", step.clone());
                self.say(&phrase.with("method", request.method.as_str()).with("path", request.path.as_str()));
                let body = request.body.iter();
                body.for_each(|body| self.say(&Phrase::new("cli.verb.body").with("body", body.as_str())));
            }
            self.note(&Phrase::new("cli.verb.nothing-sent"));
            return (exit::DONE, self.planned(plan));
        }
        match self.confirmed(session, plan).await {
            Ok(None) => {}
            Ok(Some(why)) => {
                self.note(&why);
                return (exit::REFUSED_HERE, self.refused("not_confirmed", &why, exit::REFUSED_HERE));
            }
            Err(broken) => return self.trouble(&Trouble::Broken(broken)),
        }
        if !self.can_tell(plan) {
            let why = Phrase::new("cli.secret.nowhere");
            self.note(&why);
            return (exit::FAILED, self.refused("not_written", &why, exit::FAILED));
        }
        let mut tell = |news: News<'_>| self.tell(news);
        let (code, mut document) = match session.carry_out(plan, self.args.wait, &mut tell).await {
            Ok(went) => {
                let code = self.conclude(&went);
                let mut document = went.stands.document;
                if let Some(fault) = &went.rests {
                    document["errors"] = json!([document::error(&went.stands.operation.account, fault)]);
                }
                (code, document)
            }
            Err(trouble) => self.trouble_in(session, &trouble),
        };
        if let Some(map) = document.as_object_mut() {
            for told in session.secrets() {
                map.insert("secret".to_owned(), json!(told.value.reveal()));
                map.insert("secret_of".to_owned(), json!(told.of));
                map.insert("secret_name".to_owned(), json!(told.name));
            }
        }
        (code, document)
    }

    /// Whether there is somewhere to write to, where all that is asked for is told once. A blank before a document is no
    /// part of it, and shows whether anything can be written at all.
    fn can_tell(&self, plan: &Plan) -> bool {
        if plan.action().is_none_or(|action| action.verb() != Verb::CreateApiKey) {
            return true;
        }
        if self.args.output == Document::Json {
            print::document(b"\n");
        }
        print::is_taken()
    }

    /// Whether it may be sent; where not, what would be needed.
    async fn confirmed(&self, session: &mut Session, plan: &Plan) -> Result<Option<Phrase>, Broken> {
        // A secret is printed only where a script or a person said so beforehand.
        if plan.action().is_some_and(|action| action.verb() == Verb::CreateApiKey) {
            return Ok((!self.args.yes).then(|| Phrase::new("cli.key.need-yes")));
        }
        let Some(action) = plan.action() else { return Ok(None) };
        let needed = Needed::new(plan.typed(), action.subject(), &self.words);
        match needed.way(self.args.yes, self.args.confirm.as_deref(), &self.words) {
            Way::Confirmed => Ok(None),
            Way::Refused(why) => Ok(Some(why)),
            Way::Asks(question) => {
                let typed = session.ask(needed.question(question)).await?;
                Ok(needed.answered(typed.as_deref()))
            }
        }
    }

    /// Says what there is to say while something is carried out.
    pub(super) fn tell(&self, news: News<'_>) {
        match news {
            News::Stands { name, how } => {
                let line = Phrase::new("cli.watch.line").with("at", time_of_day());
                self.say(&line.with("name", name).with("how", how.clone()));
            }
            News::Secret(told) => self.tell_secret(told),
        }
    }

    fn describe(&self, plan: &Plan) {
        let Some(action) = plan.action() else { return };
        let subject = action.subject();
        let what = Phrase::new("cli.verb.what").with("verb", action.verb().name()).with("name", subject.name.as_str());
        self.say(&what.with("account", subject.account().as_str()));
        for change in plan.changes() {
            let phrase = Phrase::new("cli.verb.change").with("sign", change.sign().to_string());
            self.say(&phrase.with("rule", rule_edit::write_line(change.rule())));
        }
        for (fact, warns) in plan.facts() {
            let key = if *warns { "cli.verb.warning" } else { "cli.verb.fact" };
            self.say(&Phrase::new(key).with("fact", fact.clone()));
        }
        for (n, step) in plan.steps().enumerate() {
            self.say(&Phrase::new("cli.verb.step").with("n", n + 1).with("step", step.clone()));
        }
    }

    /// Prints what a provider tells once; in a document it stands with everything else.
    fn tell_secret(&self, told: &Told) {
        if self.args.output == Document::Json {
            return;
        }
        match told.of {
            SecretOf::ApiKey => {
                self.say(&Phrase::new("cli.secret.api-key").with("name", told.name.as_str()));
                self.say(&Phrase::new("cli.secret.api-secret").with("value", told.value.reveal()));
            }
            SecretOf::Password => {
                let phrase = Phrase::new("cli.secret.password").with("name", told.name.as_str());
                self.say(&phrase.with("value", told.value.reveal()));
            }
        }
    }

    /// Keeps what could not be printed: the provider tells it no second time.
    async fn rescue(&self, told: &Told) {
        let said = |key| Phrase::new(key).with("name", told.name.as_str());
        self.note(&match keep::beside(self.env, &told.account, &told.name, &told.value).await {
            Ok(kept) => said("cli.secret.kept").with("kept", kept),
            Err(why) => said("cli.secret.only-here").with("why", why).with("value", told.value.reveal()),
        });
    }

    fn planned(&self, plan: &Plan) -> Value {
        let subject = plan.action().map(crate::domain::Action::subject);
        let fact = |(phrase, warns): &(Phrase, bool)| json!({ "text": self.words.say(phrase), "warns": warns });
        let request = |(_, request): &(Phrase, RequestText)| {
            let body = request.body.as_deref().and_then(|body| serde_json::from_str::<Value>(body).ok());
            json!({ "method": request.method, "path": request.path, "body": body })
        };
        json!({
            "dry_run": true,
            "verb": plan.action().map(|a| a.verb().name().replace('-', "_")),
            "account": subject.map(|s| s.account()),
            "target": subject.map(|s| json!({ "kind": s.resource.kind, "id": s.id(), "name": s.name })),
            "changes": plan.changes().iter().map(changed).collect::<Value>(),
            "facts": plan.facts().iter().map(fact).collect::<Value>(),
            "steps": plan.steps().map(|step| self.words.say(step)).collect::<Value>(),
            "confirm_with": plan.typed(),
            "requests": plan.requests().iter().map(request).collect::<Value>(),
        })
    }

    /// Says why nothing was done, and what can be done about an operation that stands in the way.
    fn trouble_in(&self, session: &Session, trouble: &Trouble) -> (u8, Value) {
        let said = self.trouble(trouble);
        if let Trouble::Refused { why, .. } = trouble
            && let Some((_, Arg::Text(op))) = why.args.iter().find(|(name, _)| *name == "op")
            && let Some(stands) = session.stands(&OpId::new(op.as_str()))
        {
            left(&stands, &self.program).0.iter().for_each(|left| self.note(left));
        }
        said
    }

    /// Says why nothing was done.
    pub(super) fn trouble(&self, trouble: &Trouble) -> (u8, Value) {
        let (code, result, phrase) = match trouble {
            Trouble::Broken(broken) => {
                let interrupted = *broken == Broken::Interrupted;
                let key = if interrupted { "cli.verb.interrupted" } else { "cli.verb.timed-out" };
                (exit::FAILED, if interrupted { "interrupted" } else { "timed_out" }, Phrase::new(key))
            }
            Trouble::Faults(faults) => return self.faults(faults),
            Trouble::NotFound(target) => {
                (exit::USAGE, "not_found", Phrase::new("cli.find.none").with("target", target.as_str()))
            }
            Trouble::Ambiguous { target, candidates } => {
                let phrase = Phrase::new("cli.watch.ambiguous").with("target", target.as_str());
                (exit::USAGE, "ambiguous", phrase.with("candidates", candidates.join(", ")))
            }
            Trouble::Usage(phrase) => (exit::USAGE, "usage", phrase.clone()),
            Trouble::Already { name, why } => {
                let phrase = Phrase::new("cli.verb.refused").with("name", name.as_str()).with("why", why.clone());
                (exit::DONE, "already_so", phrase)
            }
            Trouble::Refused { name, why } => {
                let phrase = Phrase::new("cli.verb.refused").with("name", name.as_str()).with("why", why.clone());
                (exit::REFUSED_HERE, "refused", phrase)
            }
        };
        self.note(&phrase);
        let mut document = self.refused(result, &phrase, code);
        if let (Trouble::Ambiguous { candidates, .. }, Some(map)) = (trouble, document.as_object_mut()) {
            map.insert("candidates".to_owned(), json!(candidates));
        }
        (code, document)
    }

    fn faults(&self, faults: &[(crate::domain::AccountName, crate::domain::Fault)]) -> (u8, Value) {
        let code = tell(faults, &self.words);
        (code, json!({ "result": "not_read", "exit": code, "errors": document::errors(faults) }))
    }

    pub(super) fn refused(&self, result: &str, why: &Phrase, code: u8) -> Value {
        json!({ "result": result, "exit": code, "reason": self.words.say(why) })
    }

    /// Says what stands where it did not end well, and gives the exit code.
    pub(super) fn conclude(&self, went: &Went) -> u8 {
        let op = &went.stands.operation;
        if let Some(fault) = &went.rests {
            let phrase = Phrase::new("cli.watch.account").with("account", op.account.as_str());
            self.note(&phrase.with("fault", fault.phrase()));
        }
        let waits = !matches!(op.state, OpState::Ended(_) | OpState::Halted(_));
        if waits && went.broken.is_none() && went.rests.is_none() {
            self.say(&Phrase::new("cli.verb.answered"));
            return exit::DONE;
        }
        let (said, code) = left(&went.stands, &self.program);
        said.iter().for_each(|said| self.note(said));
        let code = if code == exit::FAILED { failed(op) } else { code };
        exit::of_all(went.rests.iter().map(code_of).chain([code]))
    }

    pub(super) fn program(&self) -> &str {
        &self.program
    }

    pub(super) fn say(&self, phrase: &Phrase) {
        let line = self.words.say(phrase);
        if self.args.output == Document::Json { print::note(&line) } else { print::out(&line) }
    }

    pub(super) fn note(&self, phrase: &Phrase) {
        print::note(&format!("vpsdeck: {}", self.words.say(phrase)));
    }
}

fn changed(change: &Change) -> Value {
    let word = match change {
        Change::Added(_) => "added",
        Change::Removed(_) => "removed",
        Change::Kept(_) => "kept",
    };
    json!({ "change": word, "rule": change.rule(), "line": rule_edit::write_line(change.rule()) })
}

fn failed(op: &Operation) -> u8 {
    let OpState::Ended(OpResult::Failed { what, .. }) = &op.state else { return exit::FAILED };
    match op.attempts.last() {
        // It is not any more as it was shown, so nothing was sent.
        None if what.key.starts_with("overtaken") => exit::REFUSED_HERE,
        Some(last) if last.status.is_none() => exit::NOT_REACHABLE,
        Some(last) if last.status == Some(401) => exit::NOT_AUTHENTICATED,
        _ => exit::FAILED,
    }
}
