//! The live log of requests: as they are sent, without bodies, headers and queries, with what is left of each budget.

use crate::app::App;
use crate::app::layers::layer::{Layer, Viewer, viewer_height};
use crate::app::layers::layer_keys::Press;
use crate::app::layers::next::Next;
use crate::app::layers::viewer_keys;
use crate::domain::{LoggedRequest, Phrase, text};
use crate::words::cells::{clean, cut, cut_middle, width};

/// So much of a path stays where it is said why there was no answer.
const SHORT_PATH: usize = 12;

/// Opens the live log at its end, where it goes on growing.
pub(crate) fn open(app: &mut App) {
    app.requests_open = true;
    let viewer = Viewer { title: Phrase::new(text::title::REQUESTS), lines: Vec::new(), scroll: usize::MAX };
    app.layers.push(Layer::Requests(viewer));
}

pub(crate) fn update_open(app: &mut App) {
    app.requests_open = app.layers.iter().any(|l| matches!(l, Layer::Requests(_)));
}

/// A line for each account: what is left of its budget.
#[must_use]
pub fn budgets(app: &App) -> Vec<String> {
    let shown = app.shown_accounts();
    shown
        .map(|account| {
            let name = &account.account.name;
            let left = match app.engine.meter(name, &app.now) {
                None => app.words.get(text::requests::NO_LIMIT).to_owned(),
                Some(meter) => {
                    let left = meter.phrase();
                    match meter.renewed_in {
                        wait if wait.is_zero() => app.words.say(&left),
                        wait => app.words.say(&text::requests::renewed(left, wait)),
                    }
                }
            };
            format!("{name}: {left}")
        })
        .collect()
}

/// `14:32:08  lab  202    412 ms  POST /servers/1/action  1.2 kB  request 7f3a` in so many cells, and whether it is bad
/// news. What is answered stands before the path, of which both ends are shown.
#[must_use]
pub fn line(app: &App, request: &LoggedRequest, room: usize) -> (String, bool) {
    let status = request.status.map_or_else(|| "---".to_owned(), |status| status.to_string());
    let time = app.words.clock().time(request.at);
    let took = app.words.say(&text::unit::milliseconds(request.ms));
    let head = format!("{time}  {:8}  {status}  {took:>8}  {:4} ", request.account, request.method);
    let mut tail: Vec<String> = Vec::new();
    if request.status.is_none() {
        let said = request.said.clone().unwrap_or_else(|| "".into());
        tail.push(app.words.say(&text::attempt::none(said)));
    }
    tail.extend(request.bytes.map(|count| app.words.bytes(count)));
    let id = request.request_id.as_ref();
    tail.extend(id.map(|id| app.words.say(&text::attempt::id(id.as_str()))));
    let path = clean(&request.path).into_owned();
    let mut left = room.saturating_sub(width(&head));
    // Why there was no answer stays; what else does not fit beside the path goes.
    let mut behind = String::new();
    for (at, part) in tail.iter().enumerate() {
        let needed = request.status.is_none() && at == 0;
        let most = if needed { left.saturating_sub(width(&path).min(SHORT_PATH) + 2) } else { usize::MAX };
        let part = cut(&clean(part), most).into_owned();
        let takes = width(&part) + 2;
        if needed || takes + width(&path) <= left {
            behind = format!("{behind}  {part}");
            left = left.saturating_sub(takes);
        }
    }
    let path = cut_middle(&path, left);
    (format!("{head}{path}{behind}"), !matches!(request.status, Some(200..=399)))
}

/// At its end the log goes on with what comes.
pub(crate) fn key(viewer: &mut Viewer, app: &App, press: Press) -> Next {
    let (length, height) =
        (app.requests.len(), viewer_height(app.size).saturating_sub(app.shown_accounts().count() + 1).max(1));
    viewer_keys::following(viewer, length, height, press)
}
