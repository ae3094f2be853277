//! Shows the secrets that wait, one after the other, and the keys over one.

use crate::app::layers::layer::Layer;
use crate::app::layers::next::{LayerRequest, Next};
use crate::app::layers::secret::{SecretBox, SecretKind, SecretStage, StoreSecret};
use crate::app::tables::key::{Code, KeyStroke};
use crate::app::{App, AppEffect};
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

pub(crate) fn key(shown: &mut SecretBox, demo: bool, key: KeyStroke) -> Next {
    let cancel = key.is_cancel();
    match (shown.stage, key.typed()) {
        (stage, _) if cancel && (stage == SecretStage::Closing || !shown.kind.is_told_once()) => return Next::Close,
        // Nothing is lost while its keeping is under way.
        (SecretStage::Keeping, _) => {}
        (SecretStage::Choosing, _) if cancel => shown.stage = SecretStage::Shown,
        (SecretStage::Choosing, Some('1')) => return keep(shown, false),
        (SecretStage::Choosing, Some('2')) => return keep(shown, true),
        (_, _) if cancel => shown.stage = SecretStage::Closing,
        (SecretStage::Choosing, _) => {}
        (_, Some('y')) => {
            shown.stage = SecretStage::Shown;
            shown.told = Some((Phrase::new(text::secret::COPIED), false));
            return Next::Do(LayerRequest::Effect(AppEffect::CopySecret(shown.value.clone())));
        }
        (_, Some('k')) if !shown.kind.is_told_once() => {}
        (_, Some('k')) if demo => {
            shown.stage = SecretStage::Shown;
            shown.told = Some((Phrase::new(text::form::NOT_IN_DEMO), true));
        }
        (_, Some('k')) if shown.kind == SecretKind::ApiKey => shown.stage = SecretStage::Choosing,
        (_, Some('k')) => return keep(shown, false),
        (SecretStage::Closing, _) if key.code != Code::Enter => shown.stage = SecretStage::Shown,
        _ => {}
    }
    Next::Stay
}

fn keep(shown: &mut SecretBox, used: bool) -> Next {
    shown.stage = SecretStage::Keeping;
    shown.told = None;
    Next::Do(LayerRequest::Effect(AppEffect::KeepSecret(StoreSecret {
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
        Layer::Secret(shown) if shown.stage == SecretStage::Keeping => Some(shown),
        _ => None,
    });
    match shown {
        Some(shown) => {
            shown.stage = SecretStage::Shown;
            shown.told = Some((line, bad));
        }
        None => app.tell(line, bad),
    }
}
