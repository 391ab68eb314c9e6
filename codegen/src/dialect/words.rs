//! Looks words of the docs up in a dialect.

use std::collections::BTreeSet;

use super::file::Dialect;
use super::vocabulary::{Column, HeadingKind, ResourceRow, WrittenType};
use crate::InputError;
use crate::slate::Layout;
use crate::text::link;

/// Words that the name of a row may begin with where it is a question.
const ASKED: [&str; 6] = [
    "is ",
    "requires ",
    "needs ",
    "supports ",
    "supported ",
    "required ",
];

/// Words for an answer.
const ANSWERS: [&str; 6] = [
    "response",
    "respuesta",
    "resposta",
    "réponse",
    "响应",
    "返回",
];

impl Dialect {
    /// Reads a project's dialect, and lays it over the common one; `path` is for messages.
    ///
    /// # Errors
    /// When the YAML is not valid or a key is unknown.
    pub fn parse(path: &str, yaml: &str) -> Result<Self, InputError> {
        super::merge::merged(path, yaml)
    }

    /// How the text lies in its files.
    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout {
            include_keys: self.include_keys.clone(),
            substitute: self.substitute.clone(),
        }
    }

    /// What a heading is about, if it is about a part of an operation.
    #[must_use]
    pub fn heading(&self, title: &str) -> Option<HeadingKind> {
        self.respelt_heading(title)
            .map_or_else(|| self.known_heading(title), |slip| Some(slip.kind))
    }

    /// What a heading is about as it is spelt.
    pub(super) fn known_heading(&self, title: &str) -> Option<HeadingKind> {
        let title = one_blank(title).to_lowercase();
        let rule = self.headings.iter().find(|rule| occurs(&rule.any, &title));
        let kind = rule.map(|rule| rule.is)?;
        // `Response payload parameters` are no parameters of a request, whatever a payload is elsewhere.
        let answers = ANSWERS.iter().any(|word| title.contains(word)) && !title.contains("request");
        match kind {
            HeadingKind::Header if answers => None,
            kind if answers && kind.is_parameters() => Some(HeadingKind::Response),
            kind => Some(kind),
        }
    }

    /// True for a heading below which there is no operation.
    #[must_use]
    pub fn no_operation(&self, title: &str) -> bool {
        occurs(&self.not_operations, &one_blank(title).to_lowercase())
    }

    /// What a row of a resource table states.
    #[must_use]
    pub fn resource_row(&self, name: &str) -> Option<ResourceRow> {
        let name = one_blank(name).to_lowercase();
        // `Requires authentication?` asks what `Authentication` states.
        let asked = ASKED.iter().find_map(|verb| name.strip_prefix(verb));
        let fits = |word: &String| {
            let begins = |name: &str| name.starts_with(word.as_str());
            begins(&name) || asked.is_some_and(begins)
        };
        self.resource_rows
            .iter()
            .find(|(_, words)| words.iter().any(fits))
            .map(|(row, _)| *row)
    }

    /// What a column holds, and how well its header says so: 0 is best.
    #[must_use]
    pub fn column(&self, header: &str) -> Option<(Column, usize)> {
        let header = one_blank(header).to_lowercase();
        let header = header.trim_matches(['*', '?', ':', ' ']);
        let exact = self.columns.iter().find_map(|(column, words)| {
            let rank = words.iter().position(|word| word == header)?;
            Some((*column, rank))
        });
        // What is spelt right says it better.
        exact.or_else(|| Some((self.respelt_column(header)?.0, usize::MAX)))
    }

    /// Where a parameter is sent, by a word such as `query`.
    #[must_use]
    pub fn place(&self, word: &str) -> Option<HeadingKind> {
        let word = one_blank(word).to_lowercase();
        self.places
            .iter()
            .find(|(_, words)| words.contains(&word))
            .map(|(kind, _)| *kind)
    }

    /// How well a column of this header names the codes of a table: 0 is best.
    #[must_use]
    pub fn code_column(&self, header: &str) -> Option<usize> {
        let header = one_blank(header).trim_matches('*').to_lowercase();
        self.code_columns.iter().position(|word| *word == header)
    }

    /// The type a table means, and whether the word had to be guessed because it is misspelt.
    #[must_use]
    pub fn written_type(&self, word: &str) -> Option<(WrittenType, bool)> {
        let word = word
            .trim()
            .trim_matches(['`', '*', '_', '.', ','])
            .to_lowercase();
        if word.is_empty() {
            return None;
        }
        // `[Address](#address) Object`: what a section describes is an object, whatever it is called.
        if let Some(link) = link(&word).filter(|link| link.target.starts_with('#')) {
            let whole = format!("{}{}{}", link.before, link.text, link.after);
            let array = word.ends_with("[]")
                || ["[", "array", "list"]
                    .iter()
                    .any(|mark| link.before.contains(mark));
            let scalar = link.before.trim().is_empty() && link.after.trim().is_empty();
            let known = self.written_type(&whole);
            let known = known.filter(|(_, guess)| scalar && !guess);
            let kind = if array {
                WrittenType::Array
            } else {
                WrittenType::Object
            };
            return Some(known.unwrap_or((kind, false)));
        }
        if word.ends_with("[]") || (word.starts_with('[') && word.ends_with(']')) {
            return Some((WrittenType::Array, false));
        }
        if let Some(kind) = self.type_of(&word) {
            return Some((kind, false));
        }
        if let Some(kind) = self.either(&word) {
            return Some((kind, false));
        }
        let head = word
            .split([' ', '(', '[', '<', '-', '/'])
            .next()
            .unwrap_or_default();
        if let Some(kind) = self.type_of(head) {
            return Some((kind, word.len() > head.len() + 24));
        }
        // `Grams (integer)`: what it is, and how it is written. Of a list that is said of what is in it.
        let inner = word
            .strip_suffix(')')
            .and_then(|word| word.rsplit_once('('));
        let inner = inner.filter(|(what, _)| !what.contains("list") && !what.contains("array"));
        if let Some((_, inner)) = inner {
            return self.type_of(inner.trim()).map(|kind| (kind, false));
        }
        // `Backup file`: what is in it is another matter.
        let last = word.rsplit(' ').next().and_then(|last| self.type_of(last));
        if last == Some(WrittenType::File) {
            return Some((WrittenType::File, false));
        }
        if word.contains(' ') || word.len() < 4 {
            return None;
        }
        self.slips_of_type(&word)
            .next()
            .map(|(kind, _)| (kind, true))
    }

    /// What `integer or string` has in common: what both can be written as.
    fn either(&self, word: &str) -> Option<WrittenType> {
        let parts = word.split(" or ").flat_map(|part| part.split(['|', '/']));
        let parts = parts.map(str::trim).filter(|part| !NOTHING.contains(part));
        let kinds: Option<BTreeSet<WrittenType>> = parts.map(|part| self.type_of(part)).collect();
        let kinds = kinds.filter(|kinds| kinds.len() > 1)?;
        let is = |these: &[WrittenType]| kinds.iter().all(|kind| these.contains(kind));
        let open = [WrittenType::Object, WrittenType::Array, WrittenType::Any];
        Some(if is(&[WrittenType::Integer, WrittenType::Number]) {
            WrittenType::Number
        } else if open.iter().any(|kind| kinds.contains(kind)) {
            WrittenType::Any
        } else {
            WrittenType::String
        })
    }

    /// The type of what is in a list, where the written type says it: `Array of strings`, `int[]`, `list<date>`.
    #[must_use]
    pub fn item_type(&self, word: &str) -> Option<WrittenType> {
        let word = word.trim().trim_matches(['`', '*', '_', '.', ',']);
        let word = word.to_lowercase();
        let inner = match word.strip_suffix("[]") {
            Some(inner) => inner,
            None => {
                let lists = self.types.get(&WrittenType::Array).into_iter().flatten();
                let rests = lists.filter_map(|list| word.strip_prefix(list.as_str()));
                let mut rests = rests.filter(|rest| !rest.starts_with(char::is_alphanumeric));
                rests.next().or_else(|| word.strip_prefix('['))?
            }
        };
        let marks = |c: char| " <>[](){}-:".contains(c);
        let inner = inner.trim_matches(marks);
        let inner = inner.strip_prefix("of ").unwrap_or(inner);
        let inner = inner.trim_matches(marks);
        let found = self.type_of(inner);
        let found = found.or_else(|| self.type_of(inner.strip_suffix('s')?));
        found.filter(|kind| kind.is_value())
    }

    /// The type that a word stands for as it is.
    fn type_of(&self, word: &str) -> Option<WrittenType> {
        let is = |words: &Vec<String>| words.iter().any(|known| known == word);
        let mut types = self.types.iter();
        types.find(|(_, words)| is(words)).map(|(kind, _)| *kind)
    }
}

/// What a type of two says where there may be nothing.
const NOTHING: [&str; 5] = ["null", "nil", "none", "undefined", "empty"];

/// True when one of the phrases occurs in a title; `=phrase` is all of it.
fn occurs(phrases: &[String], title: &str) -> bool {
    phrases.iter().any(|phrase| match phrase.strip_prefix('=') {
        Some(whole) => title.trim_matches([':', ' ']) == whole,
        None => title.contains(phrase.as_str()),
    })
}

/// The text with one blank where there are blanks of any kind and number.
fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_as_they_are_written() {
        use WrittenType::{Array, Integer, Number, Object, String};
        let dialect = Dialect::parse("d", "").unwrap();
        for (word, want) in [
            ("`Integer`", Some(Integer)),
            ("string (optional)", Some(String)),
            ("Grams (integer)", Some(Integer)),
            ("16-bytes-HexString (String)", Some(String)),
            ("Weight in kilos (Number)", Some(Number)),
            ("CSV list of grams (integer)", None),
            ("Grams (approximately)", None),
            ("[Address](#address)", Some(Object)),
            ("array of [Address](#address)", Some(Array)),
            ("string[]", Some(Array)),
        ] {
            assert_eq!(
                dialect.written_type(word),
                want.map(|ty| (ty, false)),
                "{word}"
            );
        }
    }
}
