//! What can be bought: plans and OS images. Each provider brings its own, from recorded answers in `assets/sim/`.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::sim::world::provider::Provider;
use crate::sim::world::{catalogue_conoha, catalogue_openstack};

const LINUX_PLANS: &str = include_str!("../../../assets/sim/indigo-specs-linux.json");
const WINDOWS_PLANS: &str = include_str!("../../../assets/sim/indigo-specs-windows.json");
const IMAGES: &str = include_str!("../../../assets/sim/indigo-oslist.json");

/// The number under which Indigo creates imports. It is in no list of images: the recorded call used it all the same.
pub const IMPORT_IMAGE: u64 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addresses {
    /// IPv4 alone.
    V4,
    /// IPv6 alone.
    V6,
    Dual,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub number: u64,
    /// Its short name, `1CR768MB`.
    pub name: String,
    pub cpus: u64,
    /// Memory in GB; 0.768 is one of them.
    pub memory: f64,
    pub disk: u64,
    pub addresses: Addresses,
    /// Whether it is for Windows; else it is for the others.
    pub windows: bool,
}

#[derive(Debug, Clone)]
pub struct Image {
    pub number: u64,
    pub windows: bool,
    pub record: Box<RawValue>,
}

/// An image that a provider with tenants offers to everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicImage {
    pub number: u64,
    /// Its name, `vmi-…`, which says for which disk it is.
    pub name: String,
    /// GB that the disk must have at least; 0 where it fits any.
    pub min_disk: u64,
    pub size: u64,
    pub windows: bool,
    /// What the provider has written to it, every value a text; may be empty.
    pub metadata: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    pub plans: Vec<Plan>,
    pub images: Vec<Image>,
    /// The images of a provider with tenants, in the order of its list.
    pub public: Vec<PublicImage>,
    /// The ids of plans and public images by their names, where they are not made from numbers.
    pub uuids: BTreeMap<String, String>,
}

impl Catalogue {
    /// Indigo's, as recorded 2024-10: 13 plans and 21 images.
    pub fn indigo() -> Self {
        let mut plans = plans_of(LINUX_PLANS, false);
        plans.extend(plans_of(WINDOWS_PLANS, true));
        Self { plans, images: images_of(IMAGES), public: Vec::new(), uuids: BTreeMap::new() }
    }

    pub fn plan_named(&self, name: &str) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.name == name)
    }

    /// The public image of that number.
    pub fn public(&self, number: u64) -> Option<&PublicImage> {
        self.public.iter().find(|image| image.number == number)
    }

    /// The public image of that name.
    pub fn public_named(&self, name: &str) -> Option<&PublicImage> {
        self.public.iter().find(|image| image.name == name)
    }

    pub fn plan(&self, number: u64) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.number == number)
    }

    pub fn image(&self, number: u64) -> Option<&Image> {
        self.images.iter().find(|image| image.number == number)
    }
}

/// What can be bought at each provider.
#[derive(Debug, Clone)]
pub struct Catalogues {
    indigo: Catalogue,
    conoha_v2: Catalogue,
    conoha: Catalogue,
    openstack: Catalogue,
}

impl Catalogues {
    /// Those of all providers. `uuids`: ids of plans and public images of a provider with tenants, by name.
    pub fn all(uuids: &BTreeMap<String, String>) -> Self {
        let with = |catalogue: Catalogue| Catalogue { uuids: uuids.clone(), ..catalogue };
        Self {
            indigo: Catalogue::indigo(),
            conoha_v2: with(catalogue_conoha::v2()),
            conoha: with(catalogue_conoha::v3()),
            openstack: with(catalogue_openstack::catalogue()),
        }
    }

    pub const fn of(&self, provider: Provider) -> &Catalogue {
        match provider {
            Provider::Indigo => &self.indigo,
            Provider::ConohaV2 => &self.conoha_v2,
            Provider::Conoha => &self.conoha,
            Provider::Openstack => &self.openstack,
        }
    }
}

fn plans_of(text: &str, windows: bool) -> Vec<Plan> {
    let all: Value = serde_json::from_str(text).unwrap_or_default();
    let Some(list) = all.get("speclist").and_then(Value::as_array) else {
        return Vec::new();
    };
    list.iter().filter_map(|spec| plan_of(spec, windows)).collect()
}

fn plan_of(spec: &Value, windows: bool) -> Option<Plan> {
    let code = spec.get("code")?.as_str()?;
    let (cpus, sizes) = code.split_once("vCPU")?;
    let (memory, disk) = match sizes.split_once("MB") {
        Some((memory, disk)) => (memory.parse::<f64>().ok()? / 1000.0, disk),
        None => {
            let (memory, disk) = sizes.split_once("GB")?;
            (memory.parse::<f64>().ok()?, disk)
        }
    };
    Some(Plan {
        number: spec.get("id")?.as_u64()?,
        name: spec.pointer("/kvm_resources/name")?.as_str()?.to_owned(),
        cpus: cpus.parse().ok()?,
        memory,
        disk: disk.trim_end_matches("GB").parse().ok()?,
        addresses: match spec.get("ipaddress_type")?.as_str()? {
            "ipv6" => Addresses::V6,
            "ipv4" => Addresses::V4,
            _ => Addresses::Dual,
        },
        windows,
    })
}

#[derive(serde::Deserialize)]
struct Categories {
    #[serde(rename = "osCategory")]
    categories: Vec<Category>,
}

#[derive(serde::Deserialize)]
struct Category {
    #[serde(rename = "osLists")]
    images: Vec<Box<RawValue>>,
}

fn images_of(text: &str) -> Vec<Image> {
    let Ok(all) = serde_json::from_str::<Categories>(text) else {
        return Vec::new();
    };
    all.categories
        .into_iter()
        .flat_map(|category| category.images)
        .filter_map(|record| {
            let fields: Value = serde_json::from_str(record.get()).ok()?;
            Some(Image {
                number: fields.get("id")?.as_u64()?,
                windows: fields.get("code")?.as_str()? == "WinOS",
                record,
            })
        })
        .collect()
}
