//! The public keys of this machine: the line of each `~/.ssh/*.pub`. Of a file that begins as a private key does nothing
//! more is read.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::app::public_keys::LocalKey;
use crate::domain::public_key::{PRIVATE, is_private, line_of};
use crate::domain::{Phrase, text};

/// The file of a public key is shorter than this.
const MOST: u64 = 16 * 1024;
/// A private key shows within so many bytes that it is one, also where each character takes two of them.
const ENOUGH: u64 = 80;
/// So many files are looked at.
const MOST_FILES: usize = 200;

pub(super) fn below(home: Option<&str>) -> Vec<LocalKey> {
    let Some(folder) = home.filter(|home| !home.is_empty()).map(|home| Path::new(home).join(".ssh")) else {
        return Vec::new();
    };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "pub") && path.is_file());
    paths.sort();
    let key = |path: &std::path::PathBuf| {
        let name = path.file_stem()?.to_string_lossy().into_owned();
        let text = text_of_file(path).ok()?;
        // What holds no key is shown with the reason.
        let public = line_of(&text).map_or_else(|_| text.clone(), std::borrow::Cow::into_owned);
        Some(LocalKey { file: format!("~/.ssh/{name}.pub"), name, public })
    };
    paths.iter().take(MOST_FILES).filter_map(key).collect()
}

/// What the demo shows in their place: it reads no file.
pub(super) fn of_demo() -> Vec<LocalKey> {
    let key = |name: &str, public: &str| LocalKey {
        file: format!("~/.ssh/{name}.pub"),
        name: name.to_owned(),
        public: public.to_owned(),
    };
    vec![key("id_ed25519", DEMO_ED25519), key("id_rsa", DEMO_RSA)]
}

/// What stands in a file, or comes out of a pipe in its place; see [`text_of`].
///
/// # Errors
/// What the system said, or that it is no text, or too long for a key.
pub fn text_of_file(path: &Path) -> Result<String, Phrase> {
    text_of(File::open(path).map_err(by_system)?)
}

/// What may be a public key, without blanks around; [`PRIVATE`] where it begins as a private one, of which nothing more
/// is read.
///
/// # Errors
/// What the system said, or that it is no text, or too long for a key.
pub fn text_of(mut from: impl io::Read) -> Result<String, Phrase> {
    let mut bytes = Vec::new();
    from.by_ref().take(ENOUGH).read_to_end(&mut bytes).map_err(by_system)?;
    if is_private(&decoded(&bytes)) {
        return Ok(PRIVATE.to_owned());
    }
    from.take(MOST + 1).read_to_end(&mut bytes).map_err(by_system)?;
    let text = decoded(&bytes);
    if text.contains('\0') {
        return Err(text::public_key::NO_TEXT.into());
    }
    // The beginning may have been blank.
    if is_private(&text) {
        return Ok(PRIVATE.to_owned());
    }
    if text.len() as u64 > MOST { Err(text::public_key::LONG.into()) } else { Ok(text.trim().to_owned()) }
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn by_system(error: io::Error) -> Phrase {
    error.to_string().into()
}

/// Bytes as text: UTF-16 where they say so, as PowerShell writes files, else UTF-8. What is neither, such as a comment in
/// an older encoding, is marked.
fn decoded(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes.as_chunks::<2>().0.iter().map(|two| unit(*two)).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Made for the demo; nobody has the private halves.
const DEMO_ED25519: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJX62c5kjSfF9EWDk0W/fxGtygw4BXQqwekWA/KN+QNz you@demo";
const DEMO_RSA: &str = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCzt+MUt/4VpB4dqyCn/IeuNOkZn5UI5aKKkKWG3kM+cZN5CAiVB1iaVWYUjON9p5QOej+P/AbPq7lOvlpHVy8E6iL81bdlkasN0NSyXcv2FKjcI3DV5m+t/LYGPySKG/NJWdDXwDtxwYr6MTGkYxG/lPwxhA70SGd+FRF8mYJpp9YPyhgdKTsx6p9TMOdsuBJaAvO+m/e3fP7OFKjUID70MHotjssF56pjspcmTOBbfvxKjKAYb8BtYnGwf5OObcGyMoHOmn0ac7+Z/rtEi56u/S8eoc6p1B6DwLeY9NayY8uI3GJnofuRlUElPLJ/2tHyudQWbDJTKVy28CW638uhxQLXIoO0so5YKTWQdFyuFp7XA3nyRvm14Z4jHrWTWd1nHew6SxhM2e/VitUaHs1rnL3/QPI6DGBsNumouhuVgxW+AF+KDsrVHZ3MP+sA32//FJ4MAPuZWAgVs1groJCMMYVT75831U4QT7U1kU8oAknkcRC5v6/gFDpLpF/aAq0= you@demo";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PublicKey;

    #[test]
    fn only_public_keys_are_read_and_of_a_private_one_nothing() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(".ssh");
        std::fs::create_dir_all(folder.join("folder.pub")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        write("id_ed25519", "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n");
        write("id_ed25519.pub", &format!("{DEMO_ED25519}\n"));
        write("wrong.pub", "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----\n");
        write("late.pub", &format!("{}-----BEGIN RSA PRIVATE KEY-----c2VjcmV0", "\n".repeat(100)));
        write("config", "Host *\n");
        let keys = below(home.path().to_str());
        let told: Vec<(&str, &str)> = keys.iter().map(|k| (k.file.as_str(), k.public.as_str())).collect();
        let expected =
            [("~/.ssh/id_ed25519.pub", DEMO_ED25519), ("~/.ssh/late.pub", PRIVATE), ("~/.ssh/wrong.pub", PRIVATE)];
        assert_eq!(told, expected);
        assert!(below(Some("/nonexistent")).is_empty() && below(None).is_empty());
    }

    #[test]
    fn a_private_key_is_left_alone_after_its_beginning() {
        struct Watched(io::Cursor<Vec<u8>>);
        impl io::Read for Watched {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                self.0.read(into)
            }
        }
        let text = format!("-----BEGIN OPENSSH PRIVATE KEY-----\n{}", "c2VjcmV0\n".repeat(500));
        let mut from = Watched(io::Cursor::new(text.into_bytes()));
        assert_eq!(text_of(&mut from).unwrap(), PRIVATE);
        assert_eq!(from.0.position(), ENOUGH);
        let wide: Vec<u8> = text_in_utf16("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\r\nc2VjcmV0\r\n");
        let mut from = Watched(io::Cursor::new(wide));
        assert_eq!(text_of(&mut from).unwrap(), PRIVATE);
        assert_eq!(from.0.position(), ENOUGH);
        assert!(text_of(io::Cursor::new(vec![b'a'; 40_000])).is_err());
    }
    /// As PowerShell writes what a program prints into a file.
    fn text_in_utf16(text: &str) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn keys_are_read_as_other_programs_write_them() {
        let key = DEMO_ED25519.rsplit_once(' ').unwrap().0;
        let read = |bytes: &[u8]| PublicKey::parse(&text_of(bytes).unwrap()).unwrap();
        let plain = read(DEMO_ED25519.as_bytes());
        let in_utf16 = text_in_utf16(&format!("{DEMO_ED25519}\r\n"));
        let swapped: Vec<u8> = in_utf16.chunks(2).flat_map(|two| [two[1], two[0]]).collect();
        assert_eq!(read(&in_utf16), plain);
        assert_eq!(read(&swapped), plain);
        assert_eq!(read(format!("\u{feff}# of the laptop\r\n\r\n{DEMO_ED25519}\r\n").as_bytes()), plain);
        let latin_1 = [key.as_bytes(), b" J\xfcrgen@pc\n"].concat();
        let shift_jis = [key.as_bytes(), b" \x93c\x92\x86@host\n"].concat();
        for bytes in [latin_1, shift_jis] {
            assert_eq!(read(&bytes).line(), key, "the key alone: its comment cannot be read");
        }
        assert!(text_of(&b"\x7fELF\0\0"[..]).is_err());
    }

    #[test]
    fn a_file_with_a_comment_above_its_key_can_be_chosen() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".ssh")).unwrap();
        std::fs::write(home.path().join(".ssh/a.pub"), format!("# of the laptop\n{DEMO_ED25519}\n")).unwrap();
        assert_eq!(below(home.path().to_str())[0].public, DEMO_ED25519);
    }
}
