//! The lines of help, from the command table and the keys in force.

use crate::app::layers::key_rows::HintPlace;
use crate::app::layers::layer::Layer;
use crate::app::layers::{key_rows, layer_keys};
use crate::app::tables::commands::{COMMANDS, Command, Group};
use crate::app::{App, own_commands};
use crate::domain::{Phrase, Text, text};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    Heading(Text),
    /// A command: its keys and what it does; the flag says whether it works in the pane in focus.
    Command(String, Phrase, bool),
    Blank,
}

const TWO_COLUMNS: u16 = 100;

/// The columns of help for this screen: moving and looking first, then acting and the program.
#[must_use]
pub fn columns(app: &App) -> Vec<Vec<HelpLine>> {
    // Over a layer the keys of the panes do nothing.
    if let Some(layer) = app.layers.iter().rev().find(|layer| !matches!(layer, Layer::Help(_))) {
        return vec![of_layer(app, layer)];
    }
    let left = lines(app, &[Group::Move, Group::Look]);
    let right = lines(app, &[Group::Act, Group::Program]);
    if app.size.0 >= TWO_COLUMNS {
        return vec![left, right];
    }
    // What acts comes first where one must scroll.
    let mut one = right;
    one.push(HelpLine::Blank);
    one.extend(left);
    vec![one]
}

/// How many lines the longest column has.
#[must_use]
pub fn length(app: &App) -> usize {
    columns(app).iter().map(Vec::len).max().unwrap_or(0)
}

/// The entries of a menu by their keys, and the commands that work there.
fn of_layer(app: &App, layer: &Layer) -> Vec<HelpLine> {
    let mut out = Vec::new();
    if let Layer::Menu(menu) = layer {
        let entries = menu.entries.iter().filter(|entry| !entry.key.is_empty());
        out.extend(entries.map(|e| HelpLine::Command(e.key.clone(), e.text.clone(), e.why_not.is_none())));
    }
    let rows = key_rows::rows(layer).iter().filter(|row| row.place != HintPlace::Hint);
    out.extend(rows.map(|row| HelpLine::Command(row.keys.join(" "), Phrase::new(row.text), true)));
    if !out.is_empty() {
        out.push(HelpLine::Blank);
    }
    for row in COMMANDS.iter().filter(|row| layer_keys::works(app, layer, row.command)) {
        let keys: Vec<String> = layer_keys::keys(app, layer, row.command).iter().map(ToString::to_string).collect();
        if !keys.is_empty() {
            let text = if row.command == Command::Open { text::help::CHOOSE } else { row.text };
            out.push(HelpLine::Command(keys.join(" "), Phrase::new(text), true));
        }
    }
    out
}

fn lines(app: &App, groups: &[Group]) -> Vec<HelpLine> {
    let mut out = Vec::new();
    for group in groups {
        if !out.is_empty() {
            out.push(HelpLine::Blank);
        }
        out.push(HelpLine::Heading(match group {
            Group::Move => text::group::MOVE,
            Group::Look => text::group::LOOK,
            Group::Act => text::group::ACT,
            Group::Program => text::group::PROGRAM,
        }));
        for row in COMMANDS.iter().filter(|r| r.group == *group) {
            let keys: Vec<String> = app.keymap.keys(row.command).iter().map(ToString::to_string).collect();
            out.push(HelpLine::Command(keys.join(" "), Phrase::new(row.text), row.works_in(app.focus)));
        }
        if *group == Group::Act {
            for (_, own) in own_commands::all(app) {
                let key = own.key.map(|key| key.to_string()).unwrap_or_default();
                let name = text::plain::said(own.name.as_str());
                out.push(HelpLine::Command(key, name, own.panes.contains(&app.focus)));
            }
        }
    }
    out
}
