//! What a login gives: a token, and where the services are as far as it tells.

use secrecy::SecretString;

use crate::domain::Timestamp;
use crate::provider::http::{AuthSession, Request};

pub(in crate::provider) struct Bearer {
    pub(in crate::provider) token: SecretString,
    pub(in crate::provider) ends: Option<Timestamp>,
    /// The id of the project that it is for.
    pub(in crate::provider) project: String,
    /// Whether it may see what is not its project's: services then send that of all projects.
    pub(in crate::provider) is_admin: bool,
    pub(in crate::provider) catalogue: Vec<CatalogueEntry>,
}

/// Where a service is in one region, on one of its interfaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) struct CatalogueEntry {
    /// The type of the service: `compute`, `image`, `volumev3` …
    pub(in crate::provider) kind: String,
    /// `public`, `internal` or `admin`.
    pub(in crate::provider) interface: String,
    pub(in crate::provider) region: String,
    pub(in crate::provider) url: String,
}

impl Bearer {
    pub(in crate::provider) fn on(&self, request: Request) -> Request {
        request.secret_header("x-auth-token", self.token.clone())
    }

    pub(in crate::provider) fn scope(&self) -> Scope {
        Scope { project: self.project.clone(), is_admin: self.is_admin }
    }
}

/// Whose things are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::provider) struct Scope {
    pub(in crate::provider) project: String,
    pub(in crate::provider) is_admin: bool,
}

impl AuthSession for Bearer {
    fn ends(&self) -> Option<Timestamp> {
        self.ends
    }
}

/// When a token ends. Where that has passed already, the clock that is known is not the one that wrote it, and only how
/// long it is good from when it was given out tells anything.
pub(in crate::provider) fn ends(
    expires: Timestamp,
    issued: Option<Timestamp>,
    server_now: Timestamp,
) -> Option<Timestamp> {
    if expires > server_now {
        return Some(expires);
    }
    issued.map(|issued| server_now + expires.since(issued))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The end is written by a clock that is two days behind.
    #[test]
    fn an_end_that_has_passed_is_counted_from_the_login() {
        let (issued, expires) = (Timestamp(1_637_420_081_643), Timestamp(1_637_506_481_000));
        let now = Timestamp(expires.0 + 24 * 3_600_000);
        assert_eq!(ends(expires, Some(issued), now), Some(Timestamp(now.0 + 86_399_357)));
        assert_eq!(ends(expires, None, now), None);
    }
}
