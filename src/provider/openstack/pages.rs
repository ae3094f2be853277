//! Lists in pages. A page names the next one by a link: Nova's and Neutron's stand under `servers_links` and the like,
//! Glance's under `next`. Of a link only the query is taken, never the address: whatever host it names, the next page is
//! asked for where the first one was, since the login goes with it. A service that gives no links may all the same send
//! no more than so many records: what stands behind the last one is asked for by `marker` alone.
//!
//! Nothing is sent from here.

use std::collections::{HashMap, HashSet};

use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::domain::{Cut, Fault};
use crate::provider::decode_failures::Raws;
use crate::provider::http::{not_understood, one};

/// So many pages are followed and no more: somebody may always name another one.
const PAGES: usize = 500;

/// A page that was whole is taken for whole so many times more, while it has as many records and the same last one.
const TRUST: u8 = 12;

pub(in crate::provider) type Query = Vec<(String, String)>;

#[derive(Debug)]
pub(in crate::provider) struct Page {
    /// Its records, not decoded yet.
    pub(in crate::provider) rows: Raws,
    next: NextLink,
}

#[derive(Debug, PartialEq, Eq)]
enum NextLink {
    Silent,
    Link(Query),
    /// That there is one, in a way that cannot be followed.
    Malformed,
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    rel: String,
    #[serde(default)]
    href: String,
}

impl Page {
    /// Takes a page apart. `list`: the key under which its records stand.
    ///
    /// # Errors
    /// It is no such page.
    pub(in crate::provider) fn read(list: &str, body: &str) -> Result<Self, Fault> {
        let mut parts: HashMap<String, Box<RawValue>> = one(body)?;
        let Some(rows) = parts.remove(list) else {
            return Err(not_understood(".", format!("missing field `{list}`"), body));
        };
        // Some services write a list without anything in it as null.
        let rows: Option<Raws> =
            serde_json::from_str(rows.get()).map_err(|error| not_understood(list, error.to_string(), body))?;
        let mut rows = rows.unwrap_or_default();
        rows.retain(|row| row.get() != "null");
        let links = parts.get(&format!("{list}_links")).or_else(|| parts.get("links"));
        let links: Vec<Link> = links.and_then(|links| serde_json::from_str(links.get()).ok()).unwrap_or_default();
        let next: Option<String> = parts.get("next").and_then(|next| serde_json::from_str(next.get()).ok());
        let href = links.into_iter().find(|link| link.rel == "next").map(|link| link.href).or(next);
        Ok(Self { rows, next: href.map_or(NextLink::Silent, |href| next_of(&href)) })
    }
}

fn next_of(href: &str) -> NextLink {
    let query = href.split('#').next().and_then(|href| href.split_once('?')).map(|(_, query)| query);
    let Some(Ok(url)) = query.map(|query| format!("http://localhost/?{query}").parse::<Url>()) else {
        return NextLink::Malformed;
    };
    let query: Query = url.query_pairs().map(|(key, value)| (key.into_owned(), value.into_owned())).collect();
    if query.is_empty() { NextLink::Malformed } else { NextLink::Link(query) }
}

/// What tells a record from the next. Of a key pair it is the name.
fn id(row: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct RecordId {
        id: Option<Value>,
        name: Option<Value>,
        keypair: Option<Box<RecordId>>,
    }
    fn id(row: RecordId) -> Option<String> {
        match (row.id, row.keypair, row.name) {
            (Some(Value::String(id)), ..) | (None, None, Some(Value::String(id))) => Some(id),
            (Some(Value::Number(id)), ..) => Some(id.to_string()),
            (None, Some(pair), _) => id(*pair),
            _ => None,
        }
    }
    serde_json::from_str::<RecordId>(row.get()).ok().and_then(id).filter(|id| !id.is_empty())
}

/// What was learnt of how a service sends one list, so that it is not asked each time whether there is more.
#[derive(Debug, Default)]
pub(in crate::provider) struct Habit {
    /// Whether `marker` means nothing to it.
    knows_no_marker: bool,
    /// The most records that it sent at once: a page with fewer is not full.
    longest: usize,
    /// The last page behind which there was nothing: how many records, and the last one.
    whole: Option<(usize, String)>,
    /// How often that was taken for granted since.
    trusted: u8,
}

impl Habit {
    /// Whether there is nothing behind a first page without a link.
    fn is_whole(&mut self, rows: usize, last: &str) -> bool {
        if self.knows_no_marker || rows < self.longest {
            return true;
        }
        let same = self.whole.as_ref().is_some_and(|(n, id)| *n == rows && id == last);
        self.trusted = if same { self.trusted.saturating_add(1) } else { TRUST };
        same && self.trusted < TRUST
    }

    /// The service does not take `marker`.
    pub(in crate::provider) fn forget_marker(&mut self) {
        self.knows_no_marker = true;
    }
}

/// What is to be done after a page.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::provider) enum PageOutcome {
    Ask(Query),
    /// That was the last one.
    Whole,
    /// There may be more, but it is not asked for.
    Cut(Cut),
}

#[derive(Debug, Default)]
pub(in crate::provider) struct Pages {
    /// Its records so far. What a later page shows again is left out.
    pub(in crate::provider) rows: Raws,
    ids: HashSet<String>,
    asked: HashSet<Query>,
    pages: usize,
    has_links: bool,
}

impl Pages {
    /// How many pages were taken in.
    pub(in crate::provider) const fn count(&self) -> usize {
        self.pages
    }

    /// Whether the page that is asked for now was never promised: it may not be there at all.
    pub(in crate::provider) const fn is_guess(&self) -> bool {
        self.pages == 1 && !self.has_links
    }

    pub(in crate::provider) fn take(&mut self, page: Page, habit: &mut Habit) -> PageOutcome {
        let (sent, last) = (page.rows.len(), page.rows.last().and_then(|row| id(row)));
        let first = self.pages == 0;
        let before = self.rows.len();
        let mut new = HashSet::new();
        for row in page.rows {
            match id(&row) {
                Some(id) if self.ids.contains(&id) => continue,
                id => new.extend(id),
            }
            self.rows.push(row);
        }
        self.ids.extend(new);
        self.pages += 1;
        let brought = self.rows.len() - before;
        if first && matches!(page.next, NextLink::Silent) {
            let is_whole = last.as_deref().is_none_or(|last| habit.is_whole(sent, last));
            habit.longest = habit.longest.max(sent);
            if is_whole {
                return PageOutcome::Whole;
            }
        }
        match page.next {
            NextLink::Malformed => PageOutcome::Cut(Cut::Link),
            NextLink::Link(query) => {
                self.has_links = true;
                let is_circle = (sent > 0 && brought == 0) || !self.asked.insert(query.clone());
                if is_circle { PageOutcome::Cut(Cut::Circle) } else { self.ask(query) }
            }
            // A service that gives links gives none on its last page.
            NextLink::Silent if self.has_links => PageOutcome::Whole,
            NextLink::Silent => match last {
                Some(last) if brought > 0 => self.ask(vec![("marker".to_owned(), last)]),
                _ => {
                    // The same once more: it sends all there is, whatever is asked for.
                    habit.knows_no_marker = sent > 0 && self.pages == 2;
                    habit.whole = self.rows.last().and_then(|row| id(row)).map(|last| (self.rows.len(), last));
                    habit.trusted = 0;
                    PageOutcome::Whole
                }
            },
        }
    }

    fn ask(&self, query: Query) -> PageOutcome {
        if self.pages < PAGES { PageOutcome::Ask(query) } else { PageOutcome::Cut(Cut::Pages) }
    }
}

#[cfg(test)]
#[path = "pages_tests.rs"]
mod tests;
