//! A change from its preview to its end: described in plain lines, confirmed by options or by a person, carried out, and told.

use serde_json::{Value, json};

use crate::cli::args::{ChangeArgs, Document, Global};
use crate::cli::confirm::RequiredConfirmation;
use crate::cli::left::{left, program};
use crate::cli::open::{session, settings};
use crate::cli::wording::{local_words, time_of_day};
use crate::cli::{document, exit, print, tell};
use crate::domain::rule_edit::{self, RuleChange};
use crate::domain::{
    AccountName, Action, Arg, Fault, OpId, OpResult, OpState, Operation, Phrase, RequestText, SecretOf, Target, Text,
    text,
};
use crate::runtime::store_secret;
use crate::session::carry_out::{Conclusion, Progress};
use crate::session::error::{Interruption, SessionError};
use crate::session::preview::Preview;
use crate::session::run::{May, ProviderSecret, Session};
use crate::session::target::TargetName;
use crate::settings::Environment;
use crate::words::Words;

pub(super) struct Run<'a> {
    pub(super) args: &'a ChangeArgs,
    env: &'a Environment,
    words: Words,
    program: String,
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
        let mut settings = settings(env, global)?;
        // Where an account is named, no other is asked.
        let named = target.map(|target| TargetName::new(target, |name| settings.account(name).is_some()));
        if let Some(account) = named.and_then(|named| named.account) {
            settings.accounts.retain(|a| a.name == account);
        }
        let may = if args.dry_run { May::Read } else { May::Change };
        let mut session = session(env, &settings, global.read_only, may)?;
        session.give(args.timeout);
        Ok((Self::new(args, env, global), session))
    }

    /// Carries out what was planned, and prints the document where one is wanted; the exit code.
    pub(super) async fn go(&self, session: &mut Session, planned: Result<Preview, SessionError>) -> u8 {
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
    pub(super) async fn carry_out(&self, session: &mut Session, plan: &Preview) -> (u8, Value) {
        self.describe(plan);
        if self.args.dry_run {
            for (step, request) in plan.requests() {
                self.say(&text::cli_verb::request(step.clone(), request.method.as_str(), request.path.as_str()));
                let body = request.body.iter();
                body.for_each(|body| self.say(&text::cli_verb::body(body.as_str())));
            }
            self.note(&Phrase::new(text::cli_verb::NOTHING_SENT));
            return (exit::DONE, self.planned(plan));
        }
        match self.confirmed(session, plan).await {
            Ok(None) => {}
            Ok(Some(why)) => return self.refuse("not_confirmed", &why, exit::REFUSED_HERE),
            Err(broken) => return self.trouble(&SessionError::Interrupted(broken)),
        }
        if !self.can_tell(plan) {
            return self.refuse("not_written", &Phrase::new(text::cli_secret::NOWHERE), exit::FAILED);
        }
        let mut tell = |news: Progress<'_>| self.tell(news);
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
    fn can_tell(&self, plan: &Preview) -> bool {
        if !plan.action().is_some_and(|action| action.verb().tells_secret()) {
            return true;
        }
        if self.args.output == Document::Json {
            print::document(b"\n");
        }
        print::is_taken()
    }

    /// Whether it may be sent; where not, what would be needed.
    async fn confirmed(&self, session: &mut Session, plan: &Preview) -> Result<Option<Phrase>, Interruption> {
        // A secret is printed only where a script or a person said so beforehand.
        if plan.action().is_some_and(|action| action.verb().tells_secret()) {
            return Ok((!self.args.yes).then(|| Phrase::new(text::cli_key::NEED_YES)));
        }
        let Some(action) = plan.action() else { return Ok(None) };
        self.missing(session, plan.typed(), action.subject()).await
    }

    /// Why it is not confirmed. `typed`: one of these must be typed; `None` where a yes is enough.
    pub(super) async fn missing(
        &self,
        session: &mut Session,
        typed: Option<&[String]>,
        about: &Target,
    ) -> Result<Option<Phrase>, Interruption> {
        let needed = RequiredConfirmation::new(typed, about, &self.words);
        let options = (self.args.yes, self.args.confirm.as_deref());
        needed.missing(options, &self.words, async |question| session.ask(question).await).await
    }

    /// Says what there is to say while something is carried out.
    pub(super) fn tell(&self, news: Progress<'_>) {
        match news {
            Progress::Stands { name, how } => {
                self.say(&text::cli_watch::line(time_of_day(), name, how.clone()));
            }
            Progress::Secret(told) => self.tell_secret(told),
        }
    }

    fn describe(&self, plan: &Preview) {
        let Some(action) = plan.action() else { return };
        let subject = action.subject();
        self.say(&text::cli_verb::what(action.verb(), subject.name.as_str(), subject.account().as_str()));
        for change in plan.changes() {
            self.say(&text::cli_verb::change(change.sign().to_string(), rule_edit::write_line(change.rule())));
        }
        for (fact, warns) in plan.facts() {
            let phrase =
                if *warns { text::cli_verb::warning(fact.clone()) } else { text::cli_verb::fact(fact.clone()) };
            self.say(&phrase);
        }
        for (n, step) in plan.steps().enumerate() {
            self.say(&text::cli_verb::step(n + 1, step.clone()));
        }
    }

    /// Prints what a provider tells once; in a document it stands with everything else.
    fn tell_secret(&self, told: &ProviderSecret) {
        if self.args.output == Document::Json {
            return;
        }
        match told.of {
            SecretOf::ApiKey => {
                self.say(&text::cli_secret::api_key(told.name.as_str()));
                self.say(&text::cli_secret::api_secret(told.value.reveal()));
            }
            SecretOf::Password => {
                self.say(&text::cli_secret::password(told.name.as_str(), told.value.reveal()));
            }
        }
    }

    /// Keeps what could not be printed: the provider tells it no second time.
    async fn rescue(&self, told: &ProviderSecret) {
        self.note(&match store_secret::beside(self.env, &told.account, &told.name, &told.value).await {
            Ok(kept) => text::cli_secret::kept(told.name.as_str(), kept),
            Err(why) => text::cli_secret::only_here(told.name.as_str(), why, told.value.reveal()),
        });
    }

    fn planned(&self, plan: &Preview) -> Value {
        let subject = plan.action().map(Action::subject);
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
    fn trouble_in(&self, session: &Session, trouble: &SessionError) -> (u8, Value) {
        let said = self.trouble(trouble);
        if let SessionError::Refused { why, .. } = trouble
            && let Some(Arg::Text(op)) = why.arg("op")
            && let Some(stands) = session.stands(&OpId::new(op.as_str()))
        {
            left(&stands, &self.program).0.iter().for_each(|left| self.note(left));
        }
        said
    }

    /// Says why nothing was done.
    pub(super) fn trouble(&self, trouble: &SessionError) -> (u8, Value) {
        let (code, result, phrase) = match trouble {
            SessionError::Interrupted(broken) => {
                let interrupted = *broken == Interruption::Interrupted;
                let key = if interrupted { text::cli_verb::INTERRUPTED } else { text::cli_verb::TIMED_OUT };
                (exit::FAILED, if interrupted { "interrupted" } else { "timed_out" }, Phrase::new(key))
            }
            SessionError::Faults(faults) => return self.faults(faults),
            SessionError::NotFound(target) => (exit::USAGE, "not_found", text::cli_find::none(target.as_str())),
            SessionError::Ambiguous { target, candidates } => {
                (exit::USAGE, "ambiguous", text::cli_watch::ambiguous(target.as_str(), candidates.join(", ")))
            }
            SessionError::Usage(phrase) => (exit::USAGE, "usage", phrase.clone()),
            SessionError::Already { name, why } => {
                let phrase = text::cli_verb::refused(name.as_str(), why.clone());
                (exit::DONE, "already_so", phrase)
            }
            SessionError::Refused { name, why } => {
                let phrase = text::cli_verb::refused(name.as_str(), why.clone());
                (exit::REFUSED_HERE, "refused", phrase)
            }
        };
        let (code, mut document) = self.refuse(result, &phrase, code);
        if let (SessionError::Ambiguous { candidates, .. }, Some(map)) = (trouble, document.as_object_mut()) {
            map.insert("candidates".to_owned(), json!(candidates));
        }
        (code, document)
    }

    fn faults(&self, faults: &[(AccountName, Fault)]) -> (u8, Value) {
        let code = tell::faults(faults, &self.words);
        (code, json!({ "result": "not_read", "exit": code, "errors": document::errors(faults) }))
    }

    /// Says why nothing was done; the exit code and the document of it.
    pub(super) fn refuse(&self, result: &str, why: &Phrase, code: u8) -> (u8, Value) {
        self.note(why);
        (code, json!({ "result": result, "exit": code, "reason": self.words.say(why) }))
    }

    /// Says what stands where it did not end well, and gives the exit code.
    pub(super) fn conclude(&self, went: &Conclusion) -> u8 {
        let op = &went.stands.operation;
        if let Some(fault) = &went.rests {
            self.note(&text::cli_watch::account(op.account.as_str(), fault.phrase()));
        }
        let waits = !matches!(op.state, OpState::Ended(_) | OpState::Halted(_));
        if waits && went.broken.is_none() && went.rests.is_none() {
            self.say(&Phrase::new(text::cli_verb::ANSWERED));
            return exit::DONE;
        }
        let (said, code) = left(&went.stands, &self.program);
        said.iter().for_each(|said| self.note(said));
        let code = if code == exit::FAILED { failed(op) } else { code };
        exit::of_all(went.rests.iter().map(exit::of_fault).chain([code]))
    }

    pub(super) fn program(&self) -> &str {
        &self.program
    }

    pub(super) fn say(&self, phrase: &Phrase) {
        print::line(self.args.output, &self.words.say(phrase));
    }

    pub(super) fn note(&self, phrase: &Phrase) {
        print::warn(&self.words.say(phrase));
    }
}

fn changed(change: &RuleChange) -> Value {
    let word = match change {
        RuleChange::Added(_) => "added",
        RuleChange::Removed(_) => "removed",
        RuleChange::Kept(_) => "kept",
    };
    json!({ "change": word, "rule": change.rule(), "line": rule_edit::write_line(change.rule()) })
}

fn failed(op: &Operation) -> u8 {
    let OpState::Ended(OpResult::Failed { what, .. }) = &op.state else { return exit::FAILED };
    match op.attempts.last() {
        // It is not any more as it was shown, so nothing was sent.
        None if matches!(what.text, Text::overtaken(_)) => exit::REFUSED_HERE,
        Some(last) if last.status.is_none() => exit::NOT_REACHABLE,
        Some(last) if last.status == Some(401) => exit::NOT_AUTHENTICATED,
        _ => exit::FAILED,
    }
}
