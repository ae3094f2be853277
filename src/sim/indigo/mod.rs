//! WebARENA Indigo's face of the world: its paths, shapes, codes and habits, as recorded 2022-05 to 2026-05.

mod answer;
mod apikeys;
mod body;
mod catalogue;
mod context;
mod create;
mod firewalls;
mod gateway;
mod headers;
mod instances;
mod keys;
mod power;
mod record;
mod router;
mod snapshots;
mod token;

pub use gateway::{Gates, answer, stands_in};
pub use router::TOKEN_PATH;
