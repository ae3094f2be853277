//! What makes something new: nothing has to be selected for it, only an account must be able to.

use crate::app::App;
use crate::domain::{AccountName, Fault, Phrase, Possible, Resource, Verb, text};

/// The accounts that are shown in which a verb can make something now.
pub(crate) fn accounts(app: &App, verb: Verb) -> Vec<AccountName> {
    let shown = app.shown_accounts();
    let can = shown.filter(|a| {
        !a.rests()
            && !a.account.read_only
            && a.account.policy.possible(verb, Resource::Account, &a.inventory) == Possible::Yes
    });
    can.map(|a| a.account.name.clone()).collect()
}

/// Those, or why there are none.
pub(crate) fn accounts_or_why(app: &App, verb: Verb) -> Result<Vec<AccountName>, Phrase> {
    let accounts = accounts(app, verb);
    if accounts.is_empty() {
        return Err(why_not(app, verb).ok().flatten().unwrap_or_else(|| Phrase::new(text::why_not::NEVER)));
    }
    Ok(accounts)
}

/// Why nothing can be made here and now; `None` where it can. `Err`: no account knows such a thing.
pub(crate) fn why_not(app: &App, verb: Verb) -> Result<Option<Phrase>, ()> {
    if !accounts(app, verb).is_empty() {
        return Ok(None);
    }
    let shown = app.shown_accounts();
    let (mut closed, mut whys) = (Vec::new(), Vec::new());
    for account in shown {
        let name = &account.account.name;
        let why = match account.account.policy.possible(verb, Resource::Account, &account.inventory) {
            Possible::Never => continue,
            _ if account.account.read_only => {
                closed.push(name.clone());
                continue;
            }
            Possible::No(why) => why,
            Possible::Yes => account.fault().map_or_else(|| Phrase::new(text::refused::NOTHING), Fault::phrase),
        };
        whys.push(text::refused::in_account(name.as_str(), why));
    }
    let closed = (!closed.is_empty()).then(|| read_only(&closed));
    closed.into_iter().chain(whys).reduce(text::refused::and).map(Some).ok_or(())
}

/// That these accounts are read-only, so that nothing in them is changed from here.
pub(crate) fn read_only(accounts: &[AccountName]) -> Phrase {
    let names: Vec<&str> = accounts.iter().map(AccountName::as_str).collect();
    text::refused::read_only(names.join(", "), names.len())
}
