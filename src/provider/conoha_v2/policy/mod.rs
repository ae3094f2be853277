//! What `ConoHa` VPS Ver.2.0 can do in its own way, as tests of the policy that all share.

mod order_tests;
mod plan_tests;
mod plans_tests;
mod possible_tests;
mod risks_tests;
