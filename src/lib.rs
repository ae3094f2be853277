//! vpsdeck: a keyboard-driven terminal dashboard for virtual servers at WebARENA Indigo, ConoHa and any OpenStack.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod app;
pub mod cli;
pub mod domain;
pub mod engine;
pub mod proposal;
pub mod provider;
pub mod runtime;
pub mod session;
pub mod settings;
pub mod sim;
pub mod ui;
pub mod words;
