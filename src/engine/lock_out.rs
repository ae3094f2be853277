//! Whether an action locks a person out of their machines: a line each for the dialog.

use std::collections::BTreeMap;

use crate::domain::{
    Action, Closed, FirewallChange, Instance, ListKey, LockOut, OwnAddress, Phrase, Reach, ReachSource, ResourceId,
    RiskFact, Rule, SSH, lock_out as closes, may_be_about, network_text, text,
};
use crate::engine::known_on::{behind, is_told, known_on};
use crate::engine::{AccountState, Engine};

/// So many firewalls are read to know what stands before the machines of one dialog.
const MOST_READ: usize = 12;

/// What an action would close of port 22, to whom, and on which machines.
#[must_use]
pub fn lock_out(engine: &Engine, action: &Action) -> Vec<RiskFact> {
    let Some(change) = action.firewall_change() else { return Vec::new() };
    let Some(account) = engine.account(action.subject().account()) else { return Vec::new() };
    // The machines that lose the same are named together.
    let mut found: Vec<(LockOut, Vec<Phrase>)> = Vec::new();
    for (name, before, after) in machines(engine, account, &change) {
        let Some(lost) = closes(&before, &after, engine.own()) else { continue };
        match found.iter_mut().find(|(known, _)| *known == lost) {
            Some((_, names)) => names.push(name),
            None => found.push((lost, vec![name])),
        }
    }
    let mut said: Vec<RiskFact> = found.iter().flat_map(|(lost, names)| facts(account, lost, &joined(names))).collect();
    // What was never read is not known, and a yes may come before it is.
    if let FirewallChange::Stands { firewall, .. } = change
        && account.inventory.rules(firewall.id()).is_none()
    {
        let phrase = text::lock_out::not_read(firewall.name.as_str());
        said.push(RiskFact { phrase, raises: false });
    }
    said
}

#[must_use]
pub fn lock_out_lists(engine: &Engine, action: &Action) -> Vec<ListKey> {
    let Some(change) = action.firewall_change() else { return Vec::new() };
    let Some(account) = engine.account(action.subject().account()) else { return Vec::new() };
    let (firewall, instances) = match change {
        FirewallChange::Rules { firewall, .. } | FirewallChange::Gone { firewall } => {
            (Some(firewall), known_on(engine, firewall.account(), firewall.id()))
        }
        FirewallChange::Stands { firewall, instance, .. } => (Some(firewall), vec![instance.id().clone()]),
        FirewallChange::New { instances, .. } => {
            (None, instances.iter().map(|instance| instance.id().clone()).collect())
        }
    };
    let mut read: Vec<ResourceId> = firewall.into_iter().map(|firewall| firewall.id().clone()).collect();
    for instance in instances.iter().filter_map(|id| account.inventory.instance(id)) {
        for id in behind(account, instance).unwrap_or_default() {
            if !read.contains(&id) && read.len() < MOST_READ {
                read.push(id);
            }
        }
    }
    let rules = read.into_iter().map(ListKey::Rules);
    [ListKey::Instances, ListKey::Firewalls].into_iter().chain(rules).collect()
}

/// The machines that are concerned, by name, with who reaches them before and after.
fn machines(engine: &Engine, account: &AccountState, change: &FirewallChange<'_>) -> Vec<(Phrase, Reach, Reach)> {
    let name = &account.account.name;
    match change {
        FirewallChange::Rules { firewall, .. } | FirewallChange::Gone { firewall } => {
            let (was, new) = match change {
                FirewallChange::Rules { was, rules, .. } => (was.to_vec(), Some(*rules)),
                _ => (rules_of(account, firewall.id()).to_vec(), None),
            };
            let on = known_on(engine, name, firewall.id());
            let instances: Vec<&Instance> =
                on.iter().filter_map(|id| account.inventory.instance(id)).map(AsRef::as_ref).collect();
            // Which machines are behind it is not told: whichever they are.
            if instances.is_empty() {
                if is_told(engine, name, firewall.id()) || new.is_none() {
                    return Vec::new();
                }
                let who = text::lock_out::behind(firewall.name.as_str());
                let before = Reach::from_rules(&with_doubtful(&was, new.unwrap_or_default()), SSH);
                return vec![(who, before, Reach::from_rules(new.unwrap_or_default(), SSH))];
            }
            let of = |instance: &Instance| {
                let others = others(account, instance, firewall.id());
                let rest: Vec<Rule> = others.iter().flat_map(|id| rules_of(account, id)).cloned().collect();
                let before = Reach::from_rules(with_doubtful(&was, new.unwrap_or_default()).iter().chain(&rest), SSH);
                let after = match new {
                    None if others.is_empty() => unguarded(account),
                    new => Reach::from_rules(new.unwrap_or_default().iter().chain(&rest), SSH),
                };
                (text(&instance.name), before, after)
            };
            instances.into_iter().map(of).collect()
        }
        FirewallChange::New { rules, instances } => {
            let known = instances.iter().filter_map(|target| account.inventory.instance(target.id()));
            let of = |instance: &std::sync::Arc<Instance>| {
                let others = behind(account, instance).unwrap_or_default();
                let rest: Vec<Rule> = others.iter().flat_map(|id| rules_of(account, id)).cloned().collect();
                let before = if others.is_empty() { unguarded(account) } else { Reach::from_rules(&rest, SSH) };
                (text(&instance.name), before, Reach::from_rules(rules.iter().chain(&rest), SSH))
            };
            known.map(of).collect()
        }
        FirewallChange::Stands { firewall, instance: target, on } => {
            let Some(instance) = account.inventory.instance(target.id()) else { return Vec::new() };
            // What a firewall that was never read allows is not known.
            if account.inventory.rules(firewall.id()).is_none() {
                return Vec::new();
            }
            let others = others(account, instance, firewall.id());
            let reach = |all: &[ResourceId]| match all {
                [] => unguarded(account),
                all => Reach::from_rules(all.iter().flat_map(|id| rules_of(account, id)), SSH),
            };
            let with: Vec<ResourceId> = others.iter().cloned().chain([firewall.id().clone()]).collect();
            let (with, without) = (reach(&with), reach(&others));
            let (before, after) = if *on { (without, with) } else { (with, without) };
            vec![(text(&instance.name), before, after)]
        }
    }
}

/// The other firewalls that an instance is known to be behind.
fn others(account: &AccountState, instance: &Instance, firewall: &ResourceId) -> Vec<ResourceId> {
    behind(account, instance).unwrap_or_default().into_iter().filter(|id| id != firewall).collect()
}

fn rules_of<'a>(account: &'a AccountState, firewall: &ResourceId) -> &'a [Rule] {
    account.inventory.rules(firewall).map_or(&[], |set| &set.rules)
}

/// Rules as they were before a change. Of one that goes and whose ports are not understood the guarded port is assumed.
fn with_doubtful(was: &[Rule], new: &[Rule]) -> Vec<Rule> {
    let goes = was.iter().filter(|rule| may_be_about(rule, SSH) && !new.contains(rule));
    was.iter().cloned().chain(goes.map(|rule| Rule { ports: SSH.to_string(), ..rule.clone() })).collect()
}

/// Who reaches a machine that no firewall is on.
fn unguarded(account: &AccountState) -> Reach {
    if account.account.policy.open_without_firewall() { Reach::everywhere() } else { Reach::default() }
}

fn facts(account: &AccountState, lost: &LockOut, names: &Phrase) -> Vec<RiskFact> {
    let fact = |phrase: Phrase| RiskFact { phrase, raises: lost.raises };
    match &lost.closed {
        Closed::Own(own) => {
            // One address that is known in two ways is said once.
            let by_address: BTreeMap<String, &OwnAddress> =
                own.iter().rev().map(|own| (own.address.to_string(), own)).collect();
            let one =
                |(address, own): (String, &OwnAddress)| fact(text::lock_out::own(names.clone(), address, own.how()));
            by_address.into_iter().map(one).collect()
        }
        Closed::Everybody(_) => vec![fact(text::lock_out::everybody(names.clone()))],
        Closed::Others(sources) => {
            let text = if lost.raises { text::lock_out::others } else { text::lock_out::narrows };
            vec![fact(text(names.clone(), list(account, sources)))]
        }
    }
}

/// Sources in words, one after the other.
fn list(account: &AccountState, sources: &[ReachSource]) -> Phrase {
    let word = |source: &ReachSource| match source {
        ReachSource::Network(net) if net.prefix_len() == 0 && net.addr().is_ipv6() => {
            Phrase::new(text::source::ANYBODY_SIX)
        }
        ReachSource::Network(net) if net.prefix_len() == 0 => Phrase::new(text::source::ANYBODY),
        ReachSource::Network(net) => text(&network_text(net)),
        ReachSource::Group(id) => {
            let name = account.inventory.firewall(id).map_or_else(|| id.to_string(), |f| f.name.clone());
            text::source::group(name)
        }
        ReachSource::Other(other) => text(other),
    };
    let is_all = |source: &ReachSource, v6: bool| matches!(source, ReachSource::Network(net) if net.prefix_len() == 0 && net.addr().is_ipv6() == v6);
    // Anybody is said once.
    let both = sources.iter().any(|source| is_all(source, false));
    let words: Vec<Phrase> = sources.iter().filter(|source| !(both && is_all(source, true))).map(word).collect();
    joined(&words)
}

fn text(text: &str) -> Phrase {
    text::plain::said(text)
}

/// Phrases one after the other.
fn joined(all: &[Phrase]) -> Phrase {
    let all = all.iter().rev().cloned();
    all.reduce(|rest, one| text::source::and(one, rest)).unwrap_or_else(|| text(""))
}
