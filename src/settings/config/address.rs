//! Who is asked which address this machine has on the internet. Nobody is, unless a person asks or says so here.

use reqwest::Url;

use crate::domain::text;
use crate::settings::config::endpoint::{EndpointError, check_endpoint, is_loopback};
use crate::settings::config::walk::{Section, Walk};

/// The sources that are asked where none are named: of four operators. The last two answer over IPv6, too.
const SOURCES: [&str; 4] =
    ["https://api.ipify.org", "https://checkip.amazonaws.com", "https://icanhazip.com", "https://ifconfig.co/ip"];

/// The `[address]` section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressSources {
    /// Each answers with the address that it sees, alone as text or as JSON. Two must agree.
    pub sources: Vec<String>,
    /// Whether they are asked at every start, without a person's command.
    pub ask: bool,
}

impl Default for AddressSources {
    fn default() -> Self {
        Self { sources: SOURCES.map(str::to_owned).to_vec(), ask: false }
    }
}

impl AddressSources {
    /// Whether all of them are on this machine, so that nobody is bothered.
    #[must_use]
    pub fn are_here(&self) -> bool {
        let is_here = |source: &String| Url::parse(source).is_ok_and(|url| url.host_str().is_some_and(is_loopback));
        self.sources.iter().all(is_here)
    }

    /// What each source is called: its host, with its path where two have the same host.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let urls: Vec<Option<Url>> = self.sources.iter().map(|source| Url::parse(source).ok()).collect();
        let host = |url: &Option<Url>| {
            let url = url.as_ref()?;
            let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
            Some(format!("{}{port}", url.host_str()?))
        };
        let name = |(at, source): (usize, &String)| {
            let Some(own) = host(&urls[at]) else { return source.clone() };
            let is_same = |(other, url): (usize, &Option<Url>)| other != at && host(url).as_ref() == Some(&own);
            let path = urls[at].as_ref().map_or("", Url::path);
            if urls.iter().enumerate().any(is_same) { format!("{own}{path}") } else { own }
        };
        self.sources.iter().enumerate().map(name).collect()
    }
}

pub(super) fn address<'t>(walk: &mut Walk<'t>, top: Section<'t>) -> AddressSources {
    let mut address = AddressSources::default();
    let Some(section) = walk.table(top, "address", "[address]") else { return address };
    walk.unknown_keys(section, &["sources", "ask"]);
    address.ask = walk.yes_no(section, "ask").unwrap_or(address.ask);
    let Some(found) = Walk::item(section, "sources") else { return address };
    let Some(sources) = walk.texts(section, "sources") else { return address };
    if sources.len() < 2 {
        walk.wrong(section, "sources", found.at, text::mistake::TWO_SOURCES);
    }
    for (at, source) in sources.iter().enumerate() {
        let wrong = match check_endpoint(source) {
            // Nothing secret is asked: what follows a question mark may be part of the address.
            Ok(()) | Err(EndpointError::Query) => None,
            Err(EndpointError::Plain(host)) => Some(text::mistake::plain_source(host)),
            Err(error) => Some(error.phrase()),
        };
        let twice = sources[..at].contains(source).then(|| text::mistake::TWICE.into());
        if let Some(what) = wrong.or(twice) {
            walk.wrong(section, "sources", found.at, text::mistake::source(at + 1, what));
        }
    }
    address.sources = sources;
    address
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::settings::config::settings::Settings;
    use crate::words::english;

    #[test]
    fn nobody_is_asked_unless_it_is_said_and_four_operators_are_there() {
        let read = |text| Settings::parse(Path::new("c.toml"), text).unwrap().address;
        assert_eq!(read(""), AddressSources::default());
        assert!(!read("[address]").ask && read("[address]").names().len() >= 3);
        let own = "[address]\nask = true\nsources = [\"https://a.example/?format=text\", \"http://127.0.0.1:8080/one\", \"http://127.0.0.1:8080/two\"]";
        assert_eq!(read(own).names(), ["a.example", "127.0.0.1:8080/one", "127.0.0.1:8080/two"]);
        assert!(read(own).ask && !read(own).are_here());
    }

    #[rstest::rstest]
    #[case("sources = [\"https://a.example\"]", "two of them must agree")]
    #[case("sources = [\"https://a.example\", \"http://b.example\"]", "number 2: over plain http to b.example")]
    #[case("sources = [\"https://a.example\", \"https://a.example\"]", "number 2: stands there twice")]
    #[case("sources = [\"https://a.example\", \"https://me:x@b.example\"]", "a user or password")]
    #[case("sources = [\"a.example\", \"b.example\"]", "number 1: is no address")]
    #[case("sources = \"https://a.example\"", "a list of texts")]
    #[case("ask = \"yes\"", "true or false")]
    #[case("source = []", "sources")]
    fn a_mistake_names_line_key_and_what_is_accepted(#[case] text: &str, #[case] wanted: &str) {
        let said = english(&Settings::parse(Path::new("c.toml"), &format!("[address]\n{text}")).unwrap_err().phrase());
        assert!(said.contains("address") && said.contains(wanted) && said.contains('2'), "{said}");
    }
}
