//! What was seen, for people and programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::corrections::Corrections;
use super::drafts::Draft;
use super::found::Found;
use super::rules::{Kind, Weight};
use crate::slate::source::Sources;
use crate::spec::Source;

/// Where something was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// In the body of a request.
    Request,
    /// In its query.
    Query,
    /// In an answer.
    Answer,
}

impl Side {
    fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Query => "query",
            Self::Answer => "answer",
        }
    }
}

/// How values were written, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// `nothing`, `boolean`, `integer`, `number`, `string`, `list` or `object`.
    pub kind: &'static str,
    /// How often.
    pub count: u64,
}

impl Seen {
    pub(super) fn new(found: Found, count: u64) -> Self {
        Self {
            kind: found.name(),
            count,
        }
    }
}

/// Something that the docs do not say, or say otherwise.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Its kind.
    pub kind: Kind,
    /// The kind in words.
    pub title: &'static str,
    /// What the kind says about the docs.
    pub weight: Weight,
    /// Where it was seen.
    pub side: Side,
    /// The place in the message, a code, or a path.
    pub at: String,
    /// The documented type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<String>,
    /// What was there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Seen>,
    /// How often.
    pub count: u64,
    /// Of how many, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// A masked example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    /// Where the docs state it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Finding {
    pub(super) fn new(kind: Kind, side: Side, at: String, count: u64) -> Self {
        Self {
            kind,
            title: kind.title(),
            weight: kind.weight(),
            side,
            at,
            wanted: None,
            seen: Vec::new(),
            count,
            of: None,
            example: None,
            source: None,
        }
    }

    /// What was there, and how often, in words.
    fn facts(&self) -> String {
        let mut out = String::new();
        if let Some(wanted) = &self.wanted {
            let _ = write!(out, "wanted {wanted}, ");
        }
        if !self.seen.is_empty() {
            let kinds: Vec<&str> = self.seen.iter().map(|seen| seen.kind).collect();
            let mut kinds = kinds;
            kinds.dedup();
            let _ = write!(out, "seen {}, ", kinds.join(" or "));
        }
        out.push_str(&times(self.count, self.of));
        if let Some(example) = &self.example {
            let _ = write!(out, ", like `{example}`");
        }
        out
    }

    fn place(&self) -> String {
        match (self.kind, self.at.as_str()) {
            (Kind::UnknownCode | Kind::UndocumentedPath | Kind::OtherMethod, at) => at.to_owned(),
            (_, "") => self.side.as_str().to_owned(),
            (_, at) => format!("{} {at}", self.side.as_str()),
        }
    }
}

/// `3 of 40 times`.
pub(super) fn times(count: u64, of: Option<u64>) -> String {
    match (count, of) {
        (count, Some(of)) => format!("{count} of {of} times"),
        (1, None) => "once".to_owned(),
        (count, None) => format!("{count} times"),
    }
}

/// What was seen of an operation.
#[derive(Clone, Debug, Serialize)]
pub struct OperationReport {
    /// Its id.
    pub operation: String,
    /// Its title.
    pub title: String,
    /// Its heading.
    pub source: Source,
    /// How many calls.
    pub exchanges: u64,
    /// Calls whose answer says that they went well.
    pub accepted: u64,
    /// Calls that were refused.
    pub refused: u64,
    /// Calls of which the HTTP status alone says that they went well.
    pub silent: u64,
    /// Items that were accepted.
    pub items_accepted: u64,
    /// Items that were refused.
    pub items_refused: u64,
    /// Items whose outcome is not said.
    pub items_silent: u64,
    /// What the docs do not say, or say otherwise.
    pub findings: Vec<Finding>,
}

/// What was seen.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// How many exchanges were read.
    pub exchanges: u64,
    /// How many lines of drift streams were read.
    pub events: u64,
    /// How many operations the docs have.
    pub documented: usize,
    /// Operations with traffic.
    pub operations: Vec<OperationReport>,
    /// Calls that no operation has.
    pub elsewhere: Vec<Finding>,
    /// What could not be used: the reason, and how often.
    pub unused: Vec<(String, u64)>,
    #[serde(skip)]
    pub(super) drafts: Vec<Draft>,
}

impl Report {
    /// True when nothing contradicts the docs or is missing in them. What is only [worth a note](Weight::Note) may be
    /// there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.findings()
            .all(|finding| finding.weight == Weight::Note)
    }

    /// All findings.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        let own = self
            .operations
            .iter()
            .flat_map(|operation| &operation.findings);
        own.chain(&self.elsewhere)
    }

    /// How often each kind occurs: findings, not values.
    #[must_use]
    pub fn kinds(&self) -> Vec<(Kind, usize)> {
        let count = |kind: &Kind| {
            self.findings()
                .filter(|finding| finding.kind == *kind)
                .count()
        };
        let counts = Kind::ALL.iter().map(|kind| (*kind, count(kind)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// For a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.summary());
        for operation in &self.operations {
            let _ = write!(out, "\n{}: {}\n", operation.operation, operation.summary());
            lines(&operation.findings, &mut out);
        }
        if !self.elsewhere.is_empty() {
            out.push_str("\nno operation\n");
            lines(&self.elsewhere, &mut out);
        }
        for (reason, count) in &self.unused {
            let _ = write!(out, "\nnot used: {reason}, {}", times(*count, None));
        }
        if !self.unused.is_empty() {
            out.push('\n');
        }
        let kinds = self.kinds();
        if !kinds.is_empty() {
            out.push('\n');
        }
        for (kind, count) in kinds {
            let _ = writeln!(out, "{}  {count:5}  {}", kind.id(), kind.title());
        }
        out
    }

    /// For a comment on a change.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("## What traffic shows\n\n{}\n", self.summary());
        for operation in &self.operations {
            let _ = write!(
                out,
                "\n### `{}`\n\n{}\n",
                operation.operation,
                operation.summary()
            );
            table(&operation.findings, &mut out);
        }
        if !self.elsewhere.is_empty() {
            out.push_str("\n### No operation\n");
            table(&self.elsewhere, &mut out);
        }
        if !self.unused.is_empty() {
            out.push_str("\n### Not used\n\n");
        }
        for (reason, count) in &self.unused {
            let _ = writeln!(out, "* {reason}, {}", times(*count, None));
        }
        out
    }

    /// Entries for the file of overrides that correct what traffic contradicts. `sources` are the texts of the docs.
    #[must_use]
    pub fn overrides(&self, sources: &Sources) -> Corrections {
        Corrections::new(&self.drafts, sources)
    }

    fn summary(&self) -> String {
        let with_calls = self
            .operations
            .iter()
            .filter(|operation| operation.exchanges > 0);
        let mut out = format!(
            "exchanges: {}, of {} of {} operations",
            self.exchanges,
            with_calls.count(),
            self.documented
        );
        if self.events > 0 {
            let _ = write!(out, "; lines of drift streams: {}", self.events);
        }
        out
    }
}

impl OperationReport {
    fn summary(&self) -> String {
        let parts = |parts: &[(u64, &str)]| {
            let there = parts.iter().filter(|(count, _)| *count > 0);
            there
                .map(|(count, what)| format!("{count} {what}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let calls = parts(&[
            (self.accepted, "accepted"),
            (self.refused, "refused"),
            (self.silent, "answered without a word on it"),
        ]);
        let items = parts(&[
            (self.items_accepted, "accepted"),
            (self.items_refused, "refused"),
            (self.items_silent, "without an outcome"),
        ]);
        let mut out = format!("calls: {}", self.exchanges);
        if !calls.is_empty() {
            let _ = write!(out, " ({calls})");
        }
        if !items.is_empty() {
            let _ = write!(out, "; items: {items}");
        }
        out
    }
}

fn lines(findings: &[Finding], out: &mut String) {
    for finding in findings {
        let (id, title) = (finding.kind.id(), finding.title);
        let _ = writeln!(
            out,
            "  {id} {title}: {}: {}",
            finding.place(),
            finding.facts()
        );
        if let Some(source) = &finding.source {
            let _ = writeln!(out, "       {}:{}", source.file, source.line);
        }
    }
}

fn table(findings: &[Finding], out: &mut String) {
    if findings.is_empty() {
        return;
    }
    out.push_str("\n| kind | where | what | docs |\n|---|---|---|---|\n");
    for finding in findings {
        let place = finding.place().replace('|', "\\|").replace('`', "");
        let facts = finding.facts().replace('|', "\\|");
        let docs = finding
            .source
            .as_ref()
            .map(|source| format!("{}:{}", source.file, source.line));
        let (id, title) = (finding.kind.id(), finding.title);
        let docs = docs.unwrap_or_default();
        let _ = writeln!(out, "| {id} {title} | `{place}` | {facts} | {docs} |");
    }
}
