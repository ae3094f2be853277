//! What a file of a public key holds beside the one line: comments before it, and the forms of other programs. One is
//! made a line of here where `ssh-keygen` cannot; of the others it is told how `ssh-keygen` does it.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::domain::public_key::{Mistake, is_private};

/// How the encoded form of an Ed25519 key begins, whose 32 bytes follow (RFC 8410).
const ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What an RSA key is called in such a form (RFC 8017), and one of an elliptic curve (RFC 5480).
const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const ECDSA: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// Another program's form of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `---- BEGIN SSH2 PUBLIC KEY ----` (RFC 4716), as PuTTY's programs write it.
    Ssh2,
    /// `-----BEGIN PUBLIC KEY-----`, as OpenSSL writes it.
    Pkcs8,
    /// `-----BEGIN RSA PUBLIC KEY-----`.
    Pem,
}

impl Form {
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
pub fn line_of(text: &str) -> Result<Cow<'_, str>, Mistake> {
    if is_private(text) {
        return Err(Mistake::Private);
    }
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.next().ok_or(Mistake::Empty)?;
    if first.starts_with("----") {
        return of_form(first, lines).map(Cow::Owned);
    }
    if lines.next().is_some() { Err(Mistake::SeveralLines) } else { Ok(Cow::Borrowed(first)) }
}

fn of_form<'a>(first: &str, rest: impl Iterator<Item = &'a str>) -> Result<String, Mistake> {
    match first.trim_matches(['-', ' ']) {
        "BEGIN SSH2 PUBLIC KEY" => Err(Mistake::OtherForm(Form::Ssh2)),
        "BEGIN RSA PUBLIC KEY" => Err(Mistake::OtherForm(Form::Pem)),
        "BEGIN PUBLIC KEY" => {
            let body: String = rest.take_while(|line| !line.starts_with('-')).collect();
            let Ok(der) = STANDARD.decode(body) else { return Err(Mistake::Broken) };
            let holds = |name: &[u8]| der.windows(name.len()).any(|part| part == name);
            match der.strip_prefix(&ED25519) {
                // `ssh-keygen -i` does not know this one.
                Some(key) if key.len() == 32 => Ok(ed25519(key)),
                _ if holds(&RSA) || holds(&ECDSA) => Err(Mistake::OtherForm(Form::Pkcs8)),
                _ => Err(Mistake::NoForm),
            }
        }
        _ => Err(Mistake::NoForm),
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
