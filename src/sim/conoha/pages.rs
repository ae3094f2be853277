//! `limit`, `marker` and `name`.

use super::Request;

/// The rows that are asked for: each with its id, its name and its JSON.
pub(super) fn page(request: &Request<'_>, rows: Vec<(String, String, String)>, otherwise: usize) -> Vec<String> {
    let name = request.query_text("name");
    let marker = request.query_text("marker");
    let limit = request.query_number("limit").map_or(otherwise, |limit| limit as usize);
    let after = marker.and_then(|marker| rows.iter().position(|(id, ..)| *id == marker)).map_or(0, |place| place + 1);
    let fitting = rows.into_iter().skip(after).filter(|(_, own, _)| name.as_ref().is_none_or(|name| own == name));
    let rows = fitting.map(|(.., json)| json);
    if limit == 0 { rows.collect() } else { rows.take(limit).collect() }
}
