//! An action that was put together elsewhere, planned without a screen: the same dialog that a form opens.

use crate::domain::{Action, Kind, ListKey, OwnAddress, Phrase, Possible, Resource, ResourceId, Verb, text};
use crate::engine::{self, AccountState, Engine};
use crate::proposal::Proposal;
use crate::session::error::SessionError;
use crate::session::preview::Preview;
use crate::session::read::of_account;
use crate::session::run::Session;

impl Session {
    /// Looks at what the action is about and says what would be done.
    ///
    /// # Errors
    /// Why nothing can be done.
    pub async fn plan_prepared(&mut self, action: Action) -> Result<Preview, SessionError> {
        let account = action.subject().account();
        let mut lists: Vec<ListKey> = Vec::new();
        // What was read may tell of more that is needed.
        loop {
            let needed = needed(self.engine(), &action);
            if needed == lists {
                break;
            }
            lists = needed;
            self.read(&of_account(account, |_| lists.clone())).await.map_err(SessionError::Interrupted)?;
        }
        let faults = self.faults(&of_account(account, |a| shown_in(&action, a)));
        if !faults.is_empty() {
            return Err(SessionError::Faults(faults));
        }
        // Whether it locks the person out is better known, where that may be asked.
        let is_known = self.engine().own().iter().any(OwnAddress::is_this_machine);
        if self.address.ask && !is_known && !engine::lock_out_lists(self.engine(), &action).is_empty() {
            drop(self.my_address().await.map_err(SessionError::Interrupted)?);
        }
        let name = action.subject().name.clone();
        if let Some(why) = self.why_not(&action) {
            return Err(SessionError::Refused { name, why });
        }
        let now = self.now();
        let built = Proposal::prepared(self.engine(), vec![action], Vec::new(), &now);
        let proposal = built.map_err(|cannot| {
            let (name, why) = cannot.into_iter().next().unwrap_or((name, Phrase::new(text::why_not::NEVER)));
            SessionError::Refused { name, why }
        })?;
        Ok(Preview::new(proposal))
    }

    /// Why an action is not possible on what it is about, as that is shown now.
    fn why_not(&self, action: &Action) -> Option<Phrase> {
        let target = action.subject();
        let Some(account) = self.engine().account(target.account()) else {
            return Some(Phrase::new(text::why_not::NEVER));
        };
        let (verb, inventory, id): (Verb, _, &ResourceId) = (action.verb(), &account.inventory, target.id());
        let on = if verb.makes() { Some(Resource::Account) } else { inventory.find(target.resource.kind, id) };
        let Some(on) = on else {
            return Some(text::overtaken::gone(target.name.as_str()));
        };
        match account.account.policy.possible(verb, on, inventory) {
            Possible::Yes => None,
            Possible::No(why) => Some(why),
            Possible::Never => Some(Phrase::new(text::why_not::NEVER)),
        }
    }
}

/// The lists that show what an action is about, and those that tell whether it locks a person out.
fn needed(engine: &Engine, action: &Action) -> Vec<ListKey> {
    let Some(account) = engine.account(action.subject().account()) else { return Vec::new() };
    let mut needed = shown_in(action, account);
    for list in engine::lock_out_lists(engine, action).into_iter().chain(account.account.policy.plan_lists(action)) {
        if account.account.policy.supports(&list) && !needed.contains(&list) {
            needed.push(list);
        }
    }
    needed
}

/// Those of them that were neither read nor could not be.
pub(super) fn unread(engine: &Engine, action: &Action) -> Vec<ListKey> {
    let Some(account) = engine.account(action.subject().account()) else { return Vec::new() };
    let unread = |list: &ListKey| {
        let remote = account.inventory.lists.get(list);
        remote.is_none_or(|r| r.started_at.is_none() && r.fault.is_none())
    };
    needed(engine, action).into_iter().filter(unread).collect()
}

/// The lists that show everything an action names.
fn shown_in(action: &Action, account: &AccountState) -> Vec<ListKey> {
    let policy = &account.account.policy;
    let held = action.holds().into_iter().find(|held| held.kind == Kind::Instance).map(|held| held.id);
    let mut lists = vec![ListKey::Instances];
    for target in action.targets() {
        let list = match target.resource.kind {
            Kind::Instance => ListKey::Instances,
            Kind::Snapshot => match &held {
                Some(of) => policy.snapshots_of(of),
                None => ListKey::Snapshots(None),
            },
            Kind::Firewall => ListKey::Firewalls,
            Kind::Key => ListKey::Keys,
            Kind::ApiKey => ListKey::ApiKeys,
            Kind::Volume => ListKey::Volumes,
            Kind::Image | Kind::Plan => continue,
        };
        lists.push(list);
    }
    // The rules that are replaced are compared with those that were shown.
    if let Some((firewall, _)) = action.replaced_rules() {
        lists.push(ListKey::Rules(firewall.id().clone()));
    }
    lists.retain(|list| policy.supports(list));
    lists.dedup();
    lists
}
