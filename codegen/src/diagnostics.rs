//! What the reader could not use, or had to bend, with the place in the docs.

mod code;

use serde::Serialize;

pub use code::{Code, Level};

use crate::slate::source::{Place, Sources, Span};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// What kind.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What the generator did about it.
    pub action: String,
    /// Whether a comment of the docs allows it.
    pub allowed: bool,
    /// What mends it, where there is one right answer.
    pub fix: Vec<Edit>,
}

/// A change of a text that changes no fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// What it takes the place of, within a line. Of the byte-order mark, which the text does not have, it is nothing at
    /// the begin of the file.
    pub span: Span,
    /// What is to stand there; `\n` begins another line.
    pub with: String,
}

impl Edit {
    /// Puts a text in place of what stands there.
    #[must_use]
    pub fn new(span: Span, with: impl Into<String>) -> Self {
        Self {
            span,
            with: with.into(),
        }
    }
}

/// All findings of a run, without repetitions.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// Findings, by their numbers, that are about one word of their span.
    words: Vec<(usize, String)>,
}

impl Diagnostics {
    /// Adds a finding: what is wrong, and what was done about it.
    pub fn push(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.list.push(Diagnostic {
            span,
            code,
            message: message.into(),
            action: action.into(),
            allowed: false,
            fix: Vec::new(),
        });
    }

    /// Adds those that were found in a try.
    pub(crate) fn append(&mut self, other: Self) {
        let first = self.list.len();
        let words = other.words.into_iter();
        self.words
            .extend(words.map(|(at, words)| (first + at, words)));
        self.list.extend(other.list);
    }

    /// Says what mends the finding that was added last.
    pub fn fix_last(&mut self, edits: impl IntoIterator<Item = Edit>) {
        if let Some(last) = self.list.last_mut() {
            last.fix.extend(edits);
        }
    }

    /// Says which words of its span the finding is about that was added last: a paragraph is long.
    pub fn about_last(&mut self, words: &str) {
        if !words.is_empty() && !self.list.is_empty() {
            self.words.push((self.list.len() - 1, words.to_owned()));
        }
    }

    /// Sets findings to the words that they are about, as far as the text has them as they were read.
    pub(crate) fn narrow(&mut self, sources: &Sources) {
        for (at, words) in std::mem::take(&mut self.words) {
            let Some(finding) = self.list.get_mut(at) else {
                continue;
            };
            let Span { file, start, .. } = finding.span;
            if let Some(from) = sources.text(finding.span).find(&words) {
                let start = start as usize + from;
                finding.span = Span::new(file, start, start + words.len());
            }
        }
    }

    /// Sorts by place and removes repetitions.
    pub fn finish(&mut self) {
        self.list.sort();
        self.list.dedup();
    }

    /// The findings.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The findings, to be marked.
    pub(crate) fn all_mut(&mut self) -> std::slice::IterMut<'_, Diagnostic> {
        self.list.iter_mut()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True without findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many findings there are of each kind that occurs, in order of the ids.
    #[must_use]
    pub fn counts(&self) -> Vec<(Code, usize)> {
        Code::ALL
            .iter()
            .map(|&code| {
                (
                    code,
                    self.list
                        .iter()
                        .filter(|finding| finding.code == code)
                        .count(),
                )
            })
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// The findings in the form in which `--json` prints them.
    #[must_use]
    pub fn report(&self, sources: &Sources) -> Vec<Report> {
        self.list
            .iter()
            .map(|finding| Report {
                code: finding.code.id(),
                level: finding.code.level(),
                place: sources.place(finding.span),
                message: finding.message.clone(),
                action: finding.action.clone(),
            })
            .collect()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A finding for machines.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Id of the kind.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What the generator did about it.
    pub action: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_found() {
        for series in ['S', 'O'] {
            let of_series = |code: &&Code| code.id().starts_with(series);
            let ids: Vec<&str> = Code::ALL
                .iter()
                .filter(of_series)
                .map(|code| code.id())
                .collect();
            assert!(ids.is_sorted(), "{ids:?}");
            for code in Code::ALL.iter().filter(of_series) {
                assert_eq!(code.id().len(), "S001".len());
                assert_eq!(Code::from_id(code.id()), Some(*code));
                assert!(!code.title().is_empty() && !code.title().contains('\n'));
            }
        }
        let all: std::collections::HashSet<_> = Code::ALL.iter().map(|code| code.id()).collect();
        assert_eq!(all.len(), Code::ALL.len());
    }
}
