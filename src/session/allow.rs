//! Letting an address in without a screen: which of the person's addresses, in the place of which rule.

use ipnet::IpNet;

use crate::domain::{
    Kind, ListKey, NoAgreement, OwnAddress, OwnRule, Phrase, Remembered, Rule, Target, Verb, allows, network_text,
    of_one_address, text,
};
use crate::engine::{self, Msg};
use crate::runtime::own_address;
use crate::session::error::{Interruption, SessionError};
use crate::session::preview::Preview;
use crate::session::read::of_account;
use crate::session::run::Session;

#[derive(Debug, Clone)]
pub struct AllowRequest {
    pub firewall: String,
    pub port: u16,
    /// The source whose rule's place is taken, where one is named.
    pub replace: Option<String>,
    pub add: bool,
    /// Whether all of an IPv6 address's /64 is let in, or it alone; as before where neither is said.
    pub household: Option<bool>,
    /// Whether this is done again and again: then its own rule is replaced, whatever was said the first time, and where
    /// it has none yet it is added.
    pub follows: bool,
}

#[derive(Debug)]
pub enum AllowPreview {
    /// Nothing: it is let in already.
    Already { firewall: Target, network: IpNet },
    Change {
        network: IpNet,
        replaced: Option<String>,
        /// Where it takes no rule's place: the sources of those for one address that stand there.
        beside: Vec<String>,
        plan: Box<Preview>,
    },
}

impl Session {
    /// Asks the sources of the configuration which addresses this machine has, and knows them from then on.
    ///
    /// # Errors
    /// It was interrupted.
    pub async fn my_address(&mut self) -> Result<Result<Vec<OwnAddress>, NoAgreement>, Interruption> {
        let sources = self.address.clone();
        let found = self.unless_interrupted(own_address::look_up(&sources), &Phrase::new(text::wait::ADDRESS)).await?;
        if let Ok(own) = &found {
            self.take(Msg::OwnAddress(own.clone()));
        }
        Ok(found)
    }

    /// Says what would be done to let one of these addresses in.
    ///
    /// # Errors
    /// Why nothing can be done; where it is not clear which rule is meant, those there are.
    pub async fn plan_allow(&mut self, wish: &AllowRequest, own: &[OwnAddress]) -> Result<AllowPreview, SessionError> {
        let firewall = self.find_typed(Kind::Firewall, &wish.firewall).await?;
        self.is_possible(Verb::UpdateFirewall, &firewall)?;
        let account = firewall.account().clone();
        let list = ListKey::Rules(firewall.id().clone());
        self.read_anew(&account, &list).await.map_err(SessionError::Interrupted)?;
        let wanted = of_account(&account, |_| vec![list.clone()]);
        let faults = self.faults(&wanted);
        if !faults.is_empty() {
            return Err(SessionError::Faults(faults));
        }
        let inventory = self.engine().account(&account).map(|a| &a.inventory);
        let rules = inventory.and_then(|p| p.rules(firewall.id())).map(|set| set.rules.clone()).unwrap_or_default();
        let ours = engine::remembered_rule(self.engine(), &account, firewall.id(), wish.port);
        let place = place(wish, &rules, ours.as_ref());
        let former = place.as_ref().ok().and_then(|rule| of_one_address(rule.as_ref()?, wish.port));
        let network = network(wish, own, former.as_ref())?;
        if allows(&rules, wish.port, &network) {
            return Ok(AllowPreview::Already { firewall, network });
        }
        let replaced = place?;
        let own = wish.follows.then_some(OwnRule::Follow);
        let action = engine::allowing(self.engine(), &firewall, &rules, wish.port, &network, replaced.as_ref(), own);
        let action = action.ok_or_else(|| SessionError::NotFound(wish.firewall.clone()))?;
        let plan = Box::new(self.plan_prepared(action).await?);
        let beside = rules.iter().filter(|rule| replaced.is_none() && of_one_address(rule, wish.port).is_some());
        let beside = beside.map(|rule| rule.source.clone()).collect();
        Ok(AllowPreview::Change { network, replaced: replaced.map(|rule| rule.source), beside, plan })
    }
}

/// The rule whose place is taken; none where it is added. What follows an address takes no place that it was not told.
fn place(wish: &AllowRequest, rules: &[Rule], ours: Option<&Remembered>) -> Result<Option<Rule>, SessionError> {
    let candidates: Vec<&Rule> = rules.iter().filter(|rule| of_one_address(rule, wish.port).is_some()).collect();
    let sure = ours.filter(|ours| ours.sure).map(|ours| ours.rule.clone());
    let said = |text: fn(String, String) -> Phrase| {
        let all: Vec<&str> = candidates.iter().map(|rule| rule.source.as_str()).collect();
        let none = if all.is_empty() { "-".to_owned() } else { all.join(", ") };
        SessionError::Usage(text(wish.port.to_string(), none))
    };
    if let Some(text) = wish.replace.as_deref().map(str::trim) {
        let wanted: Option<IpNet> =
            text.parse().ok().or_else(|| Some(IpNet::from(text.parse::<std::net::IpAddr>().ok()?)));
        let is_meant = |rule: &&&Rule| rule.source == text || of_one_address(rule, wish.port) == wanted;
        return match candidates.iter().find(is_meant) {
            Some(rule) => Ok(Some((*rule).clone())),
            None if wish.follows && sure.is_some() => Ok(sure),
            None => Err(said(text::cli_allow::no_such_rule)),
        };
    }
    if wish.add && !(wish.follows && ours.is_some()) {
        return Ok(None);
    }
    match sure {
        Some(rule) => Ok(Some(rule)),
        None if candidates.is_empty() || wish.follows => Ok(None),
        None => Err(said(text::cli_allow::which_rule)),
    }
}

/// What is let in: of the family of the rule that is replaced where there is one of it, else IPv4 first; as much of it
/// as before.
fn network(wish: &AllowRequest, own: &[OwnAddress], former: Option<&IpNet>) -> Result<IpNet, SessionError> {
    let is_v6 = |own: &&OwnAddress| own.address.is_ipv6();
    let same = former.and_then(|net| own.iter().find(|own| is_v6(own) == matches!(net, IpNet::V6(_))));
    let chosen = same.or_else(|| own.iter().find(|own| !is_v6(own))).or_else(|| own.first());
    let Some(chosen) = chosen else { return Err(SessionError::Usage(Phrase::new(text::own::NO_SOURCE))) };
    let was_household = matches!(former, Some(net @ IpNet::V6(_)) if net.prefix_len() == 64);
    match chosen.household() {
        Some(household) if wish.household.unwrap_or(was_household) => Ok(household),
        None if wish.household == Some(true) => {
            let address = network_text(&chosen.network());
            Err(SessionError::Usage(text::cli_allow::no_household(address)))
        }
        _ => Ok(chosen.network()),
    }
}
