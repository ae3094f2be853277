//! What an instance did lately, as a provider draws it.

use crate::domain::Text;
use serde::{Deserialize, Serialize};

use crate::domain::time::Timestamp;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Graph {
    pub label: Text,
    pub unit: GraphUnit,
    /// Moment and value, oldest first.
    pub points: Vec<(Timestamp, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GraphUnit {
    /// Of all there is; above 100 where several processors are counted.
    Percent,
    /// Bytes in a second.
    BytesPerSecond,
}
