//! Words of the docs with a slip of the pen, and which words of the dialect are meant.

use super::file::Dialect;
use super::vocabulary::{Column, HeadingKind, WrittenType};
use crate::text::{one_slip, swapped};

/// A heading with a slip of the pen.
#[derive(Clone, Copy, Debug)]
pub struct RespeltHeading<'t, 'd> {
    /// The word with the slip.
    pub written: &'t str,
    /// How it is spelt.
    pub right: &'d str,
    /// What the heading is about.
    pub kind: HeadingKind,
}

impl Dialect {
    /// The word of a heading with a slip of the pen, and what the heading is about with the right word. What may be
    /// another word, or another form of a word, is none.
    #[must_use]
    pub fn respelt_heading<'t>(&self, title: &'t str) -> Option<RespeltHeading<'t, '_>> {
        let known = || self.heading_words().iter().map(String::as_str);
        let words = title.split(|c: char| !c.is_alphabetic());
        let mut words = words.filter(|word| word.chars().count() + 1 >= SURE);
        words.find_map(|written| {
            let lower = written.to_lowercase();
            if known().any(|word| same_stem(word, &lower)) {
                return None;
            }
            let right = known().find(|word| is_long(word) && inner_slip(word, &lower))?;
            let kind = self.known_heading(&title.replace(written, right))?;
            // One word alone could be another word.
            let alone = title.trim().trim_matches(':') == written;
            let sure = !alone || written.len() != right.len() || swapped(right, &lower);
            sure.then_some(RespeltHeading {
                written,
                right,
                kind,
            })
        })
    }

    /// The words of headings that are long enough to be told from others.
    fn heading_words(&self) -> &[String] {
        self.heading_words.get_or_init(|| {
            let phrases = self.headings.iter().flat_map(|rule| &rule.any);
            let words = phrases.map(String::as_str).chain(WHOLE);
            let words = words.flat_map(|phrase| phrase.split(|c: char| !c.is_alphabetic()));
            let mut out: Vec<String> = Vec::new();
            for word in words.filter(|word| word.chars().count() > 3) {
                if !out.iter().any(|known| known == word) {
                    out.push(word.to_owned());
                }
            }
            out
        })
    }

    /// A word of a label with a slip of the pen, and how it is spelt, where no word of the label says what follows.
    #[must_use]
    pub fn respelt_label<'t>(&self, label: &'t str) -> Option<(&'t str, &str)> {
        let lower = label.to_lowercase();
        let lists = [
            &self.labels.response,
            &self.labels.request,
            &self.labels.url,
        ];
        let known = || lists.into_iter().flatten();
        if known().any(|word| lower.contains(word.as_str())) {
            return None;
        }
        let words = label.split(|c: char| !c.is_alphabetic());
        let long = |word: &&str| is_long(word);
        words.filter(long).find_map(|written| {
            let lower = written.to_lowercase();
            let right = known().find(|word| long(&word.as_str()) && one_slip(word, &lower))?;
            Some((written, right.as_str()))
        })
    }

    /// The column of a header with a slip of the pen, and how it is spelt. Short words are too like each other.
    #[must_use]
    pub fn respelt_column(&self, header: &str) -> Option<(Column, &str)> {
        let header = header.to_lowercase();
        if !is_long(&header) {
            return None;
        }
        let mut found: Option<(Column, &str)> = None;
        for (column, words) in &self.columns {
            if words.contains(&header) {
                return None;
            }
            let close = words
                .iter()
                .find(|word| is_long(word) && one_slip(word, &header));
            match (close, found) {
                (Some(_), Some(_)) => return None,
                (Some(word), None) => found = Some((*column, word)),
                (None, _) => {}
            }
        }
        found
    }

    /// How a misspelt type is spelt, where only one can be meant.
    #[must_use]
    pub fn respelt_type(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        let word = word.as_str();
        let mut found = self.slips_of_type(word);
        let (_, right) = found.next()?;
        found.next().is_none().then_some(right)
    }

    pub(super) fn slips_of_type<'d, 'w>(
        &'d self,
        word: &'w str,
    ) -> impl Iterator<Item = (WrittenType, &'d str)> + use<'d, 'w> {
        self.types.iter().flat_map(move |(kind, words)| {
            let close = words
                .iter()
                .filter(move |known| known.len() > 3 && one_slip(known, word));
            close.map(|known| (*kind, known.as_str()))
        })
    }
}

/// Words of which phrases for headings may have only the beginning.
const WHOLE: [&str; 7] = [
    "parameters",
    "parameter",
    "attributes",
    "attribute",
    "properties",
    "property",
    "arguments",
];

/// So many letters make it sure which word is meant by one with a slip.
const SURE: usize = 7;

fn is_long(word: &str) -> bool {
    word.chars().count() >= SURE
}

/// True for two forms of a word: `request`, `requests`, `requested`.
fn same_stem(known: &str, word: &str) -> bool {
    let ending = |long: &str, short: &str| {
        let ending = long.strip_prefix(short);
        ending.is_some_and(|ending| ending.chars().count() < 3)
    };
    ending(word, known) || ending(known, word)
}

/// True for a slip that is neither in the first nor in the last letter: those make other words, or forms of a word. Letters
/// that change places make none.
fn inner_slip(right: &str, written: &str) -> bool {
    let ends = |word: &str| {
        let mut letters = word.chars();
        (letters.next(), letters.next_back())
    };
    // What is cheap is asked first: each heading is compared with all words.
    if ends(right) == ends(written) {
        return one_slip(right, written);
    }
    right.len() == written.len() && one_slip(right, written) && swapped(right, written)
}
