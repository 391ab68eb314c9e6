//! What was seen, for people and programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::corrections::Corrections;
use super::finding::{Draft, Finding, times};
use super::rules::{Kind, Weight};
use crate::slate::source::Sources;
use crate::spec::Source;

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
    /// Calls of which the HTTP status says that they went well, and that got nothing that is an answer of the operation.
    pub without_answer: u64,
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

    /// Entries for the file of overrides that correct what traffic contradicts. `sources` are the texts of the docs. What
    /// changes a type, or whether and where something is there, has to be seen `min_seen` times.
    #[must_use]
    pub fn overrides(&self, sources: &Sources, min_seen: u64) -> Corrections {
        Corrections::new(&self.drafts, sources, min_seen)
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
            (self.without_answer, "without an answer of the operation"),
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
