//! Carries out commands that concern the screen alone, and hands the others on.

use crate::app::layers::layer::{Layer, Leaving, Viewer};
use crate::app::layers::{accounts, allow, compare, console_output, costs, menus, protect, requests};
use crate::app::panes::row::RowKey;
use crate::app::tables::commands::{Command, Group};
use crate::app::tables::pane::Pane;
use crate::app::to_engine::to_engine;
use crate::app::{
    App, AppEffect, ExternalProgram, Zoom, again, available, console, external_program, open_dialog, own_commands,
    problems, ssh,
};
use crate::domain::{Fault, Kind, OpState, Operation, Phrase, ResourceRef, Verb, text};
use crate::engine;

impl App {
    fn move_by(&mut self, by: isize) {
        if self.zoom != Zoom::List {
            self.scroll_details(by);
            return;
        }
        let height = self.layout().rows(self.focus);
        self.pane_mut().go_by(by, height);
        self.details_scroll = 0;
        if self.focus == Pane::Instances && !self.all_snapshots {
            self.asked(Pane::Snapshots);
        }
    }

    fn scroll_details(&mut self, by: isize) {
        let layout = self.layout();
        let lines = crate::app::panes::details::wrapped(self, layout.details_width(self.zoom == Zoom::Full)).len();
        let fits = layout.details();
        self.details_scroll = self.details_scroll.saturating_add_signed(by).min(lines.saturating_sub(fits));
    }
}

pub(crate) fn execute(app: &mut App, command: Command, effects: &mut Vec<AppEffect>) {
    notice(app, command);
    if let Some(by) = distance(app, command) {
        return app.move_by(by);
    }
    match command {
        Command::NextPane => app.go_to(beside(app.focus, 1)),
        Command::PreviousPane => app.go_to(beside(app.focus, Pane::MAIN.len() - 1)),
        Command::Go(pane) => go(app, pane),
        Command::Open => open(app),
        Command::Back => back(app),
        Command::Filter => {
            app.zoom = Zoom::List;
            app.pane_mut().begin_filter();
            app.asked(app.focus);
        }
        Command::Order => menus::order(app),
        Command::Mark => mark(app),
        Command::MarkAll => mark_all(app),
        Command::NextProblem => problems::go_to(app, true),
        Command::PreviousProblem => problems::go_to(app, false),
        Command::Actions => menus::actions(app),
        Command::Palette => menus::palette(app),
        Command::Help => show_help(app),
        Command::Accounts => accounts::accounts(app),
        Command::Widen => widen(app),
        Command::Refresh => refresh(app, effects),
        Command::Copy => menus::copy(app),
        Command::Raw => raw(app),
        Command::Quit => quit(app, effects),
        Command::Leave => leave(app, effects),
        Command::Suspend => {
            // Written down before the program stops.
            to_engine(app, engine::Msg::CancelCountdowns, effects);
            effects.push(AppEffect::Suspend);
        }
        Command::Redraw => effects.push(AppEffect::Redraw),
        Command::Cancel => cancel(app),
        Command::Decide => menus::decide(app),
        Command::Console => console::show(app, effects),
        Command::ConsoleOutput => console_output::open(app),
        Command::Ssh => ssh::log_in(app, effects),
        Command::Own(n) => own_commands::run(app, n, effects),
        Command::Watch => again::watch(app),
        Command::Again => again::again(app),
        Command::Requests => requests::open(app),
        Command::AllowMyAddress => allow::open(app),
        Command::Cost => costs::open(app),
        Command::Compare => compare::open(app),
        Command::Protect => protect::toggle(app),
        Command::Do(verb) => open_dialog::open_dialog(app, verb, effects),
        // Those that move by rows are done.
        Command::Down
        | Command::Up
        | Command::Top
        | Command::Bottom
        | Command::HalfPageDown
        | Command::HalfPageUp
        | Command::PageDown
        | Command::PageUp => {}
    }
}

fn show_help(app: &mut App) {
    app.layers.push(Layer::Help(Viewer { title: Phrase::new(text::title::HELP), lines: Vec::new(), scroll: 0 }));
}

fn widen(app: &mut App) {
    app.all_snapshots = !app.all_snapshots;
    app.panes[Pane::Snapshots.index()].list_others();
    app.asked(Pane::Snapshots);
}

/// Whose tip was followed has no use for it, and who does something with a row has seen it.
fn notice(app: &mut App, command: Command) {
    app.tips.follow(command, app.now.tick);
    // Who does something with the row under the cursor has seen it: it is not exchanged for another.
    let own = matches!(command, Command::Own(_));
    if (own || command.row().is_some_and(|r| matches!(r.group, Group::Look | Group::Act)))
        && !matches!(command, Command::Filter | Command::Back)
    {
        app.pane_mut().settled = true;
    }
    if command.row().is_some_and(|r| r.group == Group::Move) {
        app.tips.follow(Command::Down, app.now.tick);
    }
}

/// How many rows a command moves by.
fn distance(app: &App, command: Command) -> Option<isize> {
    let page = isize::try_from(app.layout().rows(app.focus)).unwrap_or(1).max(1);
    let all = isize::try_from(app.pane().rows.len()).unwrap_or(isize::MAX).max(10_000);
    Some(match command {
        Command::Down => 1,
        Command::Up => -1,
        Command::Top => -all,
        Command::Bottom => all,
        Command::HalfPageDown => (page / 2).max(1),
        Command::HalfPageUp => -(page / 2).max(1),
        Command::PageDown => page,
        Command::PageUp => -page,
        _ => return None,
    })
}

/// Goes to a pane. The key of the SSH keys leads on to the keys of the API, where an account has such, and back.
fn go(app: &mut App, pane: Pane) {
    let to = match (app.focus, pane) {
        (Pane::Keys, Pane::Keys) => Pane::ApiKeys,
        _ => pane,
    };
    match available::why_not(app, Command::Go(to)) {
        Ok(_) => app.go_to(to),
        Err(()) if to == pane => app.tell(Phrase::new(text::why_not::NEVER), false),
        Err(()) => {}
    }
}

/// The pane so many further round; from one that stands aside, the first.
fn beside(from: Pane, by: usize) -> Pane {
    if from.is_secondary() { Pane::Instances } else { Pane::MAIN[(from.index() + by) % Pane::MAIN.len()] }
}

/// Says that nothing is selected.
fn open(app: &mut App) {
    if app.pane().row().is_none() {
        return app.tell_nothing();
    }
    if app.focus == Pane::Operations
        && let Some(RowKey::Operation(id)) = app.pane().selected()
        && app.engine.operation(id).is_some_and(|o| matches!(o.state, OpState::Halted(_)))
    {
        menus::decide(app);
        return;
    }
    app.zoom = match app.zoom {
        Zoom::List => Zoom::Details,
        Zoom::Details | Zoom::Full => Zoom::Full,
    };
}

/// One layer back: out of the details, then filter, marks, full size. Never further.
fn back(app: &mut App) {
    let zoom = app.zoom;
    let pane = app.pane_mut();
    match zoom {
        Zoom::Details => {
            app.zoom = Zoom::List;
            app.details_scroll = 0;
        }
        _ if !pane.filter.value().is_empty() => {
            pane.filter = tui_input::Input::default();
            app.asked(app.focus);
        }
        _ if !pane.marks.is_empty() => pane.marks.clear(),
        Zoom::Full => {
            app.zoom = Zoom::Details;
            app.details_scroll = 0;
        }
        Zoom::List if app.focus.is_secondary() => app.go_to(app.primary_pane),
        Zoom::List => app.tips.switch_off(),
    }
}

fn mark(app: &mut App) {
    let height = app.layout().rows(app.focus);
    let pane = app.pane_mut();
    let Some(key) = pane.selected().cloned() else { return app.tell_nothing() };
    if !pane.marks.remove(&key) {
        pane.marks.insert(key);
    }
    pane.go_by(1, height);
    if app.focus == Pane::Instances {
        app.asked(Pane::Snapshots);
    }
}

fn mark_all(app: &mut App) {
    let pane = app.pane_mut();
    let shown: Vec<RowKey> = pane.rows.iter().map(crate::app::panes::row::Row::key).collect();
    if shown.iter().all(|k| pane.marks.contains(k)) {
        for key in &shown {
            pane.marks.remove(key);
        }
    } else {
        pane.marks.extend(shown);
    }
}

/// Reads all that is looked at again. A program that tells a secret and needs a terminal for it is given ours.
fn refresh(app: &mut App, effects: &mut Vec<AppEffect>) {
    let (mut longest, mut some) = (None, false);
    let mut locked = Vec::new();
    for account in app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name)) {
        if let engine::LoginState::Failed(Fault::LockedSecret { .. }, _) = account.login {
            locked.push(account.account.name.clone());
            continue;
        }
        app.queue.push(engine::Msg::Refresh(account.account.name.clone()));
        if let Some(meter) = app.engine.meter(&account.account.name, &app.now)
            && (meter.left as usize) < app.engine.refreshed(&account.account.name).len()
        {
            longest = longest.max(Some(meter.renewed_in).filter(|wait| !wait.is_zero()));
            some |= meter.left > 0;
        }
    }
    if !locked.is_empty() {
        let title = Phrase::new(text::title::SECRETS);
        return external_program::hand_over(app, title, ExternalProgram::Secrets { accounts: locked }, false, effects);
    }
    match longest {
        Some(wait) => {
            let phrase = if some { text::refresh::rest_later(wait) } else { text::refresh::later(wait) };
            app.tell(phrase, false);
        }
        None => app.tell(Phrase::new(text::refresh::NOW), false),
    }
}

fn raw(app: &mut App) {
    let Some(row) = app.pane().row() else { return app.tell_nothing() };
    let Some(raw) = row.what.raw() else {
        app.tell(Phrase::new(text::raw::NONE), false);
        return;
    };
    let title = text::title::raw(row.what.name());
    let pretty = serde_json::from_str::<serde_json::Value>(raw).and_then(|v| serde_json::to_string_pretty(&v));
    let text = pretty.unwrap_or_else(|_| raw.replace('\t', "  "));
    // A long value goes on in the next line, at the same depth.
    let room = usize::from(app.size.0.saturating_sub(6)).max(20);
    let lines = text
        .lines()
        .flat_map(|line| {
            let bare = line.trim_start();
            let depth = (line.len() - bare.len()).min(room / 2);
            crate::words::cells::wrap(&crate::words::cells::clean(bare), room - depth)
                .into_iter()
                .map(move |part| format!("{:depth$}{part}", ""))
        })
        .collect();
    app.layers.push(Layer::Raw(Viewer { title, lines, scroll: 0 }));
}

/// Closes what is open, else ends the program; asks while an operation has a request still to send.
fn quit(app: &mut App, effects: &mut Vec<AppEffect>) {
    if app.zoom != Zoom::List {
        app.zoom = Zoom::List;
        app.details_scroll = 0;
        return;
    }
    if app.focus.is_secondary() {
        app.go_to(app.primary_pane);
        return;
    }
    leave(app, effects);
}

fn leave(app: &mut App, effects: &mut Vec<AppEffect>) {
    let lines: Vec<Phrase> = app
        .engine
        .operations()
        .iter()
        .filter(|o| (o.has_calls_ahead() || tells_a_secret(o)) && app.engine.is_ours(o))
        .map(|op| {
            if tells_a_secret(op) {
                return text::leaving::secret(op.action.subject().name.as_str());
            }
            let done = op.marks.iter().filter(|m| matches!(m, crate::domain::StepMark::Done(_))).count();
            // What counts down is cancelled. The demo keeps no journal; elsewhere the next start asks about the rest.
            let (verb, name, of) = (op.action.verb(), op.action.subject().name.as_str(), op.steps.len());
            match (&op.state, op.sent_any) {
                (OpState::Countdown { .. }, false) => text::leaving::not_begun(verb, name),
                (_, false) if app.demo => text::leaving::not_begun(verb, name),
                (_, true) if app.demo => text::leaving::begun(verb, name, done, of),
                (OpState::Turn, false) => text::leaving::turn(verb, name),
                (_, false) => text::leaving::not_begun_asks(verb, name),
                (_, true) => text::leaving::begun_asks(verb, name, done, of),
            }
        })
        .collect();
    if lines.is_empty() {
        end(app, effects);
    } else {
        app.layers.push(Layer::Leaving(Leaving { lines, drawn: false, ignored: 0 }));
    }
}

pub(crate) fn end(app: &mut App, effects: &mut Vec<AppEffect>) {
    app.queue.push(engine::Msg::CancelCountdowns);
    effects.push(AppEffect::Quit);
}

/// Whether its answer is still to come, with a secret that nobody is told again.
fn tells_a_secret(op: &Operation) -> bool {
    op.action.verb() == Verb::CreateApiKey && op.state == OpState::Sending
}

fn cancel(app: &mut App) {
    match available::cancellable(app) {
        Some(id) => {
            app.cancelled = Some(id.clone());
            app.queue.push(engine::Msg::TakeBack(id));
        }
        None => app.tell(Phrase::new(text::take_back::NOTHING), false),
    }
}

/// Puts the cursor on something in its pane.
pub(crate) fn go_to_resource(app: &mut App, resource: ResourceRef) {
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
