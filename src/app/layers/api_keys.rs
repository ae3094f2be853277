//! Makes a key of a provider's API: in the one account that can, or first in which.

use crate::app::layers::layer::{Layer, Menu, MenuChoice, MenuEntry, MenuKind};
use crate::app::tables::creatable;
use crate::app::{App, propose};
use crate::domain::{AccountName, Action, Kind, Phrase, Target, Verb, text};

pub(crate) fn create(app: &mut App) {
    match creatable::accounts_or_why(app, Verb::CreateApiKey) {
        Err(why) => app.tell(why, true),
        Ok(accounts) if accounts.len() == 1 => create_in(app, &accounts[0]),
        Ok(accounts) => {
            let entry = |(at, name): (usize, AccountName)| {
                MenuEntry::numbered(at, text::plain::said(name.as_str()), MenuChoice::NewApiKey(name))
            };
            let entries = accounts.into_iter().enumerate().map(entry).collect();
            let title = Phrase::new(text::title::API_KEY_WHERE);
            app.layers.push(Layer::Menu(Menu::new(MenuKind::KeyAccount, title, entries)));
        }
    }
}

/// Asks whether a key is to be made in this account. It has no name before it is made; the account's stands for it.
pub(crate) fn create_in(app: &mut App, account: &AccountName) {
    let new = Target::new(account, Kind::ApiKey, account.as_str());
    propose::propose_action(app, Action::CreateApiKey { new });
}
