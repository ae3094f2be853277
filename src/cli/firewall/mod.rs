//! `firewall`: rules and where they stand, without a screen.

mod allow;
pub mod args;
mod change;
mod file;
mod known;
mod show;

use crate::cli::args::{Global, ListArgs, Things};
use crate::cli::change::Run;
use crate::cli::firewall::args::FirewallCommand;
use crate::cli::list;
use crate::settings::Environment;

pub(super) async fn run(command: &FirewallCommand, env: &Environment, global: &Global) -> u8 {
    let (change, target) = match command {
        FirewallCommand::List { output } => {
            return list::run(&ListArgs { things: Things::Firewalls, output: *output, timeout: None }, env, global)
                .await;
        }
        FirewallCommand::Show(args) => return show::run(args, env, global).await,
        FirewallCommand::Allow(args) => return allow::run(allow::Allows::Once(args), env, global).await,
        FirewallCommand::Follow(args) => return allow::run(allow::Allows::Follows(args), env, global).await,
        FirewallCommand::Create(args) => (&args.change, &args.name),
        FirewallCommand::Edit(args) => (&args.change, &args.target),
        FirewallCommand::AddRule(args) | FirewallCommand::RemoveRule(args) => (&args.change, &args.target),
        FirewallCommand::Rename(args) => (&args.change, &args.target),
        FirewallCommand::Assign(args) | FirewallCommand::Detach(args) => (&args.change, &args.target),
        FirewallCommand::Delete(args) => (&args.change, &args.target),
    };
    let (this, mut session) = match Run::open(change, Some(target), env, global) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let planned = change::plan(command, &mut session, &this, env).await;
    this.go(&mut session, planned).await
}
