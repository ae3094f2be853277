//! The path of a request, made of fixed words and of what a provider or a person calls things.

use std::fmt::Write as _;

use reqwest::Url;

use super::records::not_understood;
use crate::domain::{Answer, Fault, Phrase, text};

/// A path below an address, each part escaped so that the server gets exactly that part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path(String);

/// A part that no path can hold: an empty one names the list above it, and `.` and `..` are taken out on the way even
/// where they are escaped (RFC 3986, 6.2.2.3; the URL standard).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotInPath(String);

impl NotInPath {
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        text::not_sent::no_path(self.0.as_str())
    }

    /// What became of a read: such an id comes from the provider.
    #[must_use]
    pub fn of_read(&self) -> Fault {
        not_understood("id", self.phrase(), "")
    }

    #[must_use]
    pub fn of_change(&self) -> Answer {
        Answer::NotSent { why: self.phrase() }
    }
}

#[must_use]
pub fn fits_path(part: &str) -> bool {
    !matches!(part, "" | "." | "..")
}

impl Path {
    /// Joins parts.
    ///
    /// # Errors
    /// The first part that no path can hold.
    pub fn new(parts: &[&str]) -> Result<Self, NotInPath> {
        let mut path = String::new();
        for part in parts {
            if !fits_path(part) {
                return Err(NotInPath((*part).to_owned()));
            }
            path.push('/');
            escape(part, &mut path);
        }
        Ok(Self(path))
    }

    /// The address of the path below another, whose query and fragment do not count.
    #[must_use]
    pub fn below(&self, base: &Url) -> Url {
        let mut url = base.clone();
        url.set_query(None);
        url.set_fragment(None);
        let before = base.path();
        url.set_path(&format!("{}{}", before.strip_suffix('/').unwrap_or(before), self.0));
        url
    }
}

/// Writes the bytes that RFC 3986 leaves free as they are and all others escaped: the parser of addresses drops tabs and
/// ends of lines, which it would otherwise meet.
fn escape(part: &str, into: &mut String) {
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("me-laptop_1.old~", "me-laptop_1.old~")]
    #[case("../x?y#z", "..%2Fx%3Fy%23z")]
    #[case("a\tb\r\nc", "a%09b%0D%0Ac")]
    #[case(" a ", "%20a%20")]
    #[case("50%", "50%25")]
    #[case("%2e%2e", "%252e%252e")]
    #[case("a\\b", "a%5Cb")]
    #[case("...", "...")]
    #[case("鍵", "%E9%8D%B5")]
    fn a_part_arrives_as_it_is(#[case] part: &str, #[case] sent: &str) {
        let base = "http://127.0.0.1:9/a/compute?x=1#y".parse().unwrap();
        let url = Path::new(&["os-keypairs", part, "end"]).unwrap().below(&base);
        assert_eq!(url.as_str(), format!("http://127.0.0.1:9/a/compute/os-keypairs/{sent}/end"));
    }

    #[rstest::rstest]
    #[case("")]
    #[case(".")]
    #[case("..")]
    fn what_would_make_another_path_is_refused(#[case] part: &str) {
        assert_eq!(Path::new(&["os-keypairs", part]), Err(NotInPath(part.to_owned())));
    }
}
