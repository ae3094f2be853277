//! vpsdeck: a keyboard-driven terminal dashboard for virtual servers at WebARENA Indigo and ConoHa.

pub mod sim;
