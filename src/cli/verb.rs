//! The verbs: the dashboard's dialogs in plain lines, answered by options, or by a person where there is a terminal.

use serde_json::{Value, json};

use super::args::{ChangeArgs, Command, DeleteCommand, Document, Global};
use super::watch::{code_of, stood, time_of_day};
use super::{exit, local_words, print, prompt, refuse};
use crate::domain::{OpResult, OpState, Operation, Phrase, Verb};
use crate::runtime::headless;
use crate::runtime::session::{Broken, May, Session};
use crate::runtime::target::Named;
use crate::runtime::verb::{Plan, Trouble, Went, Wish};
use crate::settings::{Environment, Settings};
use crate::words::Words;

/// The verb that a command is, with how it is confirmed and followed.
pub(super) fn asked(command: &Command) -> Option<(Wish, &ChangeArgs)> {
    let wish = |verb, target: &str| Wish { verb, target: target.to_owned(), from: None, name: None };
    Some(match command {
        Command::Start(a) => (wish(Verb::Start, &a.instance), &a.change),
        Command::Stop(a) => (wish(Verb::Stop, &a.instance), &a.change),
        Command::ForceStop(a) => (wish(Verb::ForceStop, &a.instance), &a.change),
        Command::Reboot(a) => (wish(Verb::Reboot, &a.instance), &a.change),
        Command::Destroy(a) => (wish(Verb::Destroy, &a.instance), &a.change),
        Command::TakeSnapshot(a) => (Wish { name: a.name.clone(), ..wish(Verb::TakeSnapshot, &a.instance) }, &a.change),
        Command::Restore(a) => (Wish { from: Some(a.from.clone()), ..wish(Verb::Restore, &a.instance) }, &a.change),
        Command::Delete(DeleteCommand::Snapshot(a)) => (wish(Verb::DeleteSnapshot, &a.target), &a.change),
        _ => return None,
    })
}

/// What a verb works with.
pub(super) struct Run<'a> {
    /// How it is confirmed and followed.
    pub(super) args: &'a ChangeArgs,
    pub(super) words: Words,
}

pub(super) async fn run(wish: &Wish, args: &ChangeArgs, env: &Environment, global: &Global) -> u8 {
    let this = Run { args, words: local_words() };
    let mut settings = match Settings::load(env) {
        Ok(settings) => settings,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Err(error) = settings.keep_only(&global.accounts) {
        return refuse(&error.to_string());
    }
    // Where an account is named, no other is asked.
    let named = Named::new(&wish.target, |name| settings.account(name).is_some());
    if let Some(account) = named.account {
        settings.accounts.retain(|a| a.name == account);
    }
    let may = if args.dry_run { May::Read } else { May::Change };
    let mut session = match Session::open(env, &settings, global.read_only, may) {
        Ok(session) => session,
        Err(said) => return refuse(&said),
    };
    session.give(args.timeout);
    let (code, document) = this.go(&mut session, wish).await;
    if args.output == Document::Json {
        print::out(&format!("{document:#}"));
    }
    code
}

impl Run<'_> {
    async fn go(&self, session: &mut Session, wish: &Wish) -> (u8, Value) {
        let plan = match session.plan(wish, self.words.clock()).await {
            Ok(plan) => plan,
            Err(trouble) => return self.trouble(&trouble),
        };
        self.carry_on(session, &plan).await
    }

    /// Says what would be done, has it confirmed, and does it.
    pub(super) async fn carry_on(&self, session: &mut Session, plan: &Plan) -> (u8, Value) {
        self.describe(plan);
        if self.args.dry_run {
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
        let mut tell = |name: &str, how: &Phrase| {
            let line = Phrase::new("cli.watch.line").with("at", time_of_day());
            self.say(&line.with("name", name).with("how", how.clone()));
        };
        match session.carry_out(plan, self.args.wait, &mut tell).await {
            Ok(went) => (self.conclude(&went), headless::document(&went.stands.operation)),
            Err(trouble) => self.trouble(&trouble),
        }
    }

    /// Whether it may be sent; where not, what would be needed.
    async fn confirmed(&self, session: &mut Session, plan: &Plan) -> Result<Option<Phrase>, Broken> {
        let what = plan.typed().map(|accepted| self.one_of(accepted));
        if let Some(typed) = &self.args.confirm {
            let what = what.unwrap_or_else(|| plan.action().map(|a| a.subject().name.clone()).unwrap_or_default());
            let wrong = Phrase::new("cli.verb.not-confirmed").with("typed", typed.as_str()).with("what", what);
            return Ok((!plan.accepts(typed)).then_some(wrong));
        }
        match what {
            None if self.args.yes => Ok(None),
            None if prompt::is_possible() => {
                let question = self.words.get("cli.verb.ask").to_owned();
                let yes = session.ask(move || prompt::yes(&question)).await?;
                Ok((!yes).then(|| Phrase::new("cli.verb.nothing-sent")))
            }
            None => Ok(Some(Phrase::new("cli.verb.need-yes"))),
            Some(what) if prompt::is_possible() && !self.args.yes => {
                let question = self.words.say(&Phrase::new("cli.verb.type").with("what", what.clone()));
                let typed = session.ask(move || prompt::line(&question, None)).await?.unwrap_or_default();
                let wrong = Phrase::new("cli.verb.not-confirmed").with("typed", typed.as_str()).with("what", what);
                Ok((!plan.accepts(&typed)).then_some(wrong))
            }
            Some(what) => Ok(Some(Phrase::new("cli.verb.need-confirm").with("what", what))),
        }
    }

    /// What a dialog would show.
    fn describe(&self, plan: &Plan) {
        let Some(action) = plan.action() else { return };
        let subject = action.subject();
        let what = Phrase::new("cli.verb.what").with("verb", action.verb().name()).with("name", subject.name.as_str());
        self.say(&what.with("account", subject.account().as_str()));
        for (fact, warns) in plan.facts() {
            let key = if *warns { "cli.verb.warning" } else { "cli.verb.fact" };
            self.say(&Phrase::new(key).with("fact", fact.clone()));
        }
        for (n, step) in plan.steps().enumerate() {
            self.say(&Phrase::new("cli.verb.step").with("n", n + 1).with("step", step.clone()));
        }
    }

    /// What would be done, as JSON.
    fn planned(&self, plan: &Plan) -> Value {
        let subject = plan.action().map(crate::domain::Action::subject);
        let fact = |(phrase, warns): &(Phrase, bool)| json!({ "text": self.words.say(phrase), "warns": warns });
        json!({
            "dry_run": true,
            "verb": plan.action().map(|a| a.verb().name().replace('-', "_")),
            "account": subject.map(|s| s.account()),
            "target": subject.map(|s| json!({ "kind": s.resource.kind, "id": s.id(), "name": s.name })),
            "facts": plan.facts().iter().map(fact).collect::<Value>(),
            "steps": plan.steps().map(|step| self.words.say(step)).collect::<Value>(),
            "confirm_with": plan.typed(),
        })
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
        let mut accounts = Vec::new();
        for (account, fault) in faults {
            let phrase = Phrase::new("cli.watch.account").with("account", account.as_str());
            self.note(&phrase.with("fault", fault.phrase()));
            accounts.push(json!({ "account": account, "reason": self.words.say(&fault.phrase()) }));
        }
        let code = exit::of_all(faults.iter().map(|(_, fault)| code_of(fault)));
        (code, json!({ "result": "not_read", "exit": code, "accounts": accounts }))
    }

    pub(super) fn refused(&self, result: &str, why: &Phrase, code: u8) -> Value {
        json!({ "result": result, "exit": code, "reason": self.words.say(why) })
    }

    /// Says what stands where it did not end well, and gives the exit code.
    fn conclude(&self, went: &Went) -> u8 {
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
        let (key, code) = stood(&went.stands, went.broken.is_some());
        if let Some(key) = key {
            let phrase = Phrase::new(key).with("name", headless::name(op));
            self.note(&phrase.with("step", went.stands.step.clone()));
        }
        let code = if code == exit::FAILED { failed(op) } else { code };
        exit::of_all(went.rests.iter().map(code_of).chain([code]))
    }

    /// `web-01 or 3f9a21`.
    fn one_of(&self, accepted: &[String]) -> String {
        match accepted {
            [one, other, ..] => {
                self.words.say(&Phrase::new("cli.verb.or").with("one", one.as_str()).with("other", other.as_str()))
            }
            _ => accepted.concat(),
        }
    }

    pub(super) fn say(&self, phrase: &Phrase) {
        let line = self.words.say(phrase);
        if self.args.output == Document::Json { print::note(&line) } else { print::out(&line) }
    }

    pub(super) fn note(&self, phrase: &Phrase) {
        print::note(&format!("vpsdeck: {}", self.words.say(phrase)));
    }
}

/// The exit code of an operation that failed.
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
