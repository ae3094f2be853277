//! Allow my address: which address, which port, in which rule's place; step by step, and then the ordinary dialog with
//! the change. Nothing is asked of anybody before it is chosen, and what is sent is the one address that was chosen.

mod keys;
mod options;

use ipnet::IpNet;
use tui_input::Input;

use crate::domain::{
    Kind, ListKey, NoAgreement, Origin, OwnAddress, OwnRule, Phrase, Possible, Rule, Target, Verb, allows,
};
use crate::engine;
use crate::engine::AccountState;

pub(crate) use keys::{key, paste};
pub use options::{Choice, Options, options};

use crate::app::layers::layer::Layer;
use crate::app::panes::row::{Row, What};
use crate::app::{App, open_dialog};

const SSH: u16 = 22;

#[derive(Debug, Clone)]
pub struct Allow {
    /// The firewall or instance that it was opened on.
    pub row: Row,
    /// The firewall whose rules are changed, once it is known.
    pub firewall: Option<Target>,
    /// Whether it is the only one, so that there was nothing to choose.
    pub sole: bool,
    /// The address, once it is chosen.
    pub own: Option<OwnAddress>,
    /// What of it is let in, once that is chosen.
    pub network: Option<IpNet>,
    /// The port, once it is chosen.
    pub port: Option<u16>,
    pub cursor: usize,
    /// What is being typed: the address, or the port.
    pub input: Option<Input>,
    pub asking: bool,
    pub trouble: Option<Phrase>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Firewall,
    Address,
    /// Of an IPv6 address: it alone, or its household.
    Network,
    Port,
    Rule,
}

impl Allow {
    #[must_use]
    pub const fn step(&self) -> Step {
        match (&self.firewall, &self.own, &self.network, &self.port) {
            (None, ..) => Step::Firewall,
            (_, None, ..) => Step::Address,
            (_, _, None, _) => Step::Network,
            (_, _, _, None) => Step::Port,
            _ => Step::Rule,
        }
    }

    /// Takes an address; of an IPv4 address there is nothing more to choose.
    fn take(&mut self, own: OwnAddress) {
        self.network = (!own.address.is_ipv6()).then(|| own.network());
        self.own = Some(own);
        self.turn();
    }

    /// Another step: the cursor is on its first option.
    fn turn(&mut self) {
        self.cursor = 0;
        self.input = None;
        self.trouble = None;
    }

    fn back(&mut self) -> bool {
        if self.input.take().is_some() {
            self.trouble = None;
            return true;
        }
        match self.step() {
            Step::Firewall => return false,
            Step::Address if self.sole => return false,
            Step::Address => self.firewall = None,
            Step::Network => self.own = None,
            Step::Port => {
                let is_v6 = self.own.is_some_and(|own| own.address.is_ipv6());
                self.network = None;
                if !is_v6 {
                    self.own = None;
                }
            }
            Step::Rule => self.port = None,
        }
        self.turn();
        true
    }
}

/// Why there is nothing to allow on a row. `Err`: it has no meaning there.
pub(crate) fn why_not(app: &App) -> Result<Option<Phrase>, ()> {
    let (rows, _) = open_dialog::applies_to(app);
    let [row] = rows.as_slice() else {
        let key = if rows.is_empty() { "refused.nothing" } else { "refused.one-at-a-time" };
        return Ok(Some(Phrase::new(key)));
    };
    let account = app.engine.account(&row.account).ok_or(())?;
    if !account.account.rules.has(&ListKey::Firewalls) {
        return Err(());
    }
    match &row.what {
        What::Firewall(_) => match open_dialog::possible(app, Verb::UpdateFirewall, row) {
            Some(Possible::Yes) => Ok(None),
            Some(Possible::No(why)) => Ok(Some(why)),
            Some(Possible::Never) | None => Err(()),
        },
        What::Instance(_) => Ok(open_dialog::hindrance(app, Verb::UpdateFirewall, row)),
        _ => Err(()),
    }
}

/// Opens the layer on the row under the cursor.
pub(crate) fn open(app: &mut App) {
    match why_not(app) {
        Err(()) => return app.tell(Phrase::new("why-not.never"), true),
        Ok(Some(why)) => return app.tell(why, true),
        Ok(None) => {}
    }
    let Some(row) = open_dialog::applies_to(app).0.into_iter().next() else { return };
    let firewall = match &row.what {
        What::Firewall(f) => Some(Target::stateless(&row.account, Kind::Firewall, &f.id, &f.name)),
        _ => None,
    };
    app.layers.push(Layer::Allow(Box::new(Allow {
        row,
        sole: firewall.is_some(),
        firewall,
        own: None,
        network: None,
        port: None,
        cursor: 0,
        input: None,
        asking: false,
        trouble: None,
    })));
    renew(app);
}

/// Chooses by itself what there is only one of, since data came, and keeps the cursor on what there is.
pub(crate) fn renew(app: &mut App) {
    let Some(Layer::Allow(allow)) = app.layers.last() else { return };
    let found = options(app, allow);
    let last = found.choices.len().saturating_sub(1);
    let only = match (allow.step(), found.choices.as_slice()) {
        (Step::Firewall, [one]) if one.why_not.is_none() && found.note.is_none() => match &one.pick {
            options::Pick::Firewall(target) => Some(target.clone()),
            _ => None,
        },
        _ => None,
    };
    if let Some(Layer::Allow(allow)) = app.layers.last_mut() {
        allow.cursor = allow.cursor.min(last);
        if only.is_some() && allow.own.is_none() {
            allow.firewall = only;
            allow.sole = true;
            allow.turn();
        }
    }
}

/// What sources said of this machine's address.
pub(crate) fn heard(
    app: &mut App,
    result: Result<Vec<OwnAddress>, NoAgreement>,
    effects: &mut Vec<crate::app::Effect>,
) {
    let trouble = match result {
        Ok(own) => {
            crate::app::refresh::pass(app, engine::Msg::OwnAddress(own), effects);
            None
        }
        Err(why) => Some(why.phrase()),
    };
    let mut told = false;
    for layer in &mut app.layers {
        if let Layer::Allow(allow) = layer
            && allow.asking
        {
            allow.asking = false;
            allow.trouble.clone_from(&trouble);
            told = true;
        }
    }
    if let Some(why) = trouble.filter(|_| !told) {
        app.tell(why, true);
    }
}

pub(crate) fn interests(app: &App, account: &AccountState) -> Vec<ListKey> {
    let Some(Layer::Allow(allow)) = app.layers.last() else { return Vec::new() };
    if allow.row.account != account.account.name {
        return Vec::new();
    }
    let rules = allow.firewall.iter().map(|firewall| ListKey::Rules(firewall.id().clone()));
    std::iter::once(ListKey::Firewalls).chain(rules).collect()
}

/// The rules of the firewall, where they were read in this run: those an earlier run kept may be old.
fn rules<'a>(app: &'a App, allow: &Allow) -> Option<&'a [Rule]> {
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

/// Opens the dialog about the change: the address in this rule's place, or added.
fn ask(app: &mut App, replaced: Option<&Rule>) {
    let Some(Layer::Allow(allow)) = app.layers.last() else { return };
    let (Some(firewall), Some(network), Some(port), Some(was)) =
        (allow.firewall.clone(), allow.network, allow.port, rules(app, allow))
    else {
        return;
    };
    // An address that is typed may be anybody's.
    let own = allow.own.filter(|own| own.from != Origin::Typed).map(|_| OwnRule::AllowMyAddress);
    let Some(action) = engine::allowing(&app.engine, &firewall, was, port, &network, replaced, own) else { return };
    app.layers.pop();
    open_dialog::open_given(app, action);
}
