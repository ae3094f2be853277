//! How a change is confirmed: by an option, or by a person at a terminal.

use crate::cli::prompt;
use crate::domain::{Phrase, Target, is_one_of, text};
use crate::session::error::Interruption;
use crate::words::Words;

pub(super) struct RequiredConfirmation {
    /// What is accepted where it is typed. A yes that is typed all the same must name what it is about, too.
    accepted: Vec<String>,
    /// The same in words, where nothing less will do.
    typed: Option<String>,
}

enum Consent {
    Confirmed,
    /// It is not, and what would be needed.
    Refused(Phrase),
    /// A person can be asked this; [`RequiredConfirmation::answered`] says what the answer means.
    Asks(String),
}

/// Reads what a person types.
pub(super) type Prompt = Box<dyn FnOnce() -> Option<String> + Send>;

impl RequiredConfirmation {
    /// `typed`: what must be typed, one of these; `None` where a yes is enough.
    pub(super) fn new(typed: Option<&[String]>, about: &Target, words: &Words) -> Self {
        let accepted = typed.map_or_else(|| vec![about.name.clone(), about.id().to_string()], <[String]>::to_vec);
        Self { typed: typed.map(|_| one_of(&accepted, words)), accepted }
    }

    /// Why it is not confirmed: by the options, or by whom `ask` asks.
    ///
    /// # Errors
    /// It was interrupted.
    pub(super) async fn missing(
        &self,
        args: (bool, Option<&str>),
        words: &Words,
        ask: impl AsyncFnOnce(Prompt) -> Result<Option<String>, Interruption>,
    ) -> Result<Option<Phrase>, Interruption> {
        Ok(match self.consent(args, words) {
            Consent::Confirmed => None,
            Consent::Refused(why) => Some(why),
            Consent::Asks(question) => self.answered(ask(self.question(question)).await?.as_deref()),
        })
    }

    /// What the options say, and what else can be done.
    fn consent(&self, (yes, confirm): (bool, Option<&str>), words: &Words) -> Consent {
        match (&self.typed, confirm) {
            (_, Some(text)) => self.answered(Some(text)).map_or(Consent::Confirmed, Consent::Refused),
            (None, None) if yes => Consent::Confirmed,
            (None, None) if prompt::is_possible() => Consent::Asks(words.get(text::cli_verb::ASK).to_owned()),
            (None, None) => Consent::Refused(Phrase::new(text::cli_verb::NEED_YES)),
            (Some(what), None) if prompt::is_possible() && !yes => {
                Consent::Asks(words.say(&text::cli_verb::type_it(what.as_str())))
            }
            (Some(what), None) => Consent::Refused(text::cli_verb::need_confirm(what.as_str())),
        }
    }

    fn question(&self, question: String) -> Prompt {
        let typed = self.typed.is_some();
        // A yes counts as what it stands for.
        let yes = self.accepted.first().cloned();
        Box::new(move || if typed { prompt::line(&question, None) } else { yes.filter(|_| prompt::yes(&question)) })
    }

    /// Whether what was typed confirms it; else why not.
    fn answered(&self, typed: Option<&str>) -> Option<Phrase> {
        let what = self.typed.clone().or_else(|| self.accepted.first().cloned()).unwrap_or_default();
        match typed {
            Some(typed) if is_one_of(&self.accepted, typed) => None,
            None if self.typed.is_none() => Some(Phrase::new(text::cli_verb::NOTHING_SENT)),
            typed => Some(text::cli_verb::not_confirmed(typed.unwrap_or_default(), what)),
        }
    }
}

/// `web-01 or 3f9a21`.
fn one_of(accepted: &[String], words: &Words) -> String {
    match accepted {
        [one, other, ..] => words.say(&text::cli_verb::or(one.as_str(), other.as_str())),
        _ => accepted.concat(),
    }
}
