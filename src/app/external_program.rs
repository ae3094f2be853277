//! Programs that the terminal is given to: how they are asked for and what is made of how they end.

use crate::domain::Phrase;
use crate::engine;

use crate::app::layers::rule_editor;
use crate::app::{App, Away, Back, Effect};

/// Gives the terminal to a program. What counts down is cancelled, since nobody could take it back meanwhile.
pub(crate) fn go(app: &mut App, to: Away, effects: &mut Vec<Effect>) {
    crate::app::refresh::pass(app, engine::Msg::CancelCountdowns, effects);
    effects.push(Effect::Away(to));
}

impl Back {
    /// How the program ended: with a status, or by a signal.
    pub(crate) fn how(&self) -> Phrase {
        let status = |n: i32| Phrase::new("away.status").with("n", n.to_string());
        self.status.map_or_else(|| Phrase::new("away.signal"), status)
    }
}

pub(crate) fn came_back(app: &mut App, from: &Away, result: Result<Back, Phrase>) {
    if let (Away::Edit { text, ending: ".toml" }, Ok(back)) = (from, &result)
        && rule_editor::came_back(app, text, back)
    {
        return;
    }
    if let Away::Secrets { accounts } = from {
        app.queue.extend(accounts.iter().cloned().map(engine::Msg::Refresh));
    }
    match (from, result) {
        (_, Err(why)) => app.tell(why, true),
        (Away::Run { program }, Ok(back)) if crate::app::ssh::is_news(from, back.status) => {
            let name = program.first().map_or("", String::as_str);
            app.tell(Phrase::new("away.ended").with("program", name).with("how", back.how()), true);
        }
        (Away::Run { .. } | Away::Edit { .. } | Away::Secrets { .. }, Ok(_)) => {}
    }
}
