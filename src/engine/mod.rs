//! What is true and what is to happen next, without a screen: the inventory of each account, what is wanted how fresh,
//! the scheduling of requests, operations and their steps.
//!
//! Pure: time comes in with [`Env`], and everything that is to be done goes out as an [`Effect`]. It knows the domain
//! and nothing else.

mod account;
mod allowed;
mod ask;
mod assigned;
mod cost;
mod durations;
mod effect;
mod env;
mod external_change;
mod firewalls;
mod invariants;
mod journal_replay;
pub mod known_on;
mod ledger;
mod lists;
mod lock_out;
mod msg;
mod pace;
mod probes;
mod probing;
mod progress;
mod protect;
mod reads;
mod schedule;
mod shown;
mod state;
mod steps;
mod transitions;
mod turns;
mod undo;
mod update;
mod wants;
mod watchdog;
mod watchers;

#[cfg(test)]
mod tests;

pub use account::{AccountState, HeldUp, LoginState};
pub use allowed::{allowing, remembered_rule};
pub use ask::{hindrance, refusal};
pub use cost::{AccountCost, CostOf, CostRow, Sum, cost};
pub use durations::Expected;
pub use effect::{Change, Effect, Notice};
pub use env::Env;
pub use external_change::ExternalChange;
pub use ledger::{Ledger, LedgerEntry, Phase};
pub use lock_out::{lock_out, lock_out_lists};
pub use msg::{Decision, Interest, Msg, OfferAnswer, Priority};
pub use protect::ProtectedBy;
pub use shown::Meter;
pub use state::Engine;
pub use steps::kind_phrase;
pub use turns::Forecast;
pub use update::update;
pub use wants::CATALOGUE;
pub use watchers::Guarded;
