//! How long things take, in world seconds.

use serde::{Deserialize, Serialize};

/// The durations of one world. The defaults are what was recorded or what users waited for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Durations {
    /// From a create until the machine is provisioned: 64 s recorded.
    pub install: f64,
    /// One percent of an import's download.
    pub import_percent: f64,
    /// Until a bad address of an import is noticed.
    pub bad_url: f64,
    /// After provisioning, while a start is still refused.
    pub settle: f64,
    pub start: f64,
    /// From a stop to Stopped: "some minutes"; users waited 55 s to 5 min.
    pub stop: f64,
    pub force_stop: f64,
    pub reset: f64,
    /// A destroyed machine stays in the list for so long.
    pub linger: f64,
    pub snapshot: f64,
    /// A restore, which nothing shows.
    pub restore: f64,
    /// Life of an access token, as the provider counts it: 3599 s recorded.
    pub token: f64,
    /// ConoHa: from a create to ACTIVE, 40 to 120 s.
    pub build: f64,
    pub rebuild: f64,
    /// ConoHa: from a resize until it waits to be confirmed, "minutes"; a revert takes half of it.
    pub resize: f64,
    /// ConoHa: from a confirmation until it is done.
    pub confirm: f64,
    /// ConoHa: saving a server as an image; 3 min 14 s recorded for 20 GB.
    pub save_image: f64,
    /// Making a volume of an image.
    pub make_volume: f64,
    /// ConoHa: a server being deleted is still listed for so long.
    pub delete: f64,
    /// ConoHa: a clean stop that the guest ignores ends by force after so long, as upstream's does.
    pub stop_timeout: f64,
    /// ConoHa: life of a token, 24 h recorded.
    pub cloud_token: f64,
}

impl Default for Durations {
    fn default() -> Self {
        Self {
            install: 64.0,
            import_percent: 3.0,
            bad_url: 20.0,
            settle: 20.0,
            start: 20.0,
            stop: 75.0,
            force_stop: 5.0,
            reset: 20.0,
            linger: 25.0,
            snapshot: 90.0,
            restore: 60.0,
            token: 3599.0,
            build: 70.0,
            rebuild: 60.0,
            resize: 90.0,
            confirm: 4.0,
            save_image: 194.0,
            make_volume: 25.0,
            delete: 8.0,
            stop_timeout: 300.0,
            cloud_token: 86_400.0,
        }
    }
}
