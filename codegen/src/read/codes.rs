//! Reads tables of response codes.

use super::facts::{CodeFact, CodeKind, Said};
use super::part::Part;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::block::{BlockKind, Cell, Row, Table};
use crate::slate::source::Span;
use crate::text::{bare, plain};

/// All codes in the tables and lists of a part.
pub fn read(
    part: &Part<'_>,
    kind: HeadingKind,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<CodeFact> {
    let about = match kind {
        HeadingKind::ApiCodes => About::Calls,
        _ if names_http(part.title) => About::statuses(dialect),
        HeadingKind::SuccessCodes => About::Own(CodeKind::Success),
        HeadingKind::ErrorCodes => About::Own(CodeKind::Error),
        _ => About::Own(CodeKind::Unknown),
    };
    part.blocks
        .iter()
        .flat_map(|block| match &block.kind {
            BlockKind::Table(table) => rows(table, (about, part.span), dialect, diagnostics),
            BlockKind::Item(text) => {
                let found = item(text, block.span, (about, part.span));
                found.into_iter().collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

/// The codes in the tables of a part that is about something else.
pub fn strays(part: &Part<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Vec<CodeFact> {
    part.blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Table(table) if lists_codes(table, dialect) => Some(table),
            _ => None,
        })
        .flat_map(|table| {
            let about = About::Own(CodeKind::Unknown);
            rows(table, (about, part.span), dialect, diagnostics)
        })
        .collect()
}

/// The cells that link to what an answer is, in the rows of statuses that mean success: `200 | [Parcel](#parcel)`.
pub fn returned(part: &Part<'_>, dialect: &Dialect) -> Vec<Said> {
    let tables = part.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Table(table) if lists_codes(table, dialect) => Some(table),
        _ => None,
    });
    tables
        .flat_map(|table| {
            let at = column(table, dialect);
            let fine = move |row: &&Row| {
                let codes = row
                    .cells
                    .get(at)
                    .and_then(|cell| numbers(&bare(&cell.text)));
                codes.is_some_and(|codes| codes.iter().all(|code| (200..300).contains(code)))
            };
            table.rows.iter().filter(fine).flat_map(|row| &row.cells)
        })
        .filter(|cell| cell.text.contains("](#"))
        .map(|cell| Said {
            text: plain(&cell.text),
            span: cell.span,
        })
        .collect()
}

/// True for a table that is about codes whatever the heading above it says: the header names a column of codes, and
/// numbers as long as codes are all that stands in it.
pub fn lists_codes(table: &Table, dialect: &Dialect) -> bool {
    let named = table.header.as_ref().is_some_and(|header| {
        let mut cells = header.cells.iter();
        cells.any(|cell| dialect.code_column(&bare(&cell.text)).is_some())
    });
    let at = column(table, dialect);
    let long = |row: &Row| {
        let codes = row
            .cells
            .get(at)
            .and_then(|cell| numbers(&bare(&cell.text)));
        codes.is_some_and(|codes| codes.iter().all(|code| *code >= 100))
    };
    named && !table.rows.is_empty() && table.rows.iter().all(long)
}

/// The column with the codes: by its header, if numbers are below it, or else the first one with numbers.
fn column(table: &Table, dialect: &Dialect) -> usize {
    let width = table
        .header
        .iter()
        .chain(&table.rows)
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0);
    let numeric = |at: &usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(*at));
        cells.any(|cell| code_of(&bare(&cell.text)).is_some())
    };
    let cells = table.header.as_ref().map(|row| row.cells.as_slice());
    let named = cells
        .unwrap_or_default()
        .iter()
        .enumerate()
        .filter_map(|(at, cell)| Some((dialect.code_column(&bare(&cell.text))?, at)))
        .filter(|(_, at)| numeric(at))
        .min();
    named
        .map(|(_, at)| at)
        .or_else(|| (0..width).find(numeric))
        .unwrap_or(0)
}

/// `1001 - Parcel not found` in a list.
fn item(text: &str, span: Span, (about, heading): (About, Span)) -> Option<CodeFact> {
    let text = plain(text);
    let (codes, message) = code_of(&text)?;
    let [code] = codes.as_slice() else {
        return None;
    };
    (!message.is_empty()).then(|| CodeFact {
        code: *code,
        message,
        kind: about.kind(*code),
        heading: about.is_said().then_some(heading),
        span,
        cell: span,
    })
}

/// What the words around codes say that they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// Of whole calls, which may have several items.
    Calls,
    /// Statuses of HTTP.
    Http,
    /// The API's own, and what the heading says of all of them.
    Own(CodeKind),
}

impl About {
    /// Statuses of HTTP: where answers have codes of their own, success may have a but.
    fn statuses(dialect: &Dialect) -> Self {
        if dialect.wire.has_codes() {
            Self::Calls
        } else {
            Self::Http
        }
    }

    /// Whether the heading says what all codes below it mean, and not their numbers.
    fn is_said(self) -> bool {
        matches!(self, Self::Own(kind) if kind != CodeKind::Unknown)
    }

    fn kind(self, code: u32) -> CodeKind {
        match self {
            Self::Calls => of_call(code),
            Self::Http => CodeKind::of_http(code),
            Self::Own(kind) => kind,
        }
    }
}

/// Codes of whole calls are HTTP's: but for 200, success is one with a but.
fn of_call(code: u32) -> CodeKind {
    match CodeKind::of_http(code) {
        CodeKind::Success if code != 200 => CodeKind::Warning,
        kind => kind,
    }
}

/// Whether words say that numbers are those of HTTP.
fn names_http(words: &str) -> bool {
    words
        .to_lowercase()
        .split_whitespace()
        .any(|word| word == "http")
}

fn rows(
    table: &Table,
    (about, heading): (About, Span),
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<CodeFact> {
    let mut out: Vec<CodeFact> = Vec::new();
    let mut last: Vec<u32> = Vec::new();
    let at = column(table, dialect);
    if let Some(header) = header_without_codes(table, dialect) {
        diagnostics.push(
            Code::UnusedTable,
            header.cells.first().map_or(header.span, |cell| cell.span),
            "this table has no response codes",
            "it was left out",
        );
        return out;
    }
    let head = table
        .header
        .as_ref()
        .and_then(|header| header.cells.get(at));
    let http = head.is_some_and(|cell| names_http(&plain(&cell.text)));
    let about = if http {
        About::statuses(dialect)
    } else {
        about
    };
    let beside: Vec<usize> = beside(table, at, dialect);
    for row in &table.rows {
        let first = row
            .cells
            .get(at)
            .map(|cell| bare(&cell.text))
            .unwrap_or_default();
        let filled = |cell: &&Cell| !cell.text.is_empty();
        let place = row.cells.get(at).filter(filled);
        let place = place.or_else(|| row.cells.iter().find(filled));
        let place = place.map_or(row.span, |cell| cell.span);
        let read = code_of(&first);
        let (codes, words) = match read {
            Some((codes, words)) => (Some(codes), words),
            None => (None, String::new()),
        };
        let status = beside
            .iter()
            .find_map(|at| numbers(&bare(&row.cells.get(*at)?.text))?.first().copied());
        let message: String = std::iter::once(words)
            .chain(
                row.cells
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != at && !beside.contains(other))
                    .map(|(_, cell)| plain(&cell.text)),
            )
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
            .replace('\n', " ");
        if let Some(codes) = codes {
            last = codes;
        } else if !first.is_empty() && (!message.is_empty() || last.is_empty()) {
            diagnostics.push(
                Code::BadCodeRow,
                place,
                format!("{first:?} is not a response code"),
                "the row was left out",
            );
            continue;
        }
        if last.is_empty() {
            diagnostics.push(
                Code::BadCodeRow,
                place,
                "there is no code above this message",
                "the row was left out",
            );
            continue;
        }
        // Text in the code column with nothing beside it is one more message of the code above.
        let message = if message.is_empty() && code_of(&first).is_none() {
            plain(&first)
        } else {
            message
        };
        if message.is_empty() && code_of(&first).is_none() {
            continue;
        }
        out.extend(last.iter().map(|&code| CodeFact {
            code,
            message: message.clone(),
            kind: match status {
                Some(status) if about == About::Own(CodeKind::Unknown) => of_call(status),
                _ => about.kind(code),
            },
            heading: about.is_said().then_some(heading),
            span: row.span,
            cell: place,
        }));
    }
    out
}

/// The header of a table that is about something else: it names no column of codes, and no cell holds a number.
fn header_without_codes<'t>(table: &'t Table, dialect: &Dialect) -> Option<&'t Row> {
    let header = table.header.as_ref()?;
    let named = |cell: &Cell| dialect.code_column(&bare(&cell.text)).is_some();
    let code = |cell: &Cell| code_of(&bare(&cell.text)).is_some();
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    (!header.cells.iter().any(named) && !cells.any(code)).then_some(header)
}

/// Columns that state something else about a code, such as the HTTP status that comes with it.
fn beside(table: &Table, at: usize, dialect: &Dialect) -> Vec<usize> {
    let numbers_only = |column: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        cells.all(|cell| numbers(&bare(&cell.text)).is_some())
    };
    let cells = table.header.as_ref().map(|row| row.cells.as_slice());
    cells
        .unwrap_or_default()
        .iter()
        .enumerate()
        .filter(|(other, cell)| {
            *other != at && dialect.code_column(&bare(&cell.text)).is_some() && numbers_only(*other)
        })
        .map(|(other, _)| other)
        .collect()
}

/// The codes of a cell, and what the cell says besides: `400 Bad Request`, `404 - No such parcel`.
fn code_of(cell: &str) -> Option<(Vec<u32>, String)> {
    if let Some(codes) = numbers(cell) {
        return Some((codes, String::new()));
    }
    let text = cell.trim_start_matches(['*', '`']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (code, rest) = text.split_at(digits);
    let words = rest.trim_start_matches(['*', '`', ' ', '-', '–', '—', ':', '=', '.']);
    // A number that something is counted with is short.
    let apart = rest.len() > words.len() && words.starts_with(char::is_alphabetic);
    let code = code.parse().ok().filter(|code| *code >= 100 && apart)?;
    Some((vec![code], words.to_owned()))
}

/// The codes in a cell: one, or several with slashes or commas between them.
fn numbers(cell: &str) -> Option<Vec<u32>> {
    let pieces: Vec<&str> = cell
        .split(['/', ',', '&'])
        .flat_map(|piece| piece.split(" or "))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let codes: Option<Vec<u32>> = pieces
        .iter()
        .map(|piece| piece.trim_matches(['*', '`', '.']).parse().ok())
        .collect();
    codes.filter(|codes| !codes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_with_words() {
        let of = |cell: &str| code_of(cell).map(|(codes, words)| (codes[0], words));
        assert_eq!(of("404 - No parcel"), Some((404, "No parcel".to_owned())));
        assert_eq!(of("`400`: Too heavy"), Some((400, "Too heavy".to_owned())));
        assert_eq!(of("3 parcels at most"), None);
        assert_eq!(of("500g is too heavy"), None);
    }

    #[test]
    fn code_cells() {
        assert_eq!(numbers("1008/ 1038"), Some(vec![1008, 1038]));
        assert_eq!(numbers("700"), Some(vec![700]));
        assert_eq!(numbers(""), None);
        assert_eq!(numbers("Message fetched"), None);
        assert_eq!(numbers("99999999999"), None);
    }
}
