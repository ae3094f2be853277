//! What a command line would do that put a whole action together: the dashboard's dialog about it, after reading what
//! its facts depend on.

use super::session::Session;
use super::target::lists_of;
use super::verb::{Plan, Trouble};
use crate::app::confirm;
use crate::domain::{Action, ListKey, OwnAddress, Phrase};
use crate::engine::{self, AccountState};

impl Session {
    /// Says what an action would do.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub async fn plan_given(&mut self, action: Action) -> Result<Plan, Trouble> {
        let account = action.subject().account().clone();
        let mut lists: Vec<ListKey> = Vec::new();
        // What was read may tell of more that is needed.
        loop {
            let needed = self.needed(&action);
            if needed == lists {
                break;
            }
            lists = needed;
            let wanted = |a: &AccountState| {
                let has = |list: &&ListKey| a.account.name == account && a.account.rules.has(list);
                lists.iter().filter(has).cloned().collect()
            };
            self.read(&wanted).await.map_err(Trouble::Broken)?;
        }
        // Whether it locks the person out is better known, where that may be asked.
        let is_known = self.engine().own().iter().any(OwnAddress::is_this_machine);
        if self.address.ask && !is_known && !engine::lock_out_lists(self.engine(), &action).is_empty() {
            let sources = self.address.clone();
            drop(self.my_address(&sources).await.map_err(Trouble::Broken)?);
        }
        let now = self.now();
        let confirm = confirm::of(self.engine(), action, &now).map_err(|cannot| {
            let nothing = || (String::new(), Phrase::new("why-not.never"));
            let (name, why) = cannot.into_iter().next().unwrap_or_else(nothing);
            Trouble::Refused { name, why }
        })?;
        Ok(Plan { confirm })
    }

    /// The lists that show what an action is about, and those that tell whether it locks a person out.
    fn needed(&self, action: &Action) -> Vec<ListKey> {
        let Some(account) = self.engine().account(action.subject().account()) else { return Vec::new() };
        let of_targets = action.targets().into_iter().flat_map(|target| lists_of(target.resource.kind, account));
        let mut needed: Vec<ListKey> = Vec::new();
        for list in of_targets.chain(engine::lock_out_lists(self.engine(), action)) {
            if !needed.contains(&list) {
                needed.push(list);
            }
        }
        needed
    }
}
