//! Where each service is: as the configuration says, else as the token's catalogue says, else where the provider itself
//! is known to have it.

use std::collections::BTreeMap;

use reqwest::Url;

use crate::domain::{Fault, Phrase, text};
use crate::provider::AccountSetup;
use crate::provider::http::{NotInPath, Path, not_understood};
use crate::provider::openstack::endpoint::Endpoint;
use crate::provider::openstack::session::{Bearer, CatalogueEntry};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::provider) enum Service {
    Compute,
    Image,
    Network,
    Volume,
}

impl Service {
    pub(in crate::provider) const ALL: [Self; 4] = [Self::Compute, Self::Image, Self::Network, Self::Volume];

    /// What it is called, in faults and where it rests.
    pub(in crate::provider) const fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute service",
            Self::Image => "image service",
            Self::Network => "network service",
            Self::Volume => "volume service",
        }
    }

    /// The key of an account that names its address.
    pub(in crate::provider) const fn kind(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Image => "image",
            Self::Network => "network",
            Self::Volume => "volume",
        }
    }

    /// The types under which a catalogue may name it, the better first.
    const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Compute => &["compute"],
            Self::Image => &["image"],
            Self::Network => &["network"],
            Self::Volume => &["volumev3", "block-storage", "volume"],
        }
    }

    /// Its address with the version at its end, which panels and catalogues leave out of some.
    fn whole(self, endpoint: Endpoint, compute: ComputePath, project: &str) -> Result<Endpoint, NotInPath> {
        match (self, compute) {
            (Self::Compute, path) => {
                let endpoint = endpoint.without(&["detail"]).without(&["servers"]);
                match path {
                    ComputePath::OfTenant(version) => endpoint.of_tenant(version, project),
                    ComputePath::Versioned(version) => endpoint.versioned_somewhere(version),
                }
            }
            (Self::Image, _) => endpoint.without(&["images"]).versioned("v2"),
            (Self::Volume, _) => endpoint.without(&["detail"]).without(&["volumes"]).of_tenant("v3", project),
            (Self::Network, _) => endpoint.without(&["security-groups"]).without(&["ports"]).versioned("v2.0"),
        }
    }
}

/// What stands at the end of the compute service's address where panel or catalogue left it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::provider) enum ComputePath {
    Versioned(&'static str),
    /// The version and the tenant.
    OfTenant(&'static str),
}

/// Where the services of one account are.
#[derive(Debug, Clone)]
pub(in crate::provider) struct Endpoints {
    /// None where the catalogue has but one.
    pub(in crate::provider) region: Option<String>,
    /// Which of the addresses of a service: `public`, `internal`, `admin`.
    pub(in crate::provider) interface: String,
    /// Where tokens are given out.
    pub(in crate::provider) login: Url,
    pub(in crate::provider) compute: ComputePath,
    /// Whether the only address of a service counts whatever its region is called.
    pub(in crate::provider) any_region: bool,
    /// Addresses that the configuration names, so that the catalogue does not count.
    pub(in crate::provider) configured: BTreeMap<Service, Endpoint>,
    /// Where the services are for which the catalogue names no address.
    pub(in crate::provider) known: BTreeMap<Service, Endpoint>,
}

/// The addresses that an account names.
///
/// # Errors
/// Which is no address.
pub(in crate::provider) fn configured(setup: &AccountSetup) -> Result<BTreeMap<Service, Endpoint>, Phrase> {
    let named = Service::ALL.into_iter().filter_map(|service| Some((service, setup.value(service.kind())?)));
    named.map(|(service, address)| Ok((service, Endpoint::new(address)?))).collect()
}

impl Endpoints {
    /// The address of a path of a service.
    ///
    /// # Errors
    /// It is not known where the service is to which this token may go.
    pub(in crate::provider) fn at(&self, service: Service, session: &Bearer, path: &Path) -> Result<Url, Fault> {
        let whole = |endpoint: &Endpoint| service.whole(endpoint.clone(), self.compute, &session.project);
        let whole = |endpoint: &Endpoint| Ok(whole(endpoint).map_err(|error| error.of_read())?.at(path));
        if let Some(endpoint) = self.configured.get(&service) {
            return whole(endpoint);
        }
        if let Some(endpoint) = self.of_catalogue(service, session) {
            return whole(&endpoint);
        }
        self.known.get(&service).map_or_else(|| Err(self.nowhere(service, session)), whole)
    }

    fn entries<'b>(&self, service: Service, session: &'b Bearer) -> Vec<&'b CatalogueEntry> {
        let of = |kind: &&str| -> Vec<&'b CatalogueEntry> {
            let is = |entry: &&CatalogueEntry| entry.kind == *kind && entry.interface == self.interface;
            session.catalogue.iter().filter(is).collect()
        };
        service.kinds().iter().map(of).find(|entries| !entries.is_empty()).unwrap_or_default()
    }

    /// What the catalogue says of a service in this region. An address without TLS is not taken: the token would be read
    /// on its way.
    fn of_catalogue(&self, service: Service, session: &Bearer) -> Option<Endpoint> {
        let all = self.entries(service, session);
        let only = || match all.as_slice() {
            [only] if self.any_region || self.region.is_none() => Some(*only),
            _ => None,
        };
        let here = all.iter().find(|entry| self.region.as_ref() == Some(&entry.region)).copied().or_else(only)?;
        Endpoint::new(&here.url).ok().filter(Endpoint::is_guarded)
    }

    fn nowhere(&self, service: Service, session: &Bearer) -> Fault {
        let (kind, host) = (service.kind(), self.login.host_str().unwrap_or("?"));
        let mut regions: Vec<&str> = self.entries(service, session).iter().map(|e| e.region.as_str()).collect();
        regions.sort_unstable();
        regions.dedup();
        let elsewhere = regions.join(", ");
        let said = match (&self.region, regions.as_slice()) {
            (Some(region), []) => text::elsewhere::no_service(host, kind, region.as_str()),
            (Some(region), _) => text::elsewhere::other_regions(host, kind, region.as_str(), elsewhere),
            (None, []) => text::elsewhere::no_such_service(host, kind),
            (None, _) => text::elsewhere::which_region(host, kind, elsewhere),
        };
        not_understood("catalogue", said, "")
    }
}
