//! Firewalls, here called templates.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::lenient;
use crate::domain::{Direction, ResourceId, Rule, Timestamp};

/// A record of `GET /webarenaIndigo/v1/nw/getfirewalllist`, a bare array (the provider's sample and a public client's
/// test data, 2022). The instances it is on are not told.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TemplateRecord {
    #[serde(deserialize_with = "lenient::required_id")]
    pub(crate) id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) name: String,
    /// A number; only 1 was seen.
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) status: String,
    #[serde(default, deserialize_with = "lenient::text")]
    pub(crate) service_id: String,
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) created_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "lenient::moment")]
    pub(crate) updated_at: Option<Timestamp>,
}

/// A row of `GET /webarenaIndigo/v1/nw/gettemplate/{id}`, recorded October 2024. `id` and `name` are the template's on
/// every row: rules have none.
#[derive(Debug, Clone, Deserialize)]
struct RuleRecord {
    /// `in` or `out`.
    #[serde(deserialize_with = "lenient::text")]
    direction: String,
    /// `HTTP`, `HTTPS`, `Custom`, `All TCP` …
    #[serde(default, rename = "type", deserialize_with = "lenient::text")]
    preset: String,
    #[serde(default, deserialize_with = "lenient::text")]
    protocol: String,
    #[serde(default, deserialize_with = "lenient::text")]
    port: String,
    #[serde(default, deserialize_with = "lenient::text")]
    source: String,
}

/// The rules of a template. Three shapes: a flat array (recorded), an array in an array (what the other recording
/// hints at), rows with commas and no brackets (the provider's own sample, not JSON).
///
/// One row that is not understood fails the whole: rules are only ever replaced together, so what is missing here
/// would be lost by the next change.
pub(crate) fn template_rows(body: &str) -> Result<Vec<Rule>, (String, String)> {
    let bracketed;
    let text = if body.trim_start().starts_with('{') {
        bracketed = format!("[{}]", body.trim().trim_end_matches(','));
        &bracketed
    } else {
        body
    };
    let whole = |error: serde_json::Error| (".".to_owned(), error.to_string());
    let items: Vec<Box<RawValue>> = serde_json::from_str(text).map_err(whole)?;
    let mut rows = Vec::new();
    for item in &items {
        if item.get().starts_with('[') {
            rows.extend(serde_json::from_str::<Vec<Box<RawValue>>>(item.get()).map_err(whole)?);
        } else {
            rows.push(item.clone());
        }
    }
    rows.iter()
        .enumerate()
        .map(|(place, row)| rule(row.get()).map_err(|(f, s)| (format!("[{place}].{f}"), s)))
        .collect()
}

fn rule(text: &str) -> Result<Rule, (String, String)> {
    let mut json = serde_json::Deserializer::from_str(text);
    let row: RuleRecord = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| (error.path().to_string(), error.into_inner().to_string()))?;
    let direction = match row.direction.trim().to_ascii_lowercase().as_str() {
        "in" | "inbound" => Direction::In,
        "out" | "outbound" => Direction::Out,
        other => return Err(("direction".to_owned(), format!("\"{other}\" is neither in nor out"))),
    };
    Ok(Rule { direction, preset: row.preset, protocol: row.protocol, ports: row.port, source: row.source })
}
