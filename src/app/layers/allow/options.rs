//! What can be chosen in each step.

use ipnet::IpNet;

use crate::app::App;
use crate::app::account_health;
use crate::app::layers::allow::state::{Allow, AllowStep};
use crate::app::panes::row::What;
use crate::domain::{
    Instance, Kind, ListKey, OwnAddress, Phrase, Possible, Resource, Rule, Target, Verb, allows, network_text,
    of_one_address, text,
};
use crate::engine;
use crate::engine::known_on;

const SSH: u16 = 22;

/// The rules of the firewall, where they were read in this run: those an earlier run kept may be old.
pub(super) fn rules<'a>(app: &'a App, allow: &Allow) -> Option<&'a [Rule]> {
    let firewall = allow.firewall.as_ref()?;
    let inventory = &app.engine.account(firewall.account())?.inventory;
    inventory.lists.get(&ListKey::Rules(firewall.id().clone()))?.started_at?;
    inventory.rules(firewall.id()).map(|set| set.rules.as_slice())
}

/// Whether the firewall lets the address in already.
fn is_allowed(app: &App, allow: &Allow) -> bool {
    match (rules(app, allow), &allow.network, allow.port) {
        (Some(rules), Some(network), Some(port)) => allows(rules, port, network),
        _ => false,
    }
}

/// The options of a step, and what is said beside them.
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub question: Option<Phrase>,
    pub choices: Vec<Choice>,
    /// What else is to be known.
    pub note: Option<Phrase>,
}

#[derive(Debug, Clone)]
pub struct Choice {
    pub text: Phrase,
    pub beside: Option<Phrase>,
    /// Why it cannot be chosen, where it cannot.
    pub why_not: Option<Phrase>,
    pub pick: AllowChoice,
}

#[derive(Debug, Clone, PartialEq)]
pub enum AllowChoice {
    Firewall(Target),
    /// Sources are asked for this machine's address.
    Ask,
    Own(OwnAddress),
    Type,
    Network(IpNet),
    Port(u16),
    Replace(Rule),
    Add,
}

impl Choice {
    const fn new(text: Phrase, pick: AllowChoice) -> Self {
        Self { text, beside: None, why_not: None, pick }
    }

    fn beside(self, beside: Phrase) -> Self {
        Self { beside: Some(beside), ..self }
    }
}

fn plain(text: impl Into<String>) -> Phrase {
    text::plain::said(text.into())
}

#[must_use]
pub fn options(app: &App, allow: &Allow) -> Options {
    match allow.step() {
        AllowStep::Firewall => firewalls(app, allow),
        AllowStep::Address => addresses(app, allow),
        AllowStep::Network => networks(allow),
        AllowStep::Port => ports(app, allow),
        AllowStep::Rule => places(app, allow),
    }
}

/// The firewalls of an instance; where nothing tells which these are, all.
fn firewalls(app: &App, allow: &Allow) -> Options {
    let What::Instance(instance) = &allow.row.what else { return Options::default() };
    let Some(account) = app.engine.account(&allow.row.account) else { return Options::default() };
    let inventory = &account.inventory;
    let question = Some(text::allow::which_firewall(instance.name.as_str()));
    if let Some(note) = account_health::no_firewalls(account) {
        return Options { question, note: Some(note), ..Options::default() };
    }
    let shown: &Instance = inventory.instance(&instance.id).unwrap_or(instance);
    let on = known_on::behind(account, shown);
    let choices: Vec<Choice> = inventory
        .firewalls()
        .iter()
        .filter(|f| on.as_ref().is_none_or(|on| on.contains(&f.id)))
        .map(|f| {
            let target = Target::stateless(&allow.row.account, Kind::Firewall, &f.id, &f.name);
            let why_not = match account.account.policy.possible(Verb::UpdateFirewall, Resource::Firewall(f), inventory)
            {
                Possible::Yes => None,
                Possible::No(why) => Some(why),
                Possible::Never => Some(Phrase::new(text::why_not::NEVER)),
            };
            Choice { why_not, ..Choice::new(plain(&f.name), AllowChoice::Firewall(target)) }
        })
        .collect();
    let note = match (&on, choices.is_empty()) {
        (_, true) => Some(text::allow::no_firewall(instance.name.as_str())),
        (None, false) => Some(text::allow::not_known_on(instance.name.as_str())),
        (Some(_), false) => None,
    };
    Options { question, choices, note }
}

fn addresses(app: &App, allow: &Allow) -> Options {
    let question = Some(Phrase::new(text::allow::WHICH_ADDRESS));
    if allow.input.is_some() {
        return Options { question: Some(Phrase::new(text::allow::TYPE_ADDRESS)), ..Options::default() };
    }
    let own = |own: &OwnAddress| Choice::new(plain(own.address.to_string()), AllowChoice::Own(*own)).beside(own.how());
    let (this, elsewhere): (Vec<&OwnAddress>, Vec<&OwnAddress>) =
        app.engine.own().iter().partition(|own| own.is_this_machine());
    let sources = app.address_sources.join(", ");
    let ask = match (allow.asking, this.is_empty()) {
        (true, _) => Choice::new(Phrase::new(text::allow::ASKING), AllowChoice::Ask),
        (false, true) => Choice::new(Phrase::new(text::allow::THIS_MACHINE), AllowChoice::Ask)
            .beside(text::allow::two_of(app.address_sources.len())),
        (false, false) => Choice::new(Phrase::new(text::allow::ASK_AGAIN), AllowChoice::Ask),
    };
    let mut choices: Vec<Choice> = this.into_iter().map(own).collect();
    choices.push(ask);
    choices.extend(elsewhere.into_iter().map(own));
    choices.push(Choice::new(Phrase::new(text::allow::ANOTHER), AllowChoice::Type));
    Options { question, choices, note: Some(text::allow::sources(sources)) }
}

fn networks(allow: &Allow) -> Options {
    let Some(own) = &allow.own else { return Options::default() };
    let alone = Choice::new(plain(own.network().to_string()), AllowChoice::Network(own.network()))
        .beside(Phrase::new(text::allow::ALONE));
    let household = own.household().map(|net| {
        Choice::new(plain(net.to_string()), AllowChoice::Network(net)).beside(Phrase::new(text::allow::HOUSEHOLD))
    });
    let choices = std::iter::once(alone).chain(household).collect();
    Options { question: Some(Phrase::new(text::allow::HOW_MUCH)), choices, note: None }
}

/// 22, and those for which there are rules for one address.
fn ports(app: &App, allow: &Allow) -> Options {
    if allow.input.is_some() {
        return Options { question: Some(Phrase::new(text::allow::TYPE_PORT)), ..Options::default() };
    }
    let mut ports = vec![SSH];
    for rule in rules(app, allow).unwrap_or_default() {
        if let Ok(port) = rule.ports.trim().parse::<u16>()
            && !ports.contains(&port)
            && of_one_address(rule, port).is_some()
        {
            ports.push(port);
        }
    }
    let choice = |port: u16| {
        let choice = Choice::new(plain(port.to_string()), AllowChoice::Port(port));
        if port == SSH { choice.beside(plain("SSH")) } else { choice.beside(Phrase::new(text::allow::HAS_RULE)) }
    };
    let mut choices: Vec<Choice> = ports.into_iter().map(choice).collect();
    choices.push(Choice::new(Phrase::new(text::allow::ANOTHER_PORT), AllowChoice::Type));
    Options { question: Some(Phrase::new(text::allow::WHICH_PORT)), choices, note: None }
}

/// The rules for one address on that port, the one that was put there from here first.
fn places(app: &App, allow: &Allow) -> Options {
    let question = Some(Phrase::new(text::allow::WHICH_RULE));
    let (Some(firewall), Some(port)) = (&allow.firewall, allow.port) else { return Options::default() };
    let Some(rules) = rules(app, allow) else {
        let note = text::allow::reading(firewall.name.as_str());
        return Options { question, note: Some(note), ..Options::default() };
    };
    if is_allowed(app, allow) {
        let address = allow.network.as_ref().map(network_text).unwrap_or_default();
        let note = text::allow::allowed_already(address, port.to_string(), firewall.name.as_str());
        return Options { note: Some(note), ..Options::default() };
    }
    let ours = engine::remembered_rule(&app.engine, firewall.account(), firewall.id(), port).map(|found| found.rule);
    let mut found: Vec<&Rule> = rules.iter().filter(|rule| of_one_address(rule, port).is_some()).collect();
    found.sort_by_key(|rule| ours.as_ref() != Some(*rule));
    let mut choices: Vec<Choice> = found
        .into_iter()
        .map(|rule| {
            let choice = Choice::new(text::plain::said(rule.source.as_str()), AllowChoice::Replace(rule.clone()));
            if ours.as_ref() == Some(rule) { choice.beside(Phrase::new(text::allow::OURS)) } else { choice }
        })
        .collect();
    let none = if choices.is_empty() { text::allow::ADD_FIRST } else { text::allow::ADD };
    choices.push(Choice::new(Phrase::new(none), AllowChoice::Add));
    Options { question, choices, note: None }
}
