//! What dialogs about firewalls say: the difference of the rules, and on which machines they stand as far as is known.

use crate::domain::rule_edit::RuleChange;
use crate::domain::{AccountName, Action, FirewallChange, Phrase, ResourceId, Text, Timestamp, rule_edit, text};
use crate::engine::{AccountState, Engine, Env};

/// What becomes of each rule.
pub fn difference(action: &Action) -> Vec<RuleChange> {
    match action.firewall_change() {
        Some(FirewallChange::Rules { was, rules, .. }) => rule_edit::difference(was, rules),
        Some(FirewallChange::New { rules, .. }) => rule_edit::difference(&[], rules),
        _ => Vec::new(),
    }
}

/// What somebody else changed meanwhile in the rules that were to be replaced.
pub fn theirs(action: &Action, engine: &Engine) -> Vec<RuleChange> {
    let Some((firewall, was)) = action.replaced_rules() else { return Vec::new() };
    let now = engine.account(firewall.account()).and_then(|a| a.inventory.rules(firewall.id()));
    let changes = now.map(|set| rule_edit::difference(was, &set.rules)).unwrap_or_default();
    changes.into_iter().filter(|change| !matches!(change, RuleChange::Kept(_))).collect()
}

/// What is said of a firewall besides its rules; the flag says whether it warns.
pub fn facts(action: &Action, engine: &Engine, env: &Env) -> Vec<(Phrase, bool)> {
    let Some(account) = engine.account(action.subject().account()) else { return Vec::new() };
    let tells = account.account.policy.tells_firewalls();
    let mut facts = Vec::new();
    if let Action::UpdateFirewall { firewall, name, instances, .. } = action {
        if *name != firewall.name {
            facts.push((text::fact::renamed(name.as_str()), false));
        }
        if account.account.policy.rule_form().names_instances {
            facts.extend(named(account, engine, firewall.id(), instances, env));
        } else if let Some(on_all) = account.inventory.firewall(firewall.id()).and_then(|f| f.on.as_ref()) {
            let names = names_of(account, on_all);
            facts.push((on(&names, text::fact::stands_on, text::fact::STANDS_ON_NONE), false));
        }
    }
    match action.firewall_change() {
        Some(FirewallChange::New { instances, .. }) => {
            let names: Vec<&str> = instances.iter().map(|i| i.name.as_str()).collect();
            facts.push((on(&names, text::fact::put_on, text::fact::PUT_ON_NONE), false));
        }
        Some(FirewallChange::Gone { firewall }) if !tells => {
            facts.extend(set_here(engine, account, firewall.id(), env).map(|fact| (fact, true)));
        }
        Some(FirewallChange::Stands { firewall, instance, on: true }) if !tells => {
            facts.push((Phrase::new(text::fact::NOT_SHOWN), false));
            let others = engine.assigned_to(instance.account(), instance.id());
            let other = |id: &ResourceId| account.inventory.firewall(id).map(|f| f.name.clone());
            let names: Vec<String> =
                others.iter().filter(|(id, _)| id != firewall.id()).filter_map(|(id, _)| other(id)).collect();
            if !names.is_empty() {
                facts.push((text::fact::may_replace(names.join(", ")), false));
            }
        }
        _ => {}
    }
    facts
}

/// Which machines a change names, where the provider forgets those it is not told, or may.
fn named(
    account: &AccountState,
    engine: &Engine,
    firewall: &ResourceId,
    instances: &[ResourceId],
    env: &Env,
) -> Vec<(Phrase, bool)> {
    let mut facts = Vec::new();
    if instances.is_empty() {
        facts.push((Phrase::new(text::fact::NAMES_NONE), true));
    } else {
        let names = names_of(account, instances);
        facts.push((text::fact::names(names.join(", ")), false));
    }
    let left: Vec<(ResourceId, Timestamp)> = engine
        .assigned(&account.account.name, firewall)
        .into_iter()
        .filter(|(id, _)| !instances.contains(id))
        .collect();
    for (id, at) in left {
        let name = account.inventory.instance_name(&id);
        let said = text::fact::left_out(name, env.wall.since(at));
        facts.push((said, true));
    }
    facts
}

/// `Set on web-01 from here 3 d ago.`
fn set_here<'a>(
    engine: &'a Engine,
    account: &'a AccountState,
    firewall: &ResourceId,
    env: &'a Env,
) -> impl Iterator<Item = Phrase> + 'a {
    let all = engine.assigned(&account.account.name, firewall);
    all.into_iter().map(move |(id, at)| {
        let name = account.inventory.instance_name(&id);
        text::fact::set_here(name, env.wall.since(at))
    })
}

fn on(names: &[impl AsRef<str>], some: fn(String) -> Phrase, none: Text) -> Phrase {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    if names.is_empty() { Phrase::new(none) } else { some(names.join(", ")) }
}

fn names_of(account: &AccountState, ids: &[ResourceId]) -> Vec<String> {
    ids.iter().map(|id| account.inventory.instance_name(id)).collect()
}

/// When a firewall was put on a machine from here, where the provider does not tell by itself.
pub fn since(engine: &Engine, account: &AccountName, firewall: &ResourceId, on: &ResourceId) -> Option<Timestamp> {
    engine.assigned(account, firewall).into_iter().find(|(id, _)| id == on).map(|(_, at)| at)
}
