//! What a dialog about SSH keys and keys of the API says besides its steps. Alike at all providers: what differs their
//! rules are asked.

use crate::domain::{Action, Arg, Key, ListKey, NewKey, Phrase, PublicKey, ResourceId, Target};
use crate::engine::{AccountState, Engine};

/// A line each; the flag says whether it warns.
pub fn facts(action: &Action, account: &AccountState, engine: &Engine) -> Vec<(Phrase, bool)> {
    match action {
        Action::AddKey { key, .. } => added(key, account),
        Action::ChangeKey { key, to, active } => changed(key, to, *active, account),
        Action::DeleteKey { key } => {
            let had = had_by(key.id(), account, "key-fact.keep");
            let open = (had.key == "key-fact.keep").then(|| (Phrase::new("key-fact.may-refuse"), false));
            std::iter::once((had, true)).chain(open).collect()
        }
        Action::CreateApiKey { .. } => {
            vec![(Phrase::new("key-fact.told-once"), false), (Phrase::new("key-fact.sent-once"), false)]
        }
        Action::DeleteApiKey { key } => api_key_deleted(key, engine),
        _ => Vec::new(),
    }
}

fn added(key: &NewKey, account: &AccountState) -> Vec<(Phrase, bool)> {
    let Ok(public) = PublicKey::parse(&key.public) else { return Vec::new() };
    let mut facts = vec![(about(&public), false)];
    if !public.comment.is_empty() {
        facts.push((Phrase::new("key-fact.comment").with("comment", public.comment.as_str()), false));
    }
    facts.extend(warnings(&public, &key.name, account).into_iter().map(|phrase| (phrase, true)));
    facts
}

/// `ssh-rsa, 3072 bits, SHA256:…`.
fn about(public: &PublicKey) -> Phrase {
    let bits = public.bits().filter(|_| public.kind == "ssh-rsa");
    let key = if bits.is_some() { "key-fact.about-bits" } else { "key-fact.about" };
    Phrase::new(key)
        .with("kind", public.kind.as_str())
        .with("bits", u64::try_from(bits.unwrap_or(0)).unwrap_or(u64::MAX))
        .with("fingerprint", public.fingerprint())
}

/// What may go wrong with a key that is to be added: the provider decides.
pub fn warnings(public: &PublicKey, name: &str, account: &AccountState) -> Vec<Phrase> {
    let rules = &account.account.policy;
    let mut warnings = Vec::new();
    if rules.key_kind_may_be_refused(&public.kind) {
        warnings.push(Phrase::new("key-fact.kind").with("kind", public.kind.as_str()));
    }
    if !public.comment.is_empty() && rules.key_comment_may_be_refused() {
        warnings.push(Phrase::new("key-fact.comment-refused"));
    }
    let same = |key: &&std::sync::Arc<Key>| PublicKey::parse(&key.public).is_ok_and(|there| there.is_same(public));
    if let Some(there) = account.inventory.keys().iter().find(same) {
        warnings.push(Phrase::new("key-fact.same").with("name", there.name.as_str()));
    }
    if account.inventory.keys().iter().any(|key| key.name == name.trim()) {
        warnings.push(Phrase::new("key-fact.name-taken").with("name", name.trim()));
    }
    warnings
}

fn changed(key: &Target, to: &NewKey, active: bool, account: &AccountState) -> Vec<(Phrase, bool)> {
    let mut facts = Vec::new();
    if to.name != key.name {
        facts.push((Phrase::new("key-fact.renamed").with("name", to.name.as_str()), false));
        if account.inventory.keys().iter().any(|other| other.name == to.name && other.id != *key.id()) {
            facts.push((Phrase::new("key-fact.name-taken").with("name", to.name.as_str()), true));
        }
    }
    match (account.inventory.key(key.id()).map(|key| key.active), active) {
        (Some(true), false) => {
            facts.push((Phrase::new("key-fact.not-offered"), false));
            facts.push((had_by(key.id(), account, "key-fact.keep-it"), false));
        }
        (Some(false), true) => facts.push((Phrase::new("key-fact.offered"), false)),
        _ => {}
    }
    facts
}

/// The machines that were made with a key, by name. `key`: what is said of them.
fn had_by(key: &ResourceId, account: &AccountState, said: &'static str) -> Phrase {
    if account.inventory.list(&ListKey::Instances).is_none() {
        return Phrase::new("key-fact.unknown");
    }
    let names: Vec<&str> = having(key, account).collect();
    match names.len() {
        0 => Phrase::new("key-fact.nobody"),
        n => Phrase::new(said).with("n", n).with("names", Arg::from(names.join(", "))),
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
    let used = used.map(|other| Phrase::new("key-fact.used-by").with("account", other.account.name.as_str()));
    used.into_iter()
        .map(|phrase| (phrase, true))
        .chain([(Phrase::new("key-fact.no-login"), true), (Phrase::new("key-fact.tokens"), false)])
        .collect()
}
