//! Addresses: the person's own, what rules let in, whom they lock out, and what is tried to see whether a machine answers.

pub(in crate::domain) mod lock_out;
pub(in crate::domain) mod own_address;
pub(in crate::domain) mod probe;
pub(in crate::domain) mod reach;
