//! `vpsdeck account …`: one file a verb.

pub(super) mod add;
pub(super) mod check;
pub(super) mod import;
pub(super) mod list;
pub(super) mod remove;
mod save;
