//! What is known of a firewall, read just now.

use crate::domain::rule_edit::RuleForm;
use crate::domain::{AccountName, Kind, ListKey, ResourceId, Rule, Target, Verb};
use crate::session::error::SessionError;
use crate::session::read::of_account;
use crate::session::run::Session;

/// What a firewall has, as it was read just now.
pub(super) struct FirewallDetails {
    pub(super) firewall: Target,
    pub(super) form: RuleForm,
    pub(super) groups: Vec<(ResourceId, String)>,
    pub(super) rules: Vec<Rule>,
}

/// `verb`: what is to be done with it, where that is to be possible.
pub(super) async fn known(
    session: &mut Session,
    typed: &str,
    verb: Option<Verb>,
) -> Result<FirewallDetails, SessionError> {
    let firewall = session.find_typed(Kind::Firewall, typed).await?;
    let account = firewall.account().clone();
    if let Some(verb) = verb {
        session.is_possible(verb, &firewall)?;
    }
    let id = firewall.id().clone();
    let lists = [ListKey::Firewalls, ListKey::Rules(id.clone()), ListKey::Instances];
    session.need(&of_account(&account, |_| lists.to_vec())).await?;
    let (form, groups) = made_of(session, &account);
    let set = session.engine().account(&account).and_then(|a| a.inventory.rules(&id));
    let rules = set.map(|set| set.rules.clone()).unwrap_or_default();
    Ok(FirewallDetails { firewall, form, groups, rules })
}

pub(super) fn made_of(session: &Session, account: &AccountName) -> (RuleForm, Vec<(ResourceId, String)>) {
    let Some(account) = session.engine().account(account) else { return Default::default() };
    let groups = account.inventory.firewalls().iter().map(|f| (f.id.clone(), f.name.clone())).collect();
    (account.account.policy.rule_form(), groups)
}
