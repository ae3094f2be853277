//! Putting a firewall on a server and taking it off: the list of groups of its port is read, changed and written. The
//! write replaces the whole list, so it is read again before each one, and once more after the last: what somebody
//! else changed in between is kept.

use reqwest::{Method, Url};
use serde_json::json;

use super::answer::{already_so, replied};
use super::api::ConohaV2;
use super::places::Service;
use super::ports;
use crate::domain::{Answer, Call, Fault, ResourceId};
use crate::provider::http::{Failure, Reply, one};
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
                Err(unread) => return unread.answer(last, call),
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

    /// The ports of an instance.
    async fn ports_of(&self, instance: &ResourceId) -> Result<Vec<wire::Port>, Unread> {
        let filter = [("device_id", instance.as_str())];
        let sent = self.send(Service::Network, Method::GET, &["ports"], &filter, None).await;
        let (url, reply) = sent.map_err(Unread::Failed)?;
        if !reply.is_success() {
            return Err(Unread::Refused(url, reply));
        }
        match one::<wire::Ports>(&reply.text()) {
            Ok(list) => Ok(list.ports.into_iter().filter(|p| is_of(p, instance)).collect()),
            Err(fault) => Err(Unread::Odd(fault)),
        }
    }
}

/// Whether a port is this instance's: a service that did not know the filter would send them all.
fn is_of(port: &wire::Port, instance: &ResourceId) -> bool {
    port.device_id.as_ref().is_none_or(|device| device == instance)
}

/// Why the ports could not be read.
enum Unread {
    Failed(Failure),
    Refused(Url, Reply),
    Odd(Fault),
}

impl Unread {
    /// What became of the change. Before the first write nothing has happened; after one it took effect as far as that
    /// one port goes.
    fn answer(self, last: Option<Answer>, call: &Call) -> Answer {
        if let Some(last) = last {
            return last;
        }
        match self {
            // A read that was lost changed nothing.
            Self::Failed(failure) => match failure.of_change() {
                Answer::Lost { said } => Answer::NotConnected { said },
                answer => answer,
            },
            Self::Refused(url, reply) => replied(call, &url, &reply),
            Self::Odd(fault) => Answer::NotJournalled { said: told(&fault) },
        }
    }
}

fn told(fault: &Fault) -> String {
    match fault {
        Fault::NotUnderstood { field, said, .. } => format!("the ports were not understood at {field}: {said}"),
        _ => "the ports were not understood".to_owned(),
    }
}
