//! What a server did lately: `{"cpu":{"schema":[…],"data":[[…]]}}`, and the same under `disk` and `interface`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::domain::{Graph, GraphUnit, Text, Timestamp, text};

#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct GraphBody(BTreeMap<String, Table>);

#[derive(Debug, Deserialize)]
struct Table {
    #[serde(default)]
    schema: Vec<String>,
    #[serde(default)]
    data: Vec<Vec<Value>>,
}

/// The lines of one body, oldest moment first. The names of the columns were never recorded: the time is the first
/// whose name has `time` in it, else the first of all; each other column is a line of its own. Cells may be null
/// (a public client).
pub(in crate::provider) fn graphs(kind: &str, body: &str) -> Result<Vec<Graph>, serde_json::Error> {
    let mut body: GraphBody = serde_json::from_str(body)?;
    let Some(table) = body.0.remove(kind) else { return Ok(Vec::new()) };
    let time = table.schema.iter().position(|name| name.to_ascii_lowercase().contains("time")).unwrap_or(0);
    let columns = table.data.iter().map(Vec::len).max().unwrap_or(0).max(table.schema.len());
    let unit = if kind == "cpu" { GraphUnit::Percent } else { GraphUnit::BytesPerSecond };
    let lines = (0..columns).filter(|column| *column != time).map(|column| {
        let name = table.schema.get(column).map_or("", String::as_str);
        let mut points: Vec<(Timestamp, f64)> =
            table.data.iter().filter_map(|row| Some((moment(row.get(time)?)?, number(row.get(column)?)?))).collect();
        points.sort_by_key(|(at, _)| *at);
        Graph { label: label(kind, name), unit, points }
    });
    Ok(lines.filter(|line| !line.points.is_empty()).collect())
}

fn label(kind: &str, column: &str) -> Text {
    let column = column.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| column.contains(part));
    match kind {
        "cpu" => text::graph::CPU,
        "disk" if has(&["read"]) => text::graph::DISK_READ,
        "disk" if has(&["write"]) => text::graph::DISK_WRITE,
        "disk" => text::graph::DISK,
        _ if has(&["rx", "in"]) => text::graph::NET_IN,
        _ if has(&["tx", "out"]) => text::graph::NET_OUT,
        _ => text::graph::NET,
    }
}

/// Seconds since 1970, or milliseconds where the number is too large for them, or a text.
fn moment(cell: &Value) -> Option<Timestamp> {
    if let Some(at) = cell.as_str().and_then(crate::provider::openstack::moment::parse) {
        return Some(at);
    }
    let seconds = number(cell)?;
    let ms = if seconds > 1e11 { seconds } else { seconds * 1_000.0 };
    #[allow(clippy::cast_possible_truncation, reason = "checked to be small")]
    (ms > 0.0 && ms < 1e16).then_some(Timestamp(ms as i64))
}

fn number(cell: &Value) -> Option<f64> {
    let number = cell.as_f64().or_else(|| cell.as_str()?.trim().parse().ok())?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_but_the_time_is_a_line() {
        let body = r#"{"disk":{"schema":["unixtime","read","write"],
            "data":[[1700000060,2,3.5],[1700000000,"1",null],[null,9,9],[1700000120]]}}"#;
        let lines = graphs("disk", body).unwrap();
        assert_eq!(lines.len(), 2);
        let at = |seconds: i64| Timestamp(1_700_000_000_000 + seconds * 1_000);
        assert_eq!((lines[0].label.name(), lines[0].unit), ("graph.DISK_READ", GraphUnit::BytesPerSecond));
        assert_eq!(lines[0].points, [(at(0), 1.0), (at(60), 2.0)]);
        assert_eq!((lines[1].label.name(), lines[1].points.as_slice()), ("graph.DISK_WRITE", &[(at(60), 3.5)][..]));
    }

    #[test]
    fn without_names_the_first_column_is_the_time() {
        let lines = graphs("cpu", r#"{"cpu":{"data":[[1700000000000,12.5]]}}"#).unwrap();
        assert_eq!(
            (lines[0].unit, lines[0].points.as_slice()),
            (GraphUnit::Percent, &[(Timestamp(1_700_000_000_000), 12.5)][..])
        );
        assert!(graphs("cpu", r#"{"other":{"data":[]}}"#).unwrap().is_empty());
        assert!(graphs("cpu", "<html>").is_err());
    }
}
