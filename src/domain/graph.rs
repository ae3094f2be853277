//! What an instance did lately, as a provider draws it.

use serde::{Deserialize, Serialize};

use super::time::Wall;

/// One line of a graph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    /// The key of the phrase that names it.
    pub label: String,
    /// What its values are.
    pub unit: GraphUnit,
    /// Moment and value, oldest first.
    pub points: Vec<(Wall, f64)>,
}

/// What the values of a graph are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GraphUnit {
    /// Of all there is; above 100 where several processors are counted.
    Percent,
    /// Bytes in a second.
    BytesPerSecond,
}
