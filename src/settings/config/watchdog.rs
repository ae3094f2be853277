//! What is watched over: one `[[watchdog]]` for each.

use std::time::Duration;

use crate::domain::{Phrase, Probe, Then, Watchdog, text};
use crate::settings::config::walk::{Section, Walk};

/// How often it is tried where nothing is said, at least, and at most.
const EVERY: Duration = Duration::from_secs(30);
const LEAST: Duration = Duration::from_secs(10);
const MOST: Duration = Duration::from_secs(3600);
/// Failures in a row that mean that nobody answers, where nothing is said, and at most.
const FAILURES: u32 = 3;
const MOST_FAILURES: u32 = 100;

pub(super) fn watchdogs<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> Vec<Watchdog> {
    walk.tables(top, "watchdog", "[[watchdog]]").into_iter().filter_map(|section| watchdog(walk, section)).collect()
}

fn watchdog<'t>(walk: &mut Walk<'t>, section: Section<'t>) -> Option<Watchdog> {
    walk.unknown_keys(section, &["instance", "probe", "every", "failures", "then"]);
    let instance = needed(walk, section, "instance", text::mistake::INSTANCE, |text| {
        let whole = text.split_once('/').is_some_and(|(account, name)| !account.is_empty() && !name.is_empty());
        whole.then(|| text.to_owned())
    });
    let probe =
        needed(walk, section, "probe", text::mistake::probe("http://{address}/", "https://{address}/"), Probe::parse);
    let every = walk.lasts(section, "every", LEAST, MOST).unwrap_or(EVERY);
    let failures = match (Walk::item(section, "failures"), walk.number(section, "failures", MOST_FAILURES)) {
        (Some(found), Some(0)) => {
            let accepted = text::mistake::whole(1_u32, MOST_FAILURES);
            walk.wrong(section, "failures", found.at, text::mistake::never_reached(accepted));
            FAILURES
        }
        (_, failures) => failures.unwrap_or(FAILURES),
    };
    let then = match walk.one_of(section, "then", &["offer", "reboot"]) {
        Some(found) if found.value == "reboot" => Then::Reboot,
        _ => Then::Offer,
    };
    Some(Watchdog { instance: instance?, probe: probe?, every, failures, then })
}

/// A text that must be there and be of a form.
fn needed<'t, T>(
    walk: &mut Walk<'t>,
    section: Section<'t>,
    key: &'static str,
    form: impl Into<Phrase>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    if Walk::item(section, key).is_none() {
        walk.missing(section, key, form);
        return None;
    }
    let found = walk.text(section, key)?;
    let value = read(&found.value);
    if value.is_none() {
        walk.wrong(section, key, found.at, text::mistake::unfit(text::mistake::quoted(found.value), form));
    }
    value
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rstest::rstest;

    use super::*;
    use crate::settings::config::settings::Settings;
    use crate::words::english;

    #[test]
    fn what_is_not_said_is_the_careful_way() {
        let read = |text| Settings::parse(Path::new("c.toml"), text).unwrap().watchdogs;
        assert!(read("").is_empty(), "off unless asked for");
        let short = read("[[watchdog]]\ninstance = \"indigo/web-*\"\nprobe = \"tcp:22\"");
        let wanted = Watchdog {
            instance: "indigo/web-*".to_owned(),
            probe: Probe::Tcp(22),
            every: EVERY,
            failures: 3,
            then: Then::Offer,
        };
        assert_eq!(short, std::slice::from_ref(&wanted));
        let all = read(
            "[[watchdog]]\ninstance = \"*/db\"\nprobe = \"https://{address}/\"\nevery = \"1m\"\nfailures = 5\n\
             then = \"reboot\"\n[[watchdog]]\ninstance = \"indigo/web-*\"\nprobe = \"tcp:22\"",
        );
        assert_eq!(all[0].probe, Probe::Http("https://{address}/".to_owned()));
        assert_eq!((all[0].every, all[0].failures, all[0].then), (Duration::from_secs(60), 5, Then::Reboot));
        assert_eq!(all[1], wanted);
    }

    #[rstest]
    #[case("instance = \"web\"\nprobe = \"tcp:22\"", 2, "instance", "ACCOUNT/NAME")]
    #[case("probe = \"tcp:22\"", 1, "instance", "is missing")]
    #[case("instance = \"a/b\"", 1, "probe", "is missing")]
    #[case("instance = \"a/b\"\nprobe = \"tcp:0\"", 3, "probe", "tcp:PORT")]
    #[case("instance = \"a/b\"\nprobe = \"ping\"", 3, "probe", "http://{address}/")]
    #[case("instance = \"a/b\"\nprobe = \"tcp:22\"\nevery = \"5s\"", 4, "every", "from 10s")]
    #[case("instance = \"a/b\"\nprobe = \"tcp:22\"\nfailures = 0", 4, "failures", "from 1 to")]
    #[case("instance = \"a/b\"\nprobe = \"tcp:22\"\nthen = \"destroy\"", 4, "then", "offer, reboot")]
    #[case("instance = \"a/b\"\nprobe = \"tcp:22\"\nevry = \"30s\"", 4, "evry", "did you mean every")]
    fn a_mistake_names_line_key_and_what_is_accepted(
        #[case] text: &str,
        #[case] line: usize,
        #[case] key: &str,
        #[case] accepted: &str,
    ) {
        let said =
            english(&Settings::parse(Path::new("c.toml"), &format!("[[watchdog]]\n{text}")).unwrap_err().phrase());
        let (line, key) = (format!("c.toml:{line}: "), format!("[[watchdog]] {key}"));
        assert!(said.contains(&line) && said.contains(&key) && said.contains(accepted), "{said}");
    }
}
