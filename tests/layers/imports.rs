//! Who imports whom in `src`, read from the text of its files: `use` trees with groups and aliases, and paths in the code
//! itself, from `crate::`, `super::`, `self::` and modules that are in scope. A name that a `mod.rs` hands on counts for
//! the file that defines it. What only tests see is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What a file takes from others: file → file, with the names.
pub(crate) type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

#[derive(Debug, Default)]
struct Module {
    /// Its file, from `src` on.
    file: String,
    children: BTreeMap<String, Vec<String>>,
    /// Names that a `use` brings here, with whole paths.
    imports: BTreeMap<String, Vec<String>>,
    /// Of those, what is handed on.
    exports: BTreeSet<String>,
    /// Paths in its code.
    paths: BTreeSet<Vec<String>>,
}

/// All modules by their path; the crate itself is the empty one.
#[derive(Debug, Default)]
pub(crate) struct Tree(BTreeMap<Vec<String>, Module>);

impl Tree {
    /// Reads a crate from its `lib.rs` on.
    pub(crate) fn read(src: &Path) -> Self {
        let mut tree = Self::default();
        tree.module(src, "lib.rs", &[]);
        tree
    }

    /// A tree of texts, by file.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self::read(folder.path())
    }

    fn module(&mut self, src: &Path, file: &str, path: &[String]) {
        let text = fs::read_to_string(src.join(file)).unwrap();
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        let mut reader = Reader { tokens: tokens(&text), at: 0, module: &mut module, children: Vec::new() };
        reader.read();
        let children = std::mem::take(&mut reader.children);
        let folder = match Path::new(file).file_name().unwrap().to_str().unwrap() {
            "lib.rs" | "mod.rs" => Path::new(file).parent().unwrap().to_path_buf(),
            _ => Path::new(file).with_extension(""),
        };
        for child in children {
            let below = [path, std::slice::from_ref(&child)].concat();
            module.children.insert(child.clone(), below.clone());
            let one = folder.join(format!("{child}.rs"));
            let file = if src.join(&one).exists() { one } else { folder.join(child).join("mod.rs") };
            self.module(src, file.to_str().unwrap(), &below);
        }
        self.0.insert(path.to_vec(), module);
    }

    /// The files in which a path names one of these, the last two words of each: `Verb::Start`.
    pub(crate) fn naming(&self, names: &[(&str, &str)]) -> BTreeSet<&str> {
        let is_one = |path: &Vec<String>| {
            path.windows(2).any(|two| names.iter().any(|(of, name)| two[0] == *of && two[1] == *name))
        };
        let modules = self.0.values().filter(|module| module.paths.iter().chain(module.imports.values()).any(is_one));
        modules.map(|module| module.file.as_str()).collect()
    }

    /// Who takes what from whom.
    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (path, module) in &self.0 {
            let imports =
                module.imports.iter().filter(|(name, _)| !module.exports.contains(*name)).map(|(_, whole)| whole);
            for named in imports.chain(&module.paths) {
                let Some((file, name)) = self.file_of(named, path, 0) else { continue };
                if file != module.file {
                    arrows.entry(module.file.clone()).or_default().entry(file).or_default().insert(name);
                }
            }
        }
        arrows
    }

    /// The file that defines what a path names as it stands in a module, and its name there; `None` for what is not of
    /// this crate and for a module that is named as a whole.
    fn file_of(&self, named: &[String], at: &[String], depth: usize) -> Option<(String, String)> {
        let here = self.0.get(at)?;
        let (first, mut rest) = named.split_first()?;
        let mut path: Vec<String> = match first.as_str() {
            "crate" => Vec::new(),
            "self" => at.to_vec(),
            "super" => at[..at.len().checked_sub(1)?].to_vec(),
            name => match (here.children.get(name), here.imports.get(name)) {
                (Some(child), _) => child.clone(),
                (None, Some(whole)) if whole != named && depth < 9 => {
                    return self.file_of(&[whole, rest].concat(), at, depth + 1);
                }
                _ => return None,
            },
        };
        while let Some((next, after)) = rest.split_first() {
            let module = self.0.get(&path)?;
            match (next.as_str(), module.children.get(next), module.imports.get(next)) {
                ("super", ..) => drop(path.pop()),
                (_, Some(child), _) => path = child.clone(),
                (_, None, Some(whole)) if depth < 9 => {
                    return self.file_of(&[whole, after].concat(), &path, depth + 1);
                }
                _ => return Some((module.file.clone(), next.clone())),
            }
            rest = after;
        }
        None
    }
}

struct Reader<'a> {
    tokens: Vec<String>,
    at: usize,
    module: &'a mut Module,
    children: Vec<String>,
}

impl Reader<'_> {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.tokens.get(self.at - 1).cloned().unwrap_or_default()
    }

    fn read(&mut self) {
        let mut hands_on = false;
        while self.at < self.tokens.len() {
            let token = self.next();
            match token.as_str() {
                "#" if self.ahead(&["[", "cfg", "(", "test", ")", "]"]) => self.skip_item(),
                "pub" => {
                    if self.peek() == "(" {
                        self.skip_group();
                    }
                    hands_on = true;
                    continue;
                }
                "use" => self.tree(Vec::new(), hands_on),
                "mod" if self.tokens.get(self.at + 1).is_some_and(|t| t == ";") => {
                    let child = self.next();
                    self.children.push(child);
                }
                _ if is_word(&token) && self.peek() == "::" => self.code_path(token),
                _ => {}
            }
            hands_on = false;
        }
    }

    fn ahead(&self, tokens: &[&str]) -> bool {
        tokens.iter().enumerate().all(|(i, token)| self.tokens.get(self.at + i).is_some_and(|t| t == token))
    }

    /// Skips what `#[cfg(test)]` stands before, other attributes included.
    fn skip_item(&mut self) {
        while self.at < self.tokens.len() {
            match self.peek() {
                ";" => {
                    self.at += 1;
                    return;
                }
                "{" => {
                    self.skip_group();
                    return;
                }
                "(" | "[" => self.skip_group(),
                _ => self.at += 1,
            }
        }
    }

    fn skip_group(&mut self) {
        let mut depth = 0;
        while self.at < self.tokens.len() {
            match self.next().as_str() {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// A `use` tree from here on, below a path.
    fn tree(&mut self, below: Vec<String>, hands_on: bool) {
        let mut path = below;
        loop {
            match self.next().as_str() {
                "::" => {}
                "{" => {
                    while self.peek() != "}" && self.at < self.tokens.len() {
                        self.tree(path.clone(), hands_on);
                        if self.peek() == "," {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "as" => {
                    let alias = self.next();
                    self.import(alias, path, hands_on);
                    return;
                }
                "self" if !path.is_empty() => {}
                word if is_word(word) => path.push(word.to_owned()),
                _ => return,
            }
            if matches!(self.peek(), ";" | "," | "}") {
                let name = path.last().cloned().unwrap_or_default();
                self.import(name, path, hands_on);
                return;
            }
        }
    }

    fn import(&mut self, name: String, path: Vec<String>, hands_on: bool) {
        if path.first().is_some_and(|first| *first == name) && path.len() == 1 {
            return;
        }
        // A private trait import has no name.
        let name = if name == "_" { path.join("::") } else { name };
        if hands_on {
            self.module.exports.insert(name.clone());
        }
        self.module.imports.insert(name, path);
    }

    fn code_path(&mut self, first: String) {
        let before = self.at.checked_sub(2).map(|i| self.tokens[i].clone());
        let mut path = vec![first];
        while self.peek() == "::" && self.tokens.get(self.at + 1).is_some_and(|t| is_word(t)) {
            self.at += 1;
            path.push(self.next());
        }
        // A field or a path of another crate that begins with `::`.
        if path.len() > 1 && before.is_none_or(|sign| sign != "." && sign != "::") {
            self.module.paths.insert(path);
        }
    }
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Words, `::` and single signs, without comments, texts and lifetimes.
/// The tokens of a text without comments; a text in it is one, behind a quotation mark.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        if c == '/' && next == '/' {
            while i < chars.len() && chars[i] != '\n' {
                i += 1;
            }
        } else if c == '/' && next == '*' {
            while i + 1 < chars.len() && !(chars[i] == '*' && chars[i + 1] == '/') {
                i += 1;
            }
            i += 2;
        } else if let Some(end) = raw_text(&chars, i) {
            let whole: String = chars[i..end].iter().collect();
            tokens.push(whole[whole.find('"').unwrap()..].trim_end_matches(['"', '#']).to_owned());
            i = end;
        } else if c == '"' {
            let start = i;
            i += 1;
            while i < chars.len() && chars[i] != '"' {
                i += if chars[i] == '\\' { 2 } else { 1 };
            }
            tokens.push(chars[start..i.min(chars.len())].iter().collect());
            i += 1;
        } else if c == '\'' {
            // A character, or a lifetime.
            i += match (next, chars.get(i + 2)) {
                ('\\', _) => 2 + chars[i + 2..].iter().skip(1).position(|c| *c == '\'').map_or(0, |n| n + 2),
                (_, Some('\'')) => 3,
                _ => 1 + chars[i + 1..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count(),
            };
        } else if c.is_alphanumeric() || c == '_' {
            let end = i + chars[i..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
            tokens.push(chars[i..end].iter().collect());
            i = end;
        } else if c == ':' && next == ':' {
            tokens.push("::".to_owned());
            i += 2;
        } else {
            if !c.is_whitespace() {
                tokens.push(c.to_string());
            }
            i += 1;
        }
    }
    tokens
}

/// The end of a raw text that begins here.
fn raw_text(chars: &[char], start: usize) -> Option<usize> {
    let begin = if chars[start] == 'b' { start + 1 } else { start };
    let is_part_of_word = start > 0 && (chars[start - 1].is_alphanumeric() || chars[start - 1] == '_');
    if is_part_of_word || chars.get(begin) != Some(&'r') {
        return None;
    }
    let signs = chars[begin + 1..].iter().take_while(|c| **c == '#').count();
    if chars.get(begin + 1 + signs) != Some(&'"') {
        return None;
    }
    let mut i = begin + 2 + signs;
    while i < chars.len() {
        if chars[i] == '"' && chars[i + 1..].iter().take(signs).filter(|c| **c == '#').count() == signs {
            return Some(i + 1 + signs);
        }
        i += 1;
    }
    Some(i)
}

/// Files that import each other in a loop, the largest first.
pub(crate) fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reaches: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|from| (from.as_str(), reached(from, arrows))).collect();
    let mut left: BTreeSet<&str> = arrows.keys().map(String::as_str).collect();
    let mut circles = Vec::new();
    while let Some(first) = left.pop_first() {
        let mates: Vec<&str> = left
            .iter()
            .copied()
            .filter(|other| reaches[first].contains(other) && reaches.get(other).is_some_and(|r| r.contains(first)))
            .collect();
        if mates.is_empty() {
            continue;
        }
        left.retain(|file| !mates.contains(file));
        circles.push(std::iter::once(first).chain(mates).map(str::to_owned).collect::<Vec<_>>());
    }
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

fn reached<'a>(from: &str, arrows: &'a Arrows) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut left: Vec<&str> = arrows.get(from).into_iter().flat_map(|to| to.keys().map(String::as_str)).collect();
    while let Some(file) = left.pop() {
        if reached.insert(file) {
            left.extend(arrows.get(file).into_iter().flat_map(|to| to.keys().map(String::as_str)));
        }
    }
    reached
}

/// The same between folders: a folder's files count for it, and for each folder above it up to where the two part.
pub(crate) fn folder_arrows(arrows: &Arrows) -> Arrows {
    let mut between = Arrows::new();
    for (from, to) in arrows.iter().flat_map(|(from, to)| to.keys().map(move |to| (from, to))) {
        let (a, b): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
        let common = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        // Both go on into a folder of their own.
        if a.len() > common + 1 && b.len() > common + 1 {
            let (from_folder, to_folder) = (a[..=common].join("/"), b[..=common].join("/"));
            between.entry(from_folder).or_default().entry(to_folder).or_default().insert(format!("{from} -> {to}"));
        }
    }
    between
}
