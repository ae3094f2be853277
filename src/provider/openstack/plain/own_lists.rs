//! What a project may have, and has.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde::Deserialize;

use crate::domain::{Collection, Fault, ListKey, Quota, QuotaShare, Reading};
use crate::provider::http::one;
use crate::provider::openstack::api::{OpenstackApi, OwnLists};
use crate::provider::openstack::endpoints::Service;

pub(super) struct Limits;

impl OwnLists for Limits {
    fn read<'a>(&self, api: &'a OpenstackApi, list: &'a ListKey) -> Option<BoxFuture<'a, Result<Reading, Fault>>> {
        matches!(list, ListKey::Quota).then(|| quota(api).boxed())
    }
}

#[derive(Deserialize)]
struct LimitsBody {
    limits: Option<LimitsRecord>,
}

#[derive(Default, Deserialize)]
struct LimitsRecord {
    absolute: Option<Absolute>,
}

/// Of each how much is allowed, −1 for no limit, and used.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Absolute {
    max_total_instances: Option<i64>,
    total_instances_used: Option<i64>,
    max_total_cores: Option<i64>,
    total_cores_used: Option<i64>,
    #[serde(rename = "maxTotalRAMSize")]
    max_total_ram_size: Option<i64>,
    #[serde(rename = "totalRAMUsed")]
    total_ram_used: Option<i64>,
}

async fn quota(api: &OpenstackApi) -> Result<Reading, Fault> {
    let body = api.body(Service::Compute, &["limits"]).await?;
    Ok(Reading::whole(Collection::Quota(read(&body)?)))
}

fn read(body: &str) -> Result<Quota, Fault> {
    let sent = one::<LimitsBody>(body)?.limits.unwrap_or_default().absolute.unwrap_or_default();
    let share = |most: Option<i64>, used: Option<i64>| {
        Some(QuotaShare { used: u64::try_from(used?).ok()?, most: u64::try_from(most?).ok()? })
    };
    Ok(Quota {
        images: None,
        instances: share(sent.max_total_instances, sent.total_instances_used),
        vcpus: share(sent.max_total_cores, sent.total_cores_used),
        memory_mb: share(sent.max_total_ram_size, sent.total_ram_used),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_than_nothing_is_no_limit() {
        let body = r#"{"limits":{"rate":[],"absolute":{"maxTotalInstances":10,"totalInstancesUsed":3,
            "maxTotalCores":-1,"totalCoresUsed":4,"maxTotalRAMSize":51200,"totalRAMUsed":2048}}}"#;
        let quota = read(body).unwrap();
        assert_eq!((quota.instances, quota.vcpus), (Some(QuotaShare { used: 3, most: 10 }), None));
        assert_eq!(quota.memory_mb, Some(QuotaShare { used: 2_048, most: 51_200 }));
        for silent in [r#"{"limits":{"absolute":{}}}"#, r#"{"limits":{"absolute":null}}"#, r#"{"limits":null}"#] {
            assert_eq!(read(silent).unwrap(), Quota::default());
        }
    }
}
