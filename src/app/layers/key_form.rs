//! The form that adds an SSH key: in which account, which key, under which name, with or without what stands behind it.
//! What is typed is looked at with each key; a private key is dropped at once.

use tui_input::Input;

use crate::app::public_keys::LocalKey;
use crate::domain::public_key::KeyMistake;
use crate::domain::{AccountName, Action, Kind, NewKey, Phrase, PublicKey, Target, public_key, text};
use crate::engine::Engine;
use crate::proposal::facts::keys;

/// More than any public key is long: what is longer is none.
pub(crate) const MOST: usize = 16 * 1024;

#[derive(Debug, Clone)]
pub struct KeyForm {
    pub accounts: Vec<AccountName>,
    pub account: usize,
    pub key: Input,
    /// The file it was read from; `None` where it is typed or pasted.
    pub file: Option<String>,
    pub name: Input,
    /// Whether what stands behind the key goes with it.
    pub comment: bool,
    /// Where the cursor is.
    pub at: KeyFormFocus,
    /// Why what was pasted or typed last was not taken.
    pub refused: Option<Phrase>,
    /// Whether a private key was being typed: what else of it comes is dropped, wherever it would go, until the person
    /// begins again. A terminal that does not tell of pastes types them.
    pub(crate) shut: bool,
    named: bool,
    chosen: bool,
    /// The name of the file without its ending, where it is from one.
    stem: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFormFocus {
    Account,
    Key,
    Name,
    Comment,
    Go,
}

impl KeyForm {
    /// With the key of a file or without any, in the account that one is at, where it is one of these.
    pub(crate) fn new(
        engine: &Engine,
        accounts: Vec<AccountName>,
        here: Option<&AccountName>,
        key: Option<LocalKey>,
    ) -> Self {
        let account = accounts.iter().position(|name| Some(name) == here).unwrap_or(0);
        let (file, stem, line) = match key {
            Some(key) => (Some(key.file), key.name, key.public),
            None => (None, String::new(), String::new()),
        };
        let at = if file.is_some() { KeyFormFocus::Name } else { KeyFormFocus::Key };
        let mut form = Self {
            accounts,
            account,
            key: Input::new(line),
            file,
            name: Input::default(),
            comment: true,
            at,
            refused: None,
            shut: false,
            named: false,
            chosen: false,
            stem,
        };
        form.follow(engine);
        form
    }

    #[must_use]
    pub fn chosen_account(&self) -> Option<&AccountName> {
        self.accounts.get(self.account)
    }

    /// The key, or what is wrong with it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn public(&self) -> Result<PublicKey, KeyMistake> {
        PublicKey::parse(self.key.value())
    }

    #[must_use]
    pub fn places(&self) -> Vec<KeyFormFocus> {
        let mut places = Vec::new();
        if self.accounts.len() > 1 {
            places.push(KeyFormFocus::Account);
        }
        places.extend([KeyFormFocus::Key, KeyFormFocus::Name]);
        if self.public().is_ok_and(|public| !public.comment.is_empty()) {
            places.push(KeyFormFocus::Comment);
        }
        places.push(KeyFormFocus::Go);
        places
    }

    /// What is proposed follows what is filled in, until a person says otherwise.
    pub(crate) fn follow(&mut self, engine: &Engine) {
        let Some(account) = self.chosen_account().and_then(|name| engine.account(name)) else { return };
        if !self.chosen {
            self.comment = !account.account.policy.key_comment_may_be_refused();
        }
        let comment = self.public().map(|public| public.comment).unwrap_or_default();
        if !self.named {
            let name = public_key::proposed_name(if comment.trim().is_empty() { &self.stem } else { &comment });
            let taken = |name: &str| account.inventory.keys().iter().any(|key| key.name == name);
            let free = (2..100).map(|n| format!("{name}-{n}")).find(|other| !taken(other));
            let name = if taken(&name) && !name.is_empty() { free.unwrap_or(name) } else { name };
            self.name = Input::new(name);
        }
        if !self.places().contains(&self.at) {
            self.at = KeyFormFocus::Key;
        }
    }

    pub(crate) fn wrote_name(&mut self) {
        self.named = true;
    }

    /// A person switches whether the comment goes with it.
    pub(crate) fn switch_comment(&mut self) {
        self.chosen = true;
        self.comment = !self.comment;
    }

    /// Looks at what stands in the field of the key now: a private key is dropped, and it is said.
    pub(crate) fn look(&mut self, engine: &Engine) {
        if public_key::is_private(self.key.value()) {
            self.key = Input::default();
            self.refused = Some(Phrase::new(text::key_form::PRIVATE));
            self.shut = true;
        } else {
            self.refused = None;
        }
        self.follow(engine);
    }

    /// Takes what is pasted into the field of the key, unless it cannot be one.
    pub(crate) fn paste(&mut self, text: &str, engine: &Engine) {
        match public_key::line_of(text) {
            Err(why) => self.refused = Some(why.phrase()),
            Ok(line) if line.len() > MOST => self.refused = Some(Phrase::new(text::public_key::BROKEN)),
            Ok(line) => {
                self.key = Input::new(line.chars().filter(|c| !c.is_control()).collect());
                self.look(engine);
            }
        }
    }
}

/// What keeps it from being added: which line, and why.
#[must_use]
pub fn mistake(engine: &Engine, form: &KeyForm) -> Option<(KeyFormFocus, Phrase)> {
    if let Err(mistake) = form.public() {
        return Some((KeyFormFocus::Key, mistake.phrase()));
    }
    let account = engine.account(form.chosen_account()?)?;
    account.account.policy.key_name_mistake(form.name.value().trim()).map(|why| (KeyFormFocus::Name, why))
}

/// What may go wrong with the key that stands there, though nothing is wrong with it.
#[must_use]
pub fn warnings(engine: &Engine, form: &KeyForm) -> Vec<Phrase> {
    let Ok(mut public) = form.public() else { return Vec::new() };
    let Some(account) = form.chosen_account().and_then(|name| engine.account(name)) else { return Vec::new() };
    if !form.comment {
        public.comment.clear();
    }
    keys::warnings(&public, form.name.value(), account)
}

/// What the form adds up to; `None` while something is wrong with it.
pub(crate) fn action(engine: &Engine, form: &KeyForm) -> Option<Action> {
    if mistake(engine, form).is_some() {
        return None;
    }
    let public = form.public().ok()?;
    let name = form.name.value().trim();
    let line = if form.comment { public.line() } else { public.bare() };
    let new = Target::new(form.chosen_account()?, Kind::Key, name);
    Some(Action::AddKey { new, key: NewKey { name: name.to_owned(), public: line } })
}
