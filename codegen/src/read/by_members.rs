//! Tables that no heading announces: what they are about shows in the names that the samples have.

use std::collections::HashSet;

use super::columns::{self, heads_parameters, says_parameters};
use super::facts::{OperationFacts, ParamRow, ParamTable, Role, Said};
use super::part::Part;
use super::table_rows::table_rows;
use super::unused::unused_table;
use super::{codes, method, url};
use crate::diagnostics::Diagnostics;
use crate::dialect::{Dialect, HeadingKind};
use crate::sample::Tree;
use crate::slate::block::{BlockKind, Table};
use crate::text::{bare, plain};

/// The names that an operation shows in what it sends, and in what comes back.
pub struct Seen {
    sent: HashSet<String>,
    answered: HashSet<String>,
    /// Whether it sends a body that no sample shows.
    unseen: bool,
}

impl Seen {
    /// Those of the samples, and of the addresses.
    pub fn of(facts: &OperationFacts, dialect: &Dialect) -> Self {
        let (mut sent, mut answered) = (HashSet::new(), HashSet::new());
        let mut body = false;
        for sample in &facts.samples {
            let out = match sample.role {
                Role::Request => &mut sent,
                Role::Response => &mut answered,
                Role::Url => continue,
            };
            body |= sample.role == Role::Request;
            let documents = sample.parsed.iter().flat_map(|parsed| &parsed.documents);
            out.extend(documents.flat_map(Tree::keys).map(str::to_owned));
        }
        let formats = &dialect.wire.format_suffixes;
        let stated = facts.stated().chain(&facts.called);
        let stated = stated.map(|said| said.text.as_str());
        let lines = stated.chain(facts.url_lines().map(|(line, _)| line));
        for url in lines.filter_map(|line| url::parse(line, formats)) {
            sent.extend(url.placeholders().map(str::to_owned));
            sent.extend(url.query.into_iter().map(|(name, _)| name));
        }
        Self {
            sent,
            answered,
            unseen: method::stated(facts, dialect) != Some(false) && !body,
        }
    }

    /// What rows are about: the side on which most of them are, if half of them are there.
    fn side(&self, rows: &[ParamRow]) -> Option<HeadingKind> {
        let on = |side: &HashSet<String>| {
            let rows = rows.iter();
            rows.filter(|row| row.keys().any(|key| side.contains(key)))
                .count()
        };
        let (sent, answered) = (on(&self.sent), on(&self.answered));
        if sent.max(answered) * 2 < rows.len() || rows.is_empty() {
            None
        } else if answered > sent {
            Some(HeadingKind::Response)
        } else {
            Some(HeadingKind::Request)
        }
    }
}

/// Tables below a heading that says what they are about: parameters.
pub fn announced(
    part: &Part<'_>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<ParamTable> {
    read(part, dialect, diagnostics, |table, _, _| {
        columns::names_parameters(table, dialect).then_some(HeadingKind::Request)
    })
}

/// Tables that stand under the heading of an operation or of its URL: parameters, unless they describe the answer.
pub fn unnamed(
    part: &Part<'_>,
    seen: &Seen,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<ParamTable> {
    read(part, dialect, diagnostics, |table, rows, said| {
        let side = seen.side(rows).or_else(|| announces(said, table, dialect));
        if !columns::names_parameters(table, dialect) {
            return side;
        }
        let answer = side == Some(HeadingKind::Response);
        let sent =
            seen.unseen || columns::demands(table, dialect) || heads_parameters(table, dialect);
        side.filter(|_| answer && !sent)
            .or(Some(HeadingKind::Request))
    })
}

/// Tables below a heading that says nothing known.
pub fn unknown(
    part: &Part<'_>,
    seen: &Seen,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<ParamTable> {
    let titled = part.title.split_whitespace().next_back();
    let titled = titled.is_some_and(says_parameters);
    read(part, dialect, diagnostics, |table, rows, said| {
        let named = columns::names_parameters(table, dialect);
        // Answers have no column that says what has to be there.
        if named && (titled || columns::demands(table, dialect)) {
            return Some(HeadingKind::Request);
        }
        let headed = || (named && heads_parameters(table, dialect)).then_some(HeadingKind::Request);
        let told = || announces(said, table, dialect);
        seen.side(rows).or_else(told).or_else(headed)
    })
}

/// The tables of a part, each with what it is found to be about; those of which nothing is found are reported.
fn read(
    part: &Part<'_>,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
    about: impl Fn(&Table, &[ParamRow], Option<&str>) -> Option<HeadingKind>,
) -> Vec<ParamTable> {
    let mut out = Vec::new();
    let mut said = None;
    for block in part.blocks {
        let before = said.take();
        let table = match &block.kind {
            BlockKind::Table(table) => table,
            BlockKind::Paragraph(text) => {
                said = Some(text.as_str());
                continue;
            }
            _ => continue,
        };
        if codes::lists_codes(table, dialect) {
            continue;
        }
        let mut findings = Diagnostics::default();
        let rows = if table.header.is_some() {
            table_rows(table, dialect, &mut findings)
        } else {
            Vec::new()
        };
        let Some(kind) = about(table, &rows, before) else {
            unused_table(table, diagnostics);
            continue;
        };
        diagnostics.append(findings);
        let rows = if columns::names_parameters(table, dialect) {
            rows
        } else {
            with_header(table, rows)
        };
        if !rows.is_empty() {
            let heading = Said {
                text: part.title.to_owned(),
                span: part.span,
            };
            out.push(ParamTable {
                kind,
                heading,
                rows,
            });
        }
    }
    out
}

/// What a sentence just above a table of names says that they are: `The following fields may be set:`.
fn announces(said: Option<&str>, table: &Table, dialect: &Dialect) -> Option<HeadingKind> {
    let sentence = said.filter(|_| columns::has_names(table, dialect))?;
    let text = plain(sentence).to_lowercase();
    let mut sentences = text.trim_end().rsplit(['.', '\n']);
    let last = sentences.find(|text| !text.trim().is_empty())?;
    let mut words = last.split(|c: char| !c.is_alphabetic());
    let points =
        last.trim_end().ends_with(':') || words.any(|word| matches!(word, "following" | "below"));
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| last.contains(phrase));
    if !points {
        None
    } else if says(&SENT) {
        Some(HeadingKind::Request)
    } else if says(&ANSWERED) {
        Some(HeadingKind::Response)
    } else {
        None
    }
}

/// What sentences say of what callers send.
const SENT: [&str; 16] = [
    " be set",
    "can set",
    "may set",
    " be updated",
    "can update",
    "may update",
    " be sent",
    "can send",
    " be passed",
    "can pass",
    " be submitted",
    " be provided",
    "accepts",
    " takes",
    "parameters",
    "arguments",
];

/// What they say of what comes back.
const ANSWERED: [&str; 4] = ["returns", "returned", "response", "responds"];

/// Rows of a table whose header is no word for a description, `Field | Unit`: it says what the cells below it are.
fn with_header(table: &Table, mut rows: Vec<ParamRow>) -> Vec<ParamRow> {
    let last = table.header.as_ref().and_then(|header| header.cells.last());
    let label = last.map(|cell| bare(&cell.text)).unwrap_or_default();
    for row in rows.iter_mut().filter(|row| !row.doc.is_empty()) {
        row.doc = format!("{label}: {}", row.doc);
    }
    rows
}
