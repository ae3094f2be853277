//! `limit`, `marker` and `name`, and the link to the next page.

use serde_json::{Value, json};

use crate::sim::conoha::answer::Answer;
use crate::sim::quirks::PageLinks;
use crate::sim::request_context::{Request, RequestContext};

pub(super) type Row = (String, String, String);

/// A page of a list in its envelope; where there are more, with a link to the next one as Nova and Neutron have it.
pub(super) fn list(context: &RequestContext<'_>, request: &Request<'_>, name: &str, rows: Vec<Row>) -> Answer {
    let (rows, next) = part(context, request, rows, 0);
    let Some(next) = next else { return Answer::list(name, &rows) };
    let links: Value = json!([{"rel": "next", "href": format!("{}{}?{next}", host(context), request.path)}]);
    Answer::text(200, format!("{{\"{name}\":[{}],\"{name}_links\":{links}}}", rows.join(",")))
}

pub(super) const fn host<'d>(context: &RequestContext<'d>) -> &'d str {
    match context.turn.quirks.conoha.page_links {
        PageLinks::Foreign => "https://elsewhere.example",
        _ => context.base,
    }
}

/// The rows that are asked for, and the query of the next page where the answer names one. `otherwise`: how many are
/// sent where no number is asked for, 0 for all.
pub(super) fn part(
    context: &RequestContext<'_>,
    request: &Request<'_>,
    rows: Vec<Row>,
    otherwise: usize,
) -> (Vec<String>, Option<String>) {
    let (most, links) = (context.turn.quirks.conoha.page, context.turn.quirks.conoha.page_links);
    let (name, marker) = (request.query_text("name"), request.query_text("marker"));
    let asked = request.query_number("limit").map_or(otherwise, |limit| limit as usize);
    let limit = [asked, most].into_iter().filter(|limit| *limit > 0).min().unwrap_or(0);
    let first = rows.first().map(|(id, ..)| id.clone());
    let after = marker.as_ref().and_then(|marker| rows.iter().position(|(id, ..)| id == marker)).map_or(0, |at| at + 1);
    // Nova looks for it anywhere in a name.
    let anywhere = context.ways().is_v3 && request.path.starts_with("/compute/");
    let is = |own: &str, name: &str| if anywhere { own.contains(name) } else { own == name };
    let fits = |(_, own, _): &Row| name.as_ref().is_none_or(|name| is(own, name));
    let mut fitting: Vec<Row> = rows.into_iter().skip(after).filter(fits).collect();
    let has_more = limit > 0 && fitting.len() > limit;
    if has_more {
        fitting.truncate(limit);
    }
    let next = match links {
        PageLinks::Absent => None,
        PageLinks::Circle if marker.is_some() && !has_more => first,
        _ => fitting.last().filter(|_| has_more).map(|(id, ..)| id.clone()),
    };
    let next = next.map(|marker| format!("limit={limit}&marker={marker}"));
    (fitting.into_iter().map(|(.., json)| json).collect(), next)
}
