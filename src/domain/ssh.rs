//! How a person logs in to a machine: the settings, by account and name, and the argument list they make. No shell reads
//! it.

use crate::domain::text;
use core::net::IpAddr;

use crate::domain::ids::AccountName;
use crate::domain::instance::Instance;
use crate::domain::net::probe::is_address;
use crate::domain::pattern::glob;
use crate::domain::phrase::Phrase;

/// What `ssh` is told, each where it is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SshWay {
    /// As whom; empty where `ssh` is to choose.
    pub user: Option<String>,
    pub key: Option<String>,
    pub port: Option<u16>,
    pub jump: Option<String>,
    /// More arguments, before the address.
    pub options: Option<Vec<String>>,
    pub address: Option<WhichAddress>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhichAddress {
    /// The one it is reached by first.
    #[default]
    First,
    /// The first of version 4.
    Ipv4,
    /// The first of version 6.
    Ipv6,
}

/// The way for some machines only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SshFor {
    /// Their account, where `*` stands for any text; any where it is not set.
    pub account: Option<String>,
    pub name: Option<String>,
    pub way: SshWay,
}

/// The `[ssh]` section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ssh {
    pub way: SshWay,
    /// For some, in the order of the file: field by field the last that fits counts.
    pub only: Vec<SshFor>,
}

impl Default for Ssh {
    fn default() -> Self {
        Self { way: SshWay { user: Some("root".to_owned()), ..SshWay::default() }, only: Vec::new() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshLogin {
    way: SshWay,
    address: String,
}

impl Ssh {
    /// How to log in to machines of this account and name.
    #[must_use]
    pub fn way(&self, account: &AccountName, name: &str) -> SshWay {
        let mut way = self.way.clone();
        let fits = |pattern: &Option<String>, text: &str| pattern.as_ref().is_none_or(|p| glob(p, text));
        for only in self.only.iter().filter(|o| fits(&o.account, account.as_str()) && fits(&o.name, name)) {
            let own = only.way.clone();
            way = SshWay {
                user: own.user.or(way.user),
                key: own.key.or(way.key),
                port: own.port.or(way.port),
                jump: own.jump.or(way.jump),
                options: own.options.or(way.options),
                address: own.address.or(way.address),
            };
        }
        way.user = way.user.filter(|user| !user.is_empty());
        way
    }

    /// How to log in to this machine.
    ///
    /// # Errors
    /// Why not: it has no address of that kind, or one that is none.
    pub fn login(&self, account: &AccountName, instance: &Instance) -> Result<SshLogin, Phrase> {
        let way = self.way(account, &instance.name);
        let address = address_of(instance, way.address.unwrap_or_default())?;
        Ok(SshLogin { way, address })
    }
}

/// The address of a machine.
///
/// # Errors
/// It has none of that kind, or what the provider sent is no address.
pub fn address_of(instance: &Instance, which: WhichAddress) -> Result<String, Phrase> {
    let fits = |text: &str| match (which, text.parse::<IpAddr>()) {
        (WhichAddress::First, _) => true,
        (WhichAddress::Ipv4, Ok(ip)) => ip.is_ipv4(),
        (WhichAddress::Ipv6, Ok(ip)) => ip.is_ipv6(),
        (_, Err(_)) => false,
    };
    let found = instance.addresses.iter().map(|a| a.text.as_str()).find(|text| fits(text));
    match found {
        Some(text) if is_address(text) => Ok(text.to_owned()),
        Some(text) => Err(text::ssh::odd_address(instance.name.as_str(), text)),
        None => Err(match which {
            WhichAddress::First => text::ssh::no_address(instance.name.as_str()),
            WhichAddress::Ipv4 => text::ssh::no_ipv4(instance.name.as_str()),
            WhichAddress::Ipv6 => text::ssh::no_ipv6(instance.name.as_str()),
        }),
    }
}

impl SshLogin {
    /// The program and its arguments: nothing after `--` can be an option.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = self.options();
        if let Some(user) = &self.way.user {
            arguments.splice(1..1, ["-l".to_owned(), user.clone()]);
        }
        arguments.extend(["--".to_owned(), self.address.clone()]);
        arguments
    }

    /// The same as a person would type it into a shell.
    #[must_use]
    pub fn line(&self) -> String {
        let mut words = self.options();
        words.push(match &self.way.user {
            Some(user) => format!("{user}@{}", self.address),
            None => self.address.clone(),
        });
        words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
    }

    fn options(&self) -> Vec<String> {
        let mut words = vec!["ssh".to_owned()];
        let mut add = |flag: &str, value: Option<String>| {
            words.extend(value.into_iter().flat_map(|value| [flag.to_owned(), value]));
        };
        add("-p", self.way.port.map(|port| port.to_string()));
        add("-i", self.way.key.clone());
        add("-J", self.way.jump.clone());
        words.extend(self.way.options.iter().flatten().cloned());
        words
    }
}

/// A word as a shell takes it for one. A tilde at its beginning stays what it is.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./@:+=,%".contains(c);
    let (home, rest) = word.strip_prefix("~/").map_or(("", word), |rest| ("~/", rest));
    if !word.is_empty() && rest.chars().all(plain) {
        return word.to_owned();
    }
    format!("{home}'{}'", rest.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use std::borrow::ToOwned;

    use rstest::rstest;

    use super::*;
    use crate::domain::{Address, InstanceStatus, Raw, Spec};

    fn machine(addresses: &[&str]) -> Instance {
        let address = |text: &&str| Address { text: (*text).to_owned(), network: None };
        Instance {
            id: "i1".into(),
            name: "web-01".into(),
            status: InstanceStatus::Running,
            raw_status: String::new(),
            trouble: None,
            addresses: addresses.iter().map(address).collect(),
            plan: None,
            spec: Spec::default(),
            os: None,
            image: None,
            volumes: Vec::new(),
            region: None,
            key: None,
            firewalls: None,
            locked: false,
            created: None,
            fields: Vec::new(),
            raw: Raw::default(),
        }
    }

    const BOTH: [&str; 2] = ["203.0.113.7", "2001:db8::7"];

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[rstest]
    #[case(SshWay::default(), "ssh -- 203.0.113.7", "ssh 203.0.113.7")]
    #[case(
        SshWay { user: text("me"), ..SshWay::default() },
        "ssh -l me -- 203.0.113.7",
        "ssh me@203.0.113.7"
    )]
    #[case(SshWay { user: text(""), ..SshWay::default() }, "ssh -- 203.0.113.7", "ssh 203.0.113.7")]
    #[case(
        SshWay { address: Some(WhichAddress::Ipv6), port: Some(2222), ..SshWay::default() },
        "ssh -p 2222 -- 2001:db8::7",
        "ssh -p 2222 2001:db8::7"
    )]
    #[case(
        SshWay {
            user: text("me"),
            key: text("~/.ssh/my key"),
            port: Some(22),
            jump: text("me@bastion"),
            options: Some(vec!["-o".to_owned(), "ServerAliveInterval=15".to_owned()]),
            address: Some(WhichAddress::Ipv4),
        },
        "ssh -l me -p 22 -i ~/.ssh/my key -J me@bastion -o ServerAliveInterval=15 -- 203.0.113.7",
        "ssh -p 22 -i ~/'.ssh/my key' -J me@bastion -o ServerAliveInterval=15 me@203.0.113.7"
    )]
    fn what_is_set_stands_before_the_address(#[case] way: SshWay, #[case] run: &str, #[case] line: &str) {
        let ssh = Ssh { way, only: Vec::new() };
        let login = ssh.login(&"lab".into(), &machine(&BOTH)).unwrap();
        assert_eq!((login.arguments().join(" ").as_str(), login.line().as_str()), (run, line));
    }

    #[test]
    fn field_by_field_the_last_entry_that_fits_counts() {
        let only = |account: Option<&str>, name: Option<&str>, way| SshFor {
            account: account.map(ToOwned::to_owned),
            name: name.map(ToOwned::to_owned),
            way,
        };
        let ssh = Ssh {
            way: SshWay { user: text("root"), port: Some(22), ..SshWay::default() },
            only: vec![
                only(Some("lab"), None, SshWay { user: text("ubuntu"), key: text("k"), ..SshWay::default() }),
                only(None, Some("web-*"), SshWay { port: Some(2222), ..SshWay::default() }),
                only(Some("cloud"), Some("web-*"), SshWay { user: text("never"), ..SshWay::default() }),
                only(Some("*"), Some("web-01"), SshWay { user: text("deploy"), ..SshWay::default() }),
            ],
        };
        let way = ssh.way(&"lab".into(), "web-01");
        assert_eq!((way.user.as_deref(), way.key.as_deref(), way.port), (Some("deploy"), Some("k"), Some(2222)));
        let way = ssh.way(&"lab".into(), "db");
        assert_eq!((way.user.as_deref(), way.key.as_deref(), way.port), (Some("ubuntu"), Some("k"), Some(22)));
        assert_eq!(Ssh::default().way(&"x".into(), "db").user.as_deref(), Some("root"));
    }

    #[rstest]
    #[case(&[], WhichAddress::First, "ssh.no_address")]
    #[case(&["203.0.113.7"], WhichAddress::Ipv6, "ssh.no_ipv6")]
    #[case(&["2001:db8::7"], WhichAddress::Ipv4, "ssh.no_ipv4")]
    #[case(&["-oProxyCommand=reboot"], WhichAddress::First, "ssh.odd_address")]
    fn without_an_address_it_says_why(#[case] all: &[&str], #[case] which: WhichAddress, #[case] why: &str) {
        let ssh = Ssh { way: SshWay { address: Some(which), ..SshWay::default() }, only: Vec::new() };
        assert_eq!(ssh.login(&"a".into(), &machine(all)).unwrap_err().text.name(), why);
    }
}
