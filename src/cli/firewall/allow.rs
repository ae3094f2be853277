//! `firewall allow` and `firewall follow`: an address is let in, once or whenever it changes.

use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::super::args::{ChangeArgs, Document, Global};
use super::super::verb::Run;
use super::super::{exit, refuse};
use crate::domain::{NoAgreement, OwnAddress, Phrase, network_text, typed_address};
use crate::runtime::allow::{AllowWish, Allowing};
use crate::runtime::own_address;
use crate::runtime::session::{Broken, May, Session};
use crate::runtime::target::Named;
use crate::runtime::verb::Trouble;
use crate::settings::{Environment, Settings, parse_duration};

/// Which of the two.
#[derive(Debug, Clone, Copy)]
pub(super) enum Allows<'a> {
    /// Once.
    Once(&'a AllowArgs),
    /// Whenever it changes.
    Follows(&'a FollowArgs),
}

/// Which firewall, which port, in which rule's place.
#[derive(Debug, Clone, Args)]
pub struct PlaceArgs {
    /// ACCOUNT/NAME, ACCOUNT/ID, or NAME where it is unique
    pub firewall: String,
    /// The TCP port
    #[arg(long, value_name = "N", default_value_t = 22, value_parser = clap::value_parser!(u16).range(1..))]
    pub port: u16,
    /// Put it in the place of the rule for this address
    #[arg(long, value_name = "SOURCE", conflicts_with = "add")]
    pub replace: Option<String>,
    /// Put it beside the others
    #[arg(long)]
    pub add: bool,
    /// How much of an IPv6 address: 128 for it alone, 64 for its household; by default as before, else it alone
    #[arg(long, value_name = "LENGTH", value_parser = ["64", "128"])]
    pub prefix: Option<String>,
    /// How it is confirmed and followed.
    #[command(flatten)]
    pub change: ChangeArgs,
}

/// `firewall allow`.
#[derive(Debug, Clone, Args)]
pub struct AllowArgs {
    /// Which firewall, which port, in which rule's place.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Which address: this machine's as sources on the internet see it (this), the one you are logged in from (login),
    /// or one that is given
    #[arg(long, value_name = "this|login|IP", default_value = "this")]
    pub address: String,
}

/// `firewall follow`.
#[derive(Debug, Clone, Args)]
pub struct FollowArgs {
    /// Which firewall, which port, in which rule's place the first time.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Stay, and look again and again
    #[arg(long)]
    pub watch: bool,
    /// How often to look
    #[arg(long, value_name = "TIME", default_value = "5m", requires = "watch", value_parser = every)]
    pub every: Duration,
}

/// Sources on the internet are not asked more often.
const SELDOM: Duration = Duration::from_secs(60);

fn every(text: &str) -> Result<Duration, String> {
    let wrong = || "a whole number with s, m or h, such as 5m".to_owned();
    parse_duration(text).filter(|every| *every >= Duration::from_secs(1)).ok_or_else(wrong)
}

/// Why there is no address to let in.
enum NoOwn {
    Broken(Broken),
    NotAgreed(NoAgreement),
    Usage(Phrase),
}

pub(super) async fn run(command: Allows<'_>, env: &Environment, global: &Global) -> u8 {
    let (place, watch) = match command {
        Allows::Once(args) => (&args.place, None),
        Allows::Follows(args) => (&args.place, args.watch.then_some(args.every)),
    };
    if watch.is_some() && (place.change.output == Document::Json || place.change.dry_run) {
        return refuse("--watch goes on for ever: it is for lines, not for one JSON document or a dry run");
    }
    let mut settings = match Settings::load(env) {
        Ok(settings) => settings,
        Err(error) => return refuse(&error.to_string()),
    };
    if let Err(error) = settings.keep_only(&global.accounts) {
        return refuse(&error.to_string());
    }
    if watch.is_some_and(|every| every < SELDOM) && !settings.address.are_here() {
        return refuse("--every is at least 1m: the sources are other people's");
    }
    // Where an account is named, no other is asked.
    if let Some(account) = Named::new(&place.firewall, |name| settings.account(name).is_some()).account {
        settings.accounts.retain(|a| a.name == account);
    }
    let may = if place.change.dry_run { May::Read } else { May::Change };
    let session = match crate::cli::session(env, &settings, global.read_only, may) {
        Ok(session) => session,
        Err(code) => return code,
    };
    let wish = AllowWish {
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
    let mut this = Allow { run, env, settings: &settings, wish, address, session, last: Vec::new() };
    let (code, document) = match watch {
        None => this.round().await,
        Some(every) => (this.stay(every).await, Value::Null),
    };
    this.run.print(&document);
    code
}

struct Allow<'a> {
    run: Run<'a>,
    env: &'a Environment,
    settings: &'a Settings,
    wish: AllowWish,
    address: &'a str,
    session: Session,
    /// The addresses that were let in last.
    last: Vec<OwnAddress>,
}

impl Allow<'_> {
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
            if self.session.rest(every).await == Broken::Interrupted {
                return exit::DONE;
            }
        }
    }

    /// One look, and what is to be done about it.
    async fn round(&mut self) -> (u8, Value) {
        self.session.give(self.run.args.timeout);
        let own = match self.own().await {
            Ok(own) => own,
            Err(NoOwn::Broken(broken)) => return self.run.trouble(&Trouble::Broken(broken)),
            Err(NoOwn::Usage(why)) => return self.run.trouble(&Trouble::Usage(why)),
            Err(NoOwn::NotAgreed(why)) => {
                let code = match why {
                    NoAgreement::Differ { .. } => exit::REFUSED_HERE,
                    NoAgreement::TooFew(_) => exit::NOT_REACHABLE,
                };
                let why = why.phrase();
                self.run.note(&why);
                return (code, self.run.refused("address_not_agreed", &why, code));
            }
        };
        if own == self.last {
            return (exit::DONE, Value::Null);
        }
        for own in &own {
            let address = Phrase::new("cli.allow.own").with("address", own.address.to_string());
            self.run.say(&address.with("how", own.how()));
        }
        let planned = self.session.plan_allow(&self.wish, &own).await;
        let (code, document) = match planned {
            Err(trouble) => self.run.trouble(&trouble),
            Ok(Allowing::Already { firewall, network }) => {
                let phrase = Phrase::new("allow.allowed-already")
                    .with("address", network_text(&network))
                    .with("port", self.wish.port.to_string())
                    .with("name", firewall.name.as_str());
                self.run.say(&phrase);
                (exit::DONE, json!({ "result": "allowed_already", "source": network_text(&network) }))
            }
            Ok(Allowing::Change { network, replaced, beside, plan }) => {
                if self.wish.follows && !beside.is_empty() {
                    let added = Phrase::new("cli.allow.added").with("address", network_text(&network));
                    let added = added.with("port", self.wish.port.to_string());
                    self.run.say(&added.with("candidates", beside.join(", ")));
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
                let found = self.session.my_address(&self.settings.address).await.map_err(NoOwn::Broken)?;
                found.map_err(NoOwn::NotAgreed)
            }
            "login" => own_address::from_environment(self.env)
                .map(|own| vec![own])
                .ok_or_else(|| NoOwn::Usage(own_address::why_not_logged_in(self.env))),
            typed => typed_address(typed).map(|own| vec![own]).map_err(|why| {
                NoOwn::Usage(Phrase::new("cli.allow.no-address").with("typed", typed).with("why", why.phrase()))
            }),
        }
    }
}
