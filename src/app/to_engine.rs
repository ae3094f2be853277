//! The way to the engine.

use crate::app::layers::secret::SecretBox;
use crate::app::{App, AppEffect};
use crate::engine;

/// Hands a message to the engine and sorts out what it wants done.
pub(crate) fn to_engine(app: &mut App, msg: engine::Msg, effects: &mut Vec<AppEffect>) {
    let env = app.now;
    app.engine_wake = None;
    for effect in engine::update(&mut app.engine, msg, &env) {
        match effect {
            engine::Effect::Tell(notice) => {
                // How an operation ended the runtime sees by itself; what is watched it is told.
                if notice.alert && notice.op.is_none() {
                    effects.push(AppEffect::Alert(app.words.say(&notice.what)));
                }
                app.tell(notice.what, notice.bad);
            }
            engine::Effect::WakeAt(at) => app.engine_wake = Some(at),
            engine::Effect::Secret { account, of, name, value } => {
                app.secrets.push_back(SecretBox::new(account, of, name, value));
            }
            other => effects.push(AppEffect::Engine(other)),
        }
    }
}
