//! Matching a row against what is typed: plainly, and loosely only where nothing is plain.

use std::ops::Range;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// So many characters of an id or an IPv6 address must be typed: fewer stand in nearly every one of them.
const ENOUGH: usize = 4;

/// How well a row matches, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    Exact,
    Beginning,
    /// Every word stands in it as typed.
    Within,
    /// Its letters stand in it in this order.
    Loose,
    No,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchText<'a> {
    /// A name, a word, an IPv4 address.
    Plain(&'a str),
    /// An id or an address that is long or is not shown: what is typed for something else stands in it by chance.
    Code(&'a str),
}

impl<'a> SearchText<'a> {
    /// An address: one that is shown as IPv4 can be looked for by any part of it.
    #[must_use]
    pub fn address(text: &'a str) -> Self {
        if text.contains(':') { Self::Code(text) } else { Self::Plain(text) }
    }

    #[must_use]
    pub const fn text(self) -> &'a str {
        match self {
            Self::Plain(text) | Self::Code(text) => text,
        }
    }
}

/// A filter; several words must all match.
#[derive(Debug)]
pub struct Filter {
    whole: String,
    words: Vec<String>,
    loose: Pattern,
    matcher: Matcher,
    buffer: Vec<char>,
}

impl Filter {
    /// A filter for a text. Full-width letters count as their ASCII twins, capitals as small letters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let folded = fold(text);
        Self {
            whole: folded.trim().to_owned(),
            words: folded.split_whitespace().map(ToOwned::to_owned).collect(),
            loose: Pattern::new(&folded, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// How well a row matches; `texts` hands each of its texts to the function given to it.
    pub fn matches(&mut self, texts: impl FnOnce(&mut dyn FnMut(SearchText<'_>))) -> Match {
        let mut best = vec![Match::No; self.words.len()];
        let mut whole = false;
        let mut loose = false;
        texts(&mut |text| {
            let folded = fold(text.text());
            whole |= folded == self.whole;
            for (word, best) in self.words.iter().zip(&mut best) {
                *best = (*best).min(plainly(word, &folded, text));
            }
            // What stands in a row by chance is not searched for letters.
            if !loose && matches!(text, SearchText::Plain(_)) && best.contains(&Match::No) {
                loose = self.loose.score(Utf32Str::new(&folded, &mut self.buffer), &mut self.matcher).is_some();
            }
        });
        match best.into_iter().max() {
            _ if whole => Match::Exact,
            Some(Match::No) | None if loose => Match::Loose,
            worst => worst.unwrap_or(Match::No),
        }
    }

    /// How well one text matches, for ordering: more is better; `None`: not at all.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        self.loose.score(Utf32Str::new(&fold(text), &mut self.buffer), &mut self.matcher)
    }

    /// How many words there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.len()
    }

    /// Where each word stands in a text, by the number of the word.
    #[must_use]
    pub fn places(&self, text: SearchText<'_>) -> Vec<(usize, Range<usize>)> {
        let (folded, from) = fold_each(text.text());
        let place = |(n, word): (usize, &String)| {
            let at = folded.find(word).filter(|_| plainly(word, &folded, text) < Match::Loose)?;
            Some((n, whole_characters(text.text(), from[at], from[at + word.len() - 1])))
        };
        self.words.iter().enumerate().filter_map(place).collect()
    }

    /// Where the letters stand in a text that matches loosely.
    pub fn loose_places(&mut self, text: &str) -> Vec<Range<usize>> {
        let (folded, from) = fold_each(text);
        let mut found = Vec::new();
        let haystack = Utf32Str::new(&folded, &mut self.buffer);
        if self.loose.indices(haystack, &mut self.matcher, &mut found).is_none() {
            return Vec::new();
        }
        found.sort_unstable();
        found.dedup();
        // The matcher counts what a person takes for one character, too.
        let starts: Vec<usize> = folded.grapheme_indices(true).map(|(at, _)| at).collect();
        let place = |n: u32| starts.get(n as usize).map(|at| whole_characters(text, from[*at], from[*at]));
        found.into_iter().filter_map(place).collect()
    }
}

fn plainly(word: &str, folded: &str, text: SearchText<'_>) -> Match {
    let enough = matches!(text, SearchText::Plain(_)) || word.chars().nth(ENOUGH - 1).is_some();
    if folded == word {
        Match::Exact
    } else if !enough {
        Match::No
    } else if folded.starts_with(word) {
        Match::Beginning
    } else if folded.contains(word) {
        Match::Within
    } else {
        Match::No
    }
}

fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkc().flat_map(char::to_lowercase).collect() }
}

/// A text folded character by character, and for each byte of it the place of the character it comes from.
fn fold_each(text: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(text.len());
    let mut from = Vec::with_capacity(text.len());
    for (at, character) in text.grapheme_indices(true) {
        folded.push_str(&fold(character));
        from.resize(folded.len(), at);
    }
    (folded, from)
}

/// From one character to the end of another, each given by its place.
fn whole_characters(text: &str, first: usize, last: usize) -> Range<usize> {
    let length = text[last..].graphemes(true).next().map_or(0, str::len);
    first..last + length
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn of(filter: &str, text: &str) -> Match {
        Filter::new(filter).matches(|visit| visit(SearchText::Plain(text)))
    }

    #[rstest]
    #[case("web-01", "Web-01", Match::Exact)]
    #[case("web 01", "web 01", Match::Exact)]
    #[case("web", "Web-01", Match::Beginning)]
    #[case("web", "my-Web-01", Match::Within)]
    #[case("01 web", "web-01", Match::Within)]
    #[case("w01", "web-01", Match::Loose)]
    #[case("xyz", "web-01", Match::No)]
    #[case("ｗｅｂ", "WEB", Match::Exact)]
    #[case("ｶﾞ", "ガ", Match::Exact)]
    #[case("東京", "東京-本番-01", Match::Beginning)]
    fn a_row_matches_by_the_word_that_matches_least(#[case] filter: &str, #[case] text: &str, #[case] how: Match) {
        assert_eq!(of(filter, text), how, "{filter} in {text}");
    }

    #[rstest]
    #[case("db", "2001:db8:10::12", Match::No)]
    #[case("db8:", "2001:db8:10::12", Match::Within)]
    #[case("2001", "2001:db8:10::12", Match::Beginning)]
    #[case("db", "db", Match::Exact)]
    #[case("dba", "0942629f-167f-4313-959d-2ce0c38cddba", Match::No)]
    #[case("cddba", "0942629f-167f-4313-959d-2ce0c38cddba", Match::Within)]
    #[case("6165", "616513", Match::Beginning)]
    #[case("ddba0", "0942629f-167f-4313-959d-2ce0c38cddba", Match::No)]
    fn of_an_id_enough_must_be_typed(#[case] filter: &str, #[case] text: &str, #[case] how: Match) {
        assert_eq!(Filter::new(filter).matches(|visit| visit(SearchText::Code(text))), how, "{filter} in {text}");
    }

    #[rstest]
    #[case("web", "my-Web-01", &["Web"])]
    #[case("01 web", "web-01", &["01", "web"])]
    #[case("本番", "東京-本番-01", &["本番"])]
    #[case("ｗｅｂ", "WEB", &["WEB"])]
    #[case("ガ", "xｶﾞy", &["ｶﾞ"])]
    #[case("e", "cafe\u{301}", &[])]
    #[case("caf", "cafe\u{301}", &["caf"])]
    #[case("株", "㈱x", &["㈱"])]
    #[case("xyz", "web", &[])]
    fn where_a_word_stands_is_told_in_whole_characters(
        #[case] filter: &str,
        #[case] text: &str,
        #[case] found: &[&str],
    ) {
        let places = Filter::new(filter).places(SearchText::Plain(text));
        assert_eq!(places.into_iter().map(|(_, range)| &text[range]).collect::<Vec<_>>(), found, "{filter} in {text}");
    }

    #[test]
    fn of_a_loose_match_each_letter_is_told() {
        let found = Filter::new("w01").loose_places("web-01");
        assert_eq!(found, [0..1, 4..5, 5..6]);
        assert!(Filter::new("xyz").loose_places("web-01").is_empty());
    }
}
