//! API keys. A GET makes one; the list of keys is called `accesstokens`. Recorded 2024-10.

use crate::sim::indigo::answer::Answer;
use crate::sim::indigo::record::{Record, list as joined};
use crate::sim::request_context::RequestContext;

pub(super) fn list(context: &RequestContext<'_>) -> Answer {
    let rows: Vec<String> = context
        .account
        .api_keys
        .iter()
        .map(|key| {
            Record::new()
                .with_id("id", key.id, context.turn.quirks.ids_as_strings)
                .with("apiKey", &key.key)
                .with("created_at", context.time(key.created))
                .end()
        })
        .collect();
    Answer::backend(
        200,
        Record::new().with("success", true).with("total", rows.len()).with_text("accesstokens", &joined(&rows)).end(),
    )
}

pub(super) fn create(context: &mut RequestContext<'_>) -> Answer {
    let made = context.account.create_api_key(&mut context.turn);
    Answer::backend(201, Record::new().with("apiKey", &made.key).with("apiSecret", &made.secret).end())
}

pub(super) fn delete(context: &mut RequestContext<'_>, id: u64) -> Answer {
    match context.account.delete_api_key(&mut context.turn, id) {
        Ok(()) => Answer::backend(
            200,
            Record::new().with("success", true).with("message", "API Key is removed successfully").end(),
        ),
        Err(refusal) => context.refuse(refusal),
    }
}
