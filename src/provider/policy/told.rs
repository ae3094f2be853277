//! A call as it is shown before it is sent: without secrets, and with a word for what only an earlier step tells.

use crate::domain::{Call, Hidden, MASKED, Output, Ref, ResourceId};

const NEW_INSTANCE: &str = "(the new instance)";

/// The call with its password masked, and with words for an instance that is not made yet.
pub(in crate::provider) fn shown(call: &Call) -> Call {
    match call {
        Call::CreateInstance { order } if order.had_password => {
            let mut order = order.clone();
            order.password = Hidden::new(MASKED);
            Call::CreateInstance { order }
        }
        Call::Made { what } => what.on(&ResourceId::new(NEW_INSTANCE)),
        call => call.clone(),
    }
}

/// Words for what earlier steps teach.
pub(in crate::provider) fn outputs() -> [Output; 4] {
    [
        Output::Snapshot(ResourceId::new("(the new snapshot)")),
        Output::Instance(ResourceId::new(NEW_INSTANCE)),
        Output::Key(ResourceId::new("(the added key)")),
        Output::Volume(ResourceId::new("(the new volume)")),
    ]
}

/// The snapshot or image a call is about, where it names one.
pub(in crate::provider) fn snapshot(call: &Call) -> Option<&ResourceId> {
    let which = match call {
        Call::CreateInstance { order } => order.source.snapshot()?,
        Call::RetakeSnapshot { snapshot, .. } => return Some(snapshot),
        Call::Restore { snapshot, .. } | Call::DeleteSnapshot { snapshot, .. } => snapshot,
        _ => return None,
    };
    match which {
        Ref::Known(id) => Some(id),
        _ => None,
    }
}
