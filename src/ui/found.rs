//! Why a row is found: what a filter matched is marked where it stands, and where it does not stand in the row, or was
//! cut off there, it is shown behind the name.

use std::collections::BTreeSet;
use std::ops::Range;

use ratatui::style::{Modifier, Style};

use crate::app::App;
use crate::app::panes::column::Search;
use crate::app::panes::filter::{Filter, SearchText};
use crate::app::panes::row::Row;
use crate::app::panes::search_text::each_text;
use crate::app::tables::pane::Pane;
use crate::domain::text;
use crate::words::cells::{CUT, clean, cut, tail, width};

use super::canvas::{Piece, pieces_width};
use super::table::ShownColumn;
use super::theme::Look;
use crate::app::tone::Tone;

pub(super) struct Highlight {
    filter: Filter,
    loosely: bool,
}

/// Less room than this has no second word.
const NARROW: usize = 12;

impl Highlight {
    pub(super) fn new(app: &App, pane: Pane) -> Option<Self> {
        Some(Self { filter: app.filter(pane)?, loosely: app.panes[pane.index()].fuzzy })
    }

    /// Marks what was found in the cells of a row.
    pub(super) fn show(&mut self, app: &App, look: &Look, row: &Row, cells: &mut [(ShownColumn, Vec<Piece>)]) {
        let mut seen = BTreeSet::new();
        for (column, pieces) in cells.iter_mut().filter(|(column, _)| column.column.search != Search::No) {
            let pieces_now = std::mem::take(pieces);
            for (text, style) in clip(pieces_now, column.width) {
                let places = self.places(text_of(column.column.search, &text), &seen);
                seen.extend(places.iter().map(|(word, _)| *word));
                pieces.extend(marked(&text, style, places.into_iter().map(|(_, range)| range), look));
            }
        }
        let Some((column, name)) = cells.iter_mut().find(|(column, _)| column.column.heading == text::column::NAME)
        else {
            return;
        };
        let Some((text, range, is_name)) = self.elsewhere(app, row, &seen) else { return };
        if is_name {
            *name = window(&text, range, column.width, Style::new(), look);
        } else if column.width >= NARROW {
            let most = (column.width / 2).max(column.width.saturating_sub(pieces_width(name) + 1));
            let dim = look.style(Tone::Dim);
            let inner = window(&text, range, most.saturating_sub(2), dim, look);
            let takes = pieces_width(&inner) + 2;
            let mut short = clip(std::mem::take(name), column.width.saturating_sub(takes + 1));
            short.push((" (".to_owned(), dim));
            short.extend(inner);
            short.push((")".to_owned(), dim));
            *name = short;
        }
    }

    /// Where each word stands in a text; of a loose match, which is one, each letter.
    fn places(&mut self, text: SearchText<'_>, seen: &BTreeSet<usize>) -> Vec<(usize, Range<usize>)> {
        if !self.loosely {
            return self.filter.places(text);
        }
        match text {
            SearchText::Plain(text) if seen.is_empty() => {
                self.filter.loose_places(text).into_iter().map(|range| (0, range)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The first text of a row with a word that is not seen, where that stands in it, and whether it is the name.
    fn elsewhere(&mut self, app: &App, row: &Row, seen: &BTreeSet<usize>) -> Option<(String, Range<usize>, bool)> {
        let words = if self.loosely { 1 } else { self.filter.count() };
        if seen.len() >= words {
            return None;
        }
        let mut found = None;
        each_text(&app.engine, row, app.all_snapshots, &mut |text| {
            if found.is_none() {
                let places = self.places(text, seen);
                let here = places.into_iter().find(|(word, _)| !seen.contains(word));
                found = here.map(|(_, range)| (text.text().to_owned(), range, text.text() == row.what.name()));
            }
        });
        found
    }
}

fn text_of(search: Search, text: &str) -> SearchText<'_> {
    if search == Search::Address { SearchText::address(text) } else { SearchText::Plain(text) }
}

/// Pieces as they are painted in so many cells.
fn clip(pieces: Vec<Piece>, room: usize) -> Vec<Piece> {
    let mut left = room;
    let mut clipped = Vec::new();
    for (text, style) in pieces {
        let text = cut(&clean(&text), left).into_owned();
        left -= width(&text).min(left);
        clipped.push((text, style));
    }
    clipped
}

fn marked(text: &str, style: Style, ranges: impl Iterator<Item = Range<usize>>, look: &Look) -> Vec<Piece> {
    let mark = style.patch(look.style(Tone::Mark)).add_modifier(Modifier::UNDERLINED);
    let mut ranges: Vec<Range<usize>> = ranges.collect();
    ranges.sort_by_key(|range| range.start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for range in ranges {
        // Two words may overlap.
        let from = range.start.max(at);
        if range.end > from {
            pieces.push((text[at..from].to_owned(), style));
            pieces.push((text[from..range.end].to_owned(), mark));
            at = range.end;
        }
    }
    pieces.push((text[at..].to_owned(), style));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}

/// As much of a text as fits, with one part of it, marked.
fn window(text: &str, range: Range<usize>, room: usize, style: Style, look: &Look) -> Vec<Piece> {
    let [before, part, behind] = [&text[..range.start], &text[range.clone()], &text[range.end..]].map(clean);
    let whole = width(&before) + width(&part) + width(&behind);
    let end = usize::from(!behind.is_empty());
    let (before, behind) = if whole <= room {
        (before.into_owned(), behind.into_owned())
    } else if width(&before) + width(&part) + end <= room {
        let left = room - width(&before) - width(&part);
        (before.into_owned(), cut(&behind, left).into_owned())
    } else {
        let left = room.saturating_sub(width(&part) + end + 1);
        (format!("{CUT}{}", tail(&before, left)), CUT.repeat(end))
    };
    let part = cut(&part, room.saturating_sub(width(&before) + end)).into_owned();
    let text = format!("{before}{part}{behind}");
    marked(&text, style, std::iter::once(before.len()..before.len() + part.len()), look)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::ui::{Colours, Glyphs};

    #[rstest]
    #[case("vmi-debian-12-amd64", 4..10, 30, "vmi-[debian]-12-amd64")]
    #[case("vmi-debian-12-amd64", 4..10, 15, "vmi-[debian]-12-~")]
    #[case("vmi-debian-12-amd64", 14..19, 15, "~ebian-12-[amd64]")]
    #[case("vmi-debian-12-amd64", 11..13, 8, "~ian-[12]~")]
    #[case("vmi-debian-12-amd64", 4..10, 5, "~[de~]~")]
    #[case("東京-本番-01", 7..13, 8, "~-[本番]~")]
    fn of_a_text_that_is_too_long_what_matched_is_shown(
        #[case] text: &str,
        #[case] range: Range<usize>,
        #[case] room: usize,
        #[case] shown: &str,
    ) {
        let look = Look { colours: Colours::None, glyphs: Glyphs::Lines, tones: crate::domain::ToneColours::default() };
        let pieces = window(text, range, room, Style::new(), &look);
        let text: String = pieces
            .iter()
            .map(|(text, style)| {
                let marked = style.add_modifier.contains(Modifier::UNDERLINED);
                if marked { format!("[{text}]") } else { text.clone() }
            })
            .collect();
        assert_eq!(text, shown);
        assert!(pieces_width(&pieces) <= room, "{text}");
    }
}
