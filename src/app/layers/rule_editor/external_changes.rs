//! What somebody else changed while the editor was open.

use crate::app::layers::rule_editor::rows::EditRow;
use crate::app::layers::rule_editor::state::{EditorFocus, RuleEditor};
use crate::domain::Rule;
use crate::domain::rule_edit::{RuleChange, difference, means_same, same_set};
use crate::engine::Engine;

/// What differs between the rules that the editor took in and those that are there now; empty where nothing does.
#[must_use]
pub fn changed_meanwhile(engine: &Engine, editor: &RuleEditor) -> Vec<RuleChange> {
    let Some(now) = now(engine, editor).filter(|now| !same_set(now, &editor.was)) else { return Vec::new() };
    difference(&editor.was, now).into_iter().filter(|change| !matches!(change, RuleChange::Kept(_))).collect()
}

fn now<'a>(engine: &'a Engine, editor: &RuleEditor) -> Option<&'a [Rule]> {
    let firewall = editor.firewall.as_ref()?;
    Some(&engine.account(&editor.account)?.inventory.rules(firewall.id())?.rules)
}

/// Takes their changes over: what they added comes to the rules, what they took away goes unless it was changed here,
/// and then it is new.
pub(crate) fn take_over(engine: &Engine, editor: &mut RuleEditor) {
    let Some(now) = now(engine, editor).map(<[Rule]>::to_vec) else { return };
    let mut left = now.clone();
    let mut rows = Vec::new();
    for mut row in std::mem::take(&mut editor.rows) {
        let Some(was) = row.was.clone() else {
            rows.push(row);
            continue;
        };
        match left.iter().position(|rule| means_same(rule, &was)) {
            Some(at) => {
                left.remove(at);
                rows.push(row);
            }
            None if row.removed || row.typed == EditRow::from_rule(&was, &editor.groups).typed => {}
            None => {
                row.was = None;
                rows.push(row);
            }
        }
    }
    for rule in &left {
        let theirs = EditRow::from_rule(rule, &editor.groups);
        // What was added here, too, is now there.
        let twin = rows.iter_mut().find(|row| {
            row.was.is_none() && row.typed.check(&editor.form, &editor.groups).is_ok_and(|r| means_same(&r, rule))
        });
        match twin {
            Some(row) => *row = theirs,
            None => rows.push(theirs),
        }
    }
    editor.rows = rows;
    editor.was = now;
    if let EditorFocus::Rule(n, cell) = editor.at {
        editor.at = match editor.rows.len().checked_sub(1) {
            Some(last) => EditorFocus::Rule(n.min(last), cell),
            None => EditorFocus::Name,
        };
    }
}
