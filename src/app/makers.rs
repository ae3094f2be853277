//! What makes something new: nothing has to be selected for it, only an account must be able to.

use crate::domain::{AccountName, On, Phrase, Possible, Verb};

use super::App;

/// The accounts that are shown in which a verb can make something now.
pub(super) fn accounts(app: &App, verb: Verb) -> Vec<AccountName> {
    let shown = app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name));
    let can = shown.filter(|a| {
        !a.rests() && !a.account.read_only && a.account.rules.possible(verb, On::Account, &a.picture) == Possible::Yes
    });
    can.map(|a| a.account.name.clone()).collect()
}

/// Why nothing can be made here and now; `None` where it can. `Err`: no account knows such a thing.
pub(super) fn why_not(app: &App, verb: Verb) -> Result<Option<Phrase>, ()> {
    if !accounts(app, verb).is_empty() {
        return Ok(None);
    }
    let shown = app.engine.accounts().iter().filter(|a| !app.hidden.contains(&a.account.name));
    let mut why = Err(());
    for account in shown {
        match account.account.rules.possible(verb, On::Account, &account.picture) {
            Possible::Never => {}
            Possible::No(phrase) => return Ok(Some(phrase)),
            Possible::Yes if account.rests() => {
                let fault = account.fault().map(crate::domain::Fault::phrase);
                why = Ok(Some(fault.unwrap_or_else(|| Phrase::new("refused.nothing"))));
            }
            Possible::Yes => {
                let name = account.account.name.as_str();
                why = Ok(Some(Phrase::new("refused.read-only").with("account", name)));
            }
        }
    }
    why
}
