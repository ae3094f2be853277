//! The console of an instance, which a browser shows. Its address is a secret, and comes by here only where no browser takes
//! it: then it is shown as a secret is.

use crate::app::layers::secret::{SecretBox, SecretKind};
use crate::app::panes::row::What;
use crate::app::{App, AppEffect, Console, ConsoleOutcome, possible};
use crate::domain::{Phrase, text};

/// Shows the console of the one instance that is meant.
pub(crate) fn show(app: &mut App, effects: &mut Vec<AppEffect>) {
    match requested(app) {
        Ok(asked) => {
            app.tell(text::console::asked(asked.name.as_str()), false);
            effects.push(AppEffect::Console(asked));
        }
        Err(why) => app.tell(why, true),
    }
}

/// Of which instance that is; or why there is none.
pub(crate) fn requested(app: &App) -> Result<Console, Phrase> {
    let row = possible::sole_row(app)?;
    let has = app.engine.account(&row.account).is_some_and(|a| a.account.policy.has_console());
    match &row.what {
        What::Instance(i) if has => {
            Ok(Console { account: row.account.clone(), instance: i.id.clone(), name: i.name.clone() })
        }
        _ => Err(Phrase::new(text::why_not::NEVER)),
    }
}

/// Tells what became of a console that was asked for.
pub(crate) fn show_outcome(app: &mut App, outcome: ConsoleOutcome) {
    match outcome {
        ConsoleOutcome::Opened => app.tell(Phrase::new(text::console::OPENED), false),
        ConsoleOutcome::NoBrowser(Console { account, name, .. }, address) => {
            app.tell(text::console::failed(Phrase::new(text::console::NO_BROWSER)), true);
            app.secrets.push_back(SecretBox::new(account, SecretKind::Console, name, address));
        }
        ConsoleOutcome::Failed(why) => app.tell(text::console::failed(why), true),
    }
}
