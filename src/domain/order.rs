//! An order for a new instance, in terms every provider shares.

use serde::{Deserialize, Serialize};

use crate::domain::call::{Call, Ref};
use crate::domain::hidden::Hidden;
use crate::domain::ids::ResourceId;

/// Everything a provider is told of an instance that it is to make.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Order {
    pub name: String,
    pub source: OrderSource,
    pub plan: ResourceId,
    /// Where, at providers that ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<ResourceId>,
    /// The network it is put on, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<ResourceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Ref>,
    /// The names of the firewalls it is put behind by the order itself, at providers that take them there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub firewalls: Vec<String>,
    /// The password of its administrator; none where the provider is to choose or none is used. Never written down, so
    /// that an order that is found again after the program ended has none.
    #[serde(skip)]
    pub password: Hidden,
    /// Whether the order had a password, which an order that is read back has lost.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub had_password: bool,
}

impl Order {
    /// An order for an instance from a snapshot, behind these firewalls, with this key.
    #[must_use]
    pub fn from_snapshot(
        name: &str,
        snapshot: Ref,
        plan: &ResourceId,
        firewalls: &[String],
        key: Option<&ResourceId>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            source: OrderSource::Snapshot(snapshot),
            plan: plan.clone(),
            region: None,
            network: None,
            key: key.cloned().map(Ref::Known),
            firewalls: firewalls.to_vec(),
            password: Hidden::default(),
            had_password: false,
        }
    }
}

impl From<Order> for Call {
    fn from(order: Order) -> Self {
        Self::CreateInstance { order: Box::new(order) }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderSource {
    /// An operating system or image of the catalogue, or an image of one's own.
    Image(ResourceId),
    Snapshot(Ref),
    /// A volume that is there: the instance boots from it.
    Volume(Ref),
    Import {
        /// The catalogue's entry that stands for importing.
        image: ResourceId,
        /// Where it is fetched from: https, a qcow2 file.
        url: String,
    },
}

impl OrderSource {
    /// The snapshot it is made from, where it is one.
    #[must_use]
    pub const fn snapshot(&self) -> Option<&Ref> {
        match self {
            Self::Snapshot(which) => Some(which),
            _ => None,
        }
    }
}

/// A key that is added to the provider before it is used.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewKey {
    pub name: String,
    /// The public key, one line.
    pub public: String,
}
