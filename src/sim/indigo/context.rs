//! What every answer of this face needs of its context.

use crate::sim::clock::Moment;
use crate::sim::indigo::answer::{Answer, refused};
use crate::sim::request_context::RequestContext;
use crate::sim::world::refusal::Refusal;

impl RequestContext<'_> {
    pub(super) fn time(&self, moment: Moment) -> String {
        self.clock.told(moment).text()
    }

    pub(super) fn refuse(&self, refusal: Refusal) -> Answer {
        refused(self.turn.quirks, refusal)
    }
}
