//! Opens the dialog that asks, or says why there is none.

use crate::app::layers::confirm::ConfirmDialog;
use crate::app::layers::layer::{Layer, NoticeBox};
use crate::app::panes::row::Row;
use crate::app::{App, possible};
use crate::domain::{Phrase, StatusKind, Target, Verb, text};
use crate::proposal::{DefaultNames, Proposal, Subject};

pub(crate) fn propose_for(app: &mut App, verb: Verb, rows: &[Row], left_out: usize) {
    let mut subjects = Vec::new();
    let mut cannot = Vec::new();
    for row in rows {
        match possible::why_not(app, verb, row) {
            None => subjects.extend(possible::subject(app, row)),
            Some(why) => cannot.push((row.what.name().to_owned(), why)),
        }
    }
    // What runs is named first: that is where something is interrupted.
    subjects.sort_by_key(|s| s.target.status != StatusKind::Running);
    if subjects.is_empty() {
        refuse(app, verb, &cannot);
        return;
    }
    propose(app, verb, &subjects, cannot, left_out);
}

/// Opens the dialog about these, or says why there is none.
pub(crate) fn propose(app: &mut App, verb: Verb, subjects: &[Subject], cannot: Vec<(String, Phrase)>, left_out: usize) {
    let built = Proposal::build(&app.engine, verb, subjects, cannot, &names(app), &app.now);
    show(app, verb, built.map(|proposal| Proposal { left_out, ..proposal }));
}

/// The same of what a row is given or loses: a firewall, a plan.
pub(crate) fn propose_with(app: &mut App, verb: Verb, row: &Row, other: Target) {
    let Some(subject) = possible::subject(app, row) else { return };
    propose(app, verb, &[Subject { other: Some(other), ..subject }], Vec::new(), 0);
}

/// Opens the dialog about one action that was filled in or edited, or says why there is none.
pub(crate) fn propose_action(app: &mut App, action: crate::domain::Action) {
    let verb = action.verb();
    let built = Proposal::prepared(&app.engine, vec![action], Vec::new(), &app.now);
    show(app, verb, built);
}

pub(crate) fn show(app: &mut App, verb: Verb, built: Result<Proposal, Vec<(String, Phrase)>>) {
    match built {
        Ok(proposal) => app.layers.push(Layer::Confirm(Box::new(ConfirmDialog::new(proposal)))),
        Err(cannot) => refuse(app, verb, &cannot),
    }
}

/// Says why nothing can be done: one line for one, a notice for several.
pub(crate) fn refuse(app: &mut App, verb: Verb, cannot: &[(String, Phrase)]) {
    let line = |(name, why): &(String, Phrase)| text::refused::because(verb, name.as_str(), why.clone());
    if let [one] = cannot {
        let line = line(one);
        app.tell(line, true);
        return;
    }
    let title = text::title::refused(verb);
    app.layers.push(Layer::Notice(NoticeBox::new(title, cannot.iter().map(line).collect())));
}

pub(crate) fn names(app: &App) -> DefaultNames {
    DefaultNames::at(app.words.clock(), app.now.wall)
}
