//! Whether a change of firewalls locks a person out: closes port 22 to an address that they come from.

use crate::domain::net::own_address::OwnAddress;
use crate::domain::net::reach::{Reach, ReachSource};

pub const SSH: u16 = 22;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockOut {
    pub closed: Closed,
    /// Whether that may lock the person out, so that more than a yes is asked for.
    pub raises: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// To these addresses that the person comes from.
    Own(Vec<OwnAddress>),
    /// To everybody: these were the last that got in.
    Everybody(Vec<ReachSource>),
    /// To these; whether the person comes from there is not known.
    Others(Vec<ReachSource>),
}

/// What a change closes of a port of one machine. Own addresses that could not get in before lose nothing. Which is
/// this machine's address may not be known: then whoever is left out may be the person.
#[must_use]
pub fn lock_out(before: &Reach, after: &Reach, own: &[OwnAddress]) -> Option<LockOut> {
    let gets_in = |reach: &Reach, own: &OwnAddress| reach.lets_in(&own.network());
    let lost: Vec<OwnAddress> =
        own.iter().filter(|own| gets_in(before, own) && !gets_in(after, own)).copied().collect();
    if !lost.is_empty() {
        return Some(LockOut { closed: Closed::Own(lost), raises: true });
    }
    let gone = before.without(after);
    if gone.is_empty() {
        return None;
    }
    if after.is_empty() {
        return Some(LockOut { closed: Closed::Everybody(gone), raises: true });
    }
    if own.iter().any(OwnAddress::is_this_machine) {
        return None;
    }
    // Somebody who gets in afterwards is not locked out, wherever else they come from.
    let raises = !own.iter().any(|own| gets_in(after, own));
    Some(LockOut { closed: Closed::Others(gone), raises })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::domain::{Direction, Origin, Rule};

    fn reach(sources: &[&str]) -> Reach {
        let rule = |source: &&str| Rule {
            direction: Direction::In,
            preset: String::new(),
            protocol: "TCP".to_owned(),
            ports: "22".to_owned(),
            source: (*source).to_owned(),
        };
        let rules: Vec<Rule> = sources.iter().map(rule).collect();
        Reach::from_rules(&rules, SSH)
    }

    const ME: &str = "203.0.113.9";
    const HOME: &str = "198.51.100.77";
    const ANY: &str = "0.0.0.0";

    fn this(text: &str) -> OwnAddress {
        OwnAddress { address: text.parse().unwrap(), from: Origin::ThisMachine { agreed: 2 } }
    }

    fn login(text: &str) -> OwnAddress {
        OwnAddress { address: text.parse().unwrap(), from: Origin::LoggedInFrom }
    }

    /// What is closed, in letters: `own 203.0.113.9`, `all`, `others 198.51.100.77`, with `!` where it raises.
    fn told(found: Option<LockOut>) -> String {
        let Some(LockOut { closed, raises }) = found else { return String::new() };
        let text = |sources: &[ReachSource]| {
            let one = |source: &ReachSource| match source {
                ReachSource::Network(network) => network.to_string(),
                ReachSource::Group(group) => format!("group {group}"),
                ReachSource::Other(text) => text.clone(),
            };
            sources.iter().map(one).collect::<Vec<_>>().join(" ")
        };
        let what = match closed {
            Closed::Own(own) => own.iter().fold("own".to_owned(), |all, own| format!("{all} {}", own.address)),
            Closed::Everybody(_) => "all".to_owned(),
            Closed::Others(sources) => format!("others {}", text(&sources)),
        };
        format!("{}{what}", if raises { "!" } else { "" })
    }

    #[rstest]
    // Known: what is closed to me is said, and nothing else.
    #[case(&[ME], &[HOME], &[this(ME)], "!own 203.0.113.9")]
    #[case(&[ME, HOME], &[ME], &[this(ME)], "")]
    #[case(&[ANY], &[ME], &[this(ME)], "")]
    #[case(&[ANY], &[HOME], &[this(ME)], "!own 203.0.113.9")]
    #[case(&["203.0.113.0/24"], &["203.0.113.0/25"], &[this(ME)], "")]
    #[case(&["203.0.113.0/24"], &["203.0.113.128/25"], &[this(ME)], "!own 203.0.113.9")]
    #[case(&["2001:db8::/64"], &["2001:db8::1"], &[this("2001:db8::2")], "!own 2001:db8::2")]
    #[case(&["2001:db8::1"], &["2001:db8::/64"], &[this("2001:db8::1")], "")]
    #[case(&["::/0"], &["0.0.0.0/0"], &[this("2001:db8::1")], "!own 2001:db8::1")]
    // Both ways in count.
    #[case(&[ME, HOME], &[ME], &[this(ME), login(HOME)], "!own 198.51.100.77")]
    #[case(&[ME, HOME], &["192.0.2.1"], &[this(ME), login(HOME)], "!own 203.0.113.9 198.51.100.77")]
    // Who could not get in loses nothing, unless nobody gets in any more.
    #[case(&[HOME], &["192.0.2.1"], &[this(ME)], "")]
    #[case(&[HOME], &[], &[this(ME)], "!all")]
    #[case(&[ME], &[], &[this(ME)], "!own 203.0.113.9")]
    #[case(&[], &[], &[this(ME)], "")]
    // Not known: whoever is left out may be me.
    #[case(&[HOME], &["192.0.2.1"], &[], "!others 198.51.100.77/32")]
    #[case(&[HOME, "192.0.2.1"], &["192.0.2.1"], &[], "!others 198.51.100.77/32")]
    #[case(&[HOME], &[], &[], "!all")]
    #[case(&[ANY], &[HOME], &[], "!others 0.0.0.0/0")]
    #[case(&["group:7", HOME], &[HOME], &[], "!others group 7")]
    #[case(&[HOME], &[HOME, ME], &[], "")]
    #[case(&[HOME], &[ANY], &[], "")]
    #[case(&[], &[HOME], &[], "")]
    // Where I am logged in from gets in afterwards: said, and a yes is enough.
    #[case(&[HOME, ME], &[ME], &[login(ME)], "others 198.51.100.77/32")]
    #[case(&[HOME], &[ME], &[login(ME)], "others 198.51.100.77/32")]
    fn what_a_change_closes(
        #[case] before: &[&str],
        #[case] after: &[&str],
        #[case] own: &[OwnAddress],
        #[case] expected: &str,
    ) {
        assert_eq!(told(lock_out(&reach(before), &reach(after), own)), expected);
    }

    #[test]
    fn a_machine_that_stood_open_is_closed_by_its_first_firewall() {
        assert_eq!(told(lock_out(&Reach::everywhere(), &reach(&[HOME]), &[this(ME)])), "!own 203.0.113.9");
        assert_eq!(told(lock_out(&Reach::everywhere(), &reach(&[]), &[])), "!all");
        assert_eq!(told(lock_out(&reach(&[HOME]), &Reach::everywhere(), &[])), "");
    }
}
