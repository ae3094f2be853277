//! The keys of layers as rows: the hint line and the help come from them. What the command table has over a layer stands
//! here only where the hint line names it.

use crate::app::layers::confirm::{ConfirmDialog, Focus};
use crate::app::layers::create::OrderPage;
use crate::app::layers::layer::{Layer, MenuKind};
use crate::domain::Text;
use crate::domain::text::{confirm, does, rules};
use crate::words::Words;

#[derive(Debug, Clone, Copy)]
pub struct KeyRow {
    /// None where its text says it all.
    pub keys: &'static [&'static str],
    pub text: Text,
    pub place: HintPlace,
}

/// Where a row is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintPlace {
    Hint,
    Help,
    Both,
}

macro_rules! rows {
    ($($place:ident $keys:expr, $text:path);* $(;)?) => {
        &[$(KeyRow { keys: &$keys, text: $text, place: HintPlace::$place }),*]
    };
}

/// The hint line of a layer.
#[must_use]
pub fn hint(words: &Words, layer: &Layer) -> String {
    let said = |row: &KeyRow| {
        let keys = match row.keys {
            [] => return words.get(row.text).to_owned(),
            [one, other] => words.say(&does::both(*one, *other)),
            keys => keys.join(" "),
        };
        words.say(&does::key(keys, words.get(row.text)))
    };
    let named = rows(layer).iter().filter(|row| row.place != HintPlace::Help);
    named.map(said).collect::<Vec<_>>().join(", ")
}

type KeyRows = &'static [KeyRow];

const CLOSES: KeyRows = rows![Both["Esc"], does::CLOSES];
const NOTICE: KeyRows = rows![Hint["Esc"], does::CLOSES];
const FORM: KeyRows = rows![Both ["Tab"], does::MOVES; Both ["Esc"], does::CLOSES];
const VIEWER: KeyRows = rows![Hint ["j", "k"], does::SCROLL; Hint ["Esc"], does::CLOSES];
const FOLLOWED: KeyRows = rows![Both ["f"], does::FOLLOWS; Hint ["j", "k"], does::SCROLL; Hint ["Esc"], does::CLOSES];
const TYPED: KeyRows = rows![Both ["Enter"], does::GOES_ON; Both ["Tab"], does::MOVES; Both ["Esc"], does::CLOSES];
const NAME: KeyRows = rows![Both [], confirm::EDITING];
const QUESTION: KeyRows = rows![
    Help ["y"], does::DOES_IT;
    Help ["n"], does::DOES_NOT;
    Both ["Tab"], does::MOVES;
    Help ["Enter"], does::TAKES_BUTTON;
    Help ["1-9"], does::SWITCHES_CHOICE;
    Help ["e"], does::EDITS_NAME;
    Help ["v"], does::SHOWS_REQUESTS;
    Both ["Esc"], does::CLOSES;
];
const COST: KeyRows = rows![Hint ["Enter"], does::GOES_TO_IT; Hint ["j", "k"], does::MOVE; Hint ["Esc"], does::CLOSES];
const COMPARE: KeyRows = rows![
    Hint ["d"], does::ONLY_DIFFERENCES;
    Help ["d"], does::ONLY_DIFFERENCES_OR_ALL;
    Hint ["j", "k"], does::SCROLL;
    Hint ["Esc"], does::CLOSES;
];
const PALETTE: KeyRows = rows![Hint ["Enter"], does::RUNS_IT; Hint ["Esc"], does::CLOSES];
const WELCOME: KeyRows = rows![Hint ["j", "k"], does::MOVE; Hint ["Enter"], does::GOES; Hint ["?"], does::ALL_KEYS];
const MENU: KeyRows = rows![Hint ["Enter"], does::OR_ITS_KEY; Hint ["Esc"], does::CLOSES];
const ALLOW: KeyRows =
    rows![Help ["j", "k"], does::MOVE; Both ["Enter"], does::OR_ITS_NUMBER; Both ["Esc"], does::STEP_BACK];
const ALLOW_TYPED: KeyRows = rows![Both ["Enter"], does::TAKES_IT; Both ["Esc"], does::STEP_BACK];
const CREATE_LIST: KeyRows = rows![
    Both [], does::TYPE_TO_FIND;
    Both ["Enter"], does::CHOOSES;
    Both ["Shift-Tab"], does::BACK;
    Both ["Ctrl-n"], does::ANEW;
    Both ["Esc"], does::KEEPS_IT;
];
const CREATE_URL: KeyRows = rows![Both ["Enter"], does::GOES_ON; Both ["Shift-Tab"], does::BACK; Both ["Ctrl-n"], does::ANEW; Both ["Esc"], does::KEEPS_IT];
const CREATE_REST: KeyRows = rows![
    Both ["Tab"], does::MOVES;
    Both ["Space"], does::SWITCHES;
    Both ["Shift-Tab"], does::BACK;
    Both ["Ctrl-n"], does::ANEW;
    Both ["Esc"], does::KEEPS_IT;
];
const CREATE_PICK: KeyRows =
    rows![Both [], does::TYPE_TO_FIND; Both ["Enter"], does::CHOOSES; Both ["Esc"], does::BACK];
const CREATE_SWITCH: KeyRows =
    rows![Both [], does::TYPE_TO_FIND; Both ["Space"], does::SWITCHES; Both ["Enter"], does::IS_DONE];
const KEY_FORM: KeyRows = rows![Both ["Tab"], does::MOVES; Both ["Space"], does::SWITCHES; Both ["Enter"], does::GOES_ON; Both ["Esc"], does::CLOSES];
const SECRET: KeyRows = rows![Hint [], does::SHOWN_ONCE];
const RULES: KeyRows = rows![
    Both ["Enter"], does::EDITS;
    Help ["a"], does::ADDS_RULE;
    Help ["D"], does::REMOVES_RULE;
    Help ["u"], does::UNDOES;
    Help ["p", "P"], does::TURNS_PRESET;
    Help ["E"], does::OPENS_EDITOR;
    Help ["R"], does::TAKES_OVER;
    Both ["Ctrl-s"], does::REVIEWS;
    Both ["Esc"], does::CLOSES;
];
const RULES_TYPED: KeyRows = rows![Hint [], rules::KEYS_TYPING];

/// The keys of a layer as it stands now.
#[must_use]
pub fn rows(layer: &Layer) -> KeyRows {
    match layer {
        Layer::Confirm(confirm) => confirm_rows(confirm),
        Layer::Notice(_) => NOTICE,
        Layer::Help(_) | Layer::Raw(_) | Layer::Requests(_) => VIEWER,
        Layer::ConsoleOutput(_) => FOLLOWED,
        Layer::Cost(_) => COST,
        Layer::Compare(_) => COMPARE,
        Layer::Menu(menu) if menu.typed.is_some() => PALETTE,
        Layer::Menu(menu) if menu.kind == MenuKind::Welcome => WELCOME,
        Layer::Menu(_) => MENU,
        Layer::Leaving(_) | Layer::HandOver(_) => &[],
        Layer::NewAccount(_) => FORM,
        Layer::Create(form) => match form.page {
            OrderPage::Account | OrderPage::What | OrderPage::Plan => CREATE_LIST,
            OrderPage::Url => CREATE_URL,
            OrderPage::Rest => CREATE_REST,
            OrderPage::Region | OrderPage::Network | OrderPage::Key => CREATE_PICK,
            OrderPage::Firewalls => CREATE_SWITCH,
        },
        Layer::KeyForm(_) => KEY_FORM,
        Layer::Secret(_) => SECRET,
        Layer::Rules(editor) if editor.editing.is_some() => RULES_TYPED,
        Layer::Rules(_) => RULES,
        Layer::Allow(allow) if allow.input.is_some() => ALLOW_TYPED,
        Layer::Allow(_) => ALLOW,
    }
}

fn confirm_rows(dialog: &ConfirmDialog) -> KeyRows {
    match dialog {
        ConfirmDialog { overtaken: Some(_), .. } => CLOSES,
        ConfirmDialog { name: Some(_), .. } => NAME,
        ConfirmDialog { focus: Focus::Field, .. } => TYPED,
        _ if dialog.proposal.confirmation.is_typed() => FORM,
        _ => QUESTION,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tables::key::KeyStroke;

    #[test]
    fn every_key_that_a_row_names_is_a_key() {
        let all = [
            CLOSES,
            NOTICE,
            FORM,
            VIEWER,
            FOLLOWED,
            TYPED,
            NAME,
            QUESTION,
            COST,
            COMPARE,
            PALETTE,
            WELCOME,
            MENU,
            ALLOW,
            ALLOW_TYPED,
            CREATE_LIST,
            CREATE_URL,
            CREATE_REST,
            CREATE_PICK,
            CREATE_SWITCH,
            KEY_FORM,
            SECRET,
            RULES,
            RULES_TYPED,
        ];
        for key in all.into_iter().flatten().flat_map(|row| row.keys).filter(|key| **key != "1-9") {
            assert!(key.parse::<KeyStroke>().is_ok(), "{key}");
        }
    }
}
