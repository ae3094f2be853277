//! Putting a firewall on a server and taking it off: the list of groups of its port is read, changed and written. The
//! write replaces the whole list, so it is read again before each one, and once more after the last: what somebody
//! else changed in between is kept.

use reqwest::Method;
use serde_json::json;

use super::answer::{already_so, replied};
use super::api::ConohaV2;
use super::endpoints::Service;
use super::pages::Rows;
use super::ports;
use crate::domain::{Answer, Call, Fault, ResourceId};
use crate::provider::http::{Failure, not_understood, one};
use crate::provider::openstack::wire;

/// So many writes and no more: a server has a port or two, and somebody who writes against us must not go on forever.
const WRITES: usize = 6;

impl ConohaV2 {
    /// Puts a firewall on an instance, or takes it off.
    pub(super) async fn regroup(&self, call: &Call, instance: &ResourceId, group: &ResourceId, is_on: bool) -> Answer {
        let mut last: Option<Answer> = None;
        for _ in 0..WRITES {
            let ports = match self.ports_of(instance).await {
                Ok(ports) => ports,
                // After a write it took effect as far as that one port goes.
                Err(fault) => return last.unwrap_or_else(|| unread(fault)),
            };
            if ports.is_empty() && last.is_none() {
                return Answer::NotJournalled { said: "the instance has no port yet".to_owned() };
            }
            let Some((port, groups)) = ports::next(&ports, group, is_on) else {
                return last.unwrap_or_else(already_so);
            };
            let ids: Vec<&str> = groups.iter().map(ResourceId::as_str).collect();
            let body = json!({"port": {"security_groups": ids}});
            let path = ["ports", port.id.as_str()];
            let answer = match self.send(Service::Network, Method::PUT, &path, &[], Some(&body)).await {
                Ok((url, reply)) => replied(call, &url, &reply),
                Err(failure) => failure.of_change(),
            };
            if !matches!(&answer, Answer::Replied { status: 200..=299, understood: true, .. }) {
                return answer;
            }
            last = Some(answer);
        }
        Answer::Lost { said: "the port's list of firewalls did not stay as it was written".to_owned() }
    }

    async fn ports_of(&self, instance: &ResourceId) -> Result<Vec<wire::Port>, Fault> {
        let filter = vec![("device_id".to_owned(), instance.to_string())];
        let Rows { rows, cut } = self.rows(None, Service::Network, &["ports"], "ports", filter).await?;
        if let Some(cut) = cut {
            return Err(not_understood("ports", &format!("there may be more ({})", cut.name()), ""));
        }
        let ports: Vec<wire::Port> = rows.iter().map(|port| one(port.get())).collect::<Result<_, _>>()?;
        Ok(ports.into_iter().filter(|port| is_of(port, instance)).collect())
    }
}

/// Whether a port is this instance's: a service that did not know the filter would send them all.
fn is_of(port: &wire::Port, instance: &ResourceId) -> bool {
    port.device_id.as_ref().is_none_or(|device| device == instance)
}

/// What became of a change whose ports could not be read: nothing had been written.
fn unread(fault: Fault) -> Answer {
    match fault {
        Fault::Refused { status: 500.., said, .. } => Answer::NotConnected { said },
        Fault::Refused { status, code, said, request_id } => Answer::Replied {
            status,
            code,
            said: Some(said),
            request_id,
            body: String::new(),
            understood: true,
            outputs: Vec::new(),
            wait_until: None,
        },
        Fault::NotUnderstood { field, said, .. } => {
            Answer::NotJournalled { said: format!("the ports were not understood at {field}: {said}") }
        }
        // As where there is no login: it was held back, or did not come through.
        other => Failure::Login(other).of_change(),
    }
}
