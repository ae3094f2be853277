//! Commands of the person's own, as they were understood: they stand beside those of the table.

use crate::app::tables::key::KeyStroke;
use crate::app::tables::pane::Pane;
use crate::domain::{OwnCommand, Phrase, text};

/// A command of the person's own, as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Its key, where it has one.
    pub key: Option<KeyStroke>,
    pub name: String,
    /// The program and its arguments, with places for values.
    pub run: Vec<String>,
    /// Whether it asks first.
    pub confirm: bool,
    pub panes: Vec<Pane>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnMistake {
    pub line: usize,
    /// The key of the section, what is wrong with it, and what is accepted.
    pub what: Phrase,
}

impl OwnMistake {
    pub fn new(line: usize, key: &str, what: impl Into<Phrase>) -> Self {
        Self { line, what: text::plain::at(format!("[[command]] {key}"), what) }
    }
}

/// Understands one.
///
/// # Errors
/// There is no such key or pane.
pub fn understand(own: &OwnCommand) -> Result<Own, OwnMistake> {
    let key = own.key.as_deref().map(str::parse).transpose();
    let key = key.map_err(|error: crate::app::tables::key::NoKey| OwnMistake::new(own.line, "key", error.phrase()))?;
    let pane = |name: &String| {
        Pane::ALL.into_iter().find(|pane| pane.name() == name).ok_or_else(|| {
            let all = Pane::ALL.map(Pane::name).join(", ");
            OwnMistake::new(own.line, "panes", text::keymap::no_pane(name.as_str(), all))
        })
    };
    let mut panes = own.panes.iter().map(pane).collect::<Result<Vec<_>, _>>()?;
    if panes.is_empty() {
        panes.push(Pane::Instances);
    }
    Ok(Own { key, name: own.name.clone(), run: own.run.clone(), confirm: own.confirm, panes })
}
