//! What a file of a public key holds beside the one line: comments before it, and the forms of other programs. One is
//! made a line of here where `ssh-keygen` cannot; of the others it is told how `ssh-keygen` does it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::domain::public_key::{KeyMistake, is_private};

/// How the encoded form of an Ed25519 key begins, whose 32 bytes follow (RFC 8410).
const ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What an RSA key is called in such a form (RFC 8017), and one of an elliptic curve (RFC 5480).
const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const ECDSA: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// Another program's form of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFormat {
    /// `---- BEGIN SSH2 PUBLIC KEY ----` (RFC 4716), as PuTTY's programs write it.
    Ssh2,
    /// `-----BEGIN PUBLIC KEY-----`, as OpenSSL writes it.
    Pkcs8,
    /// `-----BEGIN RSA PUBLIC KEY-----`.
    Pem,
}

impl KeyFormat {
    /// What makes a line of it. Without `-m` only SSH2 is understood, and each of the others by its own word alone
    /// (OpenSSH 9.2).
    #[must_use]
    pub const fn command(self) -> &'static str {
        match self {
            Self::Ssh2 => "ssh-keygen -i -f FILE",
            Self::Pkcs8 => "ssh-keygen -i -m PKCS8 -f FILE",
            Self::Pem => "ssh-keygen -i -m PEM -f FILE",
        }
    }
}

/// The one line of a text: without blanks around, empty lines, and lines that begin with `#`.
///
/// # Errors
/// That it is a private key, nothing, more than one line, or in another form.
pub fn line_of(text: &str) -> Result<Cow<'_, str>, KeyMistake> {
    if is_private(text) {
        return Err(KeyMistake::Private);
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.next().ok_or(KeyMistake::Empty)?;
    if first.starts_with("----") {
        return of_form(first, lines).map(Cow::Owned);
    }
    if lines.next().is_some() { Err(KeyMistake::SeveralLines) } else { Ok(Cow::Borrowed(first)) }
}

fn of_form<'a>(first: &str, rest: impl Iterator<Item = &'a str>) -> Result<String, KeyMistake> {
    match first.trim_matches(['-', ' ']) {
        "BEGIN SSH2 PUBLIC KEY" => Err(KeyMistake::OtherForm(KeyFormat::Ssh2)),
        "BEGIN RSA PUBLIC KEY" => Err(KeyMistake::OtherForm(KeyFormat::Pem)),
        "BEGIN PUBLIC KEY" => {
            let body: String = rest.take_while(|line| !line.starts_with('-')).collect();
            let Ok(der) = STANDARD.decode(body) else { return Err(KeyMistake::Broken) };
            let holds = |name: &[u8]| der.windows(name.len()).any(|part| part == name);
            match der.strip_prefix(&ED25519) {
                // `ssh-keygen -i` does not know this one.
                Some(key) if key.len() == 32 => Ok(ed25519(key)),
                _ if holds(&RSA) || holds(&ECDSA) => Err(KeyMistake::OtherForm(KeyFormat::Pkcs8)),
                _ => Err(KeyMistake::NoForm),
            }
        }
        _ => Err(KeyMistake::NoForm),
    }
}

fn ed25519(key: &[u8]) -> String {
    const KIND: &str = "ssh-ed25519";
    let mut blob = Vec::with_capacity(51);
    for (length, field) in [(11_u32, KIND.as_bytes()), (32, key)] {
        blob.extend(length.to_be_bytes());
        blob.extend(field);
    }
    format!("{KIND} {}", STANDARD.encode(blob))
}
