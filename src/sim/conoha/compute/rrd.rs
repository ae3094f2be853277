//! Graphs: `GET servers/{id}/rrd/{cpu|disk|interface}`.
//!
//! The envelope is documented; the names of the columns, the step and what a hole looks like are assumed. The figures
//! are made up of the server's number and the time alone, so that the same minute always shows the same.

use serde_json::{Value, json};

use crate::sim::chance::Chance;
use crate::sim::conoha::answer::Answer;
use crate::sim::conoha::compute::reply::{fail, no_server};
use crate::sim::request_context::{Request, RequestContext};
use crate::sim::world::instance::State;

/// Seconds between two points.
const STEP: i64 = 300;
/// Seconds that are shown where no range is asked for.
const DAY: i64 = 86_400;
const POINTS: i64 = 1_000;

pub(super) fn series(context: &RequestContext<'_>, request: &Request<'_>, number: u64, what: &str) -> Answer {
    let Ok(instance) = context.account.instance(number) else {
        return no_server(&number.to_string());
    };
    // Per cent of all processors; bytes a second.
    let (columns, scale): (&[&str], f64) = match what {
        "cpu" => (&["unixtime", "value"], 60.0),
        "disk" => (&["unixtime", "read", "write"], 4_000_000.0),
        "interface" => (&["unixtime", "rx", "tx"], 900_000.0),
        _ => return fail(404, "The resource could not be found."),
    };
    let seconds = |moment| context.clock.told(moment).millis() / 1000;
    let now = seconds(context.turn.now);
    let asked = |field: &str| request.query_number(field).and_then(|value| i64::try_from(value).ok());
    let end = asked("end_date_raw").unwrap_or(now).min(now);
    let start = asked("start_date_raw").unwrap_or(end - DAY).max(end - POINTS * STEP);
    let created = seconds(instance.created);
    let off_since = matches!(instance.state, State::Stopped).then(|| seconds(instance.cloud.since));
    let first = start - start.rem_euclid(STEP) + STEP;
    let data: Vec<Value> = (0..POINTS)
        .map(|step| first + step * STEP)
        .take_while(|at| *at <= end)
        .map(|at| {
            let is_on = at >= created && off_since.is_none_or(|off| at < off);
            let values = (1..columns.len() as u64).map(|column| {
                let value = if is_on { load(number, column, at) * scale } else { 0.0 };
                json!((value * 100.0).round() / 100.0)
            });
            std::iter::once(json!(at)).chain(values).collect()
        })
        .collect();
    Answer::json(200, &json!({what: {"schema": columns, "data": data}}))
}

/// Between 0 and 1: a day's wave, with some noise on it.
fn load(number: u64, column: u64, at: i64) -> f64 {
    let step = u64::try_from(at / STEP).unwrap_or(0);
    let mut chance = Chance::of_seed(number.wrapping_mul(0x9E37_79B9) ^ column << 48 ^ step);
    let noise = chance.below(1000) as f64 / 1000.0;
    let hour = (at.rem_euclid(DAY) as f64 / DAY as f64 + (number % 24) as f64 / 24.0) * std::f64::consts::TAU;
    (0.35 + 0.25 * hour.sin() + 0.25 * noise * noise).clamp(0.0, 1.0)
}
