//! The details of SSH keys and keys of the API.

use crate::domain::{ApiKey, Key, Kind, ListKey, Phrase, PublicKey, ResourceRef};
use crate::engine::AccountState;

use crate::app::panes::details::{Lines, Tone};
use crate::proposal::facts::keys::having;

impl Lines<'_> {
    pub(crate) fn key(&mut self, account: &AccountState, key: &Key) {
        let (word, tone) = if key.active { ("key.active-long", Tone::Good) } else { ("key.inactive-long", Tone::Dim) };
        self.add_toned("details.status", self.get(word), tone);
        match PublicKey::parse(&key.public) {
            Ok(public) => {
                let bits = public.bits().filter(|_| public.kind == "ssh-rsa");
                let kind = match bits {
                    Some(bits) => {
                        let phrase = Phrase::new("details.kind-bits").with("kind", public.kind.as_str());
                        self.app.words.say(&phrase.with("bits", bits.to_string()))
                    }
                    None => public.kind.clone(),
                };
                self.add("details.kind", kind);
                self.add("details.fingerprint", public.fingerprint());
                if !public.comment.is_empty() {
                    self.add("details.comment", public.comment);
                }
            }
            // What the provider lists need not be whole.
            Err(mistake) if !key.public.is_empty() => {
                let said = self.app.words.say(&mistake.phrase());
                self.add_toned("details.kind", said, Tone::Dim);
            }
            Err(_) => {}
        }
        let names: Vec<&str> = having(&key.id, account).collect();
        let on = match names.len() {
            _ if account.inventory.list(&ListKey::Instances).is_none() => self.get("details.on-unread"),
            0 => self.get("details.on-none"),
            _ => names.join(", "),
        };
        self.add("details.on", on);
        self.time("details.created", key.created);
        self.add("details.id", key.id.to_string());
        self.add("details.public", key.public.clone());
        self.operations(&ResourceRef::new(&account.account.name, Kind::Key, &key.id));
    }

    pub(crate) fn api_key(&mut self, account: &AccountState, key: &ApiKey) {
        let (word, tone) = if key.in_use { ("key.in-use-long", Tone::Good) } else { ("key.elsewhere", Tone::Dim) };
        self.add_toned("details.status", self.get(word), tone);
        self.add("details.public", key.key.clone());
        self.time("details.created", key.created);
        self.add("details.id", key.id.to_string());
        self.operations(&ResourceRef::new(&account.account.name, Kind::ApiKey, &key.id));
    }
}
