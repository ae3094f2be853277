//! An SSH public key as it stands in a `.pub` file: one line of kind, material and comment. A private key is told by
//! its first line and refused; nothing behind that line is looked at.

mod forms;

use crate::domain::text;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use sha2::{Digest as _, Sha256};

pub use forms::{KeyFormat, line_of};

use crate::domain::phrase::Phrase;

/// What stands in the place of a private key where one was found: its material goes nowhere.
pub const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----";

/// An SSH public key, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its kind as written, such as `ssh-ed25519`.
    pub kind: String,
    /// The key itself, base64 as written.
    pub material: String,
    /// What stands behind it, often `user@host`; empty where nothing does.
    pub comment: String,
    blob: Vec<u8>,
}

/// Why a text is no public key that can be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyMistake {
    Empty,
    /// It is a private key. Nothing of it was taken.
    Private,
    SeveralLines,
    /// It is a public key in a form of another program.
    OtherForm(KeyFormat),
    /// It is in a form that no SSH key comes in, such as a certificate of a web server.
    NoForm,
    /// It is a certificate: a key and what an authority says of it.
    Certificate,
    /// Its first word is no kind of key that is known.
    NoSuchKind(String),
    /// It has no material behind its kind.
    NoMaterial,
    /// Its material is no base64, or is cut short.
    Broken,
    /// Its material is of another kind than the line says.
    OtherInside(String),
    Control,
}

impl KeyMistake {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Empty => Phrase::new(text::public_key::EMPTY),
            Self::Private => Phrase::new(text::public_key::PRIVATE),
            Self::SeveralLines => Phrase::new(text::public_key::SEVERAL_LINES),
            Self::OtherForm(form) => text::public_key::other_form(form.command()),
            Self::NoForm => Phrase::new(text::public_key::NO_FORM),
            Self::Certificate => Phrase::new(text::public_key::CERTIFICATE),
            Self::NoSuchKind(kind) => text::public_key::no_such_kind(kind.chars().take(24).collect::<String>()),
            Self::NoMaterial => Phrase::new(text::public_key::NO_MATERIAL),
            Self::Broken => Phrase::new(text::public_key::BROKEN),
            Self::OtherInside(kind) => text::public_key::other_inside(kind.as_str()),
            Self::Control => Phrase::new(text::public_key::CONTROL),
        }
    }
}

/// Whether a text begins as a private key does, of whichever program. Its beginning is enough.
#[must_use]
pub fn is_private(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.starts_with("PuTTY-User-Key-File") {
        return true;
    }
    let first = text.lines().next().unwrap_or_default();
    // `-----BEGIN OPENSSH PRIVATE KEY-----`, `-----BEGIN RSA PRIVATE KEY-----`, `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----`.
    let begins = first.strip_prefix("-----").or_else(|| first.strip_prefix("----")).map(str::trim_start);
    begins.and_then(|rest| rest.strip_prefix("BEGIN ")).is_some_and(|rest| rest.contains("PRIVATE"))
}

impl PublicKey {
    /// Takes a text apart and looks whether it is one whole public key; see [`line_of`].
    ///
    /// # Errors
    /// The first [`KeyMistake`]; a private key is told before anything else is looked at.
    pub fn parse(text: &str) -> Result<Self, KeyMistake> {
        let text = line_of(text)?;
        let mut rest = text.splitn(2, [' ', '\t']);
        let kind = rest.next().unwrap_or_default();
        if kind.ends_with("-cert-v01@openssh.com") {
            return Err(KeyMistake::Certificate);
        }
        if !is_kind(kind) {
            return Err(KeyMistake::NoSuchKind(kind.to_owned()));
        }
        let rest = rest.next().unwrap_or_default().trim_start();
        let (material, comment) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
        if material.is_empty() {
            return Err(KeyMistake::NoMaterial);
        }
        if comment.chars().any(char::is_control) {
            return Err(KeyMistake::Control);
        }
        let blob = STANDARD.decode(material).map_err(|_| KeyMistake::Broken)?;
        let fields = fields(&blob).ok_or(KeyMistake::Broken)?;
        let inside = fields.first().map(|name| String::from_utf8_lossy(name).into_owned()).unwrap_or_default();
        if inside != kind {
            return Err(if is_kind(&inside) { KeyMistake::OtherInside(inside) } else { KeyMistake::Broken });
        }
        // Nothing but a name is no key.
        if fields.len() < 2 {
            return Err(KeyMistake::Broken);
        }
        // Written in another encoding than UTF-8, it says nothing here.
        let comment = if comment.contains('\u{fffd}') { "" } else { comment.trim() };
        let (kind, material) = (kind.to_owned(), material.to_owned());
        Ok(Self { kind, material, comment: comment.to_owned(), blob })
    }

    /// The line without what stands behind the key.
    #[must_use]
    pub fn bare(&self) -> String {
        format!("{} {}", self.kind, self.material)
    }

    #[must_use]
    pub fn line(&self) -> String {
        if self.comment.is_empty() { self.bare() } else { format!("{} {}", self.bare(), self.comment) }
    }

    /// Whether both are the same key, whatever stands behind it.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.blob == other.blob
    }

    /// How many bits it has, where that can be told.
    #[must_use]
    pub fn bits(&self) -> Option<usize> {
        match self.kind.as_str() {
            "ssh-ed25519" | "sk-ssh-ed25519@openssh.com" => Some(256),
            "ssh-rsa" => {
                let fields = fields(&self.blob)?;
                let modulus = fields.get(2)?;
                let first = modulus.iter().position(|byte| *byte != 0)?;
                Some((modulus.len() - first) * 8 - modulus[first].leading_zeros() as usize)
            }
            kind => kind.split("nistp").nth(1)?.split('@').next()?.parse().ok(),
        }
    }

    /// Its bits where they tell something: every other kind has one length.
    #[must_use]
    pub fn telling_bits(&self) -> Option<usize> {
        self.bits().filter(|_| self.kind == "ssh-rsa")
    }

    /// Its fingerprint as `ssh-keygen -l` shows it: `SHA256:` and 43 characters.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(&self.blob)))
    }

    /// `ed25519`, `rsa 3072`: its kind in short, with its bits where those differ.
    #[must_use]
    pub fn short(&self) -> String {
        let kind = short_kind(&self.kind);
        match self.telling_bits() {
            Some(bits) => format!("{kind} {bits}"),
            None => kind.to_owned(),
        }
    }
}

/// A name for a key, made of its comment or its file's name, that every provider is known to take: letters, digits, `_`
/// and `-`. Empty where nothing of it can be taken.
#[must_use]
pub fn proposed_name(from: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let name: String = from.trim().chars().take(64).map(plain).collect();
    name.trim_matches('-').to_owned()
}

/// A kind without what all have in common: `ed25519` of `ssh-ed25519`.
#[must_use]
pub fn short_kind(kind: &str) -> &str {
    let kind = kind.strip_suffix("@openssh.com").unwrap_or(kind);
    kind.strip_prefix("ssh-").unwrap_or(kind)
}

/// The kinds of today's OpenSSH. DSA is of the past; certificates are no keys to be added.
fn is_kind(kind: &str) -> bool {
    matches!(
        kind,
        "ssh-rsa"
            | "ssh-ed25519"
            | "ecdsa-sha2-nistp256"
            | "ecdsa-sha2-nistp384"
            | "ecdsa-sha2-nistp521"
            | "sk-ssh-ed25519@openssh.com"
            | "sk-ecdsa-sha2-nistp256@openssh.com"
    )
}

/// The fields of a key's material: each a length of four bytes and as many bytes. `None` where it ends too early.
fn fields(mut blob: &[u8]) -> Option<Vec<&[u8]>> {
    let mut fields = Vec::new();
    while !blob.is_empty() {
        let (length, rest) = blob.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (field, rest) = rest.split_at_checked(length)?;
        fields.push(field);
        blob = rest;
    }
    Some(fields)
}

#[cfg(test)]
#[path = "public_key_tests.rs"]
mod tests;
