//! What holds at every provider of a change that brought no answer, and of one that was refused.

use crate::domain::{Answer, Explained, Phrase, Text, Verdict, text};

/// What it means that no answer came; `None` where one did.
pub(in crate::provider) fn of_no_answer(answer: &Answer) -> Option<Verdict> {
    let nothing_sent = |said: &Phrase, meaning: fn(Phrase) -> Phrase| {
        Verdict::Refused(Explained {
            meaning: Some(meaning(said.clone().without_stop())),
            said: said.clone(),
            unsent: true,
            code: None,
            request_id: None,
        })
    };
    Some(match answer {
        Answer::Replied { .. } => return None,
        Answer::Lost { .. } => Verdict::Unknown,
        Answer::NotConnected { said } => {
            let why = text::again::not_connected(said.clone());
            Verdict::NoEffect { why, not_before: None }
        }
        Answer::OverBudget { until } => {
            Verdict::NoEffect { why: Phrase::new(text::again::BUDGET), not_before: Some(*until) }
        }
        Answer::NotJournalled { said } | Answer::NotSent { why: said } => nothing_sent(said, text::not_sent::not_sent),
        Answer::NotAuthorised { said } => nothing_sent(said, text::not_sent::not_logged_in),
    })
}

/// A refusal, with what it means where that is known.
pub(in crate::provider) fn refused(answer: &Answer, meaning: Option<Text>) -> Verdict {
    let Answer::Replied { status, code, said, request_id, .. } = answer else { return Verdict::Unknown };
    Verdict::Refused(Explained {
        meaning: meaning.map(Phrase::new),
        said: said.clone().unwrap_or_else(|| format!("HTTP {status}").into()),
        unsent: false,
        code: code.clone(),
        request_id: request_id.clone(),
    })
}
