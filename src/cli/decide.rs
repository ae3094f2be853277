//! `decide` and `cancel`: what a person says of an operation that another command or the dashboard left.

use serde_json::Value;

use crate::cli::args::{CancelArgs, ChangeArgs, DecideArgs, DecideOutcome, Global, WatchArgs};
use crate::cli::change::Run;
use crate::cli::left::{is_sent_once, left};
use crate::cli::print::refuse;
use crate::cli::wording::time_of_day;
use crate::cli::{exit, open, prompt, watch};
use crate::domain::{OpId, Phrase, text};
use crate::engine::Decision;
use crate::runtime::document::Carrier;
use crate::session::carry_out::Progress;
use crate::session::error::SessionError;
use crate::session::history::read_history;
use crate::session::report::{self, OperationReport};
use crate::session::run::{May, Session};
use crate::settings::{Environment, Settings};

pub(super) async fn cancel(args: &CancelArgs, env: &Environment, global: &Global) -> u8 {
    run(&args.op, &args.change, None, env, global).await
}

pub(super) async fn decide(args: &DecideArgs, env: &Environment, global: &Global) -> u8 {
    run(&args.op, &args.change, Some(args.what), env, global).await
}

/// `what`: what became of its last request; `None` where nothing more is to be sent, whatever became of it.
async fn run(op: &str, change: &ChangeArgs, what: Option<DecideOutcome>, env: &Environment, global: &Global) -> u8 {
    let run = Run::new(change, env, global);
    let settings = match settings(op, env, global) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    let this = Deciding { run, op: OpId::new(op), env, global, settings };
    let (code, document) = match this.go(what).await {
        Ok((code, document)) => (code, document),
        Err(trouble) => this.run.trouble(&trouble),
    };
    this.run.print(&document);
    code
}

/// The settings of the account that an operation is carried out in, and of no other.
fn settings(op: &str, env: &Environment, global: &Global) -> Result<Settings, u8> {
    let told = read_history(&env.state_dir).map_err(refuse)?;
    let story = told.stories.into_iter().find(|story| story.op.as_str() == op);
    let account = story.ok_or_else(|| refuse(text::cli_decide::none(op)))?.account;
    let mut settings = open::settings(env, global)?;
    settings.accounts.retain(|a| a.name == account);
    if settings.accounts.is_empty() {
        return Err(refuse(text::cli_decide::no_account(op, account.as_str())));
    }
    Ok(settings)
}

struct Deciding<'a> {
    run: Run<'a>,
    op: OpId,
    env: &'a Environment,
    global: &'a Global,
    settings: Settings,
}

impl Deciding<'_> {
    async fn go(&self, what: Option<DecideOutcome>) -> Result<(u8, Value), SessionError> {
        // Only `again` sends something; all else is written down, also where the provider does not answer.
        let mut session = self.open(if what == Some(DecideOutcome::Again) { May::Change } else { May::Decide })?;
        let stands = self.stands(&session)?;
        if stands.operation.is_over() {
            let how = report::how(&stands.operation);
            return Err(self.refused(&stands, text::cli_decide::over(how)));
        }
        if session.is_read_only(&stands.operation.account) {
            return Err(self.refused(&stands, text::refused::read_only(stands.operation.account.as_str(), 1_u64)));
        }
        if stands.by == Carrier::Another {
            return Err(self.refused(&stands, Phrase::new(text::cli_decide::ANOTHER)));
        }
        let drops = matches!(what, None | Some(DecideOutcome::Leave));
        if !drops && !stands.operation.is_in_doubt() {
            left(&stands, self.run.program()).0.iter().for_each(|left| self.run.note(left));
            return Err(self.refused(&stands, Phrase::new(text::cli_decide::NO_DOUBT)));
        }
        if self.run.args.dry_run {
            self.run.say(&self.at(&stands));
            self.run.note(&Phrase::new(text::cli_verb::NOTHING_SENT));
            return Ok((exit::DONE, stands.document));
        }
        match what {
            Some(DecideOutcome::Again) => self.again(&mut session, &stands).await,
            Some(DecideOutcome::Happened) => self.happened(session).await,
            None | Some(DecideOutcome::Leave) => {
                session.leave(&self.op);
                self.tell(&session)
            }
        }
    }

    fn open(&self, may: May) -> Result<Session, SessionError> {
        open::start_log(self.env);
        let tell = open::tell_waits();
        let mut session =
            Session::open(self.env, &self.settings, self.global.read_only, may, tell).map_err(SessionError::Usage)?;
        session.give(self.run.args.timeout);
        Ok(session)
    }

    /// It happened: notes that, and goes on where a person says so, now or beforehand.
    async fn happened(&self, mut session: Session) -> Result<(u8, Value), SessionError> {
        session.decide(&self.op, Decision::ItHappened);
        let stands = self.stands(&session)?;
        let args = self.run.args;
        let says = args.yes || args.confirm.is_some() || prompt::is_possible();
        let goes_on = args.wait || (says && stands.operation.has_calls_ahead());
        let told = self.tell(&session);
        drop(session);
        if stands.operation.is_over() || !goes_on {
            return told;
        }
        let follow = WatchArgs {
            target: Some(self.op.to_string()),
            go_on: true,
            yes: args.yes,
            confirm: args.confirm.clone(),
            output: args.output,
        };
        let (code, document) = watch::follow(&follow, self.env, self.global).await;
        Ok((code, document.map_or(Value::Null, |mut document| document["operations"][0].take())))
    }

    /// It did not happen: sent once more, after a fresh look and, where something is lost by it, typed once more.
    async fn again(&self, session: &mut Session, stands: &OperationReport) -> Result<(u8, Value), SessionError> {
        if is_sent_once(stands) {
            return Err(self.refused(stands, text::cli_decide::once(self.op.as_str())));
        }
        session.look(&stands.operation.action).await?;
        let now = self.stands(session)?;
        if !now.operation.is_in_doubt() || now.operation.at != stands.operation.at {
            self.run.note(&text::cli_decide::settled(report::name(&now.operation)));
            return self.tell(session);
        }
        let Some(rest) = session.left_of(&self.op) else { return Err(SessionError::NotFound(self.op.to_string())) };
        for (n, step) in &rest.calls {
            self.run.say(&text::cli_verb::step(*n, step.clone()));
        }
        if let Some(typed) = &rest.typed {
            let missing = self.run.missing(session, Some(typed), rest.operation.action.subject()).await;
            if let Some(why) = missing.map_err(SessionError::Interrupted)? {
                return Ok(self.run.refuse("not_confirmed", &why, exit::REFUSED_HERE));
            }
        }
        session.decide(&self.op, Decision::SendAgain);
        let mut tell = |news: Progress<'_>| self.run.tell(news);
        let went = session.follow(&self.op, self.run.args.wait, &mut tell).await?;
        Ok((self.run.conclude(&went), went.stands.document))
    }

    /// Says how it stands now; what was asked for is done.
    fn tell(&self, session: &Session) -> Result<(u8, Value), SessionError> {
        let stands = self.stands(session)?;
        self.run.say(&self.at(&stands));
        if let Some(left) = left(&stands, self.run.program()).0.filter(|_| stands.operation.has_calls_ahead()) {
            self.run.note(&left);
        }
        Ok((exit::DONE, stands.document))
    }

    fn at(&self, stands: &OperationReport) -> Phrase {
        let how = report::how(&stands.operation);
        text::cli_watch::line(time_of_day(), report::name(&stands.operation), how)
    }

    fn stands(&self, session: &Session) -> Result<OperationReport, SessionError> {
        session.stands(&self.op).ok_or_else(|| SessionError::NotFound(self.op.to_string()))
    }

    fn refused(&self, stands: &OperationReport, why: Phrase) -> SessionError {
        SessionError::Refused { name: report::name(&stands.operation), why }
    }
}
