//! `limit`, `marker` and `name`.

use super::Request;

/// A row: its id, its name, its JSON.
pub(super) type Row = (String, String, String);

/// The rows that are asked for.
pub(super) fn page(request: &Request<'_>, rows: Vec<Row>, otherwise: usize) -> Vec<String> {
    part(request, rows, otherwise).0
}

/// The rows that are asked for, and where there are more behind them the marker and the limit of the next page.
pub(super) fn part(request: &Request<'_>, rows: Vec<Row>, otherwise: usize) -> (Vec<String>, Option<(String, usize)>) {
    let name = request.query_text("name");
    let marker = request.query_text("marker");
    let limit = request.query_number("limit").map_or(otherwise, |limit| limit as usize);
    let after = marker.and_then(|marker| rows.iter().position(|(id, ..)| *id == marker)).map_or(0, |place| place + 1);
    let fits = |(_, own, _): &Row| name.as_ref().is_none_or(|name| own == name);
    let mut fitting: Vec<Row> = rows.into_iter().skip(after).filter(fits).collect();
    let has_more = limit > 0 && fitting.len() > limit;
    if has_more {
        fitting.truncate(limit);
    }
    let next = fitting.last().filter(|_| has_more).map(|(id, ..)| (id.clone(), limit));
    (fitting.into_iter().map(|(.., json)| json).collect(), next)
}
