//! What is edited, and what it adds up to.

use tui_input::Input;

use crate::app::layers::rule_editor::machines;
use crate::app::layers::rule_editor::machines::Machine;
use crate::app::layers::rule_editor::rows::{EditRow, RowMark};
use crate::domain::rule_edit::{Cell, RuleForm};
use crate::domain::{AccountName, Action, Kind, Phrase, ResourceId, Rule, Target, Text, rule_edit, text};
use crate::engine::Engine;

#[derive(Debug, Clone)]
pub struct RuleEditor {
    pub account: AccountName,
    /// The accounts that a new firewall can be made in, where there is a choice.
    pub accounts: Vec<AccountName>,
    /// The firewall; none where it is new.
    pub firewall: Option<Target>,
    pub name: Input,
    /// Its rules as they were when they were taken in.
    pub was: Vec<Rule>,
    pub rows: Vec<EditRow>,
    /// The machines it is put on, or named as standing on; empty where nobody asks for them.
    pub machines: Vec<Machine>,
    pub form: RuleForm,
    pub groups: Vec<(ResourceId, String)>,
    /// Where the cursor is.
    pub at: EditorFocus,
    /// What is typed into the cell under the cursor.
    pub editing: Option<Input>,
    /// It was asked whether the changes are to be dropped.
    pub leaving: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorFocus {
    Account,
    Name,
    Rule(usize, Cell),
    Machine(usize),
    Review,
}

impl RuleEditor {
    /// The editor of a firewall whose rules were read.
    pub(super) fn load(engine: &Engine, firewall: Target) -> Result<Self, Phrase> {
        let unread = || text::rules::not_read(firewall.name.as_str());
        let account = engine.account(firewall.account()).ok_or_else(unread)?;
        let Some(set) = account.inventory.rules(firewall.id()) else { return Err(unread()) };
        let mut this = Self {
            account: firewall.account().clone(),
            accounts: Vec::new(),
            name: Input::new(firewall.name.clone()),
            was: set.rules.clone(),
            rows: Vec::new(),
            machines: Vec::new(),
            form: account.account.policy.rule_form(),
            groups: Vec::new(),
            at: EditorFocus::Name,
            editing: None,
            leaving: false,
            firewall: Some(firewall),
        };
        this.load_groups(engine);
        this.rows = this.was.iter().map(|rule| EditRow::from_rule(rule, &this.groups)).collect();
        this.machines = machines::list(engine, &this);
        if !this.rows.is_empty() {
            this.at = EditorFocus::Rule(0, Cell::Ports);
        }
        Ok(this)
    }

    pub(super) fn new(engine: &Engine, accounts: Vec<AccountName>) -> Self {
        let account = accounts.first().cloned().unwrap_or_else(|| AccountName::new(""));
        let mut this = Self {
            account,
            accounts,
            firewall: None,
            name: Input::default(),
            was: Vec::new(),
            rows: Vec::new(),
            machines: Vec::new(),
            form: RuleForm::default(),
            groups: Vec::new(),
            at: EditorFocus::Name,
            editing: Some(Input::default()),
            leaving: false,
        };
        this.load_account(engine);
        this
    }

    /// Takes over what the account has: what its rules are made of, its firewalls and machines.
    pub(super) fn load_account(&mut self, engine: &Engine) {
        if let Some(account) = engine.account(&self.account) {
            self.form = account.account.policy.rule_form();
        }
        self.load_groups(engine);
        self.machines = machines::list(engine, self);
    }

    pub(super) fn load_groups(&mut self, engine: &Engine) {
        let Some(account) = engine.account(&self.account) else { return };
        self.groups = account.inventory.firewalls().iter().map(|f| (f.id.clone(), f.name.clone())).collect();
    }

    /// Whether anything differs from what was taken in.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let name = self.firewall.as_ref().map_or("", |f| f.name.as_str());
        self.name.value().trim() != name
            || self.rows.iter().any(|row| row.mark(self) != RowMark::Same)
            || self.machines.iter().any(Machine::is_changed)
    }

    /// The rules as they are to be.
    ///
    /// # Errors
    /// Where the first mistake is, and what.
    pub fn rules(&self) -> Result<Vec<Rule>, (EditorFocus, Phrase)> {
        if let Some(what) = rule_edit::name_mistake(self.name.value(), &self.form) {
            return Err((EditorFocus::Name, what));
        }
        let mut rules = Vec::new();
        for (n, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.removed) {
            match self.mistake(n) {
                Some((cell, what)) => return Err((EditorFocus::Rule(n, cell), what)),
                None => rules.extend(row.rule(self).ok()),
            }
        }
        Ok(rules)
    }

    /// What is wrong with a row, alone or beside the others.
    #[must_use]
    pub fn mistake(&self, n: usize) -> Option<(Cell, Phrase)> {
        let row = self.rows.get(n).filter(|row| !row.removed)?;
        let rule = match row.rule(self) {
            Ok(rule) => rule,
            Err(mistake) => return Some((mistake.cell, mistake.what)),
        };
        if row.mark(self) == RowMark::Same {
            return None;
        }
        let same = |other: &EditRow| other.rule(self).is_ok_and(|r| rule_edit::means_same(&r, &rule));
        let twin = self.rows.iter().enumerate().find(|(m, other)| *m != n && !other.removed && same(other));
        twin.map(|(m, _)| (Cell::Source, text::rule::duplicate(m + 1)))
    }

    /// What to say below the table: what is wrong at the cursor, what to heed, else nothing. The flag: it is wrong.
    #[must_use]
    pub fn message(&self) -> Option<(Phrase, bool)> {
        if self.leaving {
            return Some((Phrase::new(text::rules::LEAVING), true));
        }
        match self.at {
            EditorFocus::Name => {
                let typed = self.editing.as_ref().map_or(self.name.value(), Input::value);
                let new = self.firewall.is_none() && typed.is_empty();
                rule_edit::name_mistake(typed, &self.form).filter(|_| !new).map(|what| (what, true))
            }
            EditorFocus::Rule(n, cell) => self.message_for(n, cell),
            _ => None,
        }
    }

    fn message_for(&self, n: usize, cell: Cell) -> Option<(Phrase, bool)> {
        let row = self.rows.get(n)?;
        if row.removed {
            return Some((Phrase::new(text::rules::REMOVED), false));
        }
        if let Some(typing) = &self.editing {
            // What is typed now: alone, then as it would be taken.
            let alone = match cell {
                Cell::Source => rule_edit::parse_source(typing.value()).err(),
                Cell::Ports if row.typed.protocol.has_ports() => rule_edit::parse_ports(typing.value()).err(),
                _ => None,
            };
            if let Some(what) = alone {
                let wrong = !is_missing(what.text);
                return Some((what, wrong));
            }
            let mut with = self.clone();
            with.editing = None;
            with.rows.get_mut(n)?.set_text(cell, typing.value());
            return with.message_for(n, cell);
        }
        match self.mistake(n) {
            // What was not typed yet is not wrong yet.
            Some((_, what)) if is_missing(what.text) => Some((what, false)),
            Some((_, what)) => Some((what, true)),
            None => {
                let rule = row.rule(self).ok()?;
                rule_edit::warnings(&rule, &self.form).map(|what| (what, false))
            }
        }
    }

    /// What would be sent; `None` where nothing differs.
    ///
    /// # Errors
    /// Where the first mistake is, and what.
    pub fn action(&self, engine: &Engine) -> Result<Option<Action>, (EditorFocus, Phrase)> {
        let rules = self.rules()?;
        if !self.is_changed() {
            return Ok(None);
        }
        let name = self.name.value().trim().to_owned();
        let on = || self.machines.iter().filter(|m| m.on);
        let Some(firewall) = &self.firewall else {
            let Some(account) = engine.account(&self.account) else { return Ok(None) };
            let taken = |rule: &Rule| account.account.policy.as_taken(rule);
            return Ok(Some(Action::CreateFirewall {
                new: Target::new(&self.account, Kind::Firewall, &name),
                rules: rule_edit::sent(&[], &rules, taken),
                instances: on().map(|m| m.target.clone()).collect(),
            }));
        };
        let instances = on().map(|m| m.target.id().clone()).collect();
        let action = engine.rules_changed(firewall, &name, &rules, Some(instances));
        // Bound to what the editor took in, not to what was read since.
        Ok(action.map(|action| match action {
            Action::UpdateFirewall { firewall, name, instances, .. } => {
                let taken = engine.account(&self.account).map(|a| &a.account.policy);
                let sent = rule_edit::sent(&self.was, &rules, |r| taken.map_or_else(|| r.clone(), |t| t.as_taken(r)));
                Action::UpdateFirewall { firewall, name, rules: sent, was: self.was.clone(), instances, own: None }
            }
            other => other,
        }))
    }
}

/// What was not typed yet is not wrong yet.
#[must_use]
pub fn is_missing(mistake: Text) -> bool {
    use text::rule;
    [rule::PORT_MISSING, rule::SOURCE_MISSING, rule::PROTOCOL_MISSING, rule::GROUP_MISSING, rule::NAME_MISSING]
        .contains(&mistake)
}
