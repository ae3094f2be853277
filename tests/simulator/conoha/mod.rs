//! ConoHa VPS Ver.2.0's face.

pub(crate) mod asking;

mod around;
mod creating;
mod groups;
mod images;
mod servers;
mod tokens;
