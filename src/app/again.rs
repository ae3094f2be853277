//! Asking for an operation again, and watching what one is about.

use crate::app::panes::row::{Row, RowKey, What};
use crate::app::tables::creatable;
use crate::app::{App, possible, propose};
use crate::domain::{Action, Kind, OpResult, OpState, Operation, Phrase, ResourceRef, StepMark, Target, text};
use crate::proposal::step_phrase;

/// The operation under the cursor of the operations pane.
fn selected(app: &App) -> Option<&Operation> {
    match app.pane().selected()? {
        RowKey::Operation(id) => app.engine.operation(id),
        _ => None,
    }
}

/// Why the operation under the cursor cannot be asked for again; `Err`: it has no meaning here.
pub(crate) fn why_not_again(app: &App) -> Result<Option<Phrase>, ()> {
    let op = selected(app).ok_or(())?;
    if !op.is_over() {
        return Ok(Some(Phrase::new(text::why_not::NOT_OVER)));
    }
    let account = app.engine.account(&op.account).ok_or(())?;
    if account.account.read_only {
        return Ok(Some(creatable::read_only(std::slice::from_ref(&op.account))));
    }
    // What is ordered needs nothing that is there. A password is written down nowhere.
    if let Action::CreateInstance { order, .. } = &op.action {
        let lost = order.had_password && order.password.is_empty();
        return Ok(lost.then(|| Phrase::new(text::why_not::PASSWORD_LOST)));
    }
    // What was made can be made once more, whatever became of it.
    if op.action.verb().makes() {
        return Ok(None);
    }
    let is_gone = row_of(app, op).is_none() && firewall_again(app, op).is_none();
    Ok(is_gone.then(|| text::why_not::gone(op.action.subject().name.as_str())))
}

/// The row of what an operation was about, as it is now.
fn row_of(app: &App, op: &Operation) -> Option<Row> {
    let inventory = &app.engine.account(&op.account)?.inventory;
    let row = |what| Some(Row { account: op.account.clone(), what });
    let asked = op.action.asked_of();
    match asked.resource.kind {
        Kind::Snapshot => {
            let snapshot = inventory.snapshot(asked.id())?;
            let of = inventory.saved_of(snapshot).and_then(|id| inventory.instance(id)).cloned();
            row(What::Snapshot(snapshot.clone(), of))
        }
        Kind::Firewall if op.action.verb().removes() => row(What::Firewall(inventory.firewall(asked.id())?.clone())),
        Kind::Key => row(What::Key(inventory.key(asked.id())?.clone())),
        Kind::ApiKey => row(What::ApiKey(inventory.api_key(asked.id())?.clone())),
        _ => row(What::Instance(inventory.instance(asked.id())?.clone())),
    }
}

/// What making a firewall or changing its rules comes to now: one that was made before it broke off is not made once
/// more, and rules are compared with those that it has today.
fn firewall_again(app: &App, op: &Operation) -> Option<Action> {
    let inventory = &app.engine.account(&op.account)?.inventory;
    match &op.action {
        Action::CreateFirewall { new, rules, instances } => {
            let broke_off = op.state != OpState::Ended(OpResult::Done);
            let made = op.outputs.iter().find_map(|output| output.id(Kind::Firewall)).filter(|_| broke_off);
            let mut new = new.clone();
            if let Some(firewall) = made.and_then(|id| inventory.firewall(id)) {
                new.resource.id = firewall.id.clone();
            }
            Some(Action::CreateFirewall { new, rules: rules.clone(), instances: instances.clone() })
        }
        Action::UpdateFirewall { firewall, name, rules, instances, .. } => {
            let now = inventory.firewall(firewall.id())?;
            let target = Target { name: now.name.clone(), ..firewall.clone() };
            app.engine.rules_changed(&target, name, rules, Some(instances.clone()))
        }
        _ => None,
    }
}

/// Opens the dialog for what the operation under the cursor did, with what is so today.
pub(crate) fn again(app: &mut App) {
    match why_not_again(app) {
        Ok(None) => {}
        Ok(Some(why)) => return app.tell(why, true),
        Err(()) => return,
    }
    let Some(op) = selected(app).cloned() else { return };
    if let Some(action) = firewall_again(app, &op) {
        return propose::propose_action(app, action);
    }
    if op.action.verb().is_filled_in() {
        return propose::propose_action(app, op.action);
    }
    let Some(row) = row_of(app, &op) else { return };
    let verb = op.action.verb();
    match op.action.other().filter(|other| Some(other.resource.kind) == verb.other()) {
        Some(other) => propose::propose_with(app, verb, &row, other.clone()),
        None => propose::propose_for(app, verb, &[row], 0),
    }
}

/// What stands now, where a person left the steps of an operation that were not begun.
pub(crate) fn remaining(app: &App, op: &Operation) -> Option<Phrase> {
    if !matches!(&op.state, OpState::Ended(OpResult::Cancelled { why }) if why.text == text::cancelled::REST) {
        return None;
    }
    let last = op.marks.iter().rposition(|m| matches!(m, StepMark::Done(_)));
    let step = op.steps.get(last?)?;
    let subject = op.action.subject();
    let inventory = &app.engine.account(&op.account)?.inventory;
    let shown = match subject.resource.kind {
        Kind::Snapshot => inventory.snapshot(subject.id()).map(|s| app.words.store_status(&s.status)),
        _ => inventory.instance(subject.id()).map(|i| app.words.instance_status(&i.status)),
    };
    let (verb, name, step) = (op.action.verb(), subject.name.as_str(), step_phrase(step, &op.action));
    Some(match shown {
        Some(status) => text::op::left_at(verb, name, step, status),
        None => text::op::left_after(verb, name, step),
    })
}

/// What can be watched of the rows that are meant, with its name.
pub(crate) fn watchable(app: &App) -> Vec<(ResourceRef, String)> {
    let (rows, _) = possible::applies_to(app);
    rows.iter()
        .filter_map(|row| match &row.what {
            What::Operation(id) => {
                let subject = app.engine.operation(id)?.action.subject();
                Some((subject.resource.clone(), subject.name.clone()))
            }
            what => match row.key() {
                RowKey::Resource(resource) | RowKey::ExternalChange(resource, _) => {
                    Some((resource, what.name().to_owned()))
                }
                RowKey::Operation(_) => None,
            },
        })
        .collect()
}

/// Watches what is meant, or no more where all of it is watched.
pub(crate) fn watch(app: &mut App) {
    let all = watchable(app);
    let Some((_, name)) = all.first() else { return };
    let wanted = !all.iter().all(|(resource, _)| app.engine.is_watched(resource));
    let phrase = match (wanted, all.len()) {
        (true, 1) => text::watch::on(name.as_str()),
        (true, _) => text::watch::on_many(all.len()),
        (false, 1) => text::watch::off(name.as_str()),
        (false, _) => text::watch::off_many(all.len()),
    };
    app.queue.extend(all.into_iter().map(|(resource, _)| crate::engine::Msg::Watch(resource, wanted)));
    app.tell(phrase, false);
}

#[must_use]
pub fn is_watched(app: &App, row: &Row) -> bool {
    match &row.what {
        What::Operation(id) => app
            .engine
            .operation(id)
            .is_some_and(|o| !o.is_over() && app.engine.is_watched(&o.action.subject().resource)),
        What::Instance(_) | What::Snapshot(..) => {
            matches!(row.key(), RowKey::Resource(resource) if app.engine.is_watched(&resource))
        }
        _ => false,
    }
}
