//! `console-output`: what an instance wrote to its console, its last lines.

use serde_json::json;

use crate::cli::args::{ChangeArgs, ConsoleOutputArgs, Document, Global};
use crate::cli::change::Run;
use crate::cli::{exit, open, print};
use crate::domain::{Kind, ListKey, Phrase, Target, text};
use crate::session::error::SessionError;
use crate::session::read::of_account;
use crate::session::run::Session;
use crate::settings::Environment;

pub(super) async fn run(args: &ConsoleOutputArgs, env: &Environment, global: &Global) -> u8 {
    let change = ChangeArgs { output: args.output, ..ChangeArgs::default() };
    let this = Run::new(&change, env, global);
    let mut session = match open::to_look(args.timeout, env, global) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let (target, lines) = match read(&mut session, &args.instance).await {
        Ok(found) => found,
        Err(trouble) => {
            let (code, document) = this.trouble(&trouble);
            this.print(&document);
            return code;
        }
    };
    match args.output {
        Document::Json => {
            let of = json!({"account": target.account(), "id": target.id(), "name": target.name, "lines": lines});
            this.print(&of);
        }
        Document::Table => print::lines(&lines.join("\n")),
    }
    exit::DONE
}

async fn read(session: &mut Session, typed: &str) -> Result<(Target, Vec<String>), SessionError> {
    let target = session.find_typed(Kind::Instance, typed).await?;
    let list = ListKey::ConsoleOutput(target.id().clone());
    let supports = session.engine().account(target.account()).is_some_and(|a| a.account.policy.supports(&list));
    if !supports {
        return Err(SessionError::Refused { name: target.name, why: Phrase::new(text::why_not::NEVER) });
    }
    session.need(&of_account(target.account(), |_| vec![list.clone()])).await?;
    let inventory = session.engine().account(target.account()).map(|account| &account.inventory);
    let lines = inventory.and_then(|inventory| inventory.console_output_of(target.id())).unwrap_or_default().to_vec();
    Ok((target, lines))
}
