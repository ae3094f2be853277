//! What `ConoHa` VPS Ver.2.0 can do in its own way. Pure.

pub(super) mod order;
pub(super) mod plans;
pub(super) mod room;

#[cfg(test)]
mod order_tests;
#[cfg(test)]
mod plan_tests;
#[cfg(test)]
mod plans_tests;
#[cfg(test)]
mod possible_tests;
#[cfg(test)]
mod risks_tests;
