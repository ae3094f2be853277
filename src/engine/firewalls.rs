//! A change of rules as one action: what was shown, what is to be, and the machines that the provider wants to be told.

use crate::domain::{Action, Phrase, ResourceId, Rule, Target, rule_edit};
use crate::engine::{Engine, steps};

impl Engine {
    /// The change that gives a firewall this name and these rules; `None` where its rules were never read. What stays is
    /// sent as the provider wrote it, what is new as the provider takes it. `instances`: all it is to be named as
    /// standing on, where the provider wants that; by default those it was put on from here.
    #[must_use]
    pub fn rules_changed(
        &self,
        firewall: &Target,
        name: &str,
        rules: &[Rule],
        instances: Option<Vec<ResourceId>>,
    ) -> Option<Action> {
        let account = self.account(firewall.account())?;
        let taken = &account.account.policy;
        let was = account.inventory.rules(firewall.id())?.rules.clone();
        let known = || self.assigned(firewall.account(), firewall.id()).into_iter().map(|(id, _)| id).collect();
        let instances = if taken.rule_form().names_instances { instances.unwrap_or_else(known) } else { Vec::new() };
        Some(Action::UpdateFirewall {
            firewall: firewall.clone(),
            name: name.trim().to_owned(),
            rules: rule_edit::sent(&was, rules, |rule| taken.as_taken(rule)),
            was,
            instances,
            own: None,
        })
    }

    /// Whether somebody else changed the rules meanwhile that an action would replace, and how.
    #[must_use]
    pub fn rules_overtaken(&self, action: &Action) -> Option<Phrase> {
        steps::rules_differ(action, &self.account(action.subject().account())?.inventory)
    }
}
