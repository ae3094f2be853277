//! Where each service is: as the configuration says, else as the token's catalogue says, else by the region. The last
//! only for tokens that the provider itself gave out: one of another cloud is sent where that cloud says, or nowhere.

use reqwest::Url;

use super::login::Bearer;
use crate::domain::{Fault, Phrase, text};
use crate::provider::AccountSetup;
use crate::provider::http::{NotInPath, Path, not_understood};
use crate::provider::openstack::Endpoint;
use crate::provider::openstack::wire::ServiceEndpoint;

pub(super) const LABEL: &str = "ConoHa VPS Ver.2.0";
/// The regions of Ver.2.0 (the provider's reference; public clients).
pub(super) const REGIONS: [&str; 5] = ["tyo1", "tyo2", "tyo3", "sin1", "sjc1"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Compute,
    Image,
    Network,
}

impl Service {
    /// What it is called, in faults and where it rests.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute service",
            Self::Image => "image service",
            Self::Network => "network service",
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Image => "image",
            Self::Network => "network",
        }
    }

    /// Its address with the version at its end, which panels and the catalogue leave out of some.
    fn whole(self, endpoint: Endpoint, tenant: &str) -> Result<Endpoint, NotInPath> {
        match self {
            Self::Compute => endpoint.without(&["detail"]).without(&["servers"]).of_tenant("v2", tenant),
            Self::Image => endpoint.without(&["images"]).versioned("v2"),
            Self::Network => endpoint.without(&["security-groups"]).without(&["ports"]).versioned("v2.0"),
        }
    }
}

/// Where the services of one account are.
#[derive(Debug, Clone)]
pub(super) struct Endpoints {
    pub(super) region: String,
    pub(super) tenant: String,
    login: Url,
    compute: Place,
    image: Place,
    network: Place,
}

#[derive(Debug, Clone)]
struct Place {
    endpoint: Endpoint,
    /// Whether the configuration names it, so that the catalogue does not count.
    is_configured: bool,
}

pub(super) fn is_own(url: &Url) -> bool {
    url.scheme() == "https" && url.host_str().is_some_and(|host| host.ends_with(".conoha.io"))
}

impl Endpoints {
    pub(super) fn new(setup: &AccountSetup) -> Result<Self, Phrase> {
        let (region, tenant) = (setup.required("region")?.to_owned(), setup.required("tenant_id")?.to_owned());
        let all_given = ["identity", "compute", "image", "network"].iter().all(|key| setup.value(key).is_some());
        if !all_given && !REGIONS.contains(&region.as_str()) {
            return Err(text::account::no_region(setup.name.as_str(), region, LABEL, REGIONS.join(", ")));
        }
        let at = |key: &str, host: &str| {
            setup.value(key).map_or_else(|| Endpoint::new(&format!("https://{host}.{region}.conoha.io")), Endpoint::new)
        };
        let place = |service: Service, host: &str| {
            let endpoint = service.whole(at(service.kind(), host)?, &tenant).map_err(|error| error.phrase())?;
            Ok::<_, Phrase>(Place { endpoint, is_configured: setup.value(service.kind()).is_some() })
        };
        let login = |identity: Endpoint| Ok(identity.versioned("v2.0")?.at(&Path::of(&["tokens"])?));
        Ok(Self {
            login: login(at("identity", "identity")?.without(&["tokens"]))
                .map_err(|error: NotInPath| error.phrase())?,
            compute: place(Service::Compute, "compute")?,
            image: place(Service::Image, "image-service")?,
            network: place(Service::Network, "networking")?,
            region: region.clone(),
            tenant: tenant.clone(),
        })
    }

    /// Where tokens are given out.
    pub(super) fn login(&self) -> Url {
        self.login.clone()
    }

    /// The address of a path of a service.
    ///
    /// # Errors
    /// It is not known where the service is to which this token may go.
    pub(super) fn at(&self, service: Service, session: &Bearer, path: &Path) -> Result<Url, Fault> {
        let place = match service {
            Service::Compute => &self.compute,
            Service::Image => &self.image,
            Service::Network => &self.network,
        };
        if place.is_configured {
            return Ok(place.endpoint.at(path));
        }
        if let Some(told) = self.of_catalogue(service, session) {
            return Ok(told.at(path));
        }
        let login = self.login();
        if is_own(&login) {
            return Ok(place.endpoint.at(path));
        }
        let (kind, host, region) = (service.kind(), login.host_str().unwrap_or("?"), &self.region);
        let said = text::elsewhere::no_service(host, kind, region.as_str());
        Err(not_understood("serviceCatalog", said, ""))
    }

    /// What the catalogue says of a service in this region; of another cloud, which may call its only region anything,
    /// the only address. One without TLS is not taken: the token would be read on its way.
    fn of_catalogue(&self, service: Service, session: &Bearer) -> Option<Endpoint> {
        let entries = session.catalogue.iter().filter(|entry| entry.kind == service.kind());
        let all: Vec<&ServiceEndpoint> = entries.flat_map(|entry| &entry.endpoints).collect();
        let only = || match all.as_slice() {
            [only] if !is_own(&self.login()) => Some(*only),
            _ => None,
        };
        let here = all.iter().find(|e| e.region == self.region).copied().or_else(only)?;
        let endpoint = Endpoint::new(&here.public_url).ok()?;
        service.whole(endpoint, &self.tenant).ok().filter(Endpoint::is_guarded)
    }
}

#[cfg(test)]
#[path = "endpoints_tests.rs"]
mod tests;
