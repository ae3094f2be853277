//! A change before it is confirmed: what it is about, what can be chosen, the facts, the steps and how it is confirmed.
//! The dialog of the dashboard and the command line are two faces of it. Nothing here knows a screen.

pub(crate) mod build_actions;
pub mod confirm;
pub mod confirmation;
pub mod facts;
pub(crate) mod options;
pub mod order;
pub mod step_words;
