//! What a dialog about SSH keys and keys of the API says besides its steps. Alike at all providers: what differs, the
//! policy of each says.

use crate::domain::{Action, Key, ListKey, NewKey, Phrase, PublicKey, ResourceId, Target, text};
use crate::engine::{AccountState, Engine};

/// A line each; the flag says whether it warns.
pub fn facts(action: &Action, account: &AccountState, engine: &Engine) -> Vec<(Phrase, bool)> {
    match action {
        Action::AddKey { key, .. } => added(key, account),
        Action::ChangeKey { key, to, active } => changed(key, to, *active, account),
        Action::DeleteKey { key } => {
            let had = had_by(key.id(), account, text::key_fact::keep);
            let open = having(key.id(), account).next().map(|_| (Phrase::new(text::key_fact::MAY_REFUSE), false));
            std::iter::once((had, true)).chain(open).collect()
        }
        Action::CreateApiKey { .. } => {
            vec![(Phrase::new(text::key_fact::TOLD_ONCE), false), (Phrase::new(text::key_fact::SENT_ONCE), false)]
        }
        Action::DeleteApiKey { key } => api_key_deleted(key, engine),
        _ => Vec::new(),
    }
}

fn added(key: &NewKey, account: &AccountState) -> Vec<(Phrase, bool)> {
    let Ok(public) = PublicKey::parse(&key.public) else { return Vec::new() };
    let mut facts = vec![(about(&public), false)];
    if !public.comment.is_empty() {
        facts.push((text::key_fact::comment(public.comment.as_str()), false));
    }
    facts.extend(warnings(&public, &key.name, account).into_iter().map(|phrase| (phrase, true)));
    facts
}

/// `ssh-rsa, 3072 bits, SHA256:…`.
fn about(public: &PublicKey) -> Phrase {
    let kind = public.kind.as_str();
    match public.telling_bits() {
        Some(bits) => text::key_fact::about_bits(kind, bits, public.fingerprint()),
        None => text::key_fact::about(kind, public.fingerprint()),
    }
}

/// What may go wrong with a key that is to be added: the provider decides.
pub fn warnings(public: &PublicKey, name: &str, account: &AccountState) -> Vec<Phrase> {
    let policy = &account.account.policy;
    let mut warnings = Vec::new();
    if policy.key_kind_may_be_refused(&public.kind) {
        warnings.push(text::key_fact::kind(public.kind.as_str()));
    }
    if !public.comment.is_empty() && policy.key_comment_may_be_refused() {
        warnings.push(Phrase::new(text::key_fact::COMMENT_REFUSED));
    }
    let same = |key: &&std::sync::Arc<Key>| PublicKey::parse(&key.public).is_ok_and(|there| there.is_same(public));
    if let Some(there) = account.inventory.keys().iter().find(same) {
        warnings.push(text::key_fact::same(there.name.as_str()));
    }
    if account.inventory.keys().iter().any(|key| key.name == name.trim()) {
        warnings.push(text::key_fact::name_taken(name.trim()));
    }
    warnings
}

fn changed(key: &Target, to: &NewKey, active: bool, account: &AccountState) -> Vec<(Phrase, bool)> {
    let mut facts = Vec::new();
    if to.name != key.name {
        facts.push((text::key_fact::renamed(to.name.as_str()), false));
        if account.inventory.keys().iter().any(|other| other.name == to.name && other.id != *key.id()) {
            facts.push((text::key_fact::name_taken(to.name.as_str()), true));
        }
    }
    match (account.inventory.key(key.id()).map(|key| key.active), active) {
        (Some(true), false) => {
            facts.push((Phrase::new(text::key_fact::NOT_OFFERED), false));
            facts.push((had_by(key.id(), account, text::key_fact::keep_it), false));
        }
        (Some(false), true) => facts.push((Phrase::new(text::key_fact::OFFERED), false)),
        _ => {}
    }
    facts
}

/// The machines that were made with a key, by name. `said`: what is said of them.
fn had_by(key: &ResourceId, account: &AccountState, said: fn(usize, String) -> Phrase) -> Phrase {
    if account.inventory.list(&ListKey::Instances).is_none() {
        return Phrase::new(text::key_fact::UNKNOWN);
    }
    let names: Vec<&str> = having(key, account).collect();
    match names.len() {
        0 => Phrase::new(text::key_fact::NOBODY),
        n => said(n, names.join(", ")),
    }
}

pub fn having<'a>(key: &'a ResourceId, account: &'a AccountState) -> impl Iterator<Item = &'a str> {
    account.inventory.instances().iter().filter(|i| i.key.as_ref() == Some(key)).map(|i| i.name.as_str())
}

fn api_key_deleted(key: &Target, engine: &Engine) -> Vec<(Phrase, bool)> {
    // The same contract may be set up twice, with a key each.
    let used = engine.accounts().iter().find(|other| {
        other.account.name != *key.account()
            && other.inventory.api_keys().iter().any(|there| there.in_use && there.key == key.name)
    });
    let used = used.map(|other| text::key_fact::used_by(other.account.name.as_str()));
    used.into_iter()
        .map(|phrase| (phrase, true))
        .chain([(Phrase::new(text::key_fact::NO_LOGIN), true), (Phrase::new(text::key_fact::TOKENS), false)])
        .collect()
}
