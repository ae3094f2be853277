//! From what only `ConoHa` sends to the words of the trade. Pure.

mod backup;
mod graphs;
mod quota;

pub(super) use backup::backup;
pub(super) use graphs::graphs;
pub(super) use quota::quota;
