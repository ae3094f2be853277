//! The first line: each account with what matters of it now, and the totals. Where it is narrow, what matters least
//! goes first; nothing ever overlaps.

use crate::app::App;
use crate::app::layout::Area;
use crate::domain::{OpState, text};
use crate::engine::AccountState;
use crate::words::cells::{clean, cut, width};

use super::canvas::{Canvas, Piece, pieces_width};
use crate::app::tone::Tone;

/// What is left of a budget is shown from here down.
const SCARCE: u32 = 1;

/// How much is left out, each with all before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Leave {
    Nothing,
    Name,
    Reasons,
    Cost,
    Up,
    Stale,
    Ages,
    Budgets,
    Faults,
}

/// How many accounts that are shown do not answer.
fn faults(app: &App) -> usize {
    app.shown_accounts().filter(|a| a.fault().is_some()).count()
}

/// Whether nothing that is shown can be changed from here.
fn closed(app: &App) -> bool {
    let mut shown = app.shown_accounts().peekable();
    shown.peek().is_some() && shown.all(|a| a.account.read_only)
}

impl Canvas<'_> {
    pub(super) fn header(&mut self, app: &App, area: Area) {
        let room = usize::from(area.width).saturating_sub(2);
        let all = [
            Leave::Nothing,
            Leave::Name,
            Leave::Reasons,
            Leave::Cost,
            Leave::Up,
            Leave::Stale,
            Leave::Ages,
            Leave::Budgets,
            Leave::Faults,
        ];
        for leave in all {
            let right = self.right(app, leave);
            let takes = pieces_width(&right);
            let mut left = self.left(app, leave, usize::MAX);
            if leave == Leave::Faults {
                // Each fault gets a like share of what is left over by all the rest.
                let bare = pieces_width(&self.left(app, leave, 0));
                let spare = room.saturating_sub(takes + 2 + bare);
                left = self.left(app, leave, spare / faults(app).max(1));
            }
            let fits = pieces_width(&left) + takes + 2 <= room;
            if fits || leave == Leave::Faults {
                let left_room = room.saturating_sub(takes + 2);
                self.pieces(area.x + 1, area.y, left_room, &left);
                self.pieces_right(area.x + area.width.saturating_sub(1), area.y, room, &right);
                return;
            }
        }
    }

    fn left(&self, app: &App, leave: Leave, fault_room: usize) -> Vec<Piece> {
        let mut parts: Vec<Vec<Piece>> = Vec::new();
        if leave < Leave::Name {
            parts.push(vec![(app.words.get(text::title::WELCOME).to_owned(), self.style(Tone::Dim))]);
        }
        if app.demo {
            parts.push(vec![(app.words.get(text::header::DEMO).to_owned(), self.style(Tone::Mark))]);
        }
        if closed(app) {
            parts.push(vec![(app.words.get(text::header::READ_ONLY).to_owned(), self.style(Tone::Mark))]);
        }
        for account in app.shown_accounts() {
            parts.push(self.account(app, account, leave, fault_room));
        }
        parts.join(&("  ".to_owned(), self.style(Tone::Plain)))
    }

    fn account(&self, app: &App, account: &AccountState, leave: Leave, fault_room: usize) -> Vec<Piece> {
        let name = &account.account.name;
        let style = self.look.account(account.account.colour);
        let mut pieces = vec![(clean(name.as_str()).into_owned(), style)];
        if account.account.read_only && !closed(app) {
            pieces.push((format!(" {}", app.words.get(text::header::ACCOUNT_READ_ONLY)), self.style(Tone::Mark)));
        }
        let age = app.age_of_instances(account).map(|age| app.words.lasts_short(age));
        if let Some(fault) = account.fault() {
            let told = if leave < Leave::Reasons { fault.phrase() } else { fault.brief() };
            let mut text = app.words.say(&told);
            if width(&text) > fault_room {
                text = cut(&clean(&text), fault_room).into_owned();
            }
            let text = match age.filter(|_| leave < Leave::Ages) {
                Some(age) => text::header::fault_age(text, age),
                None => text::header::fault(text),
            };
            pieces.push((app.words.say(&text), self.style(Tone::Bad)));
            return pieces;
        }
        if let Some((list, why)) = account.cuts().next().filter(|_| leave < Leave::Stale) {
            let text = text::header::cut(list.name(), why.phrase());
            pieces.push((app.words.say(&text), self.style(Tone::Busy)));
        }
        if let Some(age) = age.filter(|_| leave < Leave::Stale) {
            let text = app.words.say(&text::header::stale(age));
            pieces.push((text, self.style(Tone::Busy)));
        }
        if leave < Leave::Budgets
            && let Some(meter) = app.engine.meter(name, &app.now)
        {
            let works = app
                .engine
                .operations()
                .iter()
                .any(|o| o.account == *name && !o.is_over() && !matches!(o.state, OpState::Halted(_)));
            if meter.left <= SCARCE || works {
                let text = meter.phrase();
                let tone = if meter.left == 0 { Tone::Busy } else { Tone::Dim };
                pieces.push((format!(" {}", app.words.say(&text)), self.style(tone)));
            }
        }
        pieces
    }

    fn right(&self, app: &App, leave: Leave) -> Vec<Piece> {
        let totals = &app.totals;
        let mut parts: Vec<Vec<Piece>> = Vec::new();
        if totals.count == 0 {
            return Vec::new();
        }
        parts.push(vec![(totals.count.to_string(), self.style(Tone::Bold))]);
        if leave < Leave::Up {
            let text = app.words.say(&text::header::up(totals.up));
            parts.push(vec![(text, self.style(Tone::Plain))]);
        }
        if totals.errors > 0 {
            let text = app.words.say(&text::header::errors(totals.errors));
            parts.push(vec![(text, self.style(Tone::Bad))]);
        }
        if leave < Leave::Cost && totals.unpriced < totals.count {
            let phrase = if totals.unpriced == 0 {
                text::header::cost(totals.yen)
            } else {
                text::header::cost_unknown(totals.yen, totals.unpriced)
            };
            parts.push(vec![(app.words.say(&phrase), self.style(Tone::Plain))]);
        }
        parts.join(&("  ".to_owned(), self.style(Tone::Plain)))
    }
}
