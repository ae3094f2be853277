//! The simulator: one world on a clock of its own, and an HTTP face of each provider.
//!
//! `vpsdeck --demo`, `vpsdeck simulate` and the tests use the same one. It is real HTTP on a loopback port with the
//! recorded bodies and their quirks, the quotas as the provider enforces them, life cycles that take their time, and
//! faults by name. Nothing moves between requests: each first lets happen what was due, in its order.
//!
//! It may know nothing of the rest of this crate. A wire type shared with the client would make every test against it
//! circular: both would be wrong together.
//!
//! | where | what |
//! | --- | --- |
//! | [`world`] | accounts, machines, snapshots, firewalls, keys; verbs and refusals, no HTTP |
//! | [`worldfile`], [`seed`] | a world as it is written down, and how one is founded from it |
//! | [`script`] | changes made elsewhere, by a script or by another program |
//! | [`address`] | a source that says which address it sees, beside the world |
//! | [`clock`], [`chance`] | time with a speed, chance with a seed |
//! | [`quirks`] | a switch wherever the record is silent or contradicts itself |
//! | [`quota`], [`faults`], [`log`] | the gateway's limits, what goes wrong, what really happened |
//! | [`request_context`], [`indigo`], [`conoha`] | what a face is given and gives; the faces of WebARENA Indigo and of ConoHa VPS Ver.2.0, which is Ver.3.0's and upstream's OpenStack's as well |
//! | [`serve`], [`control`](serve) | the port, and `/_sim` for other programs |
//!
//! Another provider is a folder beside `indigo` and `conoha` over the same world, a [`Provider`](world::provider::Provider), and an arm
//! wherever the provider is asked for: in `state`, [`seed`] and [`serve`].

pub mod address;
pub mod chance;
pub mod clock;
pub mod conoha;
mod control;
mod deliver;
pub mod faults;
pub mod indigo;
mod listener;
pub mod log;
pub mod quirks;
pub mod quota;
pub mod request_context;
pub mod script;
pub mod seed;
pub mod serve;
mod state;
mod strict;
pub mod world;
pub mod worldfile;

pub use faults::{Fault, FaultKind};
pub use log::{Effect, Logged, Origin};
pub use quirks::Quirks;
pub use script::{Change, ChangeError, Op};
pub use serve::{AccountInfo, ConohaInfo, OpenstackInfo, Options, Simulation};
pub use world::World;
pub use worldfile::{WorldFile, WorldFileError};
