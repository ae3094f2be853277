//! One run of the program without a screen: finds what a command names, says what would be done, carries it out, and
//! follows it. Nothing is asked or printed here: the command line does that.

pub mod allow;
pub mod carry_out;
mod decide;
pub mod error;
pub mod follow;
pub mod history;
pub mod key;
pub mod order;
mod prepared;
pub mod preview;
pub mod read;
pub mod remaining;
pub mod report;
pub mod run;
pub mod target;
pub mod verb;
pub mod waits;
