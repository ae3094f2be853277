//! What can be bought, in the recorded words of 2024-10. Type 2 is dead: its lists are empty.

use crate::sim::indigo::answer::Answer;
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::catalogue::IMPORT_IMAGE;

const TYPES: &str = include_str!("../../../assets/sim/indigo-instancetypes.json");
const REGIONS: &str = include_str!("../../../assets/sim/indigo-regions.json");
const IMAGES: &str = include_str!("../../../assets/sim/indigo-oslist.json");
const NO_IMAGES: &str = include_str!("../../../assets/sim/indigo-oslist-microvps.json");
const LINUX_PLANS: &str = include_str!("../../../assets/sim/indigo-specs-linux.json");
const WINDOWS_PLANS: &str = include_str!("../../../assets/sim/indigo-specs-windows.json");
const NO_REGIONS: &str = r#"{"success":true,"total":0,"regionlist":[]}"#;
const NO_PLANS: &str = r#"{"success":true,"total":0,"speclist":[]}"#;

fn recorded(text: &str) -> Answer {
    Answer::backend(200, text.trim_end().to_owned())
}

fn is_live(request: &Request<'_>) -> bool {
    request.query_number("instanceTypeId").unwrap_or(1) == 1
}

pub(super) fn types() -> Answer {
    recorded(TYPES)
}

pub(super) fn regions(request: &Request<'_>) -> Answer {
    recorded(if is_live(request) { REGIONS } else { NO_REGIONS })
}

pub(super) fn images(request: &Request<'_>) -> Answer {
    recorded(if is_live(request) { IMAGES } else { NO_IMAGES })
}

/// Without `osId` the answer is unknown; this gives the plans that are not for Windows.
pub(super) fn plans(context: &RequestContext<'_>, request: &Request<'_>) -> Answer {
    let wanted = request.query_number("osId").unwrap_or(IMPORT_IMAGE);
    let image = context.turn.catalogue.image(wanted);
    recorded(match image {
        _ if !is_live(request) => NO_PLANS,
        Some(image) if image.windows => WINDOWS_PLANS,
        None if wanted != IMPORT_IMAGE => NO_PLANS,
        _ => LINUX_PLANS,
    })
}
