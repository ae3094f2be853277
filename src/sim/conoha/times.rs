//! The forms of times in one account. All are UTC.

use crate::sim::clock::Moment;
use crate::sim::request_context::RequestContext;

/// `2021-11-21T00:19:29Z`.
pub(super) fn zulu(context: &RequestContext<'_>, moment: Moment) -> String {
    context.clock.told(moment).timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// `2021-11-20T14:54:41.643491`, without a zone.
pub(super) fn micros(context: &RequestContext<'_>, moment: Moment) -> String {
    context.clock.told(moment).timestamp().strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string()
}
