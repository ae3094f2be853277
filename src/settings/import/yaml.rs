//! YAML as a tree of texts. No value is interpreted: a password of digits stays as it is written. What the parser says
//! is not repeated, since it may hold a part of the line.

use std::collections::HashMap;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// A value of the file; one that is nothing is an empty text. What an alias stands for is shared, so that nothing grows by being named often.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Map(Vec<(String, Rc<Node>)>),
    List(Vec<Rc<Node>>),
}

/// The line at which it is no YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotYaml(pub(super) usize);

impl Node {
    /// The value of a key. `<<: *base` stands for what another mapping holds.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        let find = |wanted: &str| entries.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_ref());
        find(key).or_else(|| find("<<").and_then(|base| base.get(key)))
    }

    /// Its keys, where it is a mapping.
    pub(super) fn keys(&self) -> Option<Vec<String>> {
        let Self::Map(entries) = self else { return None };
        Some(entries.iter().map(|(name, _)| name.clone()).collect())
    }

    /// What stands in it, where it is a list.
    pub(super) fn items(&self) -> Option<&[Rc<Self>]> {
        if let Self::List(items) = self { Some(items) } else { None }
    }

    /// The text, where it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

/// A mapping or list whose end was not read yet.
struct Open {
    anchor: usize,
    node: Node,
    /// Of a mapping the key whose value comes next.
    key: Option<String>,
}

/// Reads the first document.
pub(super) fn parse(text: &str) -> Result<Rc<Node>, NotYaml> {
    let mut open: Vec<Open> = Vec::new();
    let mut anchors: HashMap<usize, Rc<Node>> = HashMap::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| NotYaml(error.marker().line()))?;
        let done = match event {
            Event::MappingStart(anchor, _) => {
                open.push(Open { anchor, node: Node::Map(Vec::new()), key: None });
                continue;
            }
            Event::SequenceStart(anchor, _) => {
                open.push(Open { anchor, node: Node::List(Vec::new()), key: None });
                continue;
            }
            Event::Scalar(text, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain && matches!(text.as_ref(), "~" | "null" | "Null" | "NULL");
                (anchor, Rc::new(Node::Text(if is_null { String::new() } else { text.into_owned() })))
            }
            Event::Alias(anchor) => {
                let known = anchors.get(&anchor).cloned();
                (0, known.ok_or(NotYaml(span.start.line()))?)
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let ended = open.pop().ok_or(NotYaml(span.start.line()))?;
                (ended.anchor, Rc::new(ended.node))
            }
            Event::DocumentEnd => break,
            _ => continue,
        };
        let (anchor, node) = done;
        if anchor > 0 {
            anchors.insert(anchor, Rc::clone(&node));
        }
        let Some(within) = open.last_mut() else { return Ok(node) };
        match (&mut within.node, within.key.take()) {
            (Node::Map(entries), Some(key)) => entries.push((key, node)),
            // A key that is no text is looked for by nobody.
            (Node::Map(_), None) => within.key = Some(node.text().unwrap_or_default().to_owned()),
            (Node::List(items), _) => items.push(node),
            (Node::Text(_), _) => {}
        }
    }
    Err(NotYaml(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_at(text: &str, path: &[&str]) -> Option<String> {
        let document = parse(text).unwrap();
        let mut at = document.as_ref();
        for key in path {
            at = at.get(key)?;
        }
        at.text().map(str::to_owned)
    }

    #[test]
    fn values_stay_as_they_are_written() {
        let text = "a: {b: 007, c: 'yes', d: \"#1: x\"}\nlist: [1, {e: f}]\ng: |\n  two\n  lines\nh: ~\ni: '~'\n";
        let of = |path: &[&str]| text_at(text, path).unwrap_or_default();
        assert_eq!((of(&["a", "b"]), of(&["a", "c"]), of(&["a", "d"])), ("007".into(), "yes".into(), "#1: x".into()));
        assert_eq!((of(&["g"]), of(&["h"]), of(&["i"])), ("two\nlines\n".into(), String::new(), "~".into()));
    }

    #[test]
    fn aliases_and_merged_mappings_are_followed() {
        let text = "base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  x: 3\nsame: *b\n";
        let of = |path: &[&str]| text_at(text, path).unwrap_or_default();
        assert_eq!((of(&["own", "x"]), of(&["own", "y"]), of(&["same", "y"])), ("3".into(), "2".into(), "2".into()));
    }

    #[test]
    fn what_is_no_yaml_names_its_line_and_nothing_more() {
        assert_eq!(parse("a: 1\nb: \"hunter2\nc: 2\n").unwrap_err(), NotYaml(2));
        assert_eq!(parse("a: *gone\n").unwrap_err(), NotYaml(1));
        assert_eq!(parse("").unwrap_err(), NotYaml(1));
    }

    #[test]
    fn what_is_nested_deeply_or_named_often_is_read_in_little_memory() {
        let deep = format!("a: {}{}\n", "[".repeat(200), "]".repeat(200));
        assert!(parse(&deep).is_ok());
        let mut often = "a0: &a0 {x: 1}\n".to_owned();
        for i in 1..40 {
            often.push_str(&format!("a{i}: &a{i} {{l: *a{}, r: *a{}}}\n", i - 1, i - 1));
        }
        assert!(parse(&often).is_ok());
    }
}
