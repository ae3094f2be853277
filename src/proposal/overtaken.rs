//! Why a proposal cannot be confirmed: what it shows is no longer so, or its name will not do.

use crate::domain::rule_edit::RuleChange;
use crate::domain::{Action, Phrase, text};
use crate::engine::{self, Engine};
use crate::proposal::content::Proposal;
use crate::proposal::facts::rules;

impl Proposal {
    /// Why it can no longer be confirmed, from what is known now.
    #[must_use]
    pub fn overtaken(&self, engine: &Engine) -> Option<Phrase> {
        for target in self.actions.iter().flat_map(Action::targets) {
            let Some(account) = engine.account(target.account()) else { continue };
            match account.inventory.find(target.resource.kind, target.id()) {
                None => return Some(text::overtaken::gone(target.name.as_str())),
                Some(found) if found.name() != target.name => {
                    return Some(text::overtaken::renamed(target.name.as_str(), found.name()));
                }
                Some(found) if found.status() != target.status => {
                    return Some(text::overtaken::changed(target.name.as_str()));
                }
                Some(_) => {}
            }
        }
        let refused = || self.actions.iter().find_map(|a| engine::refusal(engine, a));
        self.actions.iter().find_map(|a| engine.rules_overtaken(a)).or_else(refused)
    }

    /// What somebody else changed meanwhile in the rules that were to be replaced.
    #[must_use]
    pub fn foreign_changes(&self, engine: &Engine) -> Vec<RuleChange> {
        self.actions.iter().flat_map(|action| rules::theirs(action, engine)).collect()
    }

    /// Why it cannot be confirmed as it stands: it has no name, changes nothing, or nothing can be called so.
    #[must_use]
    pub fn mistake(&self, engine: &Engine) -> Option<Phrase> {
        // What is renamed its provider has a word about.
        if self.prepared.is_empty() && self.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
            return Some(Phrase::new(text::confirm::NO_NAME));
        }
        self.actions.iter().find_map(|action| key_mistake(action, engine))
    }
}

fn key_mistake(action: &Action, engine: &Engine) -> Option<Phrase> {
    let Action::ChangeKey { key, to, active } = action else { return None };
    let account = engine.account(key.account())?;
    let there = account.inventory.key(key.id())?;
    if there.name == to.name && there.active == *active {
        return Some(Phrase::new(text::key_change::NOTHING));
    }
    if there.name == to.name { None } else { account.account.policy.key_name_mistake(&to.name) }
}
