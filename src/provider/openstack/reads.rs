//! What is read for each list, and how it is put together.

use std::sync::Arc;

use futures_util::future::join;
use reqwest::Method;
use serde_json::json;

use crate::domain::{Collection, Cut, Fault, ListKey, Reading, text};
use crate::provider::http::{Failure, not_understood};
use crate::provider::openstack::api::OpenstackApi;
use crate::provider::openstack::dialect::{Dialect, Images};
use crate::provider::openstack::endpoints::Service;
use crate::provider::openstack::lists::{ListBody, Rows};
use crate::provider::openstack::pages::Query;
use crate::provider::openstack::session::{Bearer, Scope};
use crate::provider::openstack::{convert, lists, parts, refused};

enum ReadPlan<'a> {
    /// One address: a list in pages, or what stands alone.
    One(Service, Vec<&'a str>),
    Firewalls,
    /// Saved images and snapshots of volumes.
    Snapshots,
    /// One of either.
    Snapshot(&'a str),
}

impl OpenstackApi {
    /// Reads the address of one record; the body of a good answer. `None` where the record is gone.
    pub(in crate::provider) async fn look(&self, service: Service, path: &[&str]) -> Result<Option<String>, Fault> {
        let (url, reply) = self.send(service, Method::GET, path, &[], None).await.map_err(Failure::of_read)?;
        if reply.is_success() {
            return Ok(Some(reply.text().into_owned()));
        }
        if refused::is_gone(&reply, path.last().copied().unwrap_or_default()) {
            return Ok(None);
        }
        Err(refused::of_read(service, &url, &reply))
    }

    pub(in crate::provider) async fn body(&self, service: Service, path: &[&str]) -> Result<String, Fault> {
        let (url, reply) = self.send(service, Method::GET, path, &[], None).await.map_err(Failure::of_read)?;
        if reply.is_success() { Ok(reply.text().into_owned()) } else { Err(refused::of_read(service, &url, &reply)) }
    }

    /// The body of one of several lists that are read together.
    async fn part(
        &self,
        reading: &parts::PartialReading,
        service: Service,
        path: &'static str,
    ) -> Result<String, Fault> {
        if let Some(body) = reading.part(path) {
            return Ok(body);
        }
        let body = self.body(service, &[path]).await?;
        reading.keep(path, body.clone());
        Ok(body)
    }

    /// Finds out whether a list can be read. For servers short lists are enough, which name each and no more.
    pub(in crate::provider) async fn probing(&self, list: &ListKey) -> Result<(), Fault> {
        if *list != ListKey::Instances {
            return self.reading(list, None).await.map(drop);
        }
        let reading = self.parts.begin(list);
        let probed = self.probing_servers(&reading).await;
        self.parts.end(list, reading, &probed);
        probed
    }

    async fn probing_servers(&self, reading: &parts::PartialReading) -> Result<(), Fault> {
        for path in self.dialect.probes {
            let body = self.part(reading, Service::Compute, path).await?;
            match serde_json::from_str::<serde_json::Value>(&body) {
                Ok(value) if value.get(*path).is_some_and(serde_json::Value::is_array) => {}
                Ok(_) => return Err(not_understood(path, text::not_sent::NOT_A_LIST, &body)),
                Err(error) => return Err(not_understood(path, error.to_string(), &body)),
            }
        }
        Ok(())
    }

    pub(in crate::provider) async fn reading(
        &self,
        list: &ListKey,
        former: Option<Arc<Collection>>,
    ) -> Result<Reading, Fault> {
        if let Some(reading) = self.own.read(self, list) {
            let reading = reading.await?;
            return decoded(former, move || Ok(reading)).await;
        }
        if let ListKey::ConsoleOutput(instance) = list {
            let asked = json!({"os-getConsoleOutput": {"length": convert::CONSOLE_LINES}});
            let body = self.asked_of(instance, "action", &asked).await?;
            let decode = move || convert::console_output(&body).map(Reading::whole);
            return decoded(former, decode).await;
        }
        let dialect = self.dialect;
        match plan(list, dialect)? {
            ReadPlan::One(service, path) => {
                let (sent, cut) = match lists::key(list) {
                    Some(key) => {
                        let Rows { rows, cut } = self.listed(list, service, &path, key, former.is_none()).await?;
                        (ListBody::Rows(rows), cut)
                    }
                    None if list.is_single() => match self.look(service, &path).await? {
                        Some(body) => (ListBody::Body(body), None),
                        None => return Ok(gone(list)),
                    },
                    None => (ListBody::Body(self.body(service, &path).await?), None),
                };
                let (list, region) = (list.clone(), self.endpoints.region.clone());
                decoded(former, move || Ok(Reading { cut, ..lists::decode(&list, region.as_deref(), &sent, dialect)? }))
                    .await
            }
            ReadPlan::Firewalls => {
                let reading = self.parts.begin(list);
                let both = self.groups_and_ports(&reading).await;
                self.parts.end(list, reading, &both);
                let (groups, ports) = both?;
                decoded(former, move || lists::firewalls(&groups, &ports, dialect)).await
            }
            ReadPlan::Snapshots => {
                let (images, of_volumes) = self.saved(list).await?;
                decoded(former, move || Ok(lists::snapshots(&images, &of_volumes, dialect))).await
            }
            // Its id tells not which it is.
            ReadPlan::Snapshot(id) => match self.look(Service::Image, &["images", id]).await? {
                Some(body) => {
                    let list = list.clone();
                    decoded(former, move || lists::decode(&list, None, &ListBody::Body(body), dialect)).await
                }
                None => match self.look(Service::Volume, &["snapshots", id]).await {
                    Ok(Some(body)) => decoded(former, move || lists::volume_snapshot(&body)).await,
                    Ok(None) => Ok(gone(list)),
                    Err(fault) if is_not_offered(&fault) => Ok(gone(list)),
                    Err(fault) => Err(fault),
                },
            },
        }
    }

    /// Reads a list to its end. A cloud without block storage has no volumes.
    async fn listed(
        &self,
        list: &ListKey,
        service: Service,
        path: &[&str],
        key: &'static str,
        is_first: bool,
    ) -> Result<Rows, Fault> {
        let reading = self.parts.begin(list);
        // Nothing is shown yet: what there is first is better than nothing.
        let first_alone = is_first && *list == ListKey::Instances;
        let read = self.rows(Some(&reading), service, path, key, filter(list), first_alone).await;
        match &read {
            Ok(Rows { cut: Some(Cut::Rest), .. }) => self.parts.hold(list, reading),
            _ => self.parts.end(list, reading, &read),
        }
        match read {
            Ok(Rows { rows, cut }) => {
                let rows = match service {
                    _ if *list == ListKey::Instances => self.explained(rows).await,
                    Service::Image => lists::usable(rows, &self.scope().await?),
                    _ => rows,
                };
                Ok(Rows { rows, cut })
            }
            Err(fault) if service == Service::Volume && is_not_offered(&fault) => {
                Ok(Rows { rows: Vec::new(), cut: None })
            }
            Err(fault) => Err(fault),
        }
    }

    /// What is saved. Where the volume service does not tell its part, the images are there all the same.
    async fn saved(&self, list: &ListKey) -> Result<(Rows, Rows), Fault> {
        let reading = self.parts.begin(list);
        let images = self.rows(Some(&reading), Service::Image, &["images"], "images", Query::new(), false);
        let of_volumes =
            self.rows(Some(&reading), Service::Volume, &["snapshots", "detail"], "snapshots", Query::new(), false);
        let (images, of_volumes) = join(images, of_volumes).await;
        let none = |cut| Ok(Rows { rows: Vec::new(), cut });
        let of_volumes = of_volumes.or_else(|fault| match fault {
            Fault::OverBudget { .. } => Err(fault),
            fault if is_not_offered(&fault) => none(None),
            _ => none(Some(Cut::Part)),
        });
        let both = images.and_then(|images| Ok((images, of_volumes?)));
        self.parts.end(list, reading, &both);
        let (images, of_volumes) = both?;
        Ok((Rows { rows: lists::usable(images.rows, &self.scope().await?), ..images }, of_volumes))
    }
}

/// Whether the cloud has no such service.
fn is_not_offered(fault: &Fault) -> bool {
    matches!(fault, Fault::NotOffered { .. })
}

impl OpenstackApi {
    async fn scope(&self) -> Result<Scope, Fault> {
        self.tokens.with(&self.http, Bearer::scope).await
    }

    /// The groups and the ports of the project: to an administrator those of all projects are sent, unless they are not
    /// asked for.
    async fn groups_and_ports(&self, reading: &parts::PartialReading) -> Result<(Rows, Rows), Fault> {
        let (network, of, scope) = (Service::Network, Some(reading), self.scope().await?);
        let own: Query = scope.is_admin.then(|| ("project_id".to_owned(), scope.project)).into_iter().collect();
        let groups = self.rows(of, network, &["security-groups"], "security_groups", own.clone(), false);
        let ports = self.rows(of, network, &["ports"], "ports", own, false);
        let (groups, ports) = join(groups, ports).await;
        groups.and_then(|groups| Ok((groups, ports?)))
    }
}

fn plan<'a>(list: &'a ListKey, dialect: &Dialect) -> Result<ReadPlan<'a>, Fault> {
    let images = dialect.images;
    let has_volumes = dialect.has_volume_snapshots();
    let of = |service, path: &[&'static str]| Ok(ReadPlan::One(service, path.to_vec()));
    match list {
        ListKey::Instances => of(Service::Compute, &["servers", "detail"]),
        ListKey::Instance(id) => Ok(ReadPlan::One(Service::Compute, vec!["servers", id.as_str()])),
        ListKey::Snapshots(None) if has_volumes => Ok(ReadPlan::Snapshots),
        ListKey::Snapshot(id) if has_volumes => Ok(ReadPlan::Snapshot(id.as_str())),
        ListKey::Volumes => of(Service::Volume, &["volumes", "detail"]),
        ListKey::Volume(id) => Ok(ReadPlan::One(Service::Volume, vec!["volumes", id.as_str()])),
        ListKey::Snapshots(None) | ListKey::Images => match images {
            Images::Compute => of(Service::Compute, &["images", "detail"]),
            Images::Glance => of(Service::Image, &["images"]),
        },
        ListKey::Snapshot(id) => match images {
            Images::Compute => Ok(ReadPlan::One(Service::Compute, vec!["images", id.as_str()])),
            Images::Glance => Ok(ReadPlan::One(Service::Image, vec!["images", id.as_str()])),
        },
        ListKey::Plans(None) => of(Service::Compute, &["flavors", "detail"]),
        ListKey::Keys => of(Service::Compute, &["os-keypairs"]),
        ListKey::Rules(id) => Ok(ReadPlan::One(Service::Network, vec!["security-groups", id.as_str()])),
        ListKey::Ports(_) => of(Service::Network, &["ports"]),
        ListKey::Networks => of(Service::Network, &["networks"]),
        ListKey::Firewalls => Ok(ReadPlan::Firewalls),
        ListKey::Snapshots(Some(_))
        | ListKey::Plans(Some(_))
        | ListKey::Backups
        | ListKey::Graphs(_)
        | ListKey::ConsoleOutput(_)
        | ListKey::Quota
        | ListKey::ApiKeys
        | ListKey::Regions
        | ListKey::Types => Err(not_understood(".", text::not_sent::NO_LIST, "")),
    }
}

fn filter(list: &ListKey) -> Query {
    match list {
        ListKey::Ports(instance) => vec![("device_id".to_owned(), instance.to_string())],
        _ => Query::new(),
    }
}

fn gone(list: &ListKey) -> Reading {
    let collection = match list {
        ListKey::Snapshot(_) => Collection::Snapshots(Vec::new()),
        ListKey::Volume(_) => Collection::Volumes(Vec::new()),
        _ => Collection::Instances(Vec::new()),
    };
    Reading::whole(collection)
}

/// Decodes where it holds nobody up, and shares what did not change.
pub(in crate::provider) async fn decoded(
    former: Option<Arc<Collection>>,
    decode: impl FnOnce() -> Result<Reading, Fault> + Send + 'static,
) -> Result<Reading, Fault> {
    tokio::task::spawn_blocking(move || {
        let mut reading = decode()?;
        reading.collection = reading.collection.sharing(former.as_deref());
        if reading.cut.is_some() {
            reading.collection = reading.collection.with_former(former.as_deref());
        }
        Ok(reading)
    })
    .await
    .unwrap_or_else(|error| Err(not_understood(".", error.to_string(), "")))
}
