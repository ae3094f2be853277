//! A mistake in the configuration: file, line, key, and what is accepted.

use std::path::{Path, PathBuf};

use crate::domain::{Phrase, text};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its line, from 1.
    pub line: usize,
    /// The key, with the section that it stands in.
    pub key: String,
    /// What is wrong, and what is accepted. Never a secret.
    pub what: Phrase,
}

/// All mistakes of one file, in the order of their lines; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes {
    file: PathBuf,
    list: Vec<Mistake>,
}

impl Mistakes {
    pub(super) fn new(file: &Path, mut list: Vec<Mistake>) -> Self {
        list.sort_by_key(|mistake| mistake.line);
        Self { file: file.to_path_buf(), list }
    }

    #[must_use]
    pub fn list(&self) -> &[Mistake] {
        &self.list
    }

    /// A line each.
    #[must_use]
    pub fn phrase(&self) -> Phrase {
        let line = |m: &Mistake| {
            let place = format!("{}:{}", self.file.display(), m.line);
            let place = if m.key.is_empty() { place } else { format!("{place}: {}", m.key) };
            text::plain::at(place, m.what.clone())
        };
        let lines = self.list.iter().map(line).rev();
        lines.reduce(|rest, line| text::plain::lines(line, rest)).unwrap_or_else(|| Phrase::verbatim(""))
    }
}

/// What is accepted, begun with what was probably meant.
pub(super) fn accepted(given: &str, among: &[&str]) -> Phrase {
    let all = among.join(", ");
    match nearest(given, among) {
        Some(meant) => text::mistake::meant(meant, all),
        None => text::mistake::accepted(all),
    }
}

fn nearest<'a>(given: &str, among: &[&'a str]) -> Option<&'a str> {
    let given = given.to_lowercase().replace('-', "_");
    let likeness = |name: &&'a str| (distance(&given, &name.replace('-', "_")), *name);
    let (apart, name) = among.iter().map(likeness).min_by_key(|(apart, _)| *apart)?;
    let may = (given.chars().count().max(name.chars().count()) / 3).max(1);
    (apart <= may).then_some(name)
}

/// Letters to insert, delete, change or exchange with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_named_only_where_it_is_near() {
        let among = ["endpoint", "client_id", "read_only"];
        assert_eq!(nearest("endpiont", &among), Some("endpoint"));
        assert_eq!(nearest("read-only", &among), Some("read_only"));
        assert_eq!(nearest("clientid", &among), Some("client_id"));
        assert_eq!(nearest("region", &among), None);
        assert_eq!(nearest("", &[]), None);
    }
}
