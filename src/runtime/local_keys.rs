//! The SSH public keys of this machine: files that end in `.pub`, in `~/.ssh`, and nothing else. A private key is never
//! read further than it takes to see that it is one.

use std::io::Read as _;
use std::path::Path;

use crate::app::local_keys::{LocalKey, material};
use crate::settings::Environment;

/// A larger file is no public key.
const LARGEST: u64 = 16 * 1024;

/// Why a file is not taken as a public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoKey {
    /// It cannot be read.
    Unreadable(String),
    /// It is a private key.
    Private,
    /// It is something else.
    Other,
}

/// The public keys in `~/.ssh`, by file name. What cannot be read, or is none, is left out.
pub(super) fn all(env: &Environment) -> Vec<LocalKey> {
    let Some(home) = env.variable("HOME").filter(|home| !home.is_empty()) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(Path::new(home).join(".ssh")) else { return Vec::new() };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut keys: Vec<LocalKey> =
        files.filter(|f| f.extension().is_some_and(|e| e == "pub")).filter_map(|f| read(&f).ok()).collect();
    keys.sort_by(|a, b| a.file.cmp(&b.file));
    keys
}

/// The public key of one file.
///
/// # Errors
/// It is none, or cannot be read.
pub(super) fn read(path: &Path) -> Result<LocalKey, NoKey> {
    let said = |error: std::io::Error| NoKey::Unreadable(error.to_string());
    let mut file = std::fs::File::open(path).map_err(said)?;
    let meta = file.metadata().map_err(said)?;
    if !meta.is_file() || meta.len() > LARGEST {
        return Err(NoKey::Other);
    }
    // So much tells whether it is a private key.
    let mut head = [0_u8; 5];
    let n = file.read(&mut head).map_err(said)?;
    if head.starts_with(b"-----") || head.starts_with(b"PuTTY") {
        return Err(NoKey::Private);
    }
    let mut rest = Vec::new();
    file.take(LARGEST).read_to_end(&mut rest).map_err(said)?;
    let text = String::from_utf8([&head[..n], &rest].concat()).map_err(|_| NoKey::Other)?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (Some(line), None) = (lines.next(), lines.next()) else { return Err(NoKey::Other) };
    if !is_public(line) {
        return Err(NoKey::Other);
    }
    let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    Ok(LocalKey { file: name(path.file_name()), name: name(path.file_stem()), public: line.to_owned() })
}

/// `ssh-…`, `ecdsa-…` or `sk-…`, and its material.
fn is_public(line: &str) -> bool {
    let known = |kind: &str| ["ssh-", "ecdsa-", "sk-"].iter().any(|begin| kind.starts_with(begin));
    let plain = |key: &str| key.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c));
    material(line).is_some_and(|(kind, key)| known(kind) && plain(key)) && !line.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_is_read_and_a_private_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let key = read(&write("id_rsa.pub", "ssh-rsa AAAA+/= me@laptop\n")).unwrap();
        assert_eq!((key.name.as_str(), key.file.as_str()), ("id_rsa", "id_rsa.pub"));
        let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n";
        assert_eq!(read(&write("evil.pub", private)), Err(NoKey::Private));
        for other in ["", "hello world", "ssh-rsa AAAA\nssh-rsa BBBB\n", "ssh-rsa AAAA\u{1b}[2J", &"x".repeat(20_000)] {
            assert_eq!(read(&write("odd.pub", other)), Err(NoKey::Other), "{other:.20}");
        }
    }
}
