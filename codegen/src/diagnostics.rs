//! What the reader could not use, or had to bend, with the place in the docs.

use std::fmt;

use serde::Serialize;

use crate::slate::source::{Place, Sources, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something is lost unless the docs or the overrides are mended.
    Error,
    /// The reader had to guess or repair.
    Warning,
    /// Worth knowing, nothing is lost.
    Note,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal $level:ident,)+) => {
        /// The kinds of findings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every kind, in order of its id.
            pub const ALL: &'static [Code] = &[$(Code::$name),+];

            /// The id, such as `S014`: S for the docs, O for overrides. Ids are never given to another kind.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// How bad findings of this kind are.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level),+ }
            }

            /// One paragraph on what the kind means.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),+)),+ }
            }

            /// A page on the kind: what it means, why it matters, an example and how it is mended, what the generator
            /// does. Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("diagnostics/explain/", $id, ".md"))),+ }
            }
        }
    };
}

codes! {
    /// The file holds bytes that are not UTF-8. They were replaced, so that the rest can be read.
    NotUtf8 = "S001" Warning,
    /// A code block has no closing line, or no opening one. It was ended behind its value, or before the next text or block.
    UnclosedFence = "S002" Warning,
    /// The index lists a page twice. It was read once.
    DuplicateInclude = "S003" Warning,
    /// A heading that looks like a part of an operation stands at the level of an operation, or outside of one.
    MisplacedHeading = "S004" Warning,
    /// A section has the shape of an operation but no method or no path can be found for it.
    IncompleteOperation = "S005" Error,
    /// Two places state different paths for one operation.
    PathConflict = "S006" Warning,
    /// A URL cannot be read, or is malformed in a way that could be mended.
    BadUrl = "S007" Warning,
    /// A row of a resource table has a name or a value that the reader does not know.
    UnknownResourceRow = "S008" Note,
    /// The place that the heading of a parameter table states is not where its parameters are sent.
    WrongPlace = "S009" Warning,
    /// A row has fewer or more cells than its table, or a cell without use.
    BadParameterRow = "S010" Warning,
    /// The type of a parameter is not known, or misspelt.
    UnknownType = "S011" Warning,
    /// The same parameter stands in one table twice, or the query has two parameters of one name.
    DuplicateParameter = "S012" Warning,
    /// A mark such as `*` is used but the section does not say what it means, or what it says contradicts the table.
    UnclearMark = "S013" Warning,
    /// A sample is in another format than its fence says.
    WrongFormat = "S014" Warning,
    /// A sample had to be repaired before it could be parsed.
    RepairedSample = "S015" Warning,
    /// A sample cannot be read, not even repaired.
    UnreadableSample = "S016" Error,
    /// It is not clear whether a sample is a request or a response; the content or the method decided.
    UnlabelledSample = "S017" Note,
    /// The JSON and the XML sample of one message differ in structure.
    SampleMismatch = "S018" Warning,
    /// The type that a table states contradicts the samples.
    TypeConflict = "S019" Warning,
    /// A documented field is in no sample; its place in the body is a guess.
    UnplacedField = "S020" Note,
    /// A row of a code table cannot be read.
    BadCodeRow = "S021" Warning,
    /// A response code is documented more than once with different messages.
    RepeatedCode = "S022" Note,
    /// A response code occurs in a sample but in no table.
    UndocumentedCode = "S023" Note,
    /// A table that the reader has no use for.
    UnusedTable = "S024" Note,
    /// A query parameter occurs in a URL, or in a remark of a sample, but in no table.
    UndocumentedQuery = "S025" Note,
    /// A rule in prose that could not be turned into a rule of the spec.
    UnreadRule = "S026" Note,
    /// Two operations have the same method and path.
    SharedPath = "S027" Note,
    /// A code block that shows no message of an operation.
    UnusedSample = "S028" Note,
    /// A sample shows a value that is not in the documented list.
    UnlistedValue = "S029" Note,
    /// A page in which no operation is found. What it says of calls is not in the spec.
    PageWithoutOperation = "S030" Warning,
    /// A sample shows a whole answer, with its status, inside of another one. The inner one was taken.
    AnswerInAnswer = "S031" Warning,
    /// Nothing in the docs says or shows it: what is usual in such docs was taken.
    AssumedFact = "S032" Warning,
    /// Two places state one fact differently. The other one was followed.
    OutvotedStatement = "S033" Warning,
    /// Nothing in the docs says or shows of which type a member is.
    AssumedType = "S034" Note,
    /// The type of a member is what the same name has elsewhere: here it is neither stated nor shown.
    BorrowedType = "S035" Note,
    /// A documented field is in no sample of its message. It was put where another message has it.
    BorrowedPlace = "S036" Note,
    /// Neither a heading nor a sample says whether a parameter is sent in the URL or in the body.
    AssumedSending = "S037" Warning,
    /// A mark behind a name is explained nowhere. What it means in such docs was taken.
    AssumedPresence = "S038" Note,
    /// The version in front of a path is what the index says of all paths: no URL of the operation shows it.
    BorrowedVersion = "S039" Note,
    /// Neither a row nor a sample says in which formats an operation answers.
    AssumedFormats = "S040" Note,
    /// No place of the docs names a host.
    AssumedHost = "S041" Warning,
    /// Neither a heading nor a sample says whether a code means success: the words of its message do.
    AssumedKind = "S042" Note,
    /// A page has the marks of a merge that nobody finished.
    UnfinishedMerge = "S043" Error,
    /// A comment of the docs, or the project, allows a kind of finding that does not exist.
    UnknownAllow = "S044" Warning,
    /// A comment of the docs, or the project, allows a finding that is not there.
    UnusedAllow = "S045" Warning,
    /// An aside is never closed, or by another tag. What is below it, down to the end of the page, is shown inside of it.
    UnclosedAside = "S046" Warning,
    /// The line below the header of a table is missing, or has fewer cells than the header. Most readers show no table there.
    ShortDelimiter = "S047" Warning,
    /// A page begins with a byte-order mark. Put behind another page, it hides what the first line is.
    ByteOrderMark = "S048" Note,
    /// A line takes in a text that is not there.
    MissingPartial = "S049" Error,
    /// The header of a column has a slip of the pen. It was read as the word that is meant.
    MisspeltHeader = "S050" Warning,
    /// A table outside of operations has the members of objects that samples show.
    ObjectTable = "S051" Note,
    /// A label above a sample is one letter away from a word that says what the sample is. It was read as that word.
    MisspeltLabel = "S052" Warning,
    /// Tabs stand between the cells of a table: columns look as they should in some editors only.
    TabInTable = "S053" Note,
    /// A heading has a slip of the pen. It was read as the word that is meant.
    MisspeltHeading = "S054" Warning,
    /// A cell that is to say whether a parameter is required says it in no known word.
    UnknownPresence = "S055" Warning,
    /// An override is for a place that the docs or the spec do not have any more.
    OverridePlaceGone = "O001" Error,
    /// The line that an override corrects, or one that it relies on, reads differently now.
    OverrideLineChanged = "O002" Error,
    /// The docs make the correction of an override themselves now.
    OverrideNotNeeded = "O003" Error,
    /// The docs make a part of the correction of an override themselves now.
    OverrideNotNeededInPart = "O004" Warning,
}

impl Code {
    /// What the kind is, in a sentence without its full stop.
    #[must_use]
    pub fn title(self) -> &'static str {
        let text = self.explanation().trim();
        let end = text.find([';', '\n']).unwrap_or(text.len());
        let end = text.find(". ").map_or(end, |stop| stop.min(end));
        text[..end].trim_end_matches('.')
    }

    /// The [page](Self::page) as people read it: without what tells the tests how to try its examples.
    #[must_use]
    pub fn readable_page(self) -> String {
        let mut out = String::new();
        for line in self.page().lines() {
            let fence = line.strip_prefix("~~~~").filter(|info| !info.is_empty());
            match fence.and_then(|info| info.split_whitespace().next()) {
                Some(language) => out.extend(["~~~~", language]),
                None => out.push_str(line),
            }
            out.push('\n');
        }
        out
    }

    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.id().eq_ignore_ascii_case(id))
    }
}

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
