//! The one door to the network: one per account. Every request of every provider passes it, so limits of time and
//! size, the guard of the budget and the redaction of secrets are in one place.
//!
//! It never sleeps, queues or retries (a 401 apart, which is proven to have had no effect): when to send is the
//! engine's business. It knows no provider.

mod client;
mod clock;
mod door;
mod fault;
mod guard;
mod page;
mod path;
mod proxy;
mod quota;
mod recent;
mod records;
mod redact;
mod request;
#[cfg(test)]
mod server;
mod token;

#[cfg(test)]
mod door_tests;
#[cfg(test)]
mod token_tests;

pub(super) use client::is_loopback;
pub use clock::now;
pub use door::{Door, DoorOptions};
pub use fault::SendFault;
pub use guard::Guard;
pub use page::words_of_page;
pub use path::{NotInPath, Path, fits_path};
pub use proxy::proxy_of;
pub use recent::requests_since;
pub use records::{Odd, Record, not_understood, one, rows};
pub use redact::{cut, redact_json, redact_text};
pub use request::{Effect, Reply, Request};
pub use token::{Failure, Login, Session, Tokens};
