//! The dashboard, as the command line asks for it.

use crate::cli::open::environment;
use crate::cli::parse::Dashboard;
use crate::cli::print::refuse;
use crate::cli::{args, exit};
use crate::runtime::dashboard::{self, Asked};

/// Runs the dashboard and says how it went by its exit code.
#[must_use]
pub fn dashboard(asked: &Dashboard) -> u8 {
    let env = match environment(&asked.global) {
        Ok(env) => env,
        Err(code) => return code,
    };
    let pane = asked.pane.map(|pane| match pane {
        args::Pane::Instances => "instances",
        args::Pane::Snapshots => "snapshots",
        args::Pane::Firewalls => "firewalls",
        args::Pane::Images => "images",
        args::Pane::Operations => "operations",
    });
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
