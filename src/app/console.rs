//! The console of an instance, which a browser shows. Its address never comes by here.

use crate::domain::{AccountName, Phrase, ResourceId};

use super::rows::What;
use super::{App, Effect, act};

/// Shows the console of the one instance that is meant.
pub(super) fn show(app: &mut App, effects: &mut Vec<Effect>) {
    match of(app) {
        Ok((account, instance, name)) => {
            app.tell(Phrase::new("console.asked").with("name", name), false);
            effects.push(Effect::Console { account, instance });
        }
        Err(why) => app.tell(why, true),
    }
}

/// Which instance that is, and its name; or why there is none.
pub(super) fn of(app: &App) -> Result<(AccountName, ResourceId, String), Phrase> {
    let (rows, _) = act::applies_to(app);
    let row = match rows.as_slice() {
        [row] => row,
        [] => return Err(Phrase::new("refused.nothing")),
        _ => return Err(Phrase::new("refused.one-at-a-time")),
    };
    let has = app.engine.account(&row.account).is_some_and(|a| a.account.rules.has_console());
    match &row.what {
        What::Instance(i) if has => Ok((row.account.clone(), i.id.clone(), i.name.clone())),
        _ => Err(Phrase::new("why-not.never")),
    }
}
