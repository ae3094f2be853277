//! Where each service is: as the configuration says, else as the token's catalogue says, else where the provider itself
//! is known to have it.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Url;
use serde_json::Value;

use crate::domain::{Fault, Phrase, text};
use crate::provider::AccountSetup;
use crate::provider::http::{NotInPath, Path};
use crate::provider::openstack::endpoint::{Endpoint, is_version};
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

    /// The types under which a catalogue may name it, the better first: clouds that grew old name a version as well.
    const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Compute => &["compute", "computev21"],
            Self::Image => &["image", "imagev2"],
            Self::Network => &["network", "networkv2"],
            Self::Volume => &["volumev3", "block-storage", "volume"],
        }
    }

    /// Whether it can be asked by a version that a list of versions names.
    const fn speaks(self, (major, minor): (u32, u32)) -> bool {
        match self {
            Self::Compute => major == 2 && minor <= 1,
            Self::Image | Self::Network => major == 2,
            Self::Volume => major == 3,
        }
    }

    /// Its address with the version at its end, which panels and catalogues leave out of some.
    fn whole(self, endpoint: Endpoint, compute: ComputePath, project: &str) -> Result<Endpoint, NotInPath> {
        match (self, compute) {
            (Self::Compute, path) => {
                let endpoint = endpoint.without(&["detail"]).without(&["servers"]);
                match path {
                    ComputePath::OfTenant(version) => endpoint.of_tenant(version, project),
                    // What came before 2.1 wants the project in its address.
                    ComputePath::Versioned(_) if matches!(endpoint.version(), Some("v2" | "v2.0")) => {
                        endpoint.of_tenant("v2", project)
                    }
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
    /// The address of a path of a service. `told`: where it said itself that it is spoken.
    ///
    /// # Errors
    /// It is not known where the service is to which this token may go.
    pub(in crate::provider) fn at(
        &self,
        service: Service,
        told: Option<&Endpoint>,
        session: &Bearer,
        path: &Path,
    ) -> Result<Url, Fault> {
        let whole = |endpoint: &Endpoint| service.whole(endpoint.clone(), self.compute, &session.project);
        let whole = |endpoint: &Endpoint| Ok(whole(endpoint).map_err(|error| error.of_read())?.at(path));
        if let Some(endpoint) = told.or_else(|| self.configured.get(&service)) {
            return whole(endpoint);
        }
        if let Some(endpoint) = self.of_catalogue(service, session) {
            return whole(&endpoint);
        }
        self.known.get(&service).map_or_else(|| Err(self.nowhere(service, session)), whole)
    }

    /// What the catalogue says of a service, under the best of its types that it names.
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
        let named = |of: fn(&CatalogueEntry) -> &str, among: &mut dyn Iterator<Item = &CatalogueEntry>| {
            among.map(of).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
        };
        let anywhere = || session.catalogue.iter().filter(|entry| service.kinds().contains(&entry.kind.as_str()));
        let here = self.entries(service, session);
        let regions = named(|entry| &entry.region, &mut here.iter().copied());
        let is_here = |region: &String| here.iter().any(|entry| entry.region == *region);
        let said = match &self.region {
            _ if anywhere().next().is_none() => text::elsewhere::no_such_service(host, kind),
            _ if here.is_empty() => {
                let interfaces = named(|entry| &entry.interface, &mut anywhere());
                text::elsewhere::other_interfaces(host, kind, self.interface.as_str(), interfaces)
            }
            Some(region) if is_here(region) => text::elsewhere::no_service(host, kind, region.as_str()),
            Some(region) => text::elsewhere::other_regions(host, kind, region.as_str(), regions),
            None => text::elsewhere::which_region(host, kind, regions),
        };
        Fault::NotOffered { said }
    }
}

/// What a service answers with to an address without a version that it knows: where each version is.
pub(in crate::provider) struct Versions(Vec<ServiceVersion>);

struct ServiceVersion {
    name: String,
    number: (u32, u32),
    /// Its path, where the list tells it.
    path: Option<String>,
}

impl Versions {
    /// Nova and Glance answer with `{"choices":[…]}` or `{"versions":[…]}`, Keystone with `{"versions":{"values":[…]}}`;
    /// the links of the first go on with the path that was asked for (seen at Zed, 2026).
    pub(in crate::provider) fn read(body: &str) -> Option<Self> {
        let sent: Value = serde_json::from_str(body).ok()?;
        let list = sent.get("choices").or_else(|| sent.get("versions"))?;
        let list = list.get("values").unwrap_or(list).as_array()?;
        let version = |entry: &Value| {
            let name = entry.get("id")?.as_str()?;
            let (major, minor) = name.trim_start_matches('v').split_once('.').unwrap_or((name, "0"));
            let number = (major.trim_start_matches('v').parse().ok()?, minor.parse().ok()?);
            let links = entry.get("links").and_then(Value::as_array);
            let is_self = |link: &&Value| link.get("rel").and_then(Value::as_str) == Some("self");
            let href = links.and_then(|links| links.iter().find(is_self)).and_then(|link| link.get("href")?.as_str());
            let path = href.and_then(|href| Some(Url::parse(href).ok()?.path().to_owned()));
            Some(ServiceVersion { name: name.to_owned(), number, path })
        };
        let all: Vec<ServiceVersion> = list.iter().filter_map(version).collect();
        (!all.is_empty()).then_some(Self(all))
    }

    /// Where a service is to be asked that answered with this at `asked`. Of a link only the path is taken: whatever host
    /// it names, the login stays where it was.
    pub(in crate::provider) fn endpoint(&self, service: Service, asked: &Url) -> Option<Endpoint> {
        let spoken = self.0.iter().filter(|version| service.speaks(version.number));
        let best = spoken.max_by_key(|version| version.number)?;
        let mut parts: Vec<&str> = best.path.as_deref()?.split('/').filter(|part| !part.is_empty()).collect();
        parts.truncate(parts.iter().position(|part| is_version(part))? + 1);
        let mut url = asked.clone();
        url.set_query(None);
        url.set_path(&parts.join("/"));
        Endpoint::new(url.as_str()).ok()
    }

    /// What they are called.
    pub(in crate::provider) fn names(&self) -> String {
        self.0.iter().map(|version| version.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
#[path = "endpoints_tests.rs"]
mod tests;
