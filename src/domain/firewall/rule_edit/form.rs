//! What the rules of one provider can be made of.

use crate::domain::firewall::rule_edit::meaning::Protocol;
use crate::domain::firewall::rule_edit::ports::Ports;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preset {
    Http,
    Https,
    Ssh,
    AllTcp,
    AllUdp,
    Icmp,
    /// Everything, whatever its protocol.
    All,
    Custom,
}

impl Preset {
    /// All there are, in the order in which they are offered.
    pub const ALL: [Self; 8] =
        [Self::Custom, Self::Ssh, Self::Http, Self::Https, Self::AllTcp, Self::AllUdp, Self::Icmp, Self::All];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
            Self::Ssh => "SSH",
            Self::AllTcp => "All TCP",
            Self::AllUdp => "All UDP",
            Self::Icmp => "ICMP",
            Self::All => "All",
            Self::Custom => "Custom",
        }
    }

    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let squeezed = |text: &str| -> String {
            text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
        };
        let name = squeezed(&crate::domain::firewall::rule_edit::plain(name));
        Self::ALL.into_iter().find(|preset| squeezed(preset.name()) == name)
    }

    /// What it stands for; `None` where protocol and ports say it.
    #[must_use]
    pub const fn stands_for(self) -> Option<(Protocol, Ports)> {
        Some(match self {
            Self::Http => (Protocol::Tcp, Ports::Range(80, 80)),
            Self::Https => (Protocol::Tcp, Ports::Range(443, 443)),
            Self::Ssh => (Protocol::Tcp, Ports::Range(22, 22)),
            Self::AllTcp => (Protocol::Tcp, Ports::All),
            Self::AllUdp => (Protocol::Udp, Ports::All),
            Self::Icmp => (Protocol::Icmp, Ports::All),
            Self::All => (Protocol::Any, Ports::All),
            Self::Custom => return None,
        })
    }

    #[must_use]
    pub fn standing_for(protocol: &Protocol, ports: Ports) -> Self {
        let named = |preset: &Self| {
            let stands = preset.stands_for();
            stands.is_some_and(|(p, all)| all == ports && (p == *protocol || p.is_icmp() && protocol.is_icmp()))
        };
        Self::ALL.into_iter().find(named).unwrap_or(Self::Custom)
    }
}

/// What the rules of one provider can be made of, and what is not known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleForm {
    /// The presets that are offered, in their order.
    pub presets: Vec<Preset>,
    pub protocols: Vec<Protocol>,
    /// The provider's own words for inward and outward.
    pub directions: [&'static str; 2],
    /// Whether sources of IPv6 are known to be taken; where not, they are warned of and the provider decides.
    pub ipv6: bool,
    /// Whether the machines behind a firewall can be a source.
    pub groups: bool,
    pub icmp_types: bool,
    /// Whether a change names the instances the firewall is on, since the provider does not tell and may forget.
    pub names_instances: bool,
    /// At most so many letters in a name.
    pub longest_name: usize,
}

impl Default for RuleForm {
    fn default() -> Self {
        Self {
            presets: Preset::ALL.to_vec(),
            protocols: vec![Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::Any],
            directions: ["in", "out"],
            ipv6: true,
            groups: true,
            icmp_types: true,
            names_instances: false,
            longest_name: 255,
        }
    }
}
