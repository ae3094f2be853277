//! One rule in the editor.

use crate::app::layers::rule_editor::state::RuleEditor;
use crate::domain::rule_edit::{Cell, Preset, Protocol, RuleMistake, Typed, means_same};
use crate::domain::{Direction, ResourceId, Rule};

#[derive(Debug, Clone, PartialEq, Default)]
pub struct EditRow {
    /// As the provider has it; none where it is new.
    pub was: Option<Rule>,
    pub typed: Typed,
    pub removed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowMark {
    Same,
    Added,
    Changed,
    Removed,
}

impl EditRow {
    #[must_use]
    pub fn from_rule(rule: &Rule, groups: &[(ResourceId, String)]) -> Self {
        Self { was: Some(rule.clone()), typed: Typed::from_rule(rule, groups), removed: false }
    }

    /// The rule it stands for: as it was, where nothing was typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn rule(&self, editor: &RuleEditor) -> Result<Rule, RuleMistake> {
        match &self.was {
            Some(was) if Typed::from_rule(was, &editor.groups) == self.typed => Ok(was.clone()),
            _ => self.typed.check(&editor.form, &editor.groups),
        }
    }

    #[must_use]
    pub fn mark(&self, editor: &RuleEditor) -> RowMark {
        match (&self.was, self.removed) {
            (_, true) => RowMark::Removed,
            (None, false) => RowMark::Added,
            (Some(was), false) => match self.rule(editor) {
                Ok(rule) if means_same(&rule, was) => RowMark::Same,
                _ => RowMark::Changed,
            },
        }
    }

    pub(crate) fn undo(&mut self, groups: &[(ResourceId, String)]) {
        self.removed = false;
        if let Some(was) = &self.was {
            self.typed = Typed::from_rule(was, groups);
        }
    }

    #[must_use]
    pub fn text(&self, cell: Cell, directions: [&'static str; 2]) -> String {
        match cell {
            Cell::Direction => directions[usize::from(self.typed.direction == Direction::Out)].to_owned(),
            Cell::Preset => self.typed.preset.name().to_owned(),
            Cell::Protocol if self.typed.protocol.is_icmp() || self.typed.protocol.has_ports() => {
                self.typed.protocol.name().to_uppercase()
            }
            Cell::Protocol => self.typed.protocol.name().to_owned(),
            Cell::Ports => self.typed.ports.clone(),
            Cell::Source => self.typed.source.clone(),
        }
    }

    pub(crate) fn set_text(&mut self, cell: Cell, text: &str) {
        match cell {
            Cell::Ports => {
                text.trim().clone_into(&mut self.typed.ports);
                self.typed.find_preset();
            }
            Cell::Source => text.trim().clone_into(&mut self.typed.source),
            _ => {}
        }
    }

    /// The next choice of a cell that is chosen and not typed.
    pub(crate) fn cycle(&mut self, cell: Cell, presets: &[Preset], protocols: &[Protocol], back: bool) {
        match cell {
            Cell::Direction => {
                self.typed.direction =
                    if self.typed.direction == Direction::In { Direction::Out } else { Direction::In };
            }
            Cell::Preset => {
                let was = (self.typed.protocol.clone(), self.typed.ports.clone());
                if let Some(next) = beside(presets, &self.typed.preset, back) {
                    self.typed.choose(next);
                    // Protocol and ports stay to be changed where no preset says them.
                    if next == Preset::Custom {
                        (self.typed.protocol, self.typed.ports) = was;
                    }
                }
            }
            Cell::Protocol => {
                if let Some(next) = beside(protocols, &self.typed.protocol, back) {
                    self.typed.speak(next);
                }
            }
            Cell::Ports | Cell::Source => {}
        }
    }
}

fn beside<T: Clone + PartialEq>(all: &[T], now: &T, back: bool) -> Option<T> {
    let n = all.len();
    let next = match all.iter().position(|one| one == now) {
        Some(at) if back => (at + n - 1) % n,
        Some(at) => (at + 1) % n,
        None => 0,
    };
    all.get(next).cloned()
}
