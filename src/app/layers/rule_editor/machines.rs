//! The machines that a new firewall is put on, and those that a change names where the provider wants to be told and
//! does not tell by itself.

use crate::app::layers::rule_editor::state::{EditorFocus, RuleEditor};
use crate::domain::{Kind, StatusKind, Target, Timestamp};
use crate::engine::Engine;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    pub target: Target,
    pub on: bool,
    /// Since when it is known to stand there, set from here.
    pub since: Option<Timestamp>,
}

impl Machine {
    /// Whether it is marked otherwise than what is known.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.on != self.since.is_some()
    }
}

pub(crate) fn list(engine: &Engine, editor: &RuleEditor) -> Vec<Machine> {
    let Some(account) = engine.account(&editor.account) else { return Vec::new() };
    if editor.firewall.is_some() && !editor.form.names_instances {
        return Vec::new();
    }
    let set = editor.firewall.as_ref().map(|f| engine.assigned(&editor.account, f.id())).unwrap_or_default();
    let mut machines: Vec<Machine> = account
        .inventory
        .instances()
        .iter()
        // What is being made or destroyed takes none.
        .filter(|i| !matches!(i.status.kind(), StatusKind::Creating | StatusKind::Importing | StatusKind::Destroying))
        .map(|i| {
            let since = set.iter().find(|(id, _)| *id == i.id).map(|(_, at)| *at);
            let resource = crate::domain::ResourceRef::new(&editor.account, Kind::Instance, &i.id);
            let target = Target { resource, name: i.name.clone(), status: i.status.kind() };
            Machine { target, on: since.is_some(), since }
        })
        .collect();
    machines.sort_by_key(|m| m.target.name.to_lowercase());
    machines
}

/// The machines as they are now; what a person marked stays marked.
pub(crate) fn refresh(engine: &Engine, editor: &mut RuleEditor) {
    let mut new = list(engine, editor);
    for machine in &mut new {
        if let Some(old) = editor.machines.iter().find(|m| m.target.resource == machine.target.resource)
            && (old.is_changed() || old.since == machine.since)
        {
            machine.on = old.on;
        }
    }
    if let EditorFocus::Machine(n) = editor.at {
        let under = editor.machines.get(n).map(|m| m.target.resource.clone());
        let found = new.iter().position(|m| Some(&m.target.resource) == under.as_ref());
        editor.at = match found.or_else(|| new.len().checked_sub(1)) {
            Some(n) => EditorFocus::Machine(n),
            None => EditorFocus::Review,
        };
    }
    editor.machines = new;
}
