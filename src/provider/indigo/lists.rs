//! The bodies of lists, decoded: from text to the words of the trade, one malformed record at a time.

use std::sync::Arc;

use super::api::refused;
use super::{convert, wire};
use crate::domain::{Collection, Fault, InstanceType, ListKey, Reading, Region, ResourceId, RuleSet, text};
use crate::provider::decode_failures::{DecodeFailures, Raws};
use crate::provider::http::{not_understood, one};

/// Decodes the body of a list. `own`: the API key that is logged in with.
pub(super) fn decode(list: &ListKey, own: &str, body: &str) -> Result<Reading, Fault> {
    // A refusal may come with 200: it is an object where a bare array was asked for, or one without its list.
    if let Some(ack) = wire::Ack::parse(body).filter(wire::Ack::is_refusal) {
        return Err(refused(200, body, Some(ack.request_id).filter(|id| !id.is_empty())));
    }
    let mut failures = DecodeFailures::default();
    let collection = match list {
        ListKey::Instances => Collection::Instances(failures.rows(&one::<Raws>(body)?, convert::instance)),
        ListKey::Snapshots(of) => {
            let of = of.clone().unwrap_or_else(|| ResourceId::new(""));
            Collection::Snapshots(failures.rows(&one::<Raws>(body)?, |record| convert::snapshot(record, &of)))
        }
        ListKey::Firewalls => Collection::Firewalls(failures.rows(&one::<Raws>(body)?, convert::firewall)),
        ListKey::Rules(_) => {
            let rules = wire::template_rows(body).map_err(|(field, said)| not_understood(&field, said, body))?;
            Collection::Rules(Arc::new(RuleSet { rules, ids: Vec::new(), raw: convert::raw_of(body) }))
        }
        ListKey::Images => {
            let (images, strange) = convert::images(one::<wire::OsList>(body)?.categories);
            strange.iter().for_each(|what| failures.note(what));
            Collection::Images(images.into_iter().map(Arc::new).collect())
        }
        ListKey::Plans(_) => Collection::Plans(failures.rows(&one::<wire::SpecList>(body)?.speclist, convert::plan)),
        ListKey::Instance(_)
        | ListKey::Snapshot(_)
        | ListKey::Quota
        | ListKey::Backups
        | ListKey::Graphs(_)
        | ListKey::Volumes
        | ListKey::Volume(_)
        | ListKey::Ports(_)
        | ListKey::Networks
        | ListKey::ConsoleOutput(_) => {
            return Err(not_understood(".", text::not_sent::NO_LIST, body));
        }
        ListKey::Keys => Collection::Keys(failures.rows(&one::<wire::Keys>(body)?.sshkeys, convert::key)),
        ListKey::ApiKeys => {
            let sent = one::<wire::ApiKeys>(body)?.accesstokens;
            Collection::ApiKeys(failures.rows(&sent, |record| convert::api_key(record, own)))
        }
        ListKey::Regions => {
            let sent = one::<wire::Regions>(body)?.regionlist.into_iter();
            Collection::Regions(sent.map(|r| Arc::new(Region { id: r.id, name: r.name })).collect())
        }
        ListKey::Types => {
            let sent = one::<wire::InstanceTypes>(body)?.types.into_iter();
            Collection::Types(sent.map(|t| Arc::new(InstanceType { id: t.id, name: t.display_name })).collect())
        }
    };
    Ok(failures.reading(collection))
}
