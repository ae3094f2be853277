//! Which rows a verb is about, and whether it is possible there.

use std::sync::Arc;

use crate::app::panes::row::{Row, What};
use crate::app::{App, hanging_stop};
use crate::domain::{
    Image, ImageKind, Kind, OpResult, OpState, Phrase, Possible, Ref, Resource, ResourceRef, Snapshot, Target, Verb,
    text,
};
use crate::engine;
use crate::engine::AccountState;
use crate::proposal::Subject;

/// Whether a verb is possible on a row; `None` where it has no meaning there. What is refused here stands before what
/// the provider's state forbids: that passes, and the reason would be another a moment later.
pub(crate) fn possible(app: &App, verb: Verb, row: &Row) -> Option<Possible> {
    let found = possible_there(app, verb, row)?;
    if found == Possible::Never {
        return Some(found);
    }
    Some(hindrance(app, verb, &as_meant(app, verb, row)).map_or(found, Possible::No))
}

/// Why a verb is not possible on a row; `None` where it is.
pub(crate) fn why_not(app: &App, verb: Verb, row: &Row) -> Option<Phrase> {
    match possible(app, verb, row) {
        Some(Possible::Yes) => None,
        Some(Possible::No(why)) => Some(why),
        Some(Possible::Never) | None => Some(Phrase::new(text::why_not::NEVER)),
    }
}

/// Why a verb is refused here on a row, whatever the provider would say: read-only, protected, busy.
pub(crate) fn hindrance(app: &App, verb: Verb, row: &Row) -> Option<Phrase> {
    let subject = subject(app, row);
    // A copy becomes a new instance whatever its own does.
    let of = |subject: &Subject| subject.other.clone().filter(|_| !verb.copies());
    let targets: Vec<Target> = subject.into_iter().flat_map(|s| [of(&s), Some(s.target)]).flatten().collect();
    let held: Vec<ResourceRef> = targets.iter().map(|t| t.resource.clone()).collect();
    let named: Vec<_> = targets.iter().map(|t| (&t.resource, t.name.as_str())).collect();
    engine::hindrance(&app.engine, verb, &row.account, &named, if verb.makes() { &[] } else { &held })
}

fn possible_there(app: &App, verb: Verb, row: &Row) -> Option<Possible> {
    let account = app.engine.account(&row.account)?;
    let policy = &account.account.policy;
    match &row.what {
        _ if verb.makes() => Some(policy.possible(verb, Resource::Account, &account.inventory)),
        What::Operation(_) => possible(app, verb, &subject_of_operation(app, verb, row)?),
        What::Image(i) if verb.subject() == Kind::Snapshot => match saved(account, i) {
            Some(s) => Some(policy.possible(verb, Resource::Snapshot(s), &account.inventory)),
            None if verb.removes() => {
                let saved = i.kind == ImageKind::Saved;
                Some(Possible::No(Phrase::new(if saved { text::why_not::NOT_READ } else { text::why_not::PUBLIC })))
            }
            None => None,
        },
        what => {
            let resource = resource(what).filter(|resource| resource.kind() == Some(verb.subject()))?;
            Some(policy.possible(verb, resource, &account.inventory))
        }
    }
}

/// The record of a row that an action can be done to.
fn resource(what: &What) -> Option<Resource<'_>> {
    Some(match what {
        What::Instance(i) => Resource::Instance(i),
        What::Snapshot(s, _) => Resource::Snapshot(s),
        What::Firewall(f) => Resource::Firewall(f),
        What::Key(k) => Resource::Key(k),
        What::ApiKey(k) => Resource::ApiKey(k),
        _ => return None,
    })
}

/// The snapshot that an image is, where the provider's snapshots are saved images.
fn saved<'a>(account: &'a AccountState, image: &Image) -> Option<&'a Arc<Snapshot>> {
    account.inventory.snapshot(&image.id).filter(|_| image.kind == ImageKind::Saved)
}

/// The instance that an operation made that failed, which is there and billed.
fn failed_made(app: &App, verb: Verb, row: &Row) -> Option<Row> {
    let What::Operation(id) = &row.what else { return None };
    let op = app.engine.operation(id).filter(|_| verb.removes())?;
    let failed = matches!(op.state, OpState::Ended(OpResult::Failed { .. } | OpResult::Unknown));
    let made = Ref::OutputInstance.known(&op.outputs).filter(|_| failed)?;
    let instance = app.engine.account(&op.account)?.inventory.instance(made)?;
    Some(Row { account: op.account.clone(), what: What::Instance(Arc::clone(instance)) })
}

/// The instance that a verb on an operation is about.
fn subject_of_operation(app: &App, verb: Verb, row: &Row) -> Option<Row> {
    let hanging = if verb == hanging_stop::VERB { hanging_stop::instance(app, row) } else { None };
    hanging.or_else(|| failed_made(app, verb, row))
}

/// The row of what is meant: of a snapshot, where it is an image that is one; of the instance whose stop hangs.
pub(crate) fn as_meant(app: &App, verb: Verb, row: &Row) -> Row {
    if let Some(instance) = subject_of_operation(app, verb, row) {
        return instance;
    }
    let found = match &row.what {
        What::Image(i) => app.engine.account(&row.account).and_then(|a| saved(a, i)),
        _ => None,
    };
    match found {
        Some(s) => Row { account: row.account.clone(), what: What::Snapshot(Arc::clone(s), None) },
        None => row.clone(),
    }
}

/// The rows that an action applies to: all marked that are shown, else the one under the cursor; and how many marked
/// ones are left out since they are not shown.
pub(crate) fn applies_to(app: &App) -> (Vec<Row>, usize) {
    let pane = app.pane();
    let (marked, hidden) = pane.marked();
    if marked.is_empty() && hidden == 0 {
        return (pane.row().cloned().into_iter().collect(), 0);
    }
    (marked.into_iter().cloned().collect(), hidden)
}

/// Those, or why there are none.
pub(crate) fn rows_or_why(app: &App) -> Result<(Vec<Row>, usize), Phrase> {
    match applies_to(app) {
        (rows, 0) if rows.is_empty() => Err(Phrase::new(text::refused::NOTHING)),
        (rows, _) if rows.is_empty() => Err(Phrase::new(text::refused::MARKED_HIDDEN)),
        found => Ok(found),
    }
}

/// The row that something for one alone applies to, or why there is none.
pub(crate) fn sole_row(app: &App) -> Result<Row, Phrase> {
    let (mut rows, _) = rows_or_why(app)?;
    match rows.pop() {
        Some(row) if rows.is_empty() => Ok(row),
        _ => Err(Phrase::new(text::refused::ONE_AT_A_TIME)),
    }
}

pub(crate) fn subject(app: &App, row: &Row) -> Option<Subject> {
    let account = app.engine.account(&row.account)?;
    let other = match &row.what {
        What::Snapshot(s, of) => {
            of.clone().or_else(|| account.inventory.instance(account.inventory.saved_of(s)?).cloned())
        }
        _ => None,
    };
    Some(Subject {
        target: resource(&row.what)?.target(&row.account)?,
        other: other.and_then(|i| Resource::Instance(&i).target(&row.account)),
    })
}

/// Of two ways that one key leads to: what can be said of both together.
pub(crate) fn either(one: Option<Possible>, other: Option<Possible>) -> Option<Possible> {
    match (one, other) {
        (Some(Possible::Yes), _) | (_, Some(Possible::Yes)) => Some(Possible::Yes),
        (Some(no @ Possible::No(_)), _) | (_, Some(no @ Possible::No(_))) => Some(no),
        (one, other) => other.or(one),
    }
}
