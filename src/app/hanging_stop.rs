//! A stop that takes longer than usual: the verb that ends it, and what it is about.

use std::sync::Arc;

use crate::app::App;
use crate::app::panes::row::{Row, RowKey, What};
use crate::domain::{Kind, Operation, Verb};

/// The power is cut by choice; a key for it is offered where an ordinary stop hangs.
pub(crate) const VERB: Verb = Verb::ForceStop;

/// The instance whose stop hangs that the operation of a row waits for.
pub(crate) fn instance(app: &App, row: &Row) -> Option<Row> {
    let What::Operation(id) = &row.what else { return None };
    let op = app.engine.operation(id).filter(|op| app.engine.offers_force_stop(op, &app.now))?;
    let id = op.action.holds().into_iter().find(|h| h.kind == Kind::Instance)?.id;
    let instance = app.engine.account(&op.account)?.inventory.instance(&id)?;
    Some(Row { account: op.account.clone(), what: What::Instance(Arc::clone(instance)) })
}

/// Whether a row is about such a stop.
pub(crate) fn is_hanging(app: &App, row: &Row) -> bool {
    let RowKey::Resource(resource) = row.key() else { return instance(app, row).is_some() };
    let hangs = |op: &Operation| op.action.holds().contains(&resource) && app.engine.offers_force_stop(op, &app.now);
    app.engine.operations().iter().filter(|o| !o.is_over()).any(hangs)
}
