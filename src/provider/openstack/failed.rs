//! Why servers failed. The list of a real Nova leaves the fault out where no host was found for one (seen with Zed,
//! 2026-11), and the server's own record has it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::provider::decode_failures::Raws;
use crate::provider::http::one;
use crate::provider::openstack::api::OpenstackApi;
use crate::provider::openstack::endpoints::Service;
use crate::provider::openstack::wire::OneServer;

/// So many are asked for with one reading of the list at most; the others follow with the next ones.
const AT_ONCE: usize = 4;

/// A server and when its record changed last.
type ServerVersion = (String, String);

/// The own records of servers that failed, while the list has them so.
#[derive(Debug, Default)]
pub(in crate::provider) struct Failed(Mutex<HashMap<ServerVersion, Box<RawValue>>>);

#[derive(Deserialize)]
struct ListedServer {
    id: String,
    status: String,
    #[serde(default)]
    updated: String,
    #[serde(default)]
    fault: Option<IgnoredAny>,
}

/// Which server a row is of, where it failed and the row does not say why.
fn unexplained(row: &RawValue) -> Option<ServerVersion> {
    // Most rows are of servers that did not fail, and are not looked at twice.
    let listed: ListedServer = row.get().contains("ERROR").then(|| serde_json::from_str(row.get()).ok())??;
    (listed.status == "ERROR" && listed.fault.is_none()).then_some((listed.id, listed.updated))
}

impl OpenstackApi {
    /// The rows of the list, those of failed servers with the reason.
    pub(in crate::provider) async fn explained(&self, mut rows: Raws) -> Raws {
        let all: Vec<(usize, ServerVersion)> =
            rows.iter().enumerate().filter_map(|(at, row)| Some((at, unexplained(row)?))).collect();
        let mut known = std::mem::take(&mut *self.failed.0.lock().unwrap_or_else(PoisonError::into_inner));
        known.retain(|version, _| all.iter().any(|(_, listed)| listed == version));
        let unknown: Vec<&ServerVersion> =
            all.iter().map(|(_, version)| version).filter(|version| !known.contains_key(*version)).collect();
        for version in unknown.into_iter().take(AT_ONCE) {
            // Without it the list is as good as it was.
            let Ok(Some(body)) = self.look(Service::Compute, &["servers", &version.0]).await else { break };
            let Ok(OneServer { server }) = one(&body) else { continue };
            known.insert(version.clone(), server);
        }
        for (at, version) in &all {
            if let Some(record) = known.get(version) {
                rows[*at] = record.clone();
            }
        }
        *self.failed.0.lock().unwrap_or_else(PoisonError::into_inner) = known;
        rows
    }
}
