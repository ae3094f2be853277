//! A secret that a provider tells: shown once, copied or kept if a person wants it, and then gone. It stands here, hidden
//! from every print, and nowhere else.

use crate::domain::{AccountName, Hidden, Phrase, SecretOf};

use crate::app::layers::layer::Layer;
use crate::app::tables::key::{Code, Key};
use crate::app::{App, Effect};

/// A secret that is shown.
#[derive(Debug, Clone)]
pub struct SecretBox {
    pub account: AccountName,
    pub kind: Kind,
    /// What it belongs to: the API key, or the instance's name.
    pub name: String,
    /// The secret.
    pub value: Hidden,
    pub stage: Stage,
    /// What became of the last key, and whether that is bad news.
    pub told: Option<(Phrase, bool)>,
    /// Whether it was painted: keys typed before that are dropped.
    pub drawn: bool,
    /// How many keys were dropped.
    pub ignored: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The secret part of an API key.
    ApiKey,
    /// The password of an instance's administrator.
    Password,
    /// The address of an instance's console, which lives for minutes.
    Console,
}

impl Kind {
    /// Whether it is worth keeping: no provider tells it again, but another address of a console.
    #[must_use]
    pub const fn is_told_once(self) -> bool {
        match self {
            Self::ApiKey | Self::Password => true,
            Self::Console => false,
        }
    }
}

impl From<SecretOf> for Kind {
    fn from(of: SecretOf) -> Self {
        match of {
            SecretOf::ApiKey => Self::ApiKey,
            SecretOf::Password => Self::Password,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Shown,
    /// Which way it is kept.
    Choosing,
    Keeping,
    Closing,
}

/// A secret that is to be kept in the keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    pub account: AccountName,
    /// What it is the secret of.
    pub name: String,
    /// The secret.
    pub value: Hidden,
    /// Whether the account logs in with it from now on, so that its configuration names the key.
    pub used: bool,
}

impl SecretBox {
    /// One that nobody has seen yet.
    pub(crate) fn new(account: AccountName, kind: impl Into<Kind>, name: String, value: Hidden) -> Self {
        Self { account, kind: kind.into(), name, value, stage: Stage::Shown, told: None, drawn: false, ignored: 0 }
    }
}

/// Shows the next secret that waits, once nothing else is open: what is typed elsewhere is not meant for it.
pub(crate) fn show_next(app: &mut App) {
    if app.layers.is_empty()
        && !app.pane().filtering
        && let Some(next) = app.secrets.pop_front()
    {
        app.layers.push(Layer::Secret(Box::new(next)));
    }
}

pub(crate) fn key(app: &mut App, key: Key, effects: &mut Vec<Effect>) {
    let demo = app.demo;
    let Some(Layer::Secret(shown)) = app.layers.last_mut() else { return };
    if !shown.drawn {
        shown.ignored += 1;
        return;
    }
    let cancel = crate::app::key_dispatch::is_cancel(key);
    match (shown.stage, key.typed()) {
        (stage, _) if cancel && (stage == Stage::Closing || !shown.kind.is_told_once()) => {
            app.layers.pop();
        }
        // Nothing is lost while its keeping is under way.
        (Stage::Keeping, _) => {}
        (Stage::Choosing, _) if cancel => shown.stage = Stage::Shown,
        (Stage::Choosing, Some('1')) => keep(shown, false, effects),
        (Stage::Choosing, Some('2')) => keep(shown, true, effects),
        (_, _) if cancel => shown.stage = Stage::Closing,
        (Stage::Choosing, _) => {}
        (_, Some('y')) => {
            shown.stage = Stage::Shown;
            shown.told = Some((Phrase::new("secret.copied"), false));
            effects.push(Effect::CopySecret(shown.value.clone()));
        }
        (_, Some('k')) if !shown.kind.is_told_once() => {}
        (_, Some('k')) if demo => {
            shown.stage = Stage::Shown;
            shown.told = Some((Phrase::new("form.not-in-demo"), true));
        }
        (_, Some('k')) if shown.kind == Kind::ApiKey => shown.stage = Stage::Choosing,
        (_, Some('k')) => keep(shown, false, effects),
        (Stage::Closing, _) if key.code != Code::Enter => shown.stage = Stage::Shown,
        _ => {}
    }
}

fn keep(shown: &mut SecretBox, used: bool, effects: &mut Vec<Effect>) {
    shown.stage = Stage::Keeping;
    shown.told = None;
    effects.push(Effect::KeepSecret(Keep {
        account: shown.account.clone(),
        name: shown.name.clone(),
        value: shown.value.clone(),
        used,
    }));
}

/// What became of a secret that was to be kept.
pub(crate) fn kept(app: &mut App, result: Result<Phrase, Phrase>) {
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
