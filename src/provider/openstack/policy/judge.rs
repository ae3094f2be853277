//! What an answer to a change means: by its HTTP status, never by its words. That something is accepted (202) says
//! that it begins; the wait after it looks whether it is done.

use crate::domain::{Answer, Call, Phrase, Text, Verdict, text};
use crate::provider::openstack::dialect::Dialect;
use crate::provider::policy::verdict::{of_no_answer, refused};

pub(super) fn judge(call: &Call, answer: &Answer, dialect: &Dialect) -> Verdict {
    of_no_answer(answer).unwrap_or_else(|| replied(call, answer, dialect))
}

fn replied(call: &Call, answer: &Answer, dialect: &Dialect) -> Verdict {
    let Answer::Replied { status, understood, wait_until, .. } = answer else { return Verdict::Unknown };
    let again = |key| Verdict::NoEffect { why: Phrase::new(key), not_before: *wait_until };
    match status {
        200..=299 if *understood => Verdict::TookEffect,
        // The login was renewed and the request sent again before this is seen.
        401 => refused(answer, Some(text::refusal::TOKEN_USER)),
        403 if matches!(call, Call::DeleteSnapshot { .. }) => refused(answer, Some(text::refusal::IMAGE_PROTECTED)),
        403 => refused(answer, None),
        // A proxy's page: whether the rule is there its group tells.
        404 if !understood && matches!(call, Call::RemoveRule { .. }) => Verdict::Unknown,
        404 if takes_away(call) => Verdict::TookEffectIfGone,
        404 => refused(answer, Some(text::refusal::GONE)),
        409 if matches!(call, Call::AddRule { .. }) && is_there_already(answer) => Verdict::TookEffect,
        409 if never_by_itself(call) => refused(answer, conflict(call)),
        // Also of what shows the wanted state already: the check before the next try sees that and says so.
        409 => again(text::again::BUSY),
        413 | 429 => again(text::again::TOO_MUCH),
        // The provider's front answers in HTML, of which nothing can be known.
        400..=499 if !understood || *status == 408 => Verdict::Unknown,
        400 => refused(answer, bad(call, dialect)),
        400..=499 => refused(answer, None),
        _ => Verdict::Unknown,
    }
}

/// Whether an equal rule was made meanwhile. A conflict of another kind, such as a quota, is a refusal.
fn is_there_already(answer: &Answer) -> bool {
    matches!(answer, Answer::Replied { code: Some(code), .. } if code.contains("Exists"))
}

/// What a refused request of this kind means; which words it comes with is nowhere told.
const fn bad(call: &Call, dialect: &Dialect) -> Option<Text> {
    Some(match call {
        Call::TakeSnapshot { .. } | Call::SaveVolume { .. } if dialect.saves_only_when_off => text::refusal::SAVE,
        Call::Restore { .. } if !dialect.rebuild_was_seen => text::refusal::REBUILD,
        Call::CreateInstance { .. } => return dialect.order_refusal,
        Call::DeleteVolume { .. } => text::refusal::VOLUME_IN_USE,
        Call::AddKey { .. } => text::refusal::KEY,
        Call::Resize { .. } => text::refusal::RESIZE,
        _ => return None,
    })
}

const fn conflict(call: &Call) -> Option<Text> {
    match call {
        Call::DeleteFirewall { .. } => Some(text::refusal::FIREWALL_ON_INSTANCE),
        Call::AddKey { .. } => Some(text::refusal::KEY_EXISTS),
        _ => None,
    }
}

/// Calls that are done if what they are about is gone.
const fn takes_away(call: &Call) -> bool {
    matches!(
        call,
        Call::Destroy { .. }
            | Call::DeleteSnapshot { .. }
            | Call::DeleteVolumeSnapshot { .. }
            | Call::DeleteVolume { .. }
            | Call::DeleteFirewall { .. }
            | Call::RemoveRule { .. }
            | Call::DeleteKey { .. }
    )
}

/// Calls whose conflict does not pass by itself, and the one that is never sent twice since it costs money.
const fn never_by_itself(call: &Call) -> bool {
    matches!(
        call,
        Call::CreateInstance { .. }
            | Call::CreateVolume { .. }
            | Call::CreateFirewall { .. }
            | Call::RenameFirewall { .. }
            | Call::AddRule { .. }
            | Call::RemoveRule { .. }
            | Call::DeleteFirewall { .. }
            | Call::AddKey { .. }
            | Call::DeleteKey { .. }
    )
}
