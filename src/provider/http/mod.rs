//! The one way to the network: one per account. Every request of every provider passes it, so limits of time and
//! size, the rate limiter and the redaction of secrets are in one place.
//!
//! It never sleeps, queues or retries (a 401 apart, which is proven to have had no effect): when to send is the
//! engine's business. It knows no provider.

mod clock;
mod fault;
mod http_client;
mod page;
mod path;
mod proxy;
mod quota;
mod rate_limiter;
mod recent;
mod records;
mod redact;
mod request;
mod reqwest_client;
#[cfg(test)]
pub(super) mod server;
mod token;

#[cfg(test)]
mod http_client_tests;
#[cfg(test)]
mod token_tests;

pub use clock::now;
pub use fault::SendFault;
pub use http_client::{HttpClient, HttpClientOptions};
pub use page::words_of_page;
pub use path::{NotInPath, Path, fits_path};
pub use proxy::proxy_of;
pub use rate_limiter::RateLimiter;
pub use recent::requests_since;
pub use records::{DecodeFailure, ListRecord, not_understood, one, rows};
pub use redact::{cut, redact_json, redact_text};
pub use request::{Reply, Request, RequestKind};
pub use reqwest_client::client_builder;
pub(super) use reqwest_client::is_loopback;
pub use token::{AuthSession, Authenticator, Failure, Tokens};
