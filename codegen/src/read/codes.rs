//! Reads tables of response codes.

use super::facts::{CodeFact, CodeKind};
use super::section::Part;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::HeadingKind;
use crate::slate::block::{BlockKind, Table};
use crate::text::{bare, plain};

/// All codes in the tables of a part.
pub fn read(part: &Part<'_>, kind: HeadingKind, diagnostics: &mut Diagnostics) -> Vec<CodeFact> {
    let api = kind == HeadingKind::ApiCodes;
    let kind = match kind {
        HeadingKind::SuccessCodes => CodeKind::Success,
        HeadingKind::ErrorCodes => CodeKind::Error,
        _ => CodeKind::Unknown,
    };
    part.blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Table(table) => Some(rows(table, kind, api, diagnostics)),
            _ => None,
        })
        .flatten()
        .collect()
}

/// Codes of whole calls are HTTP's: 200 is success, another 2xx success with a but, the rest failure.
fn of_status(code: u32) -> CodeKind {
    match code {
        200 => CodeKind::Success,
        201..=299 => CodeKind::Warning,
        400..=599 => CodeKind::Error,
        _ => CodeKind::Unknown,
    }
}

fn rows(table: &Table, kind: CodeKind, api: bool, diagnostics: &mut Diagnostics) -> Vec<CodeFact> {
    let mut out: Vec<CodeFact> = Vec::new();
    let mut last: Vec<u32> = Vec::new();
    for row in &table.rows {
        let mut cells = row.cells.iter().map(|cell| cell.text.as_str());
        let first = bare(cells.next().unwrap_or_default());
        let message: String = cells
            .map(plain)
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
            .replace('\n', " ");
        let codes = numbers(&first);
        if let Some(codes) = codes {
            last = codes;
        } else if !first.is_empty() && (!message.is_empty() || last.is_empty()) {
            diagnostics.push(
                Code::BadCodeRow,
                row.span,
                format!("{first:?} is not a response code"),
                "the row was left out",
            );
            continue;
        }
        if last.is_empty() {
            diagnostics.push(
                Code::BadCodeRow,
                row.span,
                "there is no code above this message",
                "the row was left out",
            );
            continue;
        }
        // Text in the code column with nothing beside it is one more message of the code above.
        let message = if message.is_empty() && numbers(&first).is_none() {
            plain(&first)
        } else {
            message
        };
        if message.is_empty() && numbers(&first).is_none() {
            continue;
        }
        out.extend(last.iter().map(|&code| CodeFact {
            code,
            message: message.clone(),
            kind: if api { of_status(code) } else { kind },
            span: row.span,
        }));
    }
    out
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
    fn code_cells() {
        assert_eq!(numbers("1008/ 1038"), Some(vec![1008, 1038]));
        assert_eq!(numbers("700"), Some(vec![700]));
        assert_eq!(numbers(""), None);
        assert_eq!(numbers("Message fetched"), None);
        assert_eq!(numbers("99999999999"), None);
    }
}
