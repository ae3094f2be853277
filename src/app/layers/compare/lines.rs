//! The lines of the view: the fields of the two beside each other, each as long as it fits.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::app::App;
use crate::app::layers::compare::state::CompareView;
use crate::app::panes::details;
use crate::app::panes::details::rule_text;
use crate::app::panes::row::{Row, What};
use crate::app::tone::Tone;
use crate::domain::text;
use crate::words::cells::{clean, wrap};

#[derive(Debug, Clone, PartialEq, Eq)]
struct ComparedField {
    /// What it is; empty where it goes on with the line above.
    pub label: String,
    /// What it is of each; `None` where one has no such field.
    pub values: [Option<String>; 2],
    /// Whether it begins what the provider sent.
    pub is_heading: bool,
}

impl ComparedField {
    fn is_same(&self) -> bool {
        self.values[0] == self.values[1]
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareLine {
    pub label: String,
    pub values: [String; 2],
    /// How the two stand to each other: nothing where they are the same, else `|`, or `<` and `>` where one has it alone.
    pub sign: &'static str,
    pub is_heading: bool,
}

/// How wide the label and each of the values is.
#[must_use]
pub fn widths(room: usize) -> (usize, usize) {
    let label = if room >= 100 { 26 } else { 16 };
    (label, room.saturating_sub(label + 5) / 2)
}

#[must_use]
pub fn room(size: (u16, u16)) -> usize {
    usize::from(size.0).saturating_sub(6)
}

/// All lines of the view, each as long as it fits.
#[must_use]
pub fn lines(app: &App, view: &CompareView, room: usize) -> Vec<CompareLine> {
    let (label, each) = widths(room);
    let mut lines = Vec::new();
    for pair in pairs(app, view) {
        if view.only && pair.is_same() && !pair.is_heading {
            continue;
        }
        let sign = match &pair.values {
            _ if pair.is_same() => "",
            [Some(_), None] => "<",
            [None, Some(_)] => ">",
            _ => "|",
        };
        let wrapped = |text: &str, width: usize| {
            if text.is_empty() { Vec::new() } else { wrap(&clean(text), width.max(4)) }
        };
        let labels = wrapped(&pair.label, if pair.is_heading { room } else { label });
        let values = pair.values.each_ref().map(|value| wrapped(value.as_deref().unwrap_or(""), each));
        let count = labels.len().max(values[0].len()).max(values[1].len()).max(1);
        for n in 0..count {
            let at = |all: &[String]| all.get(n).cloned().unwrap_or_default();
            lines.push(CompareLine {
                label: at(&labels),
                values: [at(&values[0]), at(&values[1])],
                sign,
                is_heading: pair.is_heading,
            });
        }
    }
    lines
}

/// In how many fields the two differ.
#[must_use]
pub fn differing(app: &App, view: &CompareView) -> usize {
    pairs(app, view).iter().filter(|pair| !pair.is_same() && !pair.label.is_empty()).count()
}

/// Every field of the two: what their details say, then what the provider sent.
fn pairs(app: &App, view: &CompareView) -> Vec<ComparedField> {
    let [one, other] = view.rows.each_ref().map(|row| fields(app, row));
    let mut pairs = side_by_side(one, other);
    let [one, other] = view.rows.each_ref().map(|row| raw(&row.what));
    if !one.is_empty() || !other.is_empty() {
        let heading = app.words.get(text::compare::RAW).to_owned();
        pairs.push(ComparedField { label: heading, values: [None, None], is_heading: true });
        pairs.extend(side_by_side(one, other));
    }
    pairs
}

type Fields = Vec<(String, Vec<String>)>;

/// Fields of the same label beside each other, in the order of the first; what only the second has stands where it
/// stands there.
fn side_by_side(one: Fields, other: Fields) -> Vec<ComparedField> {
    let mut labels: Vec<String> = one.iter().map(|(label, _)| label.clone()).collect();
    let mut after = 0;
    for (label, _) in &other {
        match labels.iter().position(|known| known == label) {
            Some(at) => after = at + 1,
            None => {
                labels.insert(after, label.clone());
                after += 1;
            }
        }
    }
    let gathered = |fields: Fields| {
        let mut map: BTreeMap<String, Vec<String>> = BTreeMap::new();
        fields.into_iter().for_each(|(label, values)| map.entry(label).or_default().extend(values));
        map
    };
    let (mut one, mut other) = (gathered(one), gathered(other));
    labels.dedup();
    let mut pairs = Vec::new();
    for label in labels {
        let (left, right) = (one.remove(&label).unwrap_or_default(), other.remove(&label).unwrap_or_default());
        for n in 0..left.len().max(right.len()) {
            let label = if n == 0 { label.clone() } else { String::new() };
            let values = [left.get(n).cloned(), right.get(n).cloned()];
            pairs.push(ComparedField { label, values, is_heading: false });
        }
    }
    pairs
}

/// What the details of a row say of the thing itself, not of what happens to it; with the rules of its firewalls.
fn fields(app: &App, row: &Row) -> Fields {
    let mut fields: Fields = Vec::new();
    for line in details::lines_of(app, row) {
        if line.tone == Tone::Bold {
            break;
        }
        if line.spark.is_some() || (line.label.is_empty() && line.value.is_empty()) {
            continue;
        }
        match fields.last_mut() {
            Some((_, values)) if line.label.is_empty() => values.push(line.value),
            _ => fields.push((line.label, vec![line.value])),
        }
    }
    fields.extend(rules(app, row));
    fields
}

fn rules(app: &App, row: &Row) -> Fields {
    let What::Instance(instance) = &row.what else { return Vec::new() };
    let Some(account) = app.engine.account(&row.account) else { return Vec::new() };
    let names = instance.firewalls.iter().flatten();
    names
        .map(|name| {
            let known = account.inventory.firewalls().iter().find(|f| f.name == *name);
            let rules = match known.and_then(|f| account.inventory.rules(&f.id)) {
                Some(set) => set.rules.iter().map(|rule| rule_text(rule, app)).collect(),
                None => vec![app.words.get(text::details::NOT_READ).to_owned()],
            };
            (app.words.say(&text::compare::rules(name.as_str())), rules)
        })
        .collect()
}

/// Every value of the provider's record, by its path.
fn raw(what: &What) -> Fields {
    let mut fields = Vec::new();
    if let Some(value) = what.raw().and_then(|text| serde_json::from_str::<Value>(text).ok()) {
        flat("", &value, &mut fields);
    }
    fields
}

fn flat(path: &str, value: &Value, fields: &mut Fields) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(map) if !map.is_empty() => map.iter().for_each(|(key, value)| flat(&below(key), value, fields)),
        Value::Array(all) if !all.is_empty() => {
            all.iter().enumerate().for_each(|(n, value)| flat(&below(&n.to_string()), value, fields));
        }
        Value::String(text) => fields.push((path.to_owned(), vec![text.clone()])),
        other => fields.push((path.to_owned(), vec![other.to_string()])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fields: &[(&str, &[&str])]) -> Fields {
        let values = |all: &[&str]| all.iter().map(|v| (*v).to_owned()).collect();
        fields.iter().map(|(label, all)| ((*label).to_owned(), values(all))).collect()
    }

    #[test]
    fn what_only_one_has_stands_where_it_stands_there() {
        let one = of(&[("a", &["1"]), ("address", &["x", "y"]), ("z", &["9"])]);
        let other = of(&[("a", &["1"]), ("b", &["2"]), ("address", &["x"]), ("z", &["8"])]);
        let told: Vec<String> = side_by_side(one, other)
            .into_iter()
            .map(|p| format!("{} {:?} {:?}", p.label, p.values[0].as_deref(), p.values[1].as_deref()))
            .collect();
        let expected = [
            "a Some(\"1\") Some(\"1\")",
            "b None Some(\"2\")",
            "address Some(\"x\") Some(\"x\")",
            " Some(\"y\") None",
            "z Some(\"9\") Some(\"8\")",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_record_is_told_by_path() {
        let mut fields = Vec::new();
        flat("", &serde_json::json!({"a": {"b": [1, "x"]}, "c": null, "d": []}), &mut fields);
        assert_eq!(fields, of(&[("a.b.0", &["1"]), ("a.b.1", &["x"]), ("c", &["null"]), ("d", &["[]"])]));
    }
}
