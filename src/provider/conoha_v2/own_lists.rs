//! Lists that Ver.3.0 does not have in this form: automatic backups.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::domain::{Collection, Fault, ListKey, Reading};
use crate::provider::conoha::own_lists::ConohaLists;
use crate::provider::conoha_v2::backup;
use crate::provider::decode_failures::DecodeFailures;
use crate::provider::openstack::api::{OpenstackApi, OwnLists};
use crate::provider::openstack::endpoints::Service;
use crate::provider::openstack::lists::Rows;
use crate::provider::openstack::pages::Query;

pub(super) struct BackupLists;

impl OwnLists for BackupLists {
    fn read<'a>(&self, api: &'a OpenstackApi, list: &'a ListKey) -> Option<BoxFuture<'a, Result<Reading, Fault>>> {
        match list {
            ListKey::Backups => Some(backups(api).boxed()),
            _ => ConohaLists.read(api, list),
        }
    }
}

async fn backups(api: &OpenstackApi) -> Result<Reading, Fault> {
    let reading = api.parts.begin(&ListKey::Backups);
    // In the singular.
    let read = api.rows(Some(&reading), Service::Compute, &["backup"], "backup", Query::new(), false).await;
    api.parts.end(&ListKey::Backups, reading, &read);
    let Rows { rows, cut } = read?;
    let mut failures = DecodeFailures::default();
    let backups = Collection::Backups(failures.rows(&rows, backup::backup));
    Ok(Reading { cut, ..failures.reading(backups) })
}
