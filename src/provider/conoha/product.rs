//! Where the services of the two products are by their region. That counts only for tokens that the provider itself gave
//! out: one of another cloud is sent where that cloud says, or nowhere.

use std::collections::BTreeMap;

use reqwest::Url;

use crate::domain::{Phrase, text};
use crate::provider::AccountSetup;
use crate::provider::http::{NotInPath, Path};
use crate::provider::openstack::endpoint::Endpoint;
use crate::provider::openstack::endpoints::{ComputePath, Endpoints, Service, configured};

/// What the addresses of a product are made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::provider) struct Product {
    pub(in crate::provider) label: &'static str,
    pub(in crate::provider) regions: &'static [&'static str],
    /// The version of Identity, as it stands in addresses.
    pub(in crate::provider) identity: &'static str,
    /// Where tokens are given out below it.
    pub(in crate::provider) tokens: &'static [&'static str],
    pub(in crate::provider) compute: ComputePath,
    /// How the hosts of the services are called.
    pub(in crate::provider) hosts: &'static [(Service, &'static str)],
}

/// The provider's reference; public clients.
pub(in crate::provider) const VER_2: Product = Product {
    label: "ConoHa VPS Ver.2.0",
    regions: &["tyo1", "tyo2", "tyo3", "sin1", "sjc1"],
    identity: "v2.0",
    tokens: &["tokens"],
    compute: ComputePath::OfTenant("v2"),
    hosts: &[(Service::Compute, "compute"), (Service::Image, "image-service"), (Service::Network, "networking")],
};

/// The provider's reference; of the second region two public clients tell.
pub(in crate::provider) const VER_3: Product = Product {
    label: "ConoHa VPS Ver.3.0",
    regions: &["c3j1", "c3j2"],
    identity: "v3",
    tokens: &["auth", "tokens"],
    compute: ComputePath::Versioned("v2.1"),
    hosts: &[
        (Service::Compute, "compute"),
        (Service::Image, "image-service"),
        (Service::Network, "networking"),
        (Service::Volume, "block-storage"),
    ],
};

pub(in crate::provider) fn is_own(url: &Url) -> bool {
    url.scheme() == "https" && url.host_str().is_some_and(|host| host.ends_with(".conoha.io"))
}

impl Product {
    /// Where the services of an account are.
    ///
    /// # Errors
    /// What is wrong with its addresses.
    pub(in crate::provider) fn endpoints(&self, setup: &AccountSetup) -> Result<Endpoints, Phrase> {
        let region = setup.required("region")?.to_owned();
        let mut needed = std::iter::once("identity").chain(self.hosts.iter().map(|(service, _)| service.kind()));
        if !needed.all(|key| setup.value(key).is_some()) && !self.regions.contains(&region.as_str()) {
            let known = self.regions.join(", ");
            return Err(text::account::no_region(setup.name.as_str(), region, self.label, known));
        }
        let not_in_path = |error: NotInPath| error.phrase();
        if let ComputePath::OfTenant(_) = self.compute {
            Path::new(&[setup.required("tenant_id")?]).map_err(not_in_path)?;
        }
        let at = |host: &str| Endpoint::new(&format!("https://{host}.{region}.conoha.io"));
        let identity = setup.value("identity").map_or_else(|| at("identity"), Endpoint::new)?.without(self.tokens);
        let login = identity.versioned(self.identity).and_then(|at| at.at_parts(self.tokens)).map_err(not_in_path)?;
        let is_own = is_own(&login);
        let known = self.hosts.iter().filter(|_| is_own).map(|(service, host)| Ok((*service, at(host)?)));
        Ok(Endpoints {
            known: known.collect::<Result<BTreeMap<_, _>, Phrase>>()?,
            configured: configured(setup)?,
            interface: "public".to_owned(),
            compute: self.compute,
            any_region: !is_own,
            region: Some(region),
            login,
        })
    }
}

#[cfg(test)]
#[path = "product_tests.rs"]
mod tests;
