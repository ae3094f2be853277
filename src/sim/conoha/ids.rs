//! UUIDs made of a kind and the world's number: the same in every run, and for whoever is asked.

use crate::sim::chance::Chance;
use crate::sim::world::account::Account;

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Kind {
    /// A plan; the same for everybody.
    Flavor = 1,
    /// A public image; the same for everybody.
    PublicImage,
    /// A saved image.
    Image,
    /// A server.
    Server,
    /// A security group.
    Group,
    /// A rule of one.
    Rule,
    /// A server's port.
    Port,
    /// A server's second port.
    LocalPort,
    /// The networks of an account: 1 public, 2 private.
    Network,
    /// Their subnets: 4 and 6, and 14 in the private one.
    Subnet,
    /// An API user.
    User,
    /// A host.
    Host,
}

/// The id of `number` among an account's own things.
pub fn own(kind: Kind, account: &Account, number: u64) -> String {
    uuid(kind, account.user, number)
}

/// The id of something that is the same for everybody.
pub fn common(kind: Kind, number: u64) -> String {
    uuid(kind, 0, number)
}

/// The same without hyphens, the look of tenants and users.
pub fn hex(kind: Kind, account: &Account, number: u64) -> String {
    own(kind, account, number).replace('-', "")
}

/// Which of these numbers an id belongs to.
pub fn number_of(kind: Kind, account: &Account, id: &str, numbers: impl Iterator<Item = u64>) -> Option<u64> {
    numbers.into_iter().find(|number| own(kind, account, *number) == id)
}

fn uuid(kind: Kind, owner: u64, number: u64) -> String {
    Chance::of_seed((kind as u64) << 56 ^ owner << 36 ^ number).uuid()
}
