//! ConoHa's faces.

pub(crate) mod asking;

mod any_order;
mod around;
mod creating;
mod groups;
mod images;
mod servers;
mod tokens;
mod volumes;
