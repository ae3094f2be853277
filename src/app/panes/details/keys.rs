//! The details of SSH keys and keys of the API.

use crate::app::panes::details::DetailLines;
use crate::app::tone::Tone;
use crate::domain::{ApiKey, Key, Kind, ListKey, PublicKey, ResourceRef, text};
use crate::engine::AccountState;
use crate::proposal::facts::keys::having;

impl DetailLines<'_> {
    pub(crate) fn key(&mut self, account: &AccountState, key: &Key) {
        let (word, tone) =
            if key.active { (text::key::ACTIVE_LONG, Tone::Good) } else { (text::key::INACTIVE_LONG, Tone::Dim) };
        self.add_toned(text::details::STATUS, self.get(word), tone);
        match PublicKey::parse(&key.public) {
            Ok(public) => {
                let kind = match public.telling_bits() {
                    Some(bits) => self.app.words.say(&text::details::kind_bits(public.kind.as_str(), bits.to_string())),
                    None => public.kind.clone(),
                };
                self.add(text::details::KIND, kind);
                self.add(text::details::FINGERPRINT, public.fingerprint());
                if !public.comment.is_empty() {
                    self.add(text::details::COMMENT, public.comment);
                }
            }
            // What the provider lists need not be whole.
            Err(mistake) if !key.public.is_empty() => {
                let said = self.app.words.say(&mistake.phrase());
                self.add_toned(text::details::KIND, said, Tone::Dim);
            }
            Err(_) => {}
        }
        let names: Vec<&str> = having(&key.id, account).collect();
        let on = match names.len() {
            _ if account.inventory.list(&ListKey::Instances).is_none() => self.get(text::details::ON_UNREAD),
            0 => self.get(text::details::ON_NONE),
            _ => names.join(", "),
        };
        self.add(text::details::ON, on);
        self.time(text::details::CREATED, key.created);
        self.add(text::details::ID, key.id.to_string());
        self.add(text::details::PUBLIC, key.public.clone());
        self.operations(&ResourceRef::new(&account.account.name, Kind::Key, &key.id));
    }

    pub(crate) fn api_key(&mut self, account: &AccountState, key: &ApiKey) {
        let (word, tone) =
            if key.in_use { (text::key::IN_USE_LONG, Tone::Good) } else { (text::key::ELSEWHERE, Tone::Dim) };
        self.add_toned(text::details::STATUS, self.get(word), tone);
        self.add(text::details::PUBLIC, key.key.clone());
        self.time(text::details::CREATED, key.created);
        self.add(text::details::ID, key.id.to_string());
        self.operations(&ResourceRef::new(&account.account.name, Kind::ApiKey, &key.id));
    }
}
