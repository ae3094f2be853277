//! The steps that make, change and place a firewall. Neutron takes a group, each of its rules and each port one by one:
//! what is missing is added before what is too much is taken away, so that nobody is locked out in between.

use crate::domain::rule_edit::has;
use crate::domain::{Call, Condition, Direction, Inventory, Ref, ResourceId, Rule, Step, Target};
use crate::provider::openstack::rule;

fn call(call: Call) -> Step {
    Step::Call { call, needs: None }
}

/// Makes a firewall, gives it its rules and puts it on instances. What a new one has by itself, all traffic outward, stays
/// where no outward rule is asked for. Of one that was made before, as its id says, only what is missing is done.
pub(super) fn create(new: &Target, rules: &[Rule], instances: &[Target], inventory: &Inventory) -> Vec<Step> {
    let is_made = !new.id().as_str().is_empty();
    let firewall = if is_made { Ref::Known(new.id().clone()) } else { Ref::OutputFirewall };
    let make = Call::CreateFirewall { name: new.name.clone(), rules: Vec::new(), instances: Vec::new() };
    let mut steps: Vec<Step> = (!is_made).then(|| call(make)).into_iter().collect();
    let there = inventory.rules(new.id()).map(|set| set.rules.as_slice());
    let (wanted, _) = rule::change(there.unwrap_or_default(), rules);
    let keeps_outward = !rules.iter().any(|rule| rule.direction == Direction::Out);
    let of_itself = rule::all_outward()
        .into_iter()
        .filter(|rule| there.is_none_or(|there| has(there, rule)) && !keeps_outward && !has(rules, rule));
    steps.extend(changes(&firewall, wanted, of_itself.map(|rule| (rule, None))));
    for instance in instances {
        steps.extend(ports(instance.id(), &firewall, true, inventory));
    }
    let stands = |instance: &Target| {
        let (firewall, instance) = (firewall.clone(), instance.id().clone());
        Step::Wait(Condition::FirewallOn { firewall, instance, on: true })
    };
    steps.extend(instances.iter().map(stands));
    steps
}

/// Gives a firewall these rules and no others, and its name. What goes is named by its id where the rules are known as
/// they were shown, lest one that means the same and stays goes in its place.
pub(super) fn update(firewall: &Target, name: &str, was: &[Rule], rules: &[Rule], inventory: &Inventory) -> Vec<Step> {
    let (new, gone) = rule::change(was, rules);
    let known = inventory.rules(firewall.id()).filter(|set| set.rules == was);
    let mut left: Vec<(&Rule, &ResourceId)> =
        known.map(|set| set.rules.iter().zip(&set.ids).collect()).unwrap_or_default();
    let gone = gone.into_iter().map(|rule| {
        let at = left.iter().position(|(other, _)| **other == rule);
        (rule, at.map(|at| left.remove(at).1.clone()))
    });
    let mut steps: Vec<Step> = changes(&Ref::Known(firewall.id().clone()), new, gone).collect();
    if steps.is_empty() || firewall.name != name {
        steps.push(call(Call::RenameFirewall { firewall: firewall.id().clone(), name: name.to_owned() }));
    }
    steps
}

/// Puts a firewall on an instance, or takes it off.
pub(super) fn place(firewall: &Target, instance: &Target, on: bool, inventory: &Inventory) -> Vec<Step> {
    let firewall = Ref::Known(firewall.id().clone());
    let mut steps = ports(instance.id(), &firewall, on, inventory);
    steps.push(Step::Wait(Condition::FirewallOn { firewall, instance: instance.id().clone(), on }));
    steps
}

fn changes(
    firewall: &Ref,
    new: impl IntoIterator<Item = Rule>,
    gone: impl IntoIterator<Item = (Rule, Option<ResourceId>)>,
) -> impl Iterator<Item = Step> {
    let add = |rule| call(Call::AddRule { firewall: firewall.clone(), rule });
    let remove = |(rule, id)| call(Call::RemoveRule { firewall: firewall.clone(), rule, id });
    new.into_iter().map(add).chain(gone.into_iter().map(remove))
}

/// A step for each port that takes firewalls; one for the port that there is, where they were not read.
fn ports(instance: &ResourceId, firewall: &Ref, on: bool, inventory: &Inventory) -> Vec<Step> {
    let known = inventory.ports(instance).unwrap_or_default().iter().filter(|port| port.takes_firewalls);
    let mut ports: Vec<Option<ResourceId>> = known.map(|port| Some(port.id.clone())).collect();
    if ports.is_empty() {
        ports.push(None);
    }
    let set = |port| {
        let (instance, firewall) = (instance.clone(), firewall.clone());
        call(Call::SetPort { instance, port, firewall, on, firewalls: Vec::new() })
    };
    ports.into_iter().map(set).collect()
}
