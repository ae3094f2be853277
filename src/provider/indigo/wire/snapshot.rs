//! `GET /webarenaIndigo/v1/disk/snapshotlist/{instance}`: a bare array.

use serde::Deserialize;

use super::lenient;
use crate::domain::{ResourceId, Timestamp};

/// A snapshot, recorded October 2024. Its instance is not told: lists are per instance. `user_id` is a string here and
/// a number elsewhere; `slot_number` is 0 in every sample, several snapshots of one disk included.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SnapshotRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) name: String,
    /// `running` while it is being made, then `created`; `failed` stands in the provider's own samples.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) status: String,
    /// Bytes as a string; `""` while it is being made.
    #[serde(default, deserialize_with = "lenient::count")]
    pub(crate) size: Option<u64>,
    #[serde(default, deserialize_with = "lenient::count")]
    pub(crate) deleted: Option<u64>,
    /// `0000-00-00 00:00:00` while it is being made.
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) completed_timestamp: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) service_id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) volume: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) slot_number: String,
}
