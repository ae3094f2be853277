//! What an answer to a change means: by its code first, then by `success`, then by the HTTP status, never by its words.

use crate::domain::{Answer, Call, Output, Phrase, PowerCall, Text, Verdict, text};
use crate::provider::indigo::wire::Ack;
use crate::provider::policy::verdict::{of_no_answer, refused};

pub(super) fn judge(call: &Call, answer: &Answer) -> Verdict {
    of_no_answer(answer).unwrap_or_else(|| replied(call, answer))
}

fn replied(call: &Call, answer: &Answer) -> Verdict {
    let Answer::Replied { status, code, body, understood, outputs, wait_until, .. } = answer else {
        return Verdict::Unknown;
    };
    let again = |key| Verdict::NoEffect { why: Phrase::new(key), not_before: *wait_until };
    let code = code.as_deref().map(|c| c.trim().to_ascii_uppercase()).unwrap_or_default();
    if let Some(verdict) = by_code(call, &code, answer) {
        return verdict;
    }
    if code == "429" || code.contains("RATELIMIT") || matches!(status, 413 | 429) {
        return again(text::again::TOO_MUCH);
    }
    let ack = Ack::parse(body).unwrap_or_default();
    match status {
        200..=299 if !understood => Verdict::Unknown,
        200..=299 if ack.status.is_some_and(|s| s != 0.0) => refused(answer, None),
        // Refused without a doubt only where an error's code or words stand; a success's code beside `false` may
        // say that something has begun, as I10025 does.
        200..=299 if ack.is_refusal() => refused(answer, None),
        200..=299 if ack.success == Some(false) => Verdict::Unknown,
        // A key was made all the same, perhaps; its secret was not told.
        200..=299 if matches!(call, Call::CreateApiKey {}) && !outputs.iter().any(has_secret) => Verdict::Unknown,
        200..=299 => Verdict::TookEffect,
        // The login was renewed and the request sent again before this is seen.
        401 => refused(answer, Some(text::refusal::TOKEN_KEY)),
        404 if takes_away(call) => Verdict::TookEffectIfGone,
        400..=499 if !understood || *status == 408 => Verdict::Unknown,
        // What costs money is not sent a second time for a conflict that nobody recorded.
        409 if call.is_sent_once() => refused(answer, None),
        409 if is_of_keys(call) => refused(answer, None),
        409 => again(text::again::BUSY),
        400 if may_come_too_soon(call) => again(text::again::PREPARES),
        400..=499 => refused(answer, None),
        _ => Verdict::Unknown,
    }
}

/// What the codes say that were seen, whatever the HTTP status.
fn by_code(call: &Call, code: &str, answer: &Answer) -> Option<Verdict> {
    let power = |wanted: &[PowerCall]| matches!(call, Call::Power { what, .. } if wanted.contains(what));
    let stops = power(&[PowerCall::Stop, PowerCall::ForceStop]);
    Some(match code {
        "I10025" | "I20009" if stops => Verdict::TookEffect,
        "I20008" if power(&[PowerCall::Start]) => Verdict::TookEffect,
        "I20010" if matches!(call, Call::Destroy { .. }) => Verdict::TookEffect,
        "I10016" if power(&[PowerCall::Start]) => Verdict::TookEffect,
        "I10017" if stops => Verdict::TookEffect,
        "I10018" if matches!(call, Call::Destroy { .. }) => Verdict::TookEffectIfGone,
        _ => refused(answer, Some(meaning(code)?)),
    })
}

/// What a refusal means and what to do, for the codes that were seen.
fn meaning(code: &str) -> Option<Text> {
    Some(match code {
        "I10016" => text::refusal::RUNS_ALREADY,
        "I10017" => text::refusal::OFF_ALREADY,
        "I10034" => text::refusal::KEY_KIND,
        "I10037" => text::refusal::LICENCE,
        "I10055" => text::refusal::STILL_RUNS,
        "I10059" => text::refusal::OUT_OF_STOCK,
        "F60009" => text::refusal::FIREWALL_ON_MACHINE,
        "S10002" => text::refusal::RESTORE_WHILE_RUNNING,
        _ => return None,
    })
}

/// Calls that are done if what they are about is gone.
const fn takes_away(call: &Call) -> bool {
    matches!(
        call,
        Call::Destroy { .. }
            | Call::DeleteSnapshot { .. }
            | Call::DeleteFirewall { .. }
            | Call::DeleteKey { .. }
            | Call::DeleteApiKey { .. }
    )
}

/// Whether it is a secret, and not only the name of one.
fn has_secret(outputs: &Output) -> bool {
    matches!(outputs, Output::Secret { value, .. } if !value.is_empty())
}

/// Calls about what nothing goes on with: a conflict does not pass by itself, and a key of the API is made once.
const fn is_of_keys(call: &Call) -> bool {
    matches!(
        call,
        Call::AddKey { .. }
            | Call::ChangeKey { .. }
            | Call::DeleteKey { .. }
            | Call::CreateApiKey {}
            | Call::DeleteApiKey { .. }
    )
}

/// Calls that are refused for a while after a create or a restore, with codes that were never recorded.
const fn may_come_too_soon(call: &Call) -> bool {
    matches!(call, Call::Power { what: PowerCall::Start, .. } | Call::AssignFirewall { .. })
}
