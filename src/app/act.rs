//! From a verb and what is selected or marked to the dialog that asks.

use crate::domain::{Kind, On, Phrase, Possible, ResourceRef, Snapshot, StatusKind, Target, Verb};

use super::App;
use super::confirm::{self, Names, Subject};
use super::layer::{Entry, Layer, Menu, MenuKind, NoticeBox, Pick};
use super::pane::Pane;
use super::rows::{Row, What};

/// Whether a verb is possible on a row; `None` where it has no meaning there.
pub(super) fn possible(app: &App, verb: Verb, row: &Row) -> Option<Possible> {
    let account = app.engine.account(&row.account)?;
    let rules = &account.account.rules;
    match &row.what {
        What::Instance(i) if verb.subject() == Kind::Instance => {
            Some(rules.possible(verb, On::Instance(i), &account.picture))
        }
        // On an instance, restore chooses among its snapshots.
        What::Instance(i) if verb == Verb::Restore => {
            let any = account.picture.snapshots_of(&i.id).is_none_or(|s| !s.is_empty());
            Some(if any { Possible::Yes } else { Possible::No(Phrase::new("why-not.no-snapshots")) })
        }
        What::Snapshot(s, _) if verb.subject() == Kind::Snapshot => {
            Some(rules.possible(verb, On::Snapshot(s), &account.picture))
        }
        _ => None,
    }
}

/// The rows that an action applies to: all marked that are shown, else the one under the cursor; and how many marked
/// ones are left out since they are not shown.
pub(super) fn applies_to(app: &App) -> (Vec<Row>, usize) {
    let pane = app.pane();
    let (marked, hidden) = pane.marked();
    if marked.is_empty() && hidden == 0 {
        return (pane.row().cloned().into_iter().collect(), 0);
    }
    (marked.into_iter().cloned().collect(), hidden)
}

/// Opens the dialog of a verb, or says why there is none.
pub(super) fn ask(app: &mut App, verb: Verb) {
    let (rows, left_out) = applies_to(app);
    if rows.is_empty() {
        let why = if left_out > 0 { "refused.marked-hidden" } else { "refused.nothing" };
        app.tell(Phrase::new(why), false);
        return;
    }
    if verb == Verb::Restore && app.focus == Pane::Instances {
        if rows.len() > 1 {
            app.tell(Phrase::new("refused.one-at-a-time"), true);
        } else {
            choose_snapshot(app, &rows[0]);
        }
        return;
    }
    if verb == Verb::Restore && rows.len() > 1 {
        app.tell(Phrase::new("refused.one-at-a-time"), true);
        return;
    }
    ask_about(app, verb, &rows, left_out);
}

pub(super) fn ask_about(app: &mut App, verb: Verb, rows: &[Row], left_out: usize) {
    let mut subjects = Vec::new();
    let mut cannot = Vec::new();
    for row in rows {
        match possible(app, verb, row) {
            Some(Possible::Yes) => subjects.extend(subject(app, row)),
            Some(Possible::No(why)) => cannot.push((row.what.name().to_owned(), why)),
            Some(Possible::Never) | None => {
                cannot.push((row.what.name().to_owned(), Phrase::new("why-not.never")));
            }
        }
    }
    // What runs is named first: that is where something is interrupted.
    subjects.sort_by_key(|s| s.target.status != StatusKind::Running);
    if subjects.is_empty() {
        refuse(app, verb, &cannot);
        return;
    }
    match confirm::build(&app.engine, verb, &subjects, cannot, left_out, &names(app), &app.now) {
        Ok(confirm) => app.layers.push(Layer::Confirm(Box::new(confirm))),
        Err(cannot) => refuse(app, verb, &cannot),
    }
}

/// Says why nothing can be done: one line for one, a notice for several.
fn refuse(app: &mut App, verb: Verb, cannot: &[(String, Phrase)]) {
    let line = |(name, why): &(String, Phrase)| {
        Phrase::new("refused.because").with("verb", verb.name()).with("name", name.as_str()).with("why", why.clone())
    };
    if let [one] = cannot {
        let line = line(one);
        app.tell(line, true);
        return;
    }
    let title = Phrase::new("title.refused").with("verb", verb.name());
    app.layers.push(Layer::Notice(NoticeBox { title, lines: cannot.iter().map(line).collect() }));
}

fn subject(app: &App, row: &Row) -> Option<Subject> {
    let account = app.engine.account(&row.account)?;
    match &row.what {
        What::Instance(i) => Some(Subject {
            target: Target {
                resource: ResourceRef::new(&row.account, Kind::Instance, &i.id),
                name: i.name.clone(),
                status: i.status.kind(),
            },
            of: None,
        }),
        What::Snapshot(s, of) => {
            let of = of.clone().or_else(|| account.picture.instance(s.of.as_ref()?).cloned());
            Some(Subject {
                target: snapshot_target(row, s),
                of: of.map(|i| Target {
                    resource: ResourceRef::new(&row.account, Kind::Instance, &i.id),
                    name: i.name.clone(),
                    status: i.status.kind(),
                }),
            })
        }
        _ => None,
    }
}

fn snapshot_target(row: &Row, snapshot: &Snapshot) -> Target {
    Target {
        resource: ResourceRef::new(&row.account, Kind::Snapshot, &snapshot.id),
        name: snapshot.name.clone(),
        status: snapshot.status.kind(),
    }
}

/// The names that dialogs propose.
pub(super) fn names(app: &App) -> Names {
    let clock = app.words.clock();
    Names { minute: clock.minute_packed(app.now.wall), day: clock.day_packed(app.now.wall) }
}

/// On an instance: which of its snapshots, newest first.
fn choose_snapshot(app: &mut App, row: &Row) {
    let What::Instance(instance) = &row.what else { return };
    let Some(account) = app.engine.account(&row.account) else { return };
    let Some(mut snapshots) = account.picture.snapshots_of(&instance.id) else {
        app.tell(Phrase::new("why-not.snapshots-unknown"), false);
        return;
    };
    snapshots.sort_by_key(|s| std::cmp::Reverse(s.taken));
    let entries: Vec<Entry> = snapshots
        .into_iter()
        .enumerate()
        .map(|(i, s)| {
            let of = Row { account: row.account.clone(), what: What::Snapshot(s.clone(), Some(instance.clone())) };
            let why_not = match possible(app, Verb::Restore, &of) {
                Some(Possible::No(why)) => Some(why),
                _ => None,
            };
            let text = match s.taken {
                Some(taken) => {
                    Phrase::new("entry.snapshot").with("name", s.name.as_str()).with("age", app.now.wall.since(taken))
                }
                None => Phrase::new("entry.name").with("name", s.name.as_str()),
            };
            let key = if i < 9 { (i + 1).to_string() } else { String::new() };
            Entry { pick: Pick::Restore(of), key, text, why_not, on: None }
        })
        .collect();
    if entries.is_empty() {
        app.tell(Phrase::new("why-not.no-snapshots"), false);
        return;
    }
    let title = Phrase::new("title.choose-snapshot").with("name", instance.name.as_str());
    app.layers.push(Layer::Menu(Menu {
        kind: MenuKind::Snapshots,
        title,
        entries,
        cursor: 0,
        typed: None,
        drawn: false,
    }));
}
