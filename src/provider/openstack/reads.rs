//! What is read for each list, and how it is put together.

use std::sync::Arc;

use futures_util::future::join;
use reqwest::Method;

use crate::domain::{Collection, Fault, ListKey, Reading, text};
use crate::provider::http::{Failure, not_understood};
use crate::provider::openstack::api::OpenstackApi;
use crate::provider::openstack::dialect::Images;
use crate::provider::openstack::endpoints::Service;
use crate::provider::openstack::lists::{ListBody, Rows};
use crate::provider::openstack::pages::Query;
use crate::provider::openstack::{lists, parts, refused};

enum ReadPlan<'a> {
    /// One address: a list in pages, or what stands alone.
    One(Service, Vec<&'a str>),
    Firewalls,
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
        let dialect = self.dialect;
        match plan(list, dialect.images)? {
            ReadPlan::One(service, path) => {
                let (sent, cut) = match lists::key(list) {
                    Some(key) => {
                        let reading = self.parts.begin(list);
                        let read = self.rows(Some(&reading), service, &path, key, filter(list)).await;
                        self.parts.end(list, reading, &read);
                        let Rows { rows, cut } = read?;
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
                let (network, of) = (Service::Network, Some(&reading));
                let groups = self.rows(of, network, &["security-groups"], "security_groups", Query::new());
                let ports = self.rows(of, network, &["ports"], "ports", Query::new());
                let (groups, ports) = join(groups, ports).await;
                let both = groups.and_then(|groups| Ok((groups, ports?)));
                self.parts.end(list, reading, &both);
                let (groups, ports) = both?;
                decoded(former, move || lists::firewalls(&groups, &ports, dialect)).await
            }
        }
    }
}

fn plan(list: &ListKey, images: Images) -> Result<ReadPlan<'_>, Fault> {
    let of = |service, path: &[&'static str]| Ok(ReadPlan::One(service, path.to_vec()));
    match list {
        ListKey::Instances => of(Service::Compute, &["servers", "detail"]),
        ListKey::Instance(id) => Ok(ReadPlan::One(Service::Compute, vec!["servers", id.as_str()])),
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
        ListKey::Firewalls => Ok(ReadPlan::Firewalls),
        ListKey::Snapshots(Some(_))
        | ListKey::Plans(Some(_))
        | ListKey::Backups
        | ListKey::Graphs(_)
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
