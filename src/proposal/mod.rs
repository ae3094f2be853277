//! What a change is before it is confirmed: what it is about, its options, what is to be known of it, its steps, and how
//! it is confirmed. The dialog and the command line are two faces of it; neither is known here.

mod build;
mod build_actions;
mod confirmation;
mod content;
mod default_names;
pub mod expected_time;
pub mod facts;
mod options;
pub mod order;
mod overtaken;
mod step_words;

pub use confirmation::typed_from;
pub use content::{Confirmation, OptionKind, Proposal, ProposalOption, Subject};
pub use default_names::DefaultNames;
pub use step_words::{step_line, step_lines, step_number, step_phrase};
