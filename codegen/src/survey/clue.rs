//! What a question finds: so many places that a key of the dialect would read.

use std::collections::HashMap;

/// So many places that a key of the dialect would read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    /// The key, such as `["add", "columns", "type"]`; what is not guessed is left out at its end.
    pub key: Vec<&'static str>,
    /// What to write there, as YAML; `None` where only people can tell.
    pub item: Option<String>,
    /// Whether the key holds a list.
    pub list: bool,
    /// How many places there are.
    pub count: usize,
    /// What was counted: `rows have the type "lamport"`.
    pub what: String,
}

impl Clue {
    /// A clue for a list of a dialect.
    pub(super) fn listed(
        key: &[&'static str],
        item: Option<String>,
        count: usize,
        what: String,
    ) -> Self {
        Self {
            key: key.to_vec(),
            item,
            list: true,
            count,
            what,
        }
    }

    /// True where a proposal about calls finds a good part of what was counted: the rest was counted wrongly.
    pub(super) fn worth(&self, calls: usize) -> bool {
        self.key.first() != Some(&"calls_in_samples") || calls * 2 >= self.count
    }

    /// The key with dots.
    #[must_use]
    pub fn path(&self) -> String {
        self.key.join(".")
    }
}

/// Counts things by their text, and gives them in order: the most frequent first, then as they came.
#[derive(Debug)]
pub struct Tally<T = ()> {
    order: HashMap<String, usize>,
    all: Vec<(String, usize, T)>,
}

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self {
            order: HashMap::new(),
            all: Vec::new(),
        }
    }
}

impl<T: Default> Tally<T> {
    /// Counts one, and gives what is kept beside it.
    pub fn add(&mut self, text: &str) -> &mut T {
        let next = self.all.len();
        let at = *self.order.entry(text.to_owned()).or_insert(next);
        if at == next {
            self.all.push((text.to_owned(), 0, T::default()));
        }
        let found = &mut self.all[at];
        found.1 += 1;
        &mut found.2
    }

    /// All, the most frequent first.
    pub fn sorted(self) -> Vec<(String, usize, T)> {
        let mut all = self.all;
        all.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        all
    }
}

/// `3 rows have` and `1 row has` differ; `row(s)` is neither.
pub fn times(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A text of the docs between quotes, as a comment can hold it. Marks on letters stay as they are.
pub fn in_quotes(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    format!("\"{}\"", text.chars().map(plain).collect::<String>())
}
