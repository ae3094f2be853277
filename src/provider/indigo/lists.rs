//! The bodies of lists, decoded: from text to the words of the trade, one odd record at a time.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::api::refused;
use super::{convert, wire};
use crate::domain::{Fault, ListKey, Listing, Reading, ResourceId, RuleSet};
use crate::provider::http::{Odd, Record, not_understood, one, rows};

/// Decodes the body of a list.
pub(super) fn decode(list: &ListKey, body: &str) -> Result<Reading, Fault> {
    // A refusal may come with 200: it is an object where a bare array was asked for, or one without its list.
    if let Some(ack) = wire::Ack::parse(body).filter(wire::Ack::is_refusal) {
        return Err(refused(200, body, Some(ack.request_id).filter(|id| !id.is_empty())));
    }
    let mut odd = Oddities::default();
    let listing = match list {
        ListKey::Instances => Listing::Instances(odd.rows(&one::<Raws>(body)?, convert::instance)),
        ListKey::Snapshots(of) => {
            let of = of.clone().unwrap_or_else(|| ResourceId::new(""));
            Listing::Snapshots(odd.rows(&one::<Raws>(body)?, |record| convert::snapshot(record, &of)))
        }
        ListKey::Firewalls => Listing::Firewalls(odd.rows(&one::<Raws>(body)?, convert::firewall)),
        ListKey::Rules(_) => {
            let rules = wire::template_rows(body).map_err(|(field, said)| not_understood(&field, &said, body))?;
            Listing::Rules(Arc::new(RuleSet { rules, raw: convert::raw_of(body) }))
        }
        ListKey::Images => {
            let (images, strange) = convert::images(one::<wire::OsList>(body)?.categories);
            strange.iter().for_each(|what| odd.note(what));
            Listing::Images(images.into_iter().map(Arc::new).collect())
        }
        ListKey::Plans(_) => Listing::Plans(odd.rows(&one::<wire::SpecList>(body)?.speclist, convert::plan)),
        ListKey::Instance(_) | ListKey::Snapshot(_) | ListKey::Quota | ListKey::Backups | ListKey::Graphs(_) => {
            return Err(not_understood(".", "there is no such list here", body));
        }
        ListKey::Keys => Listing::Keys(odd.rows(&one::<wire::Keys>(body)?.sshkeys, convert::key)),
    };
    Ok(Reading { listing, odd: odd.0 })
}

type Raws = Vec<Box<RawValue>>;

/// Counts records that were not understood and keeps the field of the first.
#[derive(Default)]
struct Oddities(Option<(usize, String)>);

impl Oddities {
    fn note(&mut self, what: &Odd) {
        self.0.get_or_insert_with(|| (0, what.field.clone())).0 += 1;
    }

    fn rows<W: DeserializeOwned, T>(
        &mut self,
        items: &[Box<RawValue>],
        convert: impl Fn(Record<W>) -> T,
    ) -> Vec<Arc<T>> {
        let records = rows::<W>(items);
        records.iter().filter_map(|r| r.value.as_ref().err()).for_each(|what| self.note(what));
        records.into_iter().map(|record| Arc::new(convert(record))).collect()
    }
}
