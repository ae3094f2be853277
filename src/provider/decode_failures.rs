//! Lists with records that were not understood.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::http::{DecodeFailure, ListRecord, rows};
use crate::domain::{Collection, Reading};

/// The records of a list, not decoded yet.
pub(super) type Raws = Vec<Box<RawValue>>;

/// Counts records that were not understood and keeps the field of the first.
#[derive(Default)]
pub(super) struct DecodeFailures(Option<(usize, String)>);

impl DecodeFailures {
    pub(super) fn note(&mut self, what: &DecodeFailure) {
        self.0.get_or_insert_with(|| (0, what.field.clone())).0 += 1;
    }

    /// The same of a record that may have been understood.
    pub(super) fn note_of<W>(&mut self, record: &ListRecord<W>) {
        if let Err(what) = &record.value {
            self.note(what);
        }
    }

    /// Decodes and converts each record by itself.
    pub(super) fn rows<W: DeserializeOwned, T>(
        &mut self,
        items: &[Box<RawValue>],
        convert: impl Fn(ListRecord<W>) -> T,
    ) -> Vec<Arc<T>> {
        let records = rows::<W>(items).into_iter().inspect(|record| self.note_of(record));
        records.map(|record| Arc::new(convert(record))).collect()
    }

    /// The reading of a list with what was odd in it.
    pub(super) fn reading(self, collection: Collection) -> Reading {
        Reading { malformed: self.0, ..Reading::whole(collection) }
    }
}
