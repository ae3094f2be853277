//! The live log of requests: as they are sent, without bodies, headers and queries, with what is left of each budget.

use crate::domain::{Phrase, Request};

use super::App;
use super::layer::{Layer, Viewer};

/// Opens the live log at its end, where it goes on growing.
pub(super) fn open(app: &mut App) {
    app.requests_open = true;
    let viewer = Viewer { title: Phrase::new("title.requests"), lines: Vec::new(), scroll: usize::MAX };
    app.layers.push(Layer::Requests(viewer));
}

/// Whether it is open follows from the layers.
pub(super) fn follow(app: &mut App) {
    app.requests_open = app.layers.iter().any(|l| matches!(l, Layer::Requests(_)));
}

/// A line for each account: what is left of its budget.
#[must_use]
pub fn budgets(app: &App) -> Vec<String> {
    let shown = app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name));
    shown
        .map(|account| {
            let name = &account.account.name;
            let left = match app.engine.meter(name, &app.now) {
                None => app.words.get("requests.no-limit").to_owned(),
                Some(meter) => {
                    let key = if meter.estimated { "header.left-own" } else { "header.left" };
                    let left = Phrase::new(key).with("left", u64::from(meter.left)).with("of", u64::from(meter.of));
                    match meter.renewed_in {
                        wait if wait.is_zero() => app.words.say(&left),
                        wait => app.words.say(&Phrase::new("requests.renewed").with("left", left).with("wait", wait)),
                    }
                }
            };
            format!("{name}: {left}")
        })
        .collect()
}

/// `14:32:08  lab  202  POST /servers/1/action  412 ms  request 7f3a`, and whether it is bad news.
#[must_use]
pub fn line(app: &App, request: &Request) -> (String, bool) {
    let status = request.status.map_or_else(|| "---".to_owned(), |status| status.to_string());
    let mut parts = vec![
        app.words.clock().time(request.at),
        format!("{:8}", request.account),
        status,
        format!("{:6} {}", request.method, request.path),
    ];
    if request.status.is_none() {
        let said = request.said.as_deref().unwrap_or_default();
        parts.push(app.words.say(&Phrase::new("attempt.none").with("said", said)));
    }
    parts.push(format!("{} ms", request.ms));
    parts.extend(request.bytes.map(crate::words::bytes));
    if let Some(id) = &request.request_id {
        parts.push(app.words.say(&Phrase::new("attempt.id").with("id", id.as_str())));
    }
    (parts.join("  "), !matches!(request.status, Some(200..=399)))
}

/// How many lines stand above the requests: the budgets, and a blank.
#[must_use]
pub fn head(app: &App) -> usize {
    budgets(app).len() + 1
}
