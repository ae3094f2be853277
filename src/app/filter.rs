//! Matching a row against what is typed: plainly, and loosely only where nothing is plain.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use unicode_normalization::UnicodeNormalization;

/// How well a row matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Every word stands in it as typed.
    Plain,
    /// Its letters stand in it in this order.
    Loose,
    /// It does not.
    No,
}

/// A filter; several words must all match.
#[derive(Debug)]
pub struct Filter {
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
            words: folded.split_whitespace().map(ToOwned::to_owned).collect(),
            loose: Pattern::new(&folded, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy),
            matcher: Matcher::new(Config::DEFAULT),
            buffer: Vec::new(),
        }
    }

    /// How well a row matches; `texts` hands each of its texts to the function given to it.
    pub fn matches(&mut self, texts: impl FnOnce(&mut dyn FnMut(&str))) -> Match {
        let mut missing: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let mut loose = false;
        let (pattern, matcher, buffer) = (&self.loose, &mut self.matcher, &mut self.buffer);
        texts(&mut |text: &str| {
            let text = fold(text);
            missing.retain(|word| !text.contains(word));
            if !missing.is_empty() && !loose {
                loose = pattern.score(Utf32Str::new(&text, buffer), matcher).is_some();
            }
        });
        if missing.is_empty() {
            Match::Plain
        } else if loose {
            Match::Loose
        } else {
            Match::No
        }
    }

    /// How well one text matches, for ordering: more is better; `None`: not at all.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        self.loose.score(Utf32Str::new(&fold(text), &mut self.buffer), &mut self.matcher)
    }
}

fn fold(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkc().flat_map(char::to_lowercase).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(filter: &str, text: &str) -> Match {
        Filter::new(filter).matches(|visit| visit(text))
    }

    #[test]
    fn every_word_must_stand_in_it_and_loosely_only_its_letters() {
        assert_eq!(of("web", "my-Web-01"), Match::Plain);
        assert_eq!(of("01 web", "web-01"), Match::Plain);
        assert_eq!(of("w01", "web-01"), Match::Loose);
        assert_eq!(of("xyz", "web-01"), Match::No);
    }

    #[test]
    fn widths_and_capitals_do_not_matter() {
        assert_eq!(of("ｗｅｂ", "WEB"), Match::Plain);
        assert_eq!(of("ｶﾞ", "ガ"), Match::Plain);
        assert_eq!(of("東京", "東京-本番-01"), Match::Plain);
    }
}
