//! A rule as it is typed, cell by cell, and what is wrong with it.

use crate::domain::firewall::rule_edit::form::{Preset, RuleForm};
use crate::domain::firewall::rule_edit::meaning::{Meaning, Protocol, means_same};
use crate::domain::firewall::rule_edit::plain;
use crate::domain::firewall::rule_edit::ports::{Ports, parse_icmp, parse_ports};
use crate::domain::firewall::rule_edit::source::{Source, parse_source};
use crate::domain::{Direction, Phrase, ResourceId, Rule, text};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Direction,
    Preset,
    Protocol,
    Ports,
    Source,
}

impl Cell {
    pub const ALL: [Self; 5] = [Self::Direction, Self::Preset, Self::Protocol, Self::Ports, Self::Source];
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub direction: Direction,
    /// The short name, where one stands for protocol and ports.
    pub preset: Preset,
    pub protocol: Protocol,
    /// The ports, as they are typed; of ICMP type and code.
    pub ports: String,
    /// From where or to where, as it is typed.
    pub source: String,
}

/// What is wrong with a rule, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMistake {
    pub cell: Cell,
    pub what: Phrase,
}

impl Default for Typed {
    /// A new rule: TCP inward, of no port and from nowhere yet.
    fn default() -> Self {
        let (ports, source) = (String::new(), String::new());
        Self { direction: Direction::In, preset: Preset::Custom, protocol: Protocol::Tcp, ports, source }
    }
}

impl Typed {
    /// A rule of the provider in cells. `groups`: the firewalls that a source may name.
    #[must_use]
    pub fn from_rule(rule: &Rule, groups: &[(ResourceId, String)]) -> Self {
        let Some(meaning) = Meaning::from_rule(rule) else {
            let (ports, source) = (rule.ports.trim().to_owned(), rule.source.trim().to_owned());
            let protocol = Protocol::parse(&rule.protocol);
            return Self { direction: rule.direction, preset: Preset::Custom, protocol, ports, source };
        };
        let Meaning { direction, protocol, ports, source } = meaning;
        let preset = Preset::standing_for(&protocol, ports);
        let source = match &source {
            Source::Group { id, v6 } => format!("{}{}", Source::group_prefix(*v6), named(id, groups)),
            source if source.is_anywhere() => if source.is_v6() { "any6" } else { "any" }.to_owned(),
            // As it was written, where that is a network of one.
            source if source.single().is_some() => plain(&rule.source),
            source => source.to_string(),
        };
        let ports = if protocol.has_ports() || ports != Ports::All { ports.to_string() } else { String::new() };
        Self { direction, preset, protocol, ports, source }
    }

    /// Gives it a preset, and what that stands for.
    pub fn choose(&mut self, preset: Preset) {
        self.preset = preset;
        if let Some((protocol, ports)) = preset.stands_for() {
            self.ports = if protocol.has_ports() { ports.to_string() } else { String::new() };
            self.protocol = protocol;
        }
    }

    /// Gives it a protocol; ports of one that has none go.
    pub fn speak(&mut self, protocol: Protocol) {
        if protocol.has_ports() != self.protocol.has_ports() {
            self.ports.clear();
        }
        self.protocol = protocol;
        self.find_preset();
    }

    /// The preset that stands for protocol and ports as they are now.
    pub fn find_preset(&mut self) {
        let ports = if self.protocol.has_ports() { parse_ports(&self.ports) } else { parse_icmp(&self.ports) };
        self.preset = ports.map_or(Preset::Custom, |ports| Preset::standing_for(&self.protocol, ports));
    }

    /// The rule, in words that every provider's [`crate::domain::ProviderPolicy::as_taken`] understands; or what is wrong with
    /// it.
    ///
    /// # Errors
    /// The first mistake, and in which cell.
    pub fn check(&self, form: &RuleForm, groups: &[(ResourceId, String)]) -> Result<Rule, RuleMistake> {
        let at = |cell| move |what| RuleMistake { cell, what };
        let icmp6 = self.protocol == Protocol::Icmp6 && form.icmp_types;
        if !icmp6 && !form.protocols.contains(&self.protocol) {
            let names: Vec<&str> = form.protocols.iter().map(Protocol::name).collect();
            return Err(at(Cell::Protocol)(text::rule::protocol_none(self.protocol.name(), names.join(", "))));
        }
        let ports = if self.protocol.has_ports() {
            parse_ports(&self.ports).map_err(at(Cell::Ports))?
        } else if self.protocol.is_icmp() {
            let ports = parse_icmp(&self.ports).map_err(at(Cell::Ports))?;
            if ports != Ports::All && !form.icmp_types {
                return Err(at(Cell::Ports)(Phrase::new(text::rule::ICMP_NONE)));
            }
            ports
        } else if matches!(plain(&self.ports).as_str(), "" | "all" | "-") {
            Ports::All
        } else {
            let said = text::rule::port_without(self.protocol.name());
            return Err(at(Cell::Ports)(said));
        };
        if let Some((protocol, stands)) = self.preset.stands_for()
            && (ports != stands || (protocol != self.protocol && !(protocol.is_icmp() && self.protocol.is_icmp())))
        {
            return Err(at(Cell::Preset)(text::rule::preset_other(self.preset.name())));
        }
        let source = parse_source(&self.source).map_err(at(Cell::Source))?;
        let text = match &source {
            Source::Group { .. } if !form.groups => return Err(at(Cell::Source)(Phrase::new(text::rule::GROUPS_NONE))),
            Source::Group { id: name, v6 } => {
                format!("{}{}", Source::group_prefix(*v6), group(name, groups).map_err(at(Cell::Source))?)
            }
            source if source.is_anywhere() => source.to_string(),
            _ => plain(&self.source),
        };
        if self.protocol == Protocol::Icmp6 && !source.is_v6() {
            return Err(at(Cell::Source)(Phrase::new(text::rule::ICMP_FAMILY)));
        }
        Ok(Rule {
            direction: self.direction,
            preset: self.preset.name().to_owned(),
            protocol: if self.protocol == Protocol::Any { String::new() } else { self.protocol.name().to_uppercase() },
            ports: if ports == Ports::All { String::new() } else { ports.to_string() },
            source: text,
        })
    }
}

/// The name of a firewall, where no other bears it, else its id.
fn named(id: &ResourceId, groups: &[(ResourceId, String)]) -> String {
    let name = groups.iter().find(|(known, _)| known == id).map(|(_, name)| name);
    let alone = |name: &&String| groups.iter().filter(|(_, other)| other == *name).count() == 1;
    name.filter(alone).cloned().unwrap_or_else(|| id.to_string())
}

/// The firewall that a source names, by name or id.
fn group(text: &ResourceId, groups: &[(ResourceId, String)]) -> Result<ResourceId, Phrase> {
    if groups.iter().any(|(id, _)| id == text) {
        return Ok(text.clone());
    }
    let mut meant = groups.iter().filter(|(_, name)| name == text.as_str());
    match (meant.next(), meant.next()) {
        (Some((id, _)), None) => Ok(id.clone()),
        (Some(_), Some(_)) => Err(text::rule::group_several(text.as_str())),
        (None, _) => Err(text::rule::group_none(text.as_str())),
    }
}

/// What to say of a rule that is well written and may all the same not do what is meant.
#[must_use]
pub fn warnings(rule: &Rule, form: &RuleForm) -> Option<Phrase> {
    let v6 = Meaning::from_rule(rule).is_some_and(|meaning| meaning.source.is_v6());
    (v6 && !form.ipv6).then(|| Phrase::new(text::rule::FAMILY_UNKNOWN))
}

#[must_use]
pub fn name_mistake(name: &str, form: &RuleForm) -> Option<Phrase> {
    let name = name.trim();
    if name.is_empty() {
        return Some(Phrase::new(text::rule::NAME_MISSING));
    }
    if name.chars().any(char::is_control) {
        return Some(Phrase::new(text::rule::NAME_CONTROL));
    }
    let long = name.chars().count();
    let most = form.longest_name;
    (long > most).then(|| text::rule::name_long(long, most))
}

/// What is sent for these rules: those that mean what one of `was` does as that was written, the others as the provider
/// takes them.
#[must_use]
pub fn sent(was: &[Rule], rules: &[Rule], as_taken: impl Fn(&Rule) -> Rule) -> Vec<Rule> {
    let mut left: Vec<&Rule> = was.iter().collect();
    let each = |rule: &Rule| match left.iter().position(|old| means_same(old, rule)) {
        Some(at) => left.remove(at).clone(),
        None => as_taken(rule),
    };
    rules.iter().map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> RuleForm {
        RuleForm::default()
    }

    fn typed(protocol: Protocol, ports: &str, source: &str) -> Typed {
        let mut typed = Typed { protocol, ports: ports.to_owned(), source: source.to_owned(), ..Typed::default() };
        typed.find_preset();
        typed
    }

    #[rstest::rstest]
    #[case(Protocol::Tcp, "22", "198.51.100.7/32", ["SSH", "TCP", "22", "198.51.100.7/32"])]
    #[case(Protocol::Udp, "8000-8010", "any", ["Custom", "UDP", "8000-8010", "0.0.0.0/0"])]
    #[case(Protocol::Tcp, "all", "any6", ["All TCP", "TCP", "", "::/0"])]
    #[case(Protocol::Icmp, "", "any", ["ICMP", "ICMP", "", "0.0.0.0/0"])]
    #[case(Protocol::Icmp, "8/0", "any", ["Custom", "ICMP", "8/0", "0.0.0.0/0"])]
    #[case(Protocol::Any, "", "group:web", ["All", "", "", "group:g1"])]
    #[case(Protocol::Any, "", "group6:web", ["All", "", "", "group6:g1"])]
    fn what_is_right_becomes_a_rule(
        #[case] protocol: Protocol,
        #[case] ports: &str,
        #[case] source: &str,
        #[case] told: [&str; 4],
    ) {
        let groups = [("g1".into(), "web".to_owned())];
        let rule = typed(protocol, ports, source).check(&form(), &groups).unwrap();
        assert_eq!([&rule.preset, &rule.protocol, &rule.ports, &rule.source], told);
        // Read back it is the same.
        assert_eq!(Typed::from_rule(&rule, &groups).check(&form(), &groups).unwrap(), rule);
    }

    #[rstest::rstest]
    #[case(Protocol::Tcp, "0", "any", Cell::Ports, "rule.PORT_ZERO")]
    #[case(Protocol::Tcp, "", "any", Cell::Ports, "rule.PORT_MISSING")]
    #[case(Protocol::Any, "22", "any", Cell::Ports, "rule.port_without")]
    #[case(Protocol::Tcp, "22", "", Cell::Source, "rule.SOURCE_MISSING")]
    #[case(Protocol::Tcp, "22", "198.51.100.7/24", Cell::Source, "rule.source_host_bits")]
    #[case(Protocol::Tcp, "22", "group:none", Cell::Source, "rule.group_none")]
    #[case(Protocol::Other("gre".into()), "", "any", Cell::Protocol, "rule.protocol_none")]
    #[case(Protocol::Icmp6, "", "any", Cell::Source, "rule.ICMP_FAMILY")]
    fn what_is_wrong_is_said_where_it_is(
        #[case] protocol: Protocol,
        #[case] ports: &str,
        #[case] source: &str,
        #[case] cell: Cell,
        #[case] key: &str,
    ) {
        let mistake = typed(protocol, ports, source).check(&form(), &[]).unwrap_err();
        assert_eq!((mistake.cell, mistake.what.text.name()), (cell, key));
    }

    #[test]
    fn a_preset_says_protocol_and_ports_and_gives_way_to_them() {
        let mut typed = Typed::default();
        typed.choose(Preset::Https);
        assert_eq!((typed.protocol.clone(), typed.ports.as_str()), (Protocol::Tcp, "443"));
        typed.ports = "8443".into();
        typed.find_preset();
        assert_eq!(typed.preset, Preset::Custom);
        typed.speak(Protocol::Icmp);
        assert_eq!((typed.preset, typed.ports.as_str()), (Preset::Icmp, ""));
    }

    #[test]
    fn what_stays_is_sent_as_it_was_written() {
        let rule = |preset: &str, source: &str| Rule {
            direction: Direction::In,
            preset: preset.into(),
            protocol: "TCP".into(),
            ports: "80".into(),
            source: source.into(),
        };
        let was = [rule("HTTP", "0.0.0.0")];
        let new = [rule("", "0.0.0.0/0"), rule("", "192.0.2.1")];
        let sent = sent(&was, &new, |r| Rule { preset: "taken".into(), ..r.clone() });
        assert_eq!(sent, [rule("HTTP", "0.0.0.0"), rule("taken", "192.0.2.1")]);
    }

    #[test]
    fn a_name_is_some_plain_text() {
        assert_eq!(name_mistake(" ", &form()).unwrap().text.name(), "rule.NAME_MISSING");
        assert_eq!(name_mistake("a\u{1b}b", &form()).unwrap().text.name(), "rule.NAME_CONTROL");
        assert_eq!(name_mistake(&"あ".repeat(256), &form()).unwrap().text.name(), "rule.name_long");
        assert_eq!(name_mistake("東京 web", &form()), None);
    }
}
