//! `vpsdeck create`: from options to what is ordered.

use secrecy::ExposeSecret as _;

use crate::cli::args::{CreateArgs, Global};
use crate::cli::change::Run;
use crate::cli::print::refuse;
use crate::cli::prompt;
use crate::domain::{Hidden, text};
use crate::session::order::{OrderRequest, TypedSource};
use crate::settings::Environment;

pub(super) async fn run(args: &CreateArgs, env: &Environment, global: &Global) -> u8 {
    let from = match (&args.image, &args.from, &args.import_url) {
        (Some(image), ..) => TypedSource::Image(image.clone()),
        (_, Some(snapshot), _) => TypedSource::Snapshot(snapshot.clone()),
        (_, _, Some(url)) => TypedSource::Url(url.clone()),
        // The command line asks for one of them.
        _ => return refuse(text::cli_create::WHICH_SOURCE),
    };
    let password = if args.password_from_stdin {
        match prompt::secret_from_stdin() {
            Some(secret) => Hidden::new(secret.expose_secret()),
            None => return refuse(text::cli_create::NO_PASSWORD),
        }
    } else {
        Hidden::default()
    };
    let order = OrderRequest {
        name: args.name.clone(),
        from,
        plan: args.plan.clone(),
        key: args.key.clone(),
        firewalls: args.firewalls.clone(),
        region: args.region.clone(),
        network: args.network.clone(),
        password,
        start: !args.no_start,
        until_port: args.until_port,
    };
    let (this, mut session) = match Run::open(&args.change, None, env, global) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let planned = session.plan_order(&order).await;
    this.go(&mut session, planned).await
}
