//! Findings of the reader and overrides that have expired, in one form.

use std::ops::Range;

use slate_codegen::Reading;
use slate_codegen::diagnostics::{Code, Diagnostic, Level};
use slate_codegen::slate::source::{Place, SourceFile, Span};

use crate::project::Project;

/// Something to print.
pub struct Finding {
    pub code: Code,
    pub level: Level,
    /// Where: below the Slate folder, or below the project for what is not in the docs.
    pub place: Place,
    /// Whether it is in the docs.
    pub in_docs: bool,
    /// The first line that it is about.
    pub line: String,
    /// The bytes of the line that it is about.
    pub marked: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was done about it, or what to do.
    pub action: String,
    /// Another line to look at, and what it is.
    pub also: Option<Also>,
    /// Whether a baseline has it.
    pub known: bool,
    /// Who says that it is fine.
    pub allowed: Option<Allowed>,
}

impl Finding {
    /// Whether it is this one of the reader's.
    pub fn is_of(&self, finding: &Diagnostic, reading: &Reading) -> bool {
        self.in_docs
            && self.code == finding.code
            && self.message == finding.message
            && self.place == reading.sources.place(finding.span)
    }

    /// Whether it is neither known nor allowed.
    pub fn is_new(&self) -> bool {
        !self.known && self.allowed.is_none()
    }
}

/// Who says that a finding is fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Allowed {
    /// A comment of the docs.
    Comment,
    /// The `slate.yaml` of the project.
    Project,
    /// The option `--allow`.
    Option,
}

impl Allowed {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Project => "project",
            Self::Option => "option",
        }
    }
}

/// A line of the docs that an override is about.
pub struct Also {
    pub place: Place,
    pub line: String,
    pub what: &'static str,
}

/// All that there is to say on the docs and on the overrides of the project.
pub fn collect(project: &Project, reading: &Reading, own: bool) -> Vec<Finding> {
    let of_docs = reading.diagnostics.iter().map(|finding| {
        let file = reading.sources.file(finding.span.file);
        let (line, marked) = underlined(file, finding.span);
        Finding {
            code: finding.code,
            level: finding.code.level(),
            place: reading.sources.place(finding.span),
            in_docs: true,
            line,
            marked,
            message: finding.message.clone(),
            action: finding.action.clone(),
            also: None,
            known: false,
            allowed: finding.allowed.then_some(Allowed::Comment),
        }
    });
    of_docs.chain(expired(project, reading, own)).collect()
}

/// Overrides that have expired. The project's overrides are for its own docs: that they do not fit others is no error.
pub fn expired(project: &Project, reading: &Reading, own: bool) -> Vec<Finding> {
    let file = &project.overrides;
    let one = |stale: &slate_codegen::overrides::Stale| {
        let line = file.line(stale.place.saturating_sub(1)).to_owned();
        let marked = line.len() - line.trim_start().len()..line.trim_end().len();
        let also = stale.docs.map(|(span, what)| Also {
            place: reading.sources.place(span),
            line: underlined(reading.sources.file(span.file), span).0,
            what,
        });
        Finding {
            code: stale.code,
            level: if own {
                stale.code.level()
            } else {
                stale.code.level().max(Level::Warning)
            },
            place: Place {
                file: file.path.clone(),
                line: u32::try_from(stale.place).unwrap_or(u32::MAX),
                column: u32::try_from(marked.start + 1).unwrap_or(u32::MAX),
            },
            in_docs: false,
            marked: marked.start.min(marked.end)..marked.end,
            line,
            message: format!("override of {}: {}", stale.at, stale.message),
            action: stale.action.clone(),
            also,
            known: false,
            allowed: None,
        }
    };
    reading.stale.iter().map(one).collect()
}

/// The line where a span begins, and the part of that line that the span covers: a page has thousands of lines.
pub fn underlined(file: &SourceFile, span: Span) -> (String, Range<usize>) {
    let (start, end) = (span.start as usize, span.end as usize);
    let range = file.line_range(file.line_index(start));
    let line = file.text.get(range.clone()).unwrap_or_default();
    let from = start.saturating_sub(range.start).min(line.len());
    let to = end.saturating_sub(range.start).clamp(from, line.len());
    (line.to_owned(), from..to)
}
