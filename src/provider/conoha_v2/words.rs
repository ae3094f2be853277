//! `ConoHa`'s own phrases, in English.

use super::fields;
use crate::provider::texts::joined;
use crate::words::Table;

/// The texts besides those of the details.
const OWN: Table = &[("conoha-v2.name", "ConoHa VPS Ver.2.0")];

const ALL: [(&str, &str); OWN.len() + fields::TEXTS.len()] = joined(&[OWN, fields::TEXTS]);

/// The texts.
pub(super) const TEXTS: Table = &ALL;
