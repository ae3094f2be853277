//! What all accounts that are shown cost this month, line by line, and from a line to what it is about.

use crate::domain::{AccountName, Kind, Phrase, ResourceRef};
use crate::engine::{CostOf, CostRow, Sum, cost, kind_phrase};

use crate::app::layers::layer::{Layer, viewer_height};
use crate::app::layers::layer_keys;
use crate::app::panes::details::grouped;
use crate::app::panes::row::RowKey;
use crate::app::tables::commands::Command;
use crate::app::tables::key::{Code, Key};
use crate::app::tables::pane::Pane;
use crate::app::{App, Zoom};

#[derive(Debug, Clone)]
pub struct CostView {
    pub lines: Vec<CostLine>,
    /// The sums of all of them, so far and at most, where there are several: in sight wherever one scrolls.
    pub total: Option<(Sum, Sum)>,
    /// The line under the cursor; always one that is about something, where there is one.
    pub cursor: usize,
    /// The first line shown.
    pub scroll: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub enum CostLine {
    Account {
        account: AccountName,
        as_of: Option<String>,
        /// This month until now.
        so_far: Sum,
        /// This month at most.
        at_most: Sum,
    },
    Row(Box<CostRow>),
    Note(Phrase),
    Blank,
}

pub(crate) fn open(app: &mut App) {
    let (lines, total) = lines(app);
    let mut view = CostView { lines, total, cursor: 0, scroll: 0 };
    view.cursor = view.nearest(0);
    app.layers.push(Layer::Cost(view));
}

/// Makes its lines anew: data came, or time passed. The cursor stays on what it is on.
pub(crate) fn renew(app: &mut App) {
    if !app.layers.iter().any(|layer| matches!(layer, Layer::Cost(_))) {
        return;
    }
    let (lines, total) = lines(app);
    for layer in &mut app.layers {
        let Layer::Cost(view) = layer else { continue };
        view.total = total;
        if view.lines == lines {
            continue;
        }
        let on = view.resource().cloned();
        view.lines.clone_from(&lines);
        let same = |line: &CostLine| matches!(line, CostLine::Row(row) if row.resource == on);
        let found = on.is_some().then(|| view.lines.iter().position(same)).flatten();
        view.cursor = found.unwrap_or_else(|| view.nearest(view.cursor.min(view.lines.len())));
    }
}

fn lines(app: &App) -> (Vec<CostLine>, Option<(Sum, Sum)>) {
    let mut lines = Vec::new();
    let (mut so_far, mut at_most, mut accounts) = (Sum::default(), Sum::default(), 0);
    let add = |all: &mut Sum, one: Sum| {
        *all = Sum { yen: all.yen.saturating_add(one.yen), unknown: all.unknown + one.unknown };
    };
    for account in app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name)) {
        let cost = cost(account, app.now.wall);
        accounts += 1;
        add(&mut so_far, cost.so_far);
        add(&mut at_most, cost.at_most);
        if !lines.is_empty() {
            lines.push(CostLine::Blank);
        }
        lines.push(CostLine::Account {
            account: account.account.name.clone(),
            as_of: account.account.prices.as_of.clone(),
            so_far: cost.so_far,
            at_most: cost.at_most,
        });
        if cost.rows.is_empty() {
            let key = if cost.is_read { "cost.none" } else { "cost.not-read" };
            lines.push(CostLine::Note(Phrase::new(key)));
        }
        lines.extend(cost.rows.into_iter().map(|row| CostLine::Row(Box::new(row))));
        let minimum = cost.minimum.map(|yen| Phrase::new("cost.minimum").with("yen", grouped(yen)));
        let unread = (cost.unread > 0).then(|| Phrase::new("cost.unread").with("count", cost.unread));
        lines.extend(minimum.into_iter().chain(unread).map(CostLine::Note));
    }
    lines.push(CostLine::Blank);
    lines.extend(["cost.about", "cost.about-missing"].map(|key| CostLine::Note(Phrase::new(key))));
    (lines, (accounts > 1).then_some((so_far, at_most)))
}

impl CostView {
    #[must_use]
    pub fn resource(&self) -> Option<&ResourceRef> {
        match self.lines.get(self.cursor)? {
            CostLine::Row(row) => row.resource.as_ref(),
            _ => None,
        }
    }

    fn is_about(&self, at: usize) -> bool {
        matches!(self.lines.get(at), Some(CostLine::Row(row)) if row.resource.is_some())
    }

    /// The line that is about something nearest below a place, else above it.
    fn nearest(&self, from: usize) -> usize {
        let below = (from..self.lines.len()).find(|at| self.is_about(*at));
        below.or_else(|| (0..from).rev().find(|at| self.is_about(*at))).unwrap_or(0)
    }

    /// Moves the cursor by so many lines that are about something.
    fn go(&mut self, by: isize) {
        let all: Vec<usize> = (0..self.lines.len()).filter(|at| self.is_about(*at)).collect();
        let now = all.iter().position(|at| *at >= self.cursor).unwrap_or(0);
        let to = now.saturating_add_signed(by).min(all.len().saturating_sub(1));
        self.cursor = all.get(to).copied().unwrap_or(0);
    }

    /// The first line shown, so that the cursor is on the screen: what stands above the first and below the last line
    /// that is about something is shown with it.
    fn show(&mut self, height: usize) {
        let most = self.lines.len().saturating_sub(height);
        let first = (0..self.cursor).all(|at| !self.is_about(at));
        let last = (self.cursor + 1..self.lines.len()).all(|at| !self.is_about(at));
        self.scroll = match (first, last) {
            (true, _) => 0,
            (_, true) => most,
            _ if self.cursor < self.scroll => self.cursor,
            _ if self.cursor >= self.scroll + height => self.cursor + 1 - height,
            _ => self.scroll,
        }
        .min(most);
    }
}

/// How many lines fit below the headings and the total.
#[must_use]
pub fn height(size: (u16, u16), view: &CostView) -> usize {
    viewer_height(size).saturating_sub(1 + usize::from(view.total.is_some())).max(1)
}

pub(crate) fn key(app: &mut App, key: Key) {
    let Some(Layer::Cost(view)) = app.layers.last() else { return };
    let height = height(app.size, view);
    let Some(by) = layer_keys::scrolls(app, key, height) else {
        if key.code == Code::Enter || layer_keys::command(app, key) == Some(Command::Open) {
            jump(app);
        } else if layer_keys::closes(app, key) {
            app.layers.pop();
        }
        return;
    };
    let Some(Layer::Cost(view)) = app.layers.last_mut() else { return };
    view.go(by);
    view.show(height);
}

/// Closes the view and goes to what the line under the cursor is about.
fn jump(app: &mut App) {
    let Some(Layer::Cost(view)) = app.layers.last() else { return };
    let Some(resource) = view.resource().cloned() else { return };
    app.layers.pop();
    let pane = match resource.kind {
        Kind::Snapshot => Pane::Snapshots,
        Kind::Image => Pane::Images,
        _ => Pane::Instances,
    };
    app.all_snapshots |= pane == Pane::Snapshots;
    app.go_to(pane);
    app.zoom = Zoom::List;
    let state = app.pane_mut();
    let key = RowKey::Resource(resource);
    // A filter that hides it goes.
    if !state.rows.iter().any(|row| row.is(&key)) {
        state.filter = tui_input::Input::default();
    }
    state.put_on(key);
    app.asked(pane);
    if pane == Pane::Instances {
        app.asked(Pane::Snapshots);
    }
}

/// The name of a line, its state, and its plan.
#[must_use]
pub fn texts(app: &App, row: &CostRow) -> (String, String, String) {
    let words = &app.words;
    match row.of {
        CostOf::Storage { free_gb, gb } => {
            let key = if gb.is_some() { "cost.storage" } else { "cost.storage-unknown" };
            let text = Phrase::new(key).with("gb", gb.unwrap_or(0)).with("free", free_gb);
            (words.say(&text), String::new(), String::new())
        }
        CostOf::Instance { status } => {
            let state = if row.is_off() { Phrase::new("cost.off") } else { kind_phrase(status) };
            let plan = row.plan.clone().unwrap_or_else(|| row.size());
            (row.name.clone(), words.say(&state), plan)
        }
        CostOf::Snapshot | CostOf::Image => {
            let what = if row.of == CostOf::Snapshot { "cost.snapshot" } else { "cost.image" };
            let plan = match &row.plan {
                _ if row.within => words.get("cost.within").to_owned(),
                Some(machine) => words.say(&Phrase::new("cost.of").with("name", machine.as_str())),
                None => String::new(),
            };
            (row.name.clone(), words.get(what).to_owned(), plan)
        }
    }
}
