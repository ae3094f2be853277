//! The dashboard, as the command line asks for it.

use crate::cli::open::environment;
use crate::cli::parse::Dashboard;
use crate::cli::print::refuse;
use crate::cli::{args, exit};
use crate::runtime::dashboard::{self, DashboardOptions};

/// Runs the dashboard and says how it went by its exit code.
#[must_use]
pub fn dashboard(asked: &Dashboard) -> u8 {
    let env = match environment(&asked.global) {
        Ok(env) => env,
        Err(code) => return code,
    };
    let pane = asked.pane.map(|pane| match pane {
        args::StartPane::Instances => "instances",
        args::StartPane::Snapshots => "snapshots",
        args::StartPane::Firewalls => "firewalls",
        args::StartPane::Images => "images",
        args::StartPane::Operations => "operations",
    });
    let asked = DashboardOptions {
        pane,
        filter: asked.filter.clone(),
        demo: asked.demo,
        accounts: asked.global.accounts.clone(),
        read_only: asked.global.read_only,
        ascii: asked.global.ascii,
    };
    match dashboard::start(&asked, &env) {
        Ok(()) => exit::DONE,
        Err(said) => refuse(said),
    }
}
