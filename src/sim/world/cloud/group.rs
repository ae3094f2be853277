//! Security groups: the panel's own, which cannot be changed, and up to fifty in all.

use serde_json::{Map, Value};

use crate::sim::world::account::Account;
use crate::sim::world::firewall::{Firewall, Rule};
use crate::sim::world::instance::State;
use crate::sim::world::refusal::Refusal;
use crate::sim::world::turn::Turn;

/// Groups in an account at most, by the provider's own page.
pub const GROUP_LIMIT: usize = 50;

/// What only a security group has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    pub description: String,
    pub panel: bool,
    pub rules: Vec<GroupRule>,
}

/// One rule of a security group; none means any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupRule {
    pub id: u64,
    pub ingress: bool,
    /// Whether it is for IPv6.
    pub v6: bool,
    /// `tcp`, `udp`, `icmp`.
    pub protocol: Option<String>,
    pub port_min: Option<u64>,
    pub port_max: Option<u64>,
    /// From or to where, `203.0.113.0/24`.
    pub remote: Option<String>,
    /// The number of the group whose members it is for.
    pub remote_group: Option<u64>,
    /// Fields of its record that are sent in place of what the others say.
    pub odd: Map<String, Value>,
}

impl GroupRule {
    fn says_the_same(&self, other: &Self) -> bool {
        Self { id: other.id, ..self.clone() } == *other
    }
}

impl Account {
    /// Puts a group with its two rules for what goes out into the account, without asking anybody.
    pub fn add_group(&mut self, turn: &Turn<'_>, name: &str, description: &str, panel: bool) -> u64 {
        let id = self.next_firewall.give();
        let group = Group { description: description.to_owned(), panel, rules: Vec::new() };
        self.firewalls.push(Firewall {
            id,
            name: name.to_owned(),
            inbound: Vec::new(),
            outbound: Vec::new(),
            group,
            created: turn.now,
            updated: turn.now,
        });
        for v6 in [false, true] {
            self.put_rule(id, GroupRule { v6, ..GroupRule::default() });
        }
        id
    }

    /// The groups that an account has from the beginning: `default`, and the port presets of a panel.
    pub fn add_panel_groups(&mut self, turn: &Turn<'_>) {
        let ways = self.provider.ways();
        for name in ways.groups {
            let id = self.add_group(turn, name, "", ways.fixed_groups);
            let v6 = name.contains("ipv6");
            let inward = GroupRule { ingress: true, v6, ..GroupRule::default() };
            let tcp = |port: u64| GroupRule {
                protocol: Some("tcp".to_owned()),
                port_min: Some(port),
                port_max: Some(port),
                ..inward.clone()
            };
            let rules = match name.rsplit('-').next().map(str::to_lowercase).as_deref() {
                Some("ssh") => vec![tcp(22)],
                Some("web") => vec![tcp(80), tcp(443)],
                Some("icmp") => vec![GroupRule { protocol: Some("icmp".to_owned()), ..inward }],
                Some("all") => vec![inward],
                _ => [false, true]
                    .map(|v6| GroupRule { ingress: true, v6, remote_group: Some(id), ..GroupRule::default() })
                    .to_vec(),
            };
            for rule in rules {
                self.put_rule(id, rule);
            }
        }
    }

    /// Gives a rule its number and puts it into a group.
    pub fn put_rule(&mut self, group: u64, rule: GroupRule) -> u64 {
        let id = self.next_rule.give();
        if let Some(known) = self.firewalls.iter_mut().find(|known| known.id == group) {
            known.group.rules.push(GroupRule { id, ..rule });
        }
        id
    }

    fn is_panel_group(&self, name: &str) -> bool {
        self.provider.ways().groups.contains(&name)
    }

    /// Makes a group and gives its number. Names need not be unique, except that the panel's are taken.
    ///
    /// # Errors
    /// [`Refusal::BadRequest`], [`Refusal::PanelGroup`], [`Refusal::GroupLimit`].
    pub fn create_group(&mut self, turn: &Turn<'_>, name: &str, description: &str) -> Result<u64, Refusal> {
        if name.is_empty() {
            return Err(Refusal::BadRequest);
        }
        if self.provider.ways().fixed_groups && self.is_panel_group(name) {
            return Err(Refusal::PanelGroup);
        }
        if self.firewalls.len() >= GROUP_LIMIT {
            return Err(Refusal::GroupLimit);
        }
        let id = self.add_group(turn, name, description, false);
        self.note(turn, "create_firewall", format!("firewall {id}"));
        Ok(id)
    }

    /// Changes a group's name or description.
    ///
    /// # Errors
    /// [`Refusal::NoFirewall`], [`Refusal::PanelGroup`].
    pub fn update_group(
        &mut self,
        turn: &Turn<'_>,
        id: u64,
        name: Option<&str>,
        description: Option<&str>,
    ) -> Result<(), Refusal> {
        if name.is_some_and(|name| self.is_panel_group(name)) {
            return Err(Refusal::PanelGroup);
        }
        let group = self.own_group(id)?;
        if let Some(name) = name {
            group.name = name.to_owned();
        }
        if let Some(description) = description {
            group.group.description = description.to_owned();
        }
        group.updated = turn.now;
        self.note(turn, "update_firewall", format!("firewall {id}"));
        Ok(())
    }

    /// Deletes a group that no server carries.
    ///
    /// # Errors
    /// [`Refusal::NoFirewall`], [`Refusal::PanelGroup`], [`Refusal::FirewallInUse`].
    pub fn delete_group(&mut self, turn: &mut Turn<'_>, id: u64) -> Result<(), Refusal> {
        let name = self.own_group(id)?.name.clone();
        if self.is_panel_group(&name) {
            return Err(Refusal::PanelGroup);
        }
        if self.instances.iter().any(|known| known.cloud.local.as_ref().is_some_and(|port| port.groups.contains(&id))) {
            return Err(Refusal::FirewallInUse);
        }
        self.delete_firewall(turn, id)
    }

    /// Adds a rule and gives its number.
    ///
    /// # Errors
    /// [`Refusal::NoFirewall`], [`Refusal::PanelGroup`], [`Refusal::RuleExists`].
    pub fn add_rule(&mut self, turn: &Turn<'_>, group: u64, rule: GroupRule) -> Result<u64, Refusal> {
        let known = self.own_group(group)?;
        if known.group.rules.iter().any(|other| other.says_the_same(&rule)) {
            return Err(Refusal::RuleExists);
        }
        known.updated = turn.now;
        let id = self.put_rule(group, rule);
        self.note(turn, "add_rule", format!("rule {id} of firewall {group}"));
        Ok(id)
    }

    /// Takes a rule out of its group.
    ///
    /// # Errors
    /// [`Refusal::NoFirewall`] where no group has it, [`Refusal::PanelGroup`].
    pub fn remove_rule(&mut self, turn: &Turn<'_>, rule: u64) -> Result<(), Refusal> {
        let holds = |known: &&Firewall| known.group.rules.iter().any(|known| known.id == rule);
        let group = self.firewalls.iter().find(holds).ok_or(Refusal::NoFirewall)?.id;
        let known = self.own_group(group)?;
        known.group.rules.retain(|known| known.id != rule);
        known.updated = turn.now;
        self.note(turn, "remove_rule", format!("rule {rule} of firewall {group}"));
        Ok(())
    }

    /// Puts these groups on a server's port, or on its second one, in place of those that were there.
    ///
    /// # Errors
    /// [`Refusal::NoInstance`], [`Refusal::NoFirewall`].
    pub fn replace_groups(
        &mut self,
        turn: &Turn<'_>,
        instance: u64,
        local: bool,
        groups: Vec<u64>,
    ) -> Result<(), Refusal> {
        if !groups.iter().all(|id| self.firewalls.iter().any(|known| known.id == *id)) {
            return Err(Refusal::NoFirewall);
        }
        let machine = self.instance_mut(instance)?;
        if matches!(machine.state, State::Destroyed { .. }) {
            return Err(Refusal::AlreadyDestroyed);
        }
        match machine.cloud.local.as_mut().filter(|_| local) {
            Some(port) => port.groups = groups,
            None if local => return Err(Refusal::NoInstance),
            None => machine.firewalls = groups,
        }
        self.note(turn, "replace_groups", format!("instance {instance}"));
        Ok(())
    }

    fn own_group(&mut self, id: u64) -> Result<&mut Firewall, Refusal> {
        let known = self.firewalls.iter_mut().find(|known| known.id == id).ok_or(Refusal::NoFirewall)?;
        if known.group.panel { Err(Refusal::PanelGroup) } else { Ok(known) }
    }
}

impl From<&Rule> for GroupRule {
    /// A rule of a world file: `0.0.0.0` and nothing mean anywhere, `80-90` is a range.
    fn from(rule: &Rule) -> Self {
        let protocol = rule.protocol.to_lowercase();
        let (first, last) = rule.port.split_once('-').unwrap_or((&rule.port, &rule.port));
        let anywhere = matches!(rule.source.as_str(), "" | "0.0.0.0" | "0.0.0.0/0" | "::/0");
        Self {
            ingress: true,
            v6: rule.source.contains(':'),
            protocol: (!matches!(protocol.as_str(), "" | "all" | "any")).then_some(protocol),
            port_min: first.parse().ok(),
            port_max: last.parse().ok(),
            remote: (!anywhere).then(|| rule.source.clone()),
            ..Self::default()
        }
    }
}
