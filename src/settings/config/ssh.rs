//! How a person logs in to machines: `[ssh]` for all, `[[ssh.for]]` for some.

use crate::domain::{Ssh, SshFor, SshWay, WhichAddress, text};
use crate::settings::config::walk::{Section, Spanned, Walk};

const WAY: [&str; 6] = ["user", "key", "port", "jump", "options", "address"];

pub(super) fn ssh<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> Ssh {
    let mut ssh = Ssh::default();
    let Some(section) = walk.table(top, "ssh", "[ssh]") else { return ssh };
    walk.unknown_keys(section, &[&WAY[..], &["for"]].concat());
    let own = way(walk, section);
    ssh.way = SshWay { user: own.user.or(ssh.way.user), ..own };
    for only in walk.tables(section, "for", "[[ssh.for]]") {
        walk.unknown_keys(only, &[&["account", "name"], &WAY[..]].concat());
        let mut text = |key| walk.text(only, key).map(|found| found.value);
        let (account, name) = (text("account"), text("name"));
        ssh.only.push(SshFor { account, name, way: way(walk, only) });
    }
    ssh
}

fn way<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> SshWay {
    let address = walk.one_of(section, "address", &["first", "ipv4", "ipv6"]).map(|found| match found.value.as_str() {
        "ipv4" => WhichAddress::Ipv4,
        "ipv6" => WhichAddress::Ipv6,
        _ => WhichAddress::First,
    });
    SshWay {
        user: user(walk, section),
        key: plain(walk, section, "key"),
        port: port(walk, section),
        jump: plain(walk, section, "jump"),
        options: walk.texts(section, "options"),
        address,
    }
}

/// Empty means that `ssh` itself is to choose.
fn user<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<String> {
    let found = Walk::item(section, "user")?;
    if found.value.as_str().is_some_and(|user| user.trim().is_empty()) {
        return Some(String::new());
    }
    plain(walk, section, "user")
}

/// A text that `ssh` takes for a value: one line, and no option.
fn plain<'t>(walk: &mut Walk<'t>, section: Section<'t>, key: &'static str) -> Option<String> {
    let Spanned { value, at } = walk.text(section, key)?;
    let what = if value.starts_with('-') {
        text::mistake::HYPHEN
    } else if value.chars().any(char::is_control) {
        text::mistake::ONE_LINE
    } else {
        return Some(value);
    };
    walk.wrong(section, key, at, what);
    None
}

fn port<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<u16> {
    let at = Walk::item(section, "port")?.at;
    let port = u16::try_from(walk.number(section, "port", u32::from(u16::MAX))?).ok().filter(|port| *port > 0);
    if port.is_none() {
        walk.wrong(section, "port", at, text::mistake::no_port(text::mistake::whole(1_u32, u16::MAX)));
    }
    port
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::*;
    use crate::settings::config::settings::Settings;
    use crate::words::english;

    #[test]
    fn what_is_said_for_some_stands_beside_what_is_said_for_all() {
        let text = "[ssh]\nuser = \"me\"\nport = 2222\noptions = [\"-o\", \"A=b\"]\n\
                    [[ssh.for]]\naccount = \"indigo\"\nname = \"web-*\"\nuser = \"\"\nkey = \"~/.ssh/k\"\n\
                    jump = \"me@bastion\"\naddress = \"ipv6\"\n";
        let ssh = Settings::parse(Path::new("c.toml"), text).unwrap().ssh;
        assert_eq!((ssh.way.user.as_deref(), ssh.way.port), (Some("me"), Some(2222)));
        let only = &ssh.only[0];
        assert_eq!((only.account.as_deref(), only.name.as_deref()), (Some("indigo"), Some("web-*")));
        assert_eq!((only.way.user.as_deref(), only.way.address), (Some(""), Some(WhichAddress::Ipv6)));
        assert_eq!(only.way.options, None);
        assert_eq!(Settings::parse(Path::new("c.toml"), "[ssh]").unwrap().ssh, Ssh::default());
    }

    #[rstest]
    #[case("port = 0", "[ssh] port", "from 1 to 65535")]
    #[case("port = 65536", "[ssh] port", "from 0 to 65535")]
    #[case("user = \"-oProxyCommand=x\"", "[ssh] user", "hyphen")]
    #[case("jump = \"-x\"", "[ssh] jump", "hyphen")]
    #[case("key = \"a\\nb\"", "[ssh] key", "file")]
    #[case("address = \"v6\"", "[ssh] address", "ipv6")]
    #[case("options = \"-4\"", "[ssh] options", "a list of texts")]
    #[case("identity = \"k\"", "[ssh] identity", "key")]
    #[case("for = 1", "[ssh] for", "[[ssh.for]]")]
    #[case("[[ssh.for]]\nhost = \"x\"", "[[ssh.for]] host", "name")]
    fn a_mistake_names_line_key_and_what_is_accepted(#[case] text: &str, #[case] key: &str, #[case] accepted: &str) {
        let said = english(&Settings::parse(Path::new("c.toml"), &format!("[ssh]\n{text}")).unwrap_err().phrase());
        let line = if text.contains("host") { "c.toml:3" } else { "c.toml:2" };
        assert!(said.contains(line) && said.contains(key) && said.contains(accepted), "{said}");
    }
}
