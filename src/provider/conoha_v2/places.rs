//! Where each service is: as the configuration says, else as the token's catalogue says, else by the region.

use reqwest::Url;

use super::login::Bearer;
use crate::provider::AccountSetup;
use crate::provider::http::{NotInPath, Path};
use crate::provider::openstack::Endpoint;

/// The regions of Ver.2.0 (the provider's reference; public clients).
pub(super) const REGIONS: [&str; 5] = ["tyo1", "tyo2", "tyo3", "sin1", "sjc1"];

/// A service that is asked with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    /// Nova.
    Compute,
    /// Glance.
    Image,
    /// Neutron.
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

    /// Its type in the catalogue.
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
pub(super) struct Places {
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

impl Places {
    /// Reads them out of the configuration.
    pub(super) fn new(setup: &AccountSetup) -> Result<Self, String> {
        let (region, tenant) = (setup.required("region")?.to_owned(), setup.required("tenant_id")?.to_owned());
        let all_given = ["identity", "compute", "image", "network"].iter().all(|key| setup.value(key).is_some());
        if !all_given && !REGIONS.contains(&region.as_str()) {
            return Err(format!(
                "account \"{}\": there is no region \"{region}\"; those of ConoHa VPS Ver.2.0 are {}. With identity, \
                 compute, image and network all given, any name will do",
                setup.name,
                REGIONS.join(", ")
            ));
        }
        let at = |key: &str, host: &str| {
            setup.value(key).map_or_else(|| Endpoint::new(&format!("https://{host}.{region}.conoha.io")), Endpoint::new)
        };
        let place = |service: Service, host: &str| {
            let endpoint = service.whole(at(service.kind(), host)?, &tenant).map_err(|error| error.to_string())?;
            Ok::<_, String>(Place { endpoint, is_configured: setup.value(service.kind()).is_some() })
        };
        let login = |identity: Endpoint| Ok(identity.versioned("v2.0")?.at(&Path::of(&["tokens"])?));
        Ok(Self {
            login: login(at("identity", "identity")?.without(&["tokens"]))
                .map_err(|error: NotInPath| error.to_string())?,
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
    pub(super) fn at(&self, service: Service, session: &Bearer, path: &Path) -> Url {
        let place = match service {
            Service::Compute => &self.compute,
            Service::Image => &self.image,
            Service::Network => &self.network,
        };
        let of_catalogue = || self.of_catalogue(service, session);
        let told = if place.is_configured { None } else { of_catalogue() };
        told.as_ref().unwrap_or(&place.endpoint).at(path)
    }

    /// What the catalogue says of a service in this region. An address without TLS is not taken: the token would be
    /// read on its way.
    fn of_catalogue(&self, service: Service, session: &Bearer) -> Option<Endpoint> {
        let entries = session.catalogue.iter().filter(|entry| entry.kind == service.kind());
        let mut here = entries.flat_map(|entry| &entry.endpoints).filter(|e| e.region == self.region);
        let endpoint = Endpoint::new(&here.next()?.public_url).ok()?;
        service.whole(endpoint, &self.tenant).ok().filter(Endpoint::is_guarded)
    }
}

#[cfg(test)]
#[path = "places_tests.rs"]
mod tests;
