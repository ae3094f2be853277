//! Where the services of Ver.2.0 are by their region. That counts only for tokens that the provider itself gave out: one
//! of another cloud is sent where that cloud says, or nowhere.

use std::collections::BTreeMap;

use reqwest::Url;

use crate::domain::{Phrase, text};
use crate::provider::AccountSetup;
use crate::provider::http::{NotInPath, Path};
use crate::provider::openstack::endpoint::Endpoint;
use crate::provider::openstack::endpoints::{ComputePath, Endpoints, Service, configured};

pub(super) const LABEL: &str = "ConoHa VPS Ver.2.0";

/// The regions of Ver.2.0 (the provider's reference; public clients).
pub(super) const REGIONS: [&str; 5] = ["tyo1", "tyo2", "tyo3", "sin1", "sjc1"];

const HOSTS: [(Service, &str); 3] =
    [(Service::Compute, "compute"), (Service::Image, "image-service"), (Service::Network, "networking")];

pub(super) fn is_own(url: &Url) -> bool {
    url.scheme() == "https" && url.host_str().is_some_and(|host| host.ends_with(".conoha.io"))
}

pub(super) fn endpoints(setup: &AccountSetup) -> Result<Endpoints, Phrase> {
    let (region, tenant) = (setup.required("region")?.to_owned(), setup.required("tenant_id")?);
    let all_given = ["identity", "compute", "image", "network"].iter().all(|key| setup.value(key).is_some());
    if !all_given && !REGIONS.contains(&region.as_str()) {
        return Err(text::account::no_region(setup.name.as_str(), region, LABEL, REGIONS.join(", ")));
    }
    // It stands in addresses.
    let not_in_path = |error: NotInPath| error.phrase();
    Path::new(&[tenant]).map_err(not_in_path)?;
    let at = |host: &str| Endpoint::new(&format!("https://{host}.{region}.conoha.io"));
    let identity = setup.value("identity").map_or_else(|| at("identity"), Endpoint::new)?.without(&["tokens"]);
    let login = identity.versioned("v2.0").and_then(|at| at.at_parts(&["tokens"])).map_err(not_in_path)?;
    let is_own = is_own(&login);
    let known = HOSTS.into_iter().filter(|_| is_own).map(|(service, host)| Ok((service, at(host)?)));
    Ok(Endpoints {
        known: known.collect::<Result<BTreeMap<_, _>, Phrase>>()?,
        configured: configured(setup)?,
        interface: "public".to_owned(),
        compute: ComputePath::OfTenant("v2"),
        any_region: !is_own,
        region: Some(region),
        login,
    })
}

#[cfg(test)]
#[path = "endpoints_tests.rs"]
mod tests;
