//! What is done with keys and tokens.

use crate::sim::clock::Moment;
use crate::sim::quirks::Quirks;
use crate::sim::world::account::Account;
use crate::sim::world::key::{ApiKey, SshKey, Token};
use crate::sim::world::refusal::Refusal;
use crate::sim::world::turn::Turn;

impl Account {
    /// Adds an SSH key and gives its number.
    ///
    /// # Errors
    /// [`Refusal::BadKey`] for a kind that is not taken.
    pub fn add_ssh_key(&mut self, turn: &mut Turn<'_>, name: &str, line: &str) -> Result<u64, Refusal> {
        check_key(line, turn.quirks)?;
        Ok(self.put_ssh_key(turn, name, line).id)
    }

    pub fn put_ssh_key(&mut self, turn: &Turn<'_>, name: &str, line: &str) -> SshKey {
        let id = self.next_key.give();
        let key = SshKey {
            id,
            name: name.to_owned(),
            line: line.to_owned(),
            active: true,
            created: turn.now,
            updated: turn.now,
        };
        self.ssh_keys.push(key.clone());
        self.note(turn, "add_ssh_key", format!("ssh key {id}"));
        key
    }

    /// Changes what is given of an SSH key.
    ///
    /// # Errors
    /// [`Refusal::NoKey`], [`Refusal::BadKey`].
    pub fn update_ssh_key(
        &mut self,
        turn: &mut Turn<'_>,
        id: u64,
        name: Option<&str>,
        line: Option<&str>,
        active: Option<bool>,
    ) -> Result<(), Refusal> {
        if let Some(line) = line {
            check_key(line, turn.quirks)?;
        }
        let now = turn.now;
        let key = self.ssh_keys.iter_mut().find(|key| key.id == id).ok_or(Refusal::NoKey)?;
        if let Some(name) = name {
            key.name = name.to_owned();
        }
        if let Some(line) = line {
            key.line = line.to_owned();
        }
        if let Some(active) = active {
            key.active = active;
        }
        key.updated = now;
        self.note(turn, "update_ssh_key", format!("ssh key {id}"));
        Ok(())
    }

    /// Removes an SSH key.
    ///
    /// # Errors
    /// [`Refusal::NoKey`].
    pub fn delete_ssh_key(&mut self, turn: &mut Turn<'_>, id: u64) -> Result<(), Refusal> {
        let before = self.ssh_keys.len();
        self.ssh_keys.retain(|key| key.id != id);
        if self.ssh_keys.len() == before {
            return Err(Refusal::NoKey);
        }
        self.note(turn, "delete_ssh_key", format!("ssh key {id}"));
        Ok(())
    }

    /// Makes an API key: a 32-character key and a 16-character secret, as documented.
    pub fn create_api_key(&mut self, turn: &mut Turn<'_>) -> ApiKey {
        let id = self.next_api_key.give();
        let made = ApiKey { id, key: turn.chance.letters(32), secret: turn.chance.letters(16), created: turn.now };
        self.api_keys.push(made.clone());
        self.note(turn, "create_api_key", format!("api key {id}"));
        made
    }

    /// Removes an API key.
    ///
    /// # Errors
    /// [`Refusal::NoKey`].
    pub fn delete_api_key(&mut self, turn: &mut Turn<'_>, id: u64) -> Result<(), Refusal> {
        let before = self.api_keys.len();
        self.api_keys.retain(|key| key.id != id);
        if self.api_keys.len() == before {
            return Err(Refusal::NoKey);
        }
        if turn.quirks.deleted_key_ends_tokens {
            self.tokens.retain(|token| token.api_key != id);
        }
        self.note(turn, "delete_api_key", format!("api key {id}"));
        Ok(())
    }

    /// A new access token for a key and secret that fit.
    pub fn issue_token(&mut self, turn: &mut Turn<'_>, key: &str, secret: &str) -> Option<Token> {
        let api_key = self.api_keys.iter().find(|known| known.key == key && known.secret == secret)?.id;
        let now = turn.now;
        if turn.quirks.new_token_ends_old {
            self.tokens.clear();
        }
        self.tokens.retain(|token| token.ends > now);
        let token = Token { value: turn.chance.letters(28), api_key, ends: now.plus(turn.durations.token) };
        self.tokens.push(token.clone());
        Some(token)
    }

    /// Whether a token is good at `now`.
    pub fn knows_token(&self, value: &str, now: Moment) -> bool {
        self.tokens.iter().any(|token| token.value == value && token.ends > now)
    }
}

/// RSA is taken; ed25519 was refused in 2022.
fn check_key(line: &str, quirks: &Quirks) -> Result<(), Refusal> {
    let mut words = line.split_whitespace();
    let kind = words.next().unwrap_or_default();
    if quirks.commented_key_refused && words.nth(1).is_some() {
        return Err(Refusal::BadKey);
    }
    match kind {
        "ssh-rsa" => Ok(()),
        "ssh-ed25519" if quirks.ed25519_accepted => Ok(()),
        _ => Err(Refusal::BadKey),
    }
}
