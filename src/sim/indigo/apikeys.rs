//! API keys. A GET makes one; the list of keys is called `accesstokens`. Recorded 2024-10.

use super::Desk;
use super::answer::Answer;
use super::record::{Record, list as joined};

pub(super) fn list(desk: &Desk<'_>) -> Answer {
    let rows: Vec<String> = desk
        .account
        .api_keys
        .iter()
        .map(|key| {
            Record::new()
                .with_id("id", key.id, desk.turn.quirks.ids_as_strings)
                .with("apiKey", &key.key)
                .with("created_at", desk.time(key.created))
                .end()
        })
        .collect();
    Answer::backend(
        200,
        Record::new().with("success", true).with("total", rows.len()).with_text("accesstokens", &joined(&rows)).end(),
    )
}

pub(super) fn create(desk: &mut Desk<'_>) -> Answer {
    let made = desk.account.create_api_key(&mut desk.turn);
    Answer::backend(201, Record::new().with("apiKey", &made.key).with("apiSecret", &made.secret).end())
}

pub(super) fn delete(desk: &mut Desk<'_>, id: u64) -> Answer {
    match desk.account.delete_api_key(&mut desk.turn, id) {
        Ok(()) => Answer::backend(
            200,
            Record::new().with("success", true).with("message", "API Key is removed successfully").end(),
        ),
        Err(refusal) => desk.refuse(refusal),
    }
}
