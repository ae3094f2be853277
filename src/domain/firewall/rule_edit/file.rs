//! Name and rules of a firewall as TOML, for an editor or a file. Mistakes are told by line, all of them at once, and
//! can be written above the lines they are about.

use toml_edit::{Document, Item, TableLike};

use crate::domain::firewall::rule_edit::form::{Preset, RuleForm};
use crate::domain::firewall::rule_edit::meaning::{Meaning, Protocol};
use crate::domain::firewall::rule_edit::typed::{Cell, Typed, name_mistake};
use crate::domain::{Direction, Phrase, ResourceId, Rule, text};

/// What stands before a mistake.
const MARK: &str = "#! ";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// The name, where it has one.
    pub name: Option<String>,
    /// The rules, in their order.
    pub rules: Vec<Rule>,
}

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMistake {
    /// The line, from 1.
    pub line: usize,
    pub what: Phrase,
}

/// The cells of a rule as a file has them: direction, preset, protocol, ports, source; empty where left out.
pub type FileRow = [String; 5];

/// A rule that is being typed, as a file has it.
#[must_use]
pub fn typed_row(typed: &Typed) -> FileRow {
    let direction = if typed.direction == Direction::In { "in" } else { "out" }.to_owned();
    let source = typed.source.clone();
    match typed.preset {
        Preset::Custom => [direction, String::new(), typed.protocol.name().to_owned(), typed.ports.clone(), source],
        preset => [direction, preset.name().to_owned(), String::new(), String::new(), source],
    }
}

#[must_use]
pub fn file_row(rule: &Rule, groups: &[(ResourceId, String)]) -> FileRow {
    if Meaning::from_rule(rule).is_none() {
        let direction = if rule.direction == Direction::In { "in" } else { "out" }.to_owned();
        let [preset, protocol, ports, source] =
            [&rule.preset, &rule.protocol, &rule.ports, &rule.source].map(|text| text.trim().to_owned());
        return [direction, preset, protocol, ports, source];
    }
    typed_row(&Typed::from_rule(rule, groups))
}

const KEYS: [&str; 5] = ["direction", "preset", "protocol", "ports", "source"];

/// Name and rules as TOML below a head, each line of which becomes a comment.
#[must_use]
pub fn write_file(head: &str, name: &str, rules: &[FileRow]) -> String {
    let quoted = |text: &str| toml_edit::Value::from(text).to_string();
    let mut text: String = head.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
    text.push_str(&format!("\nname = {}\n", quoted(name)));
    for row in rules {
        text.push_str("\n[[rule]]\n");
        let all = KEYS.iter().zip(row);
        for (key, value) in all.filter(|(_, value)| !value.is_empty()) {
            text.push_str(&format!("{key:<9} = {}\n", quoted(value)));
        }
    }
    text
}

/// Reads a file. What is written as a rule of `was` is that rule, as the provider wrote it.
///
/// # Errors
/// All mistakes, by line.
pub fn parse_file(
    text: &str,
    form: &RuleForm,
    groups: &[(ResourceId, String)],
    was: &[Rule],
) -> Result<RuleFile, Vec<FileMistake>> {
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let said = error.message().lines().next().unwrap_or_default().to_owned();
        vec![FileMistake { line: line_of(text, at), what: text::rule::file_syntax(said) }]
    })?;
    let mut reader = Reader { text, form, groups, was, mistakes: Vec::new() };
    let file = reader.file(document.as_table());
    if reader.mistakes.is_empty() {
        Ok(file)
    } else {
        reader.mistakes.sort_by_key(|mistake| mistake.line);
        Err(reader.mistakes)
    }
}

/// The text with what is wrong above the lines it is about; what was said there before goes.
#[must_use]
pub fn annotated(text: &str, mistakes: &[(usize, String)]) -> String {
    let mut out = String::new();
    for (n, line) in text.lines().enumerate() {
        for (_, said) in mistakes.iter().filter(|(at, _)| *at == n + 1) {
            out.push_str(&format!("{MARK}{}\n", said.replace('\n', " ")));
        }
        if !line.starts_with(MARK) {
            out.push_str(line);
            out.push('\n');
        }
    }
    let lines = text.lines().count();
    for (_, said) in mistakes.iter().filter(|(at, _)| *at > lines) {
        out.push_str(&format!("{MARK}{}\n", said.replace('\n', " ")));
    }
    out
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

struct Reader<'a> {
    text: &'a str,
    form: &'a RuleForm,
    groups: &'a [(ResourceId, String)],
    was: &'a [Rule],
    mistakes: Vec<FileMistake>,
}

impl Reader<'_> {
    fn wrong(&mut self, at: Option<usize>, what: Phrase) {
        let line = line_of(self.text, at.unwrap_or(0));
        self.mistakes.push(FileMistake { line, what });
    }

    fn file(&mut self, table: &dyn TableLike) -> RuleFile {
        let mut file = RuleFile { name: None, rules: Vec::new() };
        for (key, item) in table.iter() {
            let at = start(item).or_else(|| table.key(key).and_then(|k| k.span()).map(|span| span.start));
            match key {
                "name" => match item.as_str() {
                    Some(name) => {
                        if let Some(what) = name_mistake(name, self.form) {
                            self.wrong(at, what);
                        }
                        file.name = Some(name.trim().to_owned());
                    }
                    None => self.wrong(at, text::rule::file_text("name")),
                },
                "rule" => self.rules(item, at, &mut file.rules),
                other => {
                    self.wrong(at, text::rule::file_key(other, "name, [[rule]]"));
                }
            }
        }
        file
    }

    fn rules(&mut self, item: &Item, at: Option<usize>, rules: &mut Vec<Rule>) {
        let tables: Vec<(&dyn TableLike, Option<usize>)> = match item {
            Item::ArrayOfTables(all) => {
                all.iter().map(|t| (t as &dyn TableLike, t.span().map(|span| span.start))).collect()
            }
            Item::Value(toml_edit::Value::Array(all)) => {
                let inline = |v: &toml_edit::Value| Some(v.as_inline_table()?.span().map(|span| span.start));
                let tables = all.iter().filter_map(|v| Some((v.as_inline_table()? as &dyn TableLike, inline(v)?)));
                let tables: Vec<_> = tables.collect();
                if tables.len() != all.len() {
                    self.wrong(at, Phrase::new(text::rule::FILE_TABLES));
                }
                tables
            }
            _ => return self.wrong(at, Phrase::new(text::rule::FILE_TABLES)),
        };
        for (table, at) in tables {
            let Some(rule) = self.rule(table, at) else { continue };
            let twice =
                rules.iter().position(|other: &Rule| crate::domain::firewall::rule_edit::means_same(other, &rule));
            let there =
                self.was.iter().filter(|old| crate::domain::firewall::rule_edit::means_same(old, &rule)).count();
            // What stood twice before may go on doing so.
            if let Some(n) = twice.filter(|_| there < 2) {
                self.wrong(at, text::rule::duplicate(n + 1));
            }
            rules.push(rule);
        }
    }

    fn rule(&mut self, table: &dyn TableLike, at: Option<usize>) -> Option<Rule> {
        let mut texts: [String; 5] = Default::default();
        let mut places = [at; 5];
        let before = self.mistakes.len();
        for (key, item) in table.iter() {
            let here = start(item).or(at);
            let Some(n) = KEYS.iter().position(|known| *known == key) else {
                self.wrong(here, text::rule::file_key(key, KEYS.join(", ")));
                continue;
            };
            let number = || item.as_integer().map(|n| n.to_string());
            match item.as_str().map(str::to_owned).or_else(number) {
                Some(text) => {
                    texts[n] = text.trim().to_owned();
                    places[n] = here;
                }
                None => self.wrong(here, text::rule::file_text(key)),
            }
        }
        if texts[0].is_empty() {
            texts[0] = "in".to_owned();
        }
        if let Some(same) = self.was.iter().find(|old| file_row(old, self.groups) == texts) {
            return Some(same.clone());
        }
        let mut typed = Typed { source: texts[4].clone(), ..Typed::default() };
        match texts[0].to_ascii_lowercase().as_str() {
            "in" | "ingress" | "inbound" => {}
            "out" | "egress" | "outbound" => typed.direction = Direction::Out,
            other => self.wrong(places[0], text::rule::direction_none(other)),
        }
        let preset = if texts[1].is_empty() { Some(Preset::Custom) } else { Preset::by_name(&texts[1]) };
        match preset.filter(|preset| self.form.presets.contains(preset) || *preset == Preset::Custom) {
            Some(preset) => typed.choose(preset),
            None => {
                let known: Vec<&str> = self.form.presets.iter().map(|p| p.name()).collect();
                self.wrong(places[1], text::rule::preset_none(texts[1].as_str(), known.join(", ")));
            }
        }
        let named = typed.preset != Preset::Custom;
        if !texts[2].is_empty() {
            typed.protocol = Protocol::parse(&texts[2]);
        } else if !named && preset.is_some() {
            self.wrong(at, Phrase::new(text::rule::PROTOCOL_MISSING));
        }
        if !texts[3].is_empty() {
            typed.ports.clone_from(&texts[3]);
        }
        if self.mistakes.len() > before {
            return None;
        }
        if !named {
            typed.find_preset();
        }
        match typed.check(self.form, self.groups) {
            Ok(rule) => Some(rule),
            Err(mistake) => {
                let n = Cell::ALL.iter().position(|cell| *cell == mistake.cell).unwrap_or(0);
                self.wrong(places.get(n).copied().flatten().or(at), mistake.what);
                None
            }
        }
    }
}

fn start(item: &Item) -> Option<usize> {
    item.span().map(|span| span.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(preset: &str, protocol: &str, ports: &str, source: &str) -> Rule {
        let [preset, protocol, ports, source] = [preset, protocol, ports, source].map(str::to_owned);
        Rule { direction: Direction::In, preset, protocol, ports, source }
    }

    #[test]
    fn what_was_written_is_read_back_as_the_provider_wrote_it() {
        let was = [
            rule("HTTP", "TCP", "80", "0.0.0.0"),
            rule("Custom", "TCP", "22", "198.51.100.7"),
            rule("MySQL", "TCP", "33,06", "odd \"one\""),
            rule("", "icmp", "8/0", "::/0"),
        ];
        let groups = [("g1".into(), "web".to_owned())];
        let rows: Vec<FileRow> = was.iter().map(|rule| file_row(rule, &groups)).collect();
        let text = write_file("First line.\nSecond.", "東京 \"web\"", &rows);
        let file = parse_file(&text, &RuleForm::default(), &groups, &was).unwrap();
        assert_eq!(file.name.as_deref(), Some("東京 \"web\""));
        assert_eq!(file.rules, was);
        assert!(text.starts_with("# First line.\n# Second.\n"), "{text}");
    }

    const WRONG: &str = "\
name = \"\"
colour = 1

[[rule]]
protocol = \"tcp\"
ports = 0
source = \"any\"

[[rule]]
preset = \"HTTP\"
source = \"198.51.100.7/24\"

[[rule]]
ports = \"22\"
source = \"any\"

[[rule]]
preset = \"SSH\"
source = \"any\"

[[rule]]
protocol = \"tcp\"
ports = \"22\"
source = \"0.0.0.0/0\"
";

    #[test]
    fn every_mistake_is_told_by_its_line_and_written_above_it() {
        let mistakes = parse_file(WRONG, &RuleForm::default(), &[], &[]).unwrap_err();
        let told: Vec<(usize, &str)> = mistakes.iter().map(|m| (m.line, m.what.text.name())).collect();
        assert_eq!(
            told,
            [
                (1, "rule.NAME_MISSING"),
                (2, "rule.file_key"),
                (6, "rule.PORT_ZERO"),
                (11, "rule.source_host_bits"),
                (13, "rule.PROTOCOL_MISSING"),
                (21, "rule.duplicate"),
            ]
        );
        let said: Vec<(usize, String)> = mistakes.iter().map(|m| (m.line, m.what.text.name().to_owned())).collect();
        let text = annotated(WRONG, &said);
        assert!(text.contains("#! rule.PORT_ZERO\nports = 0\n"), "{text}");
        // Said once, not again and again.
        assert_eq!(annotated(&text, &[]), WRONG);
    }

    #[test]
    fn what_is_no_toml_names_its_line() {
        let mistakes = parse_file("name = \"a\"\n[[rule\n", &RuleForm::default(), &[], &[]).unwrap_err();
        assert_eq!((mistakes[0].line, mistakes[0].what.text.name()), (2, "rule.file_syntax"));
    }
}
