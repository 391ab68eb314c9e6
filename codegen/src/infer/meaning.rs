//! What the text of a section says of the parameters of one table.

use std::collections::BTreeMap;

use crate::dialect::{Dialect, Mark};
use crate::read::facts::Said;

/// What a mark means in one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The meaning.
    pub mark: Mark,
    /// The condition under which it holds, in the docs' words.
    pub when: Option<String>,
    /// True for `any one of`.
    pub any: bool,
    /// Where it is said.
    pub said: Said,
}

/// The rules of one table.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Meaning of each mark.
    pub marks: BTreeMap<String, Meaning>,
    /// Names of which one is required, as the docs write them, and the sentence.
    pub either: Vec<(Vec<String>, Said)>,
    /// Names that no row has, as alternatives to one that does.
    pub pairs: Vec<Pair>,
    /// A sentence that says that any one of the parameters of the table is required.
    pub any_of_all: Option<Said>,
}

/// `either parcel id or code`, in a table with a row for `code` and one for any identifier of a customer, of which `id`
/// might be one: it is the parcel's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name without a row.
    pub name: String,
    /// Whose it is.
    pub of: String,
    /// The row that it is the alternative to.
    pub partner: String,
    /// Where it is said.
    pub said: Said,
}

impl Rules {
    /// True for a mark of several characters that the text passes over, although it explains another one.
    #[must_use]
    pub fn leaves_open(&self, mark: &str) -> bool {
        mark.len() > 1 && !self.marks.is_empty() && !self.marks.contains_key(mark)
    }

    /// The meaning of a mark, stated or by habit.
    #[must_use]
    pub fn meaning(&self, mark: &str, dialect: &Dialect) -> Option<(Mark, Option<String>, bool)> {
        if mark.is_empty() {
            return None;
        }
        if let Some(meaning) = self.marks.get(mark) {
            return Some((meaning.mark, meaning.when.clone(), meaning.any));
        }
        if self.leaves_open(mark) {
            // Another mark is explained and this one is not: all that is clear is that it is not the other.
            return Some((Mark::Optional, None, false));
        }
        dialect
            .marks
            .get(mark)
            .map(|mark| (*mark, None, *mark == Mark::OneOf))
    }
}
