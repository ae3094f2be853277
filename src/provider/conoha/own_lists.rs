//! Lists that upstream does not have: graphs, room for saved images.

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all};

use crate::domain::{Collection, Fault, ListKey, Reading, ResourceId};
use crate::provider::conoha::{graphs, quota};
use crate::provider::http::{not_understood, one};
use crate::provider::openstack::api::{OpenstackApi, OwnLists};
use crate::provider::openstack::endpoints::Service;

/// Those that both products have.
pub(in crate::provider) struct ConohaLists;

impl OwnLists for ConohaLists {
    fn read<'a>(&self, api: &'a OpenstackApi, list: &'a ListKey) -> Option<BoxFuture<'a, Result<Reading, Fault>>> {
        Some(match list {
            ListKey::Graphs(instance) => graphs(api, instance).boxed(),
            ListKey::Quota => quota(api).boxed(),
            _ => return None,
        })
    }
}

async fn quota(api: &OpenstackApi) -> Result<Reading, Fault> {
    let body = api.body(Service::Image, &["quota"]).await?;
    let region = api.endpoints.region.as_deref().unwrap_or_default();
    Ok(Reading::whole(Collection::Quota(quota::quota(&one(&body)?, region))))
}

/// The graphs of a server; one that there is none of is left out. Only where all three fail it is a fault.
async fn graphs(api: &OpenstackApi, instance: &ResourceId) -> Result<Reading, Fault> {
    let (mut lines, mut fault, mut any) = (Vec::new(), None, false);
    let kinds = ["cpu", "disk", "interface"];
    let asked = kinds.map(|kind| async move {
        let body = api.look(Service::Compute, &["servers", instance.as_str(), "rrd", kind]).await?;
        let body = body.unwrap_or_else(|| "{}".to_owned());
        graphs::graphs(kind, &body).map_err(|error| not_understood(kind, error.to_string(), &body))
    });
    for found in join_all(asked).await {
        match found {
            Ok(found) => {
                any = true;
                lines.extend(found);
            }
            Err(why) => fault = fault.or(Some(why)),
        }
    }
    match fault {
        Some(fault) if !any => Err(fault),
        _ => Ok(Reading::whole(Collection::Graphs(lines))),
    }
}
