//! `protect` and `unprotect`: what no changing command touches, in whatever process.

use serde_json::{Value, json};

use crate::cli::args::{ChangeArgs, Global, ProtectArgs, Protectable};
use crate::cli::change::Run;
use crate::cli::{exit, open, prompt, tell};
use crate::domain::{Kind, Phrase, Target, text};
use crate::engine::{AccountState, ProtectedBy};
use crate::session::error::{Interruption, SessionError};
use crate::session::run::Session;
use crate::session::target::{lists_of, matches, the_one};
use crate::settings::Environment;
use crate::words::Words;

/// The kinds of what can be protected, in the order in which a name is looked for.
const KINDS: [Kind; 4] = [Kind::Instance, Kind::Snapshot, Kind::Firewall, Kind::Key];

/// `unprotect`: whether the question is answered; `None` protects.
pub(super) async fn run(args: &ProtectArgs, unprotect: Option<bool>, env: &Environment, global: &Global) -> u8 {
    let change = ChangeArgs { output: args.output, ..ChangeArgs::default() };
    let this = Run::new(&change, env, global);
    let mut session = match open::to_look(None, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let (code, document) = match find(&mut session, args, this.words()).await {
        Ok(target) => match set(&this, &mut session, &target, unprotect, env).await {
            Ok(done) => done,
            Err(broken) => this.trouble(&SessionError::Interrupted(broken)),
        },
        Err(trouble) => this.trouble(&trouble),
    };
    this.print(&document);
    code
}

/// The one thing of that name, of the first kind that has it.
async fn find(session: &mut Session, args: &ProtectArgs, words: &Words) -> Result<Target, SessionError> {
    let named = session.named(&args.target);
    for kind in kinds(args.kind) {
        let wanted = |a: &AccountState| {
            let lists = if named.is_in(a) { lists_of(kind, a) } else { Vec::new() };
            lists.into_iter().filter(|list| a.account.policy.supports(list)).collect()
        };
        session.read(&wanted).await.map_err(SessionError::Interrupted)?;
        let found = matches(session.engine(), kind, &named);
        // That there is no other of the name is known only where all was read.
        let faults = session.faults(&wanted);
        if !faults.is_empty() && found.len() < 2 {
            return Err(SessionError::Faults(faults));
        }
        if !found.is_empty() {
            return the_one(found, &named);
        }
        tell::cuts(&session.cuts(&wanted), words);
    }
    Err(SessionError::NotFound(named.typed))
}

async fn set(
    run: &Run<'_>,
    session: &mut Session,
    target: &Target,
    unprotect: Option<bool>,
    env: &Environment,
) -> Result<(u8, Value), Interruption> {
    let kind = json!(target.resource.kind);
    let phrase =
        |text: fn(_, _, _) -> Phrase| text(kind.as_str().unwrap_or_default(), &target.name, target.account().as_str());
    let stands = |result, protected, key| {
        run.say(&phrase(key));
        let thing = json!({ "kind": target.resource.kind, "id": target.id(), "name": target.name });
        let account = target.account();
        (exit::DONE, json!({ "result": result, "account": account, "target": thing, "protected": protected }))
    };
    match (unprotect, session.engine().protected(&target.resource, &target.name)) {
        (None, Some(_)) => return Ok(stands("already_so", true, text::cli_protect::is)),
        (Some(_), None) => return Ok(stands("already_so", false, text::cli_protect::is_not)),
        (Some(_), Some(ProtectedBy::Configuration)) => {
            let why = text::cli_protect::configured(target.name.as_str(), env.config.display().to_string());
            return Ok(run.refuse("refused", &why, exit::REFUSED_HERE));
        }
        (Some(false), Some(ProtectedBy::Person)) => {
            let question = run.words().say(&phrase(text::cli_ask::unprotect));
            let yes = prompt::is_possible() && session.ask(move || prompt::yes(&question)).await?;
            if !yes {
                return Ok(run.refuse(
                    "not_confirmed",
                    &Phrase::new(text::cli_protect::UNCONFIRMED),
                    exit::REFUSED_HERE,
                ));
            }
        }
        _ => {}
    }
    let protects = unprotect.is_none();
    if let Err(said) = session.protect(target, protects) {
        return Ok(run.refuse("not_kept", &text::cli_protect::not_kept(said), exit::FAILED));
    }
    Ok(stands("done", protects, if protects { text::cli_protect::on } else { text::cli_protect::off }))
}

fn kinds(wanted: Option<Protectable>) -> Vec<Kind> {
    match wanted {
        None => KINDS.to_vec(),
        Some(Protectable::Instance) => vec![Kind::Instance],
        Some(Protectable::Snapshot) => vec![Kind::Snapshot],
        Some(Protectable::Firewall) => vec![Kind::Firewall],
        Some(Protectable::Key) => vec![Kind::Key],
    }
}
