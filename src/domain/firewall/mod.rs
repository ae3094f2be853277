//! Firewalls, their rules, and how rules are read from what a person types and compared.

mod record;
pub mod rule_edit;

pub use record::{Direction, Firewall, Port, Rule, RuleSet};
