//! UUIDs made of a kind and the world's number: the same in every run, and for whoever is asked. A world file can write
//! down others.

use crate::sim::chance::Chance;
use crate::sim::world::account::Account;
use crate::sim::world::catalogue::Catalogue;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Kind {
    /// A plan; the same for everybody.
    Flavor = 1,
    /// A public image; the same for everybody.
    PublicImage,
    Image,
    Server,
    Group,
    Rule,
    Port,
    /// A server's second port.
    LocalPort,
    /// The networks of an account: 1 public, 2 private.
    Network,
    /// Their subnets: 4 and 6, and 14 in the private one.
    Subnet,
    User,
    Host,
    Volume,
}

/// The id of `number` among an account's own things.
pub fn own(kind: Kind, account: &Account, number: u64) -> String {
    let tenancy = &account.tenancy;
    let written_down = match kind {
        Kind::Server => tenancy.server_uuids.get(&number),
        Kind::Image => tenancy.image_uuids.get(&number),
        _ => None,
    };
    written_down.cloned().unwrap_or_else(|| uuid(kind, account.user, number))
}

/// The id of a plan, the same for everybody.
pub fn flavor(catalogue: &Catalogue, number: u64) -> String {
    let plan = catalogue.plans.iter().find(|plan| plan.number == number && !catalogue.uuids.is_empty());
    common(Kind::Flavor, catalogue, number, plan.map(|plan| &plan.name))
}

/// The id of a public image, the same for everybody.
pub fn public_image(catalogue: &Catalogue, number: u64) -> String {
    let image = catalogue.public.iter().find(|image| image.number == number && !catalogue.uuids.is_empty());
    common(Kind::PublicImage, catalogue, number, image.map(|image| &image.name))
}

fn common(kind: Kind, catalogue: &Catalogue, number: u64, name: Option<&String>) -> String {
    let written_down = name.and_then(|name| catalogue.uuids.get(name));
    written_down.cloned().unwrap_or_else(|| uuid(kind, 0, number))
}

/// The same without hyphens, the look of tenants and users.
pub fn hex(kind: Kind, account: &Account, number: u64) -> String {
    own(kind, account, number).replace('-', "")
}

pub fn number_of(kind: Kind, account: &Account, id: &str, numbers: impl Iterator<Item = u64>) -> Option<u64> {
    numbers.into_iter().find(|number| own(kind, account, *number) == id)
}

fn uuid(kind: Kind, owner: u64, number: u64) -> String {
    Chance::of_seed((kind as u64) << 56 ^ owner << 36 ^ number).uuid()
}
