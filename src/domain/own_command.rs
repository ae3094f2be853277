//! Commands of the person's own: a program with arguments in which a machine's values stand. No shell reads them.

pub const PLACEHOLDERS: [&str; 9] = ["address", "name", "id", "account", "user", "key", "port", "ipv4", "ipv6"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCommand {
    /// Its line in the configuration, from 1.
    pub line: usize,
    /// Its key as text, where it has one.
    pub key: Option<String>,
    pub name: String,
    pub run: Vec<String>,
    /// Whether it asks first.
    pub confirm: bool,
    /// The names of the panes it works in; none means Instances.
    pub panes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentPiece<'a> {
    Text(&'a str),
    Place(&'a str),
}

/// The pieces of an argument. Braces around anything but small letters and digits are text.
#[must_use]
pub fn pieces(argument: &str) -> Vec<ArgumentPiece<'_>> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = argument[at..].find('{').map(|n| at + n) {
        at = open + 1;
        let Some(close) = argument[at..].find('}').map(|n| at + n) else { break };
        let name = &argument[at..close];
        if !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
            if from < open {
                out.push(ArgumentPiece::Text(&argument[from..open]));
            }
            out.push(ArgumentPiece::Place(name));
            at = close + 1;
            from = at;
        }
    }
    if from < argument.len() {
        out.push(ArgumentPiece::Text(&argument[from..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_letters_in_braces_are_a_place() {
        use ArgumentPiece::{Place, Text};
        assert_eq!(pieces("{user}@{ipv4}:22"), [Place("user"), Text("@"), Place("ipv4"), Text(":22")]);
        assert_eq!(pieces("{{.Names}} ${HOME} { print }"), [Text("{{.Names}} ${HOME} { print }")]);
        assert_eq!(pieces("{{name}"), [Text("{"), Place("name")]);
        assert_eq!(pieces("{open"), [Text("{open")]);
        assert_eq!(pieces("日{name}本"), [Text("日"), Place("name"), Text("本")]);
        assert!(pieces("").is_empty());
    }
}
