//! What a command wants of SSH keys and of keys of the API, made into an action.

use crate::domain::public_key::proposed_name;
use crate::domain::{AccountName, Action, Kind, NewKey, Phrase, Possible, PublicKey, Resource, Target, Verb, text};
use crate::engine::AccountState;
use crate::session::error::SessionError;
use crate::session::preview::Preview;
use crate::session::run::Session;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyRequest {
    /// Add an SSH key to the one account that takes keys.
    Add {
        public: PublicKey,
        /// What to call it; by its comment where nothing is said.
        name: Option<String>,
        /// What to call it where it has no comment either.
        stem: String,
        /// Whether its comment goes with it where the provider may refuse that.
        keep_comment: bool,
    },
    /// Offer an SSH key to new instances, or no more.
    Offer {
        target: String,
        active: bool,
    },
    Rename {
        target: String,
        name: String,
    },
    Delete {
        target: String,
    },
    /// Make a key of the API in the one account that has such.
    CreateApi,
    DeleteApi {
        target: String,
    },
}

impl KeyRequest {
    /// What it is done to, as it was typed, where it is there already.
    #[must_use]
    pub fn target(&self) -> Option<&str> {
        match self {
            Self::Offer { target, .. }
            | Self::Rename { target, .. }
            | Self::Delete { target }
            | Self::DeleteApi { target } => Some(target),
            Self::Add { .. } | Self::CreateApi => None,
        }
    }
}

impl Session {
    /// Looks at what is there and says what would be done.
    ///
    /// # Errors
    /// Why nothing can be done.
    pub async fn plan_key(&mut self, wish: &KeyRequest) -> Result<Preview, SessionError> {
        let action = match wish {
            KeyRequest::Add { public, name, stem, keep_comment } => {
                let account = self.one_that_can(Verb::AddKey)?;
                self.added(&account, public, name.as_deref(), stem, *keep_comment)?
            }
            KeyRequest::CreateApi => {
                let account = self.one_that_can(Verb::CreateApiKey)?;
                Action::CreateApiKey { new: Target::new(&account, Kind::ApiKey, account.as_str()) }
            }
            KeyRequest::Offer { target, active } => self.changed(target, None, Some(*active)).await?,
            KeyRequest::Rename { target, name } => self.changed(target, Some(name.trim()), None).await?,
            KeyRequest::Delete { target } => Action::DeleteKey { key: self.find_typed(Kind::Key, target).await? },
            KeyRequest::DeleteApi { target } => {
                Action::DeleteApiKey { key: self.find_typed(Kind::ApiKey, target).await? }
            }
        };
        self.plan_prepared(action).await
    }

    /// The one account that can make such a thing; where there are several, it is to be named.
    fn one_that_can(&self, verb: Verb) -> Result<AccountName, SessionError> {
        let can =
            |a: &&AccountState| a.account.policy.possible(verb, Resource::Account, &a.inventory) != Possible::Never;
        let names: Vec<AccountName> =
            self.engine().accounts().iter().filter(can).map(|a| a.account.name.clone()).collect();
        match names.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(SessionError::Usage(text::cli_key::no_account(verb))),
            several => {
                let names: Vec<&str> = several.iter().map(AccountName::as_str).collect();
                Err(SessionError::Usage(text::cli_key::which_account(names.join(", "))))
            }
        }
    }

    fn added(
        &self,
        account: &AccountName,
        public: &PublicKey,
        name: Option<&str>,
        stem: &str,
        keep_comment: bool,
    ) -> Result<Action, SessionError> {
        let proposed = [public.comment.as_str(), stem].into_iter().map(proposed_name).find(|name| !name.is_empty());
        let name = name.map(|name| name.trim().to_owned()).or(proposed).unwrap_or_default();
        let policy = self.engine().account(account).map(|a| &a.account.policy);
        if let Some(why) = policy.and_then(|policy| policy.key_name_mistake(&name)) {
            let why = text::cli_key::name(name.as_str(), why);
            return Err(SessionError::Usage(why));
        }
        let bare = !keep_comment && policy.is_some_and(|policy| policy.key_comment_may_be_refused());
        let line = if bare { public.bare() } else { public.line() };
        let new = Target::new(account, Kind::Key, &name);
        Ok(Action::AddKey { new, key: NewKey { name, public: line } })
    }

    /// A key written again, all of it as it is shown but for what is changed.
    async fn changed(&mut self, typed: &str, name: Option<&str>, active: Option<bool>) -> Result<Action, SessionError> {
        let target = self.find_typed(Kind::Key, typed).await?;
        let account = self.engine().account(target.account());
        let key = account.and_then(|a| a.inventory.key(target.id()).cloned());
        let Some(key) = key else { return Err(SessionError::NotFound(typed.to_owned())) };
        let active = active.unwrap_or(key.active);
        let to = NewKey { name: name.unwrap_or(&key.name).to_owned(), public: key.public.clone() };
        let policy = account.map(|a| &a.account.policy);
        if let Some(why) = name.and_then(|name| policy.and_then(|policy| policy.key_name_mistake(name))) {
            return Err(SessionError::Usage(text::cli_key::name(to.name.as_str(), why)));
        }
        if to.name == key.name && active == key.active {
            let why = match (name, active) {
                (Some(_), _) => text::key_change::NOTHING,
                (None, true) => text::key_change::IS_ON,
                (None, false) => text::key_change::IS_OFF,
            };
            return Err(SessionError::Already { name: key.name.clone(), why: Phrase::new(why) });
        }
        Ok(Action::ChangeKey { key: target, to, active })
    }
}
