//! What is filled in.

use tui_input::Input;

use crate::domain::{AccountName, Phrase, ResourceId};
use crate::engine::{AccountState, Engine};
use crate::proposal::order::BootSource;

/// Where one is in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderPage {
    /// Which account, where several can.
    Account,
    What,
    Url,
    Plan,
    Rest,
    /// Which region; back to [`OrderPage::Rest`].
    Region,
    /// Which network; back to [`OrderPage::Rest`].
    Network,
    /// Which key; back to [`OrderPage::Rest`].
    Key,
    /// Which firewalls; back to [`OrderPage::Rest`].
    Firewalls,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyChoice {
    /// Nothing was chosen: the first one, where a key is of use.
    Usual,
    None,
    Known(ResourceId),
    Local(String),
}

/// A text that nobody is shown.
#[derive(Clone, Default)]
pub struct Unseen(pub Input);

impl std::fmt::Debug for Unseen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unseen")
    }
}

#[derive(Debug, Clone)]
pub struct CreateForm {
    pub account: AccountName,
    pub page: OrderPage,
    /// The place of the cursor among what can be chosen in a list.
    pub cursor: usize,
    pub typed: Input,
    /// What it is made from, once chosen.
    pub source: Option<BootSource>,
    pub url: Input,
    /// The plan, once chosen.
    pub plan: Option<ResourceId>,
    pub name: Input,
    /// The region, where it was chosen.
    pub region: Option<ResourceId>,
    /// The network, where it was chosen.
    pub network: Option<ResourceId>,
    pub key: KeyChoice,
    pub firewalls: Vec<ResourceId>,
    /// The password of its administrator.
    pub password: Unseen,
    pub start: bool,
    /// Whether port 22 must answer for it to be done.
    pub answers: bool,
    /// The field under the cursor of [`OrderPage::Rest`].
    pub at: usize,
    pub said: Option<Phrase>,
}

impl CreateForm {
    /// An empty form for an account.
    #[must_use]
    pub fn new(account: &AccountName, page: OrderPage) -> Self {
        Self {
            account: account.clone(),
            page,
            cursor: 0,
            typed: Input::default(),
            source: None,
            url: Input::default(),
            plan: None,
            name: Input::default(),
            region: None,
            network: None,
            key: KeyChoice::Usual,
            firewalls: Vec::new(),
            password: Unseen::default(),
            start: true,
            answers: false,
            at: 0,
            said: None,
        }
    }

    /// Goes to a page, its list unfiltered and the cursor on top.
    pub(super) fn go(&mut self, page: OrderPage) {
        self.page = page;
        self.cursor = 0;
        self.typed = Input::default();
        self.said = None;
    }

    /// Takes what it is made from. What was chosen for another system may not fit this one.
    pub(super) fn set_source(&mut self, source: BootSource) {
        let same = self.source.as_ref().is_some_and(|old| old.id() == source.id());
        if !same {
            self.plan = None;
        }
        let page = if matches!(source, BootSource::Import(..)) { OrderPage::Url } else { OrderPage::Plan };
        self.source = Some(source);
        self.go(page);
    }

    /// What it is made from, with the address as it is typed now.
    #[must_use]
    pub fn source_now(&self) -> Option<BootSource> {
        self.source.clone().map(|source| match source {
            BootSource::Import(image, _) => BootSource::Import(image, self.url.value().trim().to_owned()),
            other => other,
        })
    }

    #[must_use]
    pub fn state<'a>(&self, engine: &'a Engine) -> Option<&'a AccountState> {
        engine.account(&self.account)
    }
}
