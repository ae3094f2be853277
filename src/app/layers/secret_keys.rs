//! Shows the secrets that wait, one after the other, and the keys over one.

use crate::app::layers::layer::Layer;
use crate::app::layers::next::{Next, Request};
use crate::app::layers::secret::{Kind, SecretBox, Stage, StoreSecret};
use crate::app::tables::key::{Code, Key};
use crate::app::{App, Effect};
use crate::domain::{Phrase, text};

/// Shows the next secret that waits, once nothing else is open: what is typed elsewhere is not meant for it.
pub(crate) fn show_next(app: &mut App) {
    if app.layers.is_empty()
        && !app.pane().filtering
        && let Some(next) = app.secrets.pop_front()
    {
        app.layers.push(Layer::Secret(Box::new(next)));
    }
}

pub(crate) fn key(shown: &mut SecretBox, demo: bool, key: Key) -> Next {
    let cancel = key.is_cancel();
    match (shown.stage, key.typed()) {
        (stage, _) if cancel && (stage == Stage::Closing || !shown.kind.is_told_once()) => return Next::Close,
        // Nothing is lost while its keeping is under way.
        (Stage::Keeping, _) => {}
        (Stage::Choosing, _) if cancel => shown.stage = Stage::Shown,
        (Stage::Choosing, Some('1')) => return keep(shown, false),
        (Stage::Choosing, Some('2')) => return keep(shown, true),
        (_, _) if cancel => shown.stage = Stage::Closing,
        (Stage::Choosing, _) => {}
        (_, Some('y')) => {
            shown.stage = Stage::Shown;
            shown.told = Some((Phrase::new(text::secret::COPIED), false));
            return Next::Do(Request::Effect(Effect::CopySecret(shown.value.clone())));
        }
        (_, Some('k')) if !shown.kind.is_told_once() => {}
        (_, Some('k')) if demo => {
            shown.stage = Stage::Shown;
            shown.told = Some((Phrase::new(text::form::NOT_IN_DEMO), true));
        }
        (_, Some('k')) if shown.kind == Kind::ApiKey => shown.stage = Stage::Choosing,
        (_, Some('k')) => return keep(shown, false),
        (Stage::Closing, _) if key.code != Code::Enter => shown.stage = Stage::Shown,
        _ => {}
    }
    Next::Stay
}

fn keep(shown: &mut SecretBox, used: bool) -> Next {
    shown.stage = Stage::Keeping;
    shown.told = None;
    Next::Do(Request::Effect(Effect::KeepSecret(StoreSecret {
        account: shown.account.clone(),
        name: shown.name.clone(),
        value: shown.value.clone(),
        used,
    })))
}

/// What became of a secret that was to be kept.
pub(crate) fn show_outcome(app: &mut App, result: Result<Phrase, Phrase>) {
    let (line, bad) = match result {
        Ok(line) => (line, false),
        Err(line) => (line, true),
    };
    let shown = app.layers.iter_mut().find_map(|layer| match layer {
        Layer::Secret(shown) if shown.stage == Stage::Keeping => Some(shown),
        _ => None,
    });
    match shown {
        Some(shown) => {
            shown.stage = Stage::Shown;
            shown.told = Some((line, bad));
        }
        None => app.tell(line, bad),
    }
}
