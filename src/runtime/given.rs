//! An action that a command put together, planned as the dashboard's dialog about it would be.

use super::session::Session;
use super::verb::{Plan, Trouble};
use crate::app::confirm;
use crate::domain::{Action, Kind, ListKey, On, Phrase, Possible};
use crate::engine::AccountState;

impl Session {
    /// Looks at what is there and says what would be done.
    ///
    /// # Errors
    /// Why nothing can be done.
    pub async fn plan_given(&mut self, action: Action) -> Result<Plan, Trouble> {
        let name = action.subject().account().clone();
        let kinds: Vec<Kind> =
            std::iter::once(action.subject()).chain(action.targets()).map(|t| t.resource.kind).collect();
        let wanted = |account: &AccountState| {
            if account.account.name != name {
                return Vec::new();
            }
            let lists = kinds.iter().flat_map(|kind| super::target::lists_of(*kind, account));
            // Which instances something is on, or has it, is a fact of nearly every dialog.
            let mut lists: Vec<ListKey> = lists.chain([ListKey::Instances]).collect();
            lists.retain(|list| account.account.rules.has(list));
            lists
        };
        self.read(&wanted).await.map_err(Trouble::Broken)?;
        let faults = self.faults(&wanted);
        if !faults.is_empty() {
            return Err(Trouble::Faults(faults));
        }
        let refused = |why: Phrase| Trouble::Refused { name: action.subject().name.clone(), why };
        match self.possible_now(&action) {
            None | Some(Possible::Yes) => {}
            Some(Possible::No(why)) => return Err(refused(why)),
            Some(Possible::Never) => return Err(refused(Phrase::new("why-not.never"))),
        }
        let confirm = confirm::of(self.engine(), action, &self.now()).map_err(|cannot| {
            let never = || (String::new(), Phrase::new("why-not.never"));
            let (name, why) = cannot.into_iter().next().unwrap_or_else(never);
            Trouble::Refused { name, why }
        })?;
        Ok(Plan { confirm })
    }

    /// Whether the provider can do it to what it is about; `None` where that is not known.
    fn possible_now(&self, action: &Action) -> Option<Possible> {
        let subject = action.subject();
        let account = self.engine().account(subject.account())?;
        let (picture, rules, id) = (&account.picture, &account.account.rules, subject.id());
        let instance = picture.instance(id);
        let snapshot = picture.snapshot(id);
        let firewall = picture.firewall(id);
        let on = match subject.resource.kind {
            _ if action.verb().makes() => On::Account,
            Kind::Instance => On::Instance(instance?),
            Kind::Snapshot => On::Snapshot(snapshot?),
            Kind::Firewall => On::Firewall(firewall?),
            Kind::Key => On::Key(picture.key(id)?),
            Kind::ApiKey => On::ApiKey(picture.api_key(id)?),
            Kind::Image | Kind::Plan => return None,
        };
        Some(rules.possible(action.verb(), on, picture))
    }
}
