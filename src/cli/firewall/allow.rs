//! `firewall allow` and `firewall follow`: an address is let in, once or whenever it changes.

use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::args::{Document, Global};
use crate::cli::change::Run;
use crate::cli::firewall::args::{AllowArgs, FollowArgs};
use crate::cli::print::refuse;
use crate::cli::{exit, open};
use crate::domain::{NoAgreement, OwnAddress, Phrase, network_text, text, typed_address};
use crate::runtime::own_address;
use crate::session::allow::{AllowPreview, AllowRequest};
use crate::session::error::{Interruption, SessionError};
use crate::session::run::{May, Session};
use crate::session::target::TargetName;
use crate::settings::Environment;

/// Which of the two.
#[derive(Debug, Clone, Copy)]
pub(super) enum Allows<'a> {
    /// Once.
    Once(&'a AllowArgs),
    /// Whenever it changes.
    Follows(&'a FollowArgs),
}

/// Sources on the internet are not asked more often.
const SELDOM: Duration = Duration::from_secs(60);

/// Why there is no address to let in.
enum NoOwn {
    Interrupted(Interruption),
    NotAgreed(NoAgreement),
    Usage(Phrase),
}

pub(super) async fn run(command: Allows<'_>, env: &Environment, global: &Global) -> u8 {
    let (place, watch) = match command {
        Allows::Once(args) => (&args.place, None),
        Allows::Follows(args) => (&args.place, args.watch.then_some(args.every)),
    };
    if watch.is_some() && (place.change.output == Document::Json || place.change.dry_run) {
        return refuse(text::cli_allow::WATCH_LINES);
    }
    let mut settings = match open::settings(env, global) {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    if watch.is_some_and(|every| every < SELDOM) && !settings.address.are_here() {
        return refuse(text::cli_allow::OFTEN);
    }
    // Where an account is named, no other is asked.
    if let Some(account) = TargetName::new(&place.firewall, |name| settings.account(name).is_some()).account {
        settings.accounts.retain(|a| a.name == account);
    }
    let may = if place.change.dry_run { May::Read } else { May::Change };
    let session = match open::session(env, &settings, global.read_only, may) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let wish = AllowRequest {
        firewall: place.firewall.clone(),
        port: place.port,
        replace: place.replace.clone(),
        add: place.add,
        household: place.prefix.as_deref().map(|length| length == "64"),
        follows: matches!(command, Allows::Follows(_)),
    };
    let address = match command {
        Allows::Once(args) => args.address.trim(),
        Allows::Follows(_) => "this",
    };
    let run = Run::new(&place.change, env, global);
    let mut this = AllowRun { run, env, wish, address, session, last: Vec::new() };
    let (code, document) = match watch {
        None => this.round().await,
        Some(every) => (this.stay(every).await, Value::Null),
    };
    this.run.print(&document);
    code
}

struct AllowRun<'a> {
    run: Run<'a>,
    env: &'a Environment,
    wish: AllowRequest,
    address: &'a str,
    session: Session,
    /// The addresses that were let in last.
    last: Vec<OwnAddress>,
}

impl AllowRun<'_> {
    /// Looks again and again; ends when it is interrupted, or when no later look can do better.
    async fn stay(&mut self, every: Duration) -> u8 {
        let mut is_first = true;
        loop {
            let (code, document) = self.round().await;
            let result = document["result"].as_str().unwrap_or_default();
            // Sources and providers come back, and what is busy is done one day; a question that nobody answers stays.
            let passes = matches!(code, exit::DONE | exit::FAILED | exit::NOT_REACHABLE | exit::UNKNOWN)
                || result == "address_not_agreed"
                || (result == "refused" && !is_first);
            if result == "interrupted" || !passes {
                return code;
            }
            is_first = false;
            if self.session.rest(every).await == Interruption::Interrupted {
                return exit::DONE;
            }
        }
    }

    /// One look, and what is to be done about it.
    async fn round(&mut self) -> (u8, Value) {
        self.session.give(self.run.args.timeout);
        let own = match self.own().await {
            Ok(own) => own,
            Err(NoOwn::Interrupted(broken)) => return self.run.trouble(&SessionError::Interrupted(broken)),
            Err(NoOwn::Usage(why)) => return self.run.trouble(&SessionError::Usage(why)),
            Err(NoOwn::NotAgreed(why)) => {
                let code = match why {
                    NoAgreement::Differ { .. } => exit::REFUSED_HERE,
                    NoAgreement::TooFew(_) => exit::NOT_REACHABLE,
                };
                return self.run.refuse("address_not_agreed", &why.phrase(), code);
            }
        };
        if own == self.last {
            return (exit::DONE, Value::Null);
        }
        for own in &own {
            self.run.say(&text::cli_allow::own(own.address.to_string(), own.how()));
        }
        let planned = self.session.plan_allow(&self.wish, &own).await;
        let (code, document) = match planned {
            Err(trouble) => self.run.trouble(&trouble),
            Ok(AllowPreview::Already { firewall, network }) => {
                let phrase = text::allow::allowed_already(
                    network_text(&network),
                    self.wish.port.to_string(),
                    firewall.name.as_str(),
                );
                self.run.say(&phrase);
                (exit::DONE, json!({ "result": "allowed_already", "source": network_text(&network) }))
            }
            Ok(AllowPreview::Change { network, replaced, beside, plan }) => {
                if self.wish.follows && !beside.is_empty() {
                    let (address, port) = (network_text(&network), self.wish.port.to_string());
                    self.run.say(&text::cli_allow::added(address, port, beside.join(", ")));
                }
                let (code, mut document) = self.run.carry_out(&mut self.session, &plan).await;
                if let Some(map) = document.as_object_mut() {
                    map.insert("source".to_owned(), json!(network_text(&network)));
                    map.insert("replaced".to_owned(), json!(replaced));
                }
                (code, document)
            }
        };
        if code == exit::DONE {
            self.last = own;
        }
        (code, document)
    }

    async fn own(&mut self) -> Result<Vec<OwnAddress>, NoOwn> {
        match self.address {
            "this" => {
                let found = self.session.my_address().await.map_err(NoOwn::Interrupted)?;
                found.map_err(NoOwn::NotAgreed)
            }
            "login" => own_address::from_environment(self.env)
                .map(|own| vec![own])
                .ok_or_else(|| NoOwn::Usage(own_address::why_not_logged_in(self.env))),
            typed => typed_address(typed)
                .map(|own| vec![own])
                .map_err(|why| NoOwn::Usage(text::cli_allow::no_address(typed, why.phrase()))),
        }
    }
}
