//! The address of one service.

use reqwest::Url;

use crate::domain::{Phrase, text};
use crate::provider::http::{NotInPath, Path, is_loopback};

/// The address of one service, below which all its calls are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) struct Endpoint(Url);

impl Endpoint {
    /// Checks and keeps an address such as `https://compute.example.com/v2`.
    pub(in crate::provider) fn new(address: &str) -> Result<Self, Phrase> {
        let url = Url::parse(address.trim()).map_err(|error| text::endpoint::no_url(address, error.to_string()))?;
        if url.cannot_be_a_base() || url.host_str().is_none() || !matches!(url.scheme(), "http" | "https") {
            return Err(text::endpoint::no_server(address));
        }
        Ok(Self(url))
    }

    /// Whether a token may be sent there: over TLS, or within this machine.
    pub(in crate::provider) fn is_guarded(&self) -> bool {
        self.0.scheme() == "https" || is_loopback(&self.0)
    }

    /// The last part of the path, where there is one.
    fn last(&self) -> Option<&str> {
        self.0.path_segments()?.rfind(|part| !part.is_empty())
    }

    /// The version at the end of the path, where there is one.
    pub(in crate::provider) fn version(&self) -> Option<&str> {
        self.last().filter(|part| is_version(part))
    }

    /// The same, with a version such as `v2.0` at its end where it ends with none: panels and catalogues name some
    /// services without.
    pub(in crate::provider) fn versioned(self, version: &str) -> Result<Self, NotInPath> {
        if self.version().is_some() { Ok(self) } else { self.with(&[version]) }
    }

    /// The same, with a version at its end where it has none anywhere: what follows a version is the service's own.
    pub(in crate::provider) fn versioned_somewhere(self, version: &str) -> Result<Self, NotInPath> {
        let has = self.0.path_segments().is_some_and(|mut parts| parts.any(is_version));
        if has { Ok(self) } else { self.with(&[version]) }
    }

    /// The same without these parts at its end: an address that was copied from an example of a call is that of the
    /// call.
    pub(in crate::provider) fn without(mut self, call: &[&str]) -> Self {
        let segments = |url: &Url| -> Vec<String> {
            url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let mut parts = segments(&self.0);
        if parts.ends_with(&call.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>()) {
            parts.truncate(parts.len() - call.len());
            self.0.set_path(&parts.join("/"));
        }
        self
    }

    /// The same, with a version and a tenant at its end. Either may stand there already.
    pub(in crate::provider) fn of_tenant(self, version: &str, tenant: &str) -> Result<Self, NotInPath> {
        match self.last() {
            Some(last) if last == tenant => Ok(self),
            // A path of a proxy's own is not touched: whoever wrote it knows what stands behind it.
            Some(last) if !is_version(last) && self.0.path_segments().is_some_and(|mut p| p.any(is_version)) => {
                Ok(self)
            }
            Some(last) if is_version(last) => self.with(&[tenant]),
            _ => self.with(&[version, tenant]),
        }
    }

    fn with(self, parts: &[&str]) -> Result<Self, NotInPath> {
        self.at_parts(parts).map(Self)
    }

    pub(in crate::provider) fn at_parts(&self, parts: &[&str]) -> Result<Url, NotInPath> {
        Ok(self.at(&Path::new(parts)?))
    }

    pub(in crate::provider) fn at(&self, path: &Path) -> Url {
        path.below(&self.0)
    }
}

/// `v2`, `v2.0`, `v2.1` …
pub(super) fn is_version(part: &str) -> bool {
    let digits = part.strip_prefix('v').unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(word: &str) -> Path {
        Path::new(&[word]).unwrap()
    }

    #[rstest::rstest]
    #[case("https://networking.tyo1.conoha.io", "https://networking.tyo1.conoha.io/v2.0/ports")]
    #[case("https://networking.tyo1.conoha.io/v2.0/", "https://networking.tyo1.conoha.io/v2.0/ports")]
    #[case("http://127.0.0.1:9/a/network", "http://127.0.0.1:9/a/network/v2.0/ports")]
    #[case("https://h/v3?x=1#y", "https://h/v3/ports")]
    fn a_version_is_put_where_none_is(#[case] given: &str, #[case] asked: &str) {
        assert_eq!(Endpoint::new(given).unwrap().versioned("v2.0").unwrap().at(&path("ports")).as_str(), asked);
    }

    #[rstest::rstest]
    #[case("https://h/v2.0/tokens", "https://h/v2.0/tokens")]
    #[case("https://h/a/v2.0/tokens/", "https://h/a/v2.0/tokens")]
    #[case("https://h/tokens", "https://h/v2.0/tokens")]
    #[case("https://tokens/", "https://tokens/v2.0/tokens")]
    fn a_call_at_the_end_is_not_asked_for_twice(#[case] given: &str, #[case] asked: &str) {
        let endpoint = Endpoint::new(given).unwrap().without(&["tokens"]).versioned("v2.0");
        assert_eq!(endpoint.unwrap().at(&path("tokens")).as_str(), asked);
    }

    #[rstest::rstest]
    #[case("https://c", "https://c/v2/t/servers")]
    #[case("https://c/v2", "https://c/v2/t/servers")]
    #[case("https://c/v2/t", "https://c/v2/t/servers")]
    #[case("https://c/compute", "https://c/compute/v2/t/servers")]
    #[case("https://c/v2/other", "https://c/v2/other/servers")]
    fn a_tenant_is_put_where_none_is(#[case] given: &str, #[case] asked: &str) {
        assert_eq!(Endpoint::new(given).unwrap().of_tenant("v2", "t").unwrap().at(&path("servers")).as_str(), asked);
    }

    #[test]
    fn a_tenant_that_would_make_another_path_is_refused() {
        assert!(Endpoint::new("https://c").unwrap().of_tenant("v2", "..").is_err());
    }

    #[rstest::rstest]
    #[case("compute.tyo1.conoha.io")]
    #[case("mailto:x@y")]
    #[case("ftp://h/")]
    #[case("")]
    fn what_is_no_address_of_a_server_is_refused(#[case] given: &str) {
        assert!(Endpoint::new(given).is_err());
    }
}
