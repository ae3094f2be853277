//! The dashboard, as the command line asks for it.

use crate::cli::open::environment;
use crate::cli::parse::Dashboard;
use crate::cli::print::refuse;
use crate::cli::{args, exit};
use crate::runtime::dashboard::{self, Asked, Pane};

/// Runs the dashboard and says how it went by its exit code.
#[must_use]
pub fn dashboard(asked: &Dashboard) -> u8 {
    let env = match environment(&asked.global) {
        Ok(env) => env,
        Err(code) => return code,
    };
    let pane = match asked.pane {
        None | Some(args::Pane::Instances) => Pane::Instances,
        Some(args::Pane::Snapshots) => Pane::Snapshots,
        Some(args::Pane::Firewalls) => Pane::Firewalls,
        Some(args::Pane::Images) => Pane::Images,
        Some(args::Pane::Operations) => Pane::Operations,
    };
    let asked = Asked {
        pane,
        filter: asked.filter.clone(),
        demo: asked.demo,
        accounts: asked.global.accounts.clone(),
        read_only: asked.global.read_only,
        ascii: asked.global.ascii,
    };
    match dashboard::start(&asked, &env) {
        Ok(()) => exit::DONE,
        Err(said) => refuse(&said),
    }
}
