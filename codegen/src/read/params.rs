//! Reads rows of parameter tables.

use std::collections::BTreeMap;

use super::facts::{Names, ParamRow, ParamTable, Said};
use super::values;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Column, Dialect, HeadingKind};
use crate::slate::block::{BlockKind, Cell, Row, Table};
use crate::slate::source::Span;
use crate::text::{bare, is_name_char, plain};

use super::section::Part;

/// All parameters of a part: its tables, rows without a header, and `name - text` lines.
pub fn read(
    part: &Part<'_>,
    kind: HeadingKind,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<ParamTable> {
    let heading = Said {
        text: part.title.to_owned(),
        span: part.span,
    };
    let mut tables = Vec::new();
    for block in part.blocks {
        let rows = match &block.kind {
            BlockKind::Table(table) => table_rows(table, dialect, diagnostics),
            BlockKind::Paragraph(text) | BlockKind::Item(text) => {
                prose_rows(text, block.span, kind)
            }
            _ => continue,
        };
        if !rows.is_empty() {
            tables.push(ParamTable {
                kind,
                heading: heading.clone(),
                rows,
            });
        }
    }
    tables
}

/// Which cell holds what.
fn columns(header: Option<&Row>, dialect: &Dialect) -> BTreeMap<Column, usize> {
    let mut out = BTreeMap::new();
    let cells = header.map(|row| row.cells.as_slice()).unwrap_or_default();
    for (at, cell) in cells.iter().enumerate() {
        let column = dialect.column(&bare(&cell.text));
        if let Some(column) = column {
            // `Parameter | Description | Value`: more than one cell describes; the first one begins.
            out.entry(column).or_insert(at);
        }
    }
    out.entry(Column::Name).or_insert(0);
    if !out.contains_key(&Column::Description) {
        let last = cells.len().max(2) - 1;
        let free = (1..=last)
            .rev()
            .find(|at| !out.values().any(|used| used == at));
        if let Some(at) = free {
            out.insert(Column::Description, at);
        }
    }
    out
}

/// Further cells that describe: what they say is said after the description.
fn further(
    header: Option<&Row>,
    columns: &BTreeMap<Column, usize>,
    dialect: &Dialect,
) -> Vec<usize> {
    let cells = header.map(|row| row.cells.as_slice()).unwrap_or_default();
    let first = columns.get(&Column::Description);
    let describes = |cell: &Cell| dialect.column(&bare(&cell.text)) == Some(Column::Description);
    (0..cells.len())
        .filter(|at| Some(at) != first && describes(&cells[*at]))
        .collect()
}

fn table_rows(table: &Table, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Vec<ParamRow> {
    let columns = columns(table.header.as_ref(), dialect);
    let further = further(table.header.as_ref(), &columns, dialect);
    let at = columns.get(&Column::Name).copied().unwrap_or(0);
    let all: Vec<String> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(at))
        .flat_map(|cell| names(&cell.text).0)
        .collect();
    table
        .rows
        .iter()
        .filter_map(|row| table_row(row, (&columns, &further), &all, dialect, diagnostics))
        .collect()
}

fn table_row(
    row: &Row,
    (columns, further): (&BTreeMap<Column, usize>, &[usize]),
    all: &[String],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Option<ParamRow> {
    let cell = |column: Column| {
        columns
            .get(&column)
            .and_then(|&at| row.cells.get(at))
            .map(|cell| cell.text.as_str())
            .unwrap_or_default()
    };
    let further = further.iter().filter_map(|&at| row.cells.get(at));
    let further: Vec<&str> = further.map(|cell| cell.text.as_str()).collect();
    let name = cell(Column::Name);
    let mut typed = plain(cell(Column::Type));
    let mut doc = plain(cell(Column::Description));
    if columns.contains_key(&Column::Type)
        && doc.is_empty()
        && dialect.written_type(&typed).is_none_or(|(_, guess)| guess)
        && typed.len() > 2
    {
        // The type cell is missing, so the description stands in its place.
        doc = std::mem::take(&mut typed);
        diagnostics.push(
            Code::BadParameterRow,
            row.span,
            "this row has no cell for the type",
            "the second cell was read as the description",
        );
    }
    for cell in &further {
        doc = format!("{doc}. {}", plain(cell));
    }
    // `: "M",` says nothing.
    if !doc
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() > 1)
    {
        doc.clear();
    }
    let (names, together, mark, preset) = names(name);
    if names.is_empty() {
        diagnostics.push(
            Code::BadParameterRow,
            row.span,
            "this row names no parameter",
            "it was left out",
        );
        return None;
    }
    let written = dialect.written_type(&typed);
    match written {
        None if typed.chars().any(char::is_alphabetic) => {
            diagnostics.push(
                Code::UnknownType,
                row.span,
                format!("{typed:?} is not a known type"),
                "the samples decide",
            );
        }
        Some((kind, true)) => {
            diagnostics.push(
                Code::UnknownType,
                row.span,
                format!("{typed:?} is not a known type"),
                format!("it was read as {kind:?}").to_lowercase(),
            );
        }
        _ => {}
    }
    let default = columns
        .contains_key(&Column::Default)
        .then(|| bare(cell(Column::Default)))
        .filter(|text| !text.is_empty() && text != "-");
    let mut out = finish(
        names,
        together,
        mark,
        preset,
        written.map(|(kind, _)| kind),
        doc,
        default,
        row.span,
        all,
    );
    if out.values.is_empty() {
        out.values = further
            .iter()
            .flat_map(|cell| values::marked(cell))
            .collect();
    }
    Some(out)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one row, put together in one place"
)]
fn finish(
    names: Vec<String>,
    together: Names,
    mark: String,
    preset: Option<String>,
    written: Option<crate::dialect::WrittenType>,
    doc: String,
    default: Option<String>,
    span: Span,
    others: &[String],
) -> ParamRow {
    let values = values::values(&doc, written, &names, others);
    ParamRow {
        default: default
            .or_else(|| values::default(&doc))
            .or_else(|| values::default_among(&doc, &values)),
        values,
        format: values::format(&doc),
        limit: values::limit(&doc),
        names,
        together,
        mark,
        preset,
        written,
        doc,
        span,
    }
}

/// Takes a name cell apart: names, how they belong together, mark, preset.
fn names(cell: &str) -> (Vec<String>, Names, String, Option<String>) {
    let text = plain(cell).replace(['`', '"', '\n'], " ");
    let text = text.trim();
    let mark: String = text.chars().rev().take_while(|c| *c == '*').collect();
    let text = text
        .trim_end_matches('*')
        .trim()
        .trim_end_matches(',')
        .trim();
    let (text, preset) = match text.split_once('=') {
        Some((name, value)) => (
            name.trim(),
            Some(value.trim().trim_matches(['{', '}', '<', '>']).to_owned()),
        ),
        None => (text, None),
    };
    let (pieces, together): (Vec<&str>, Names) =
        if text.contains(" & ") || text.contains(" and ") || text.contains(',') {
            (
                text.split(['&', ','])
                    .flat_map(|piece| piece.split(" and "))
                    .collect(),
                Names::All,
            )
        } else if text.contains('/') || text.contains(" or ") || text.contains('|') {
            (
                text.split(['/', '|'])
                    .flat_map(|piece| piece.split(" or "))
                    .collect(),
                Names::AnyOf,
            )
        } else {
            (vec![text], Names::One)
        };
    let mut out: Vec<String> = Vec::new();
    for piece in pieces {
        let piece = piece
            .trim()
            .trim_matches(['*', '\'', '“', '”', '(', ')', ':'])
            .trim();
        let fine = !piece.is_empty()
            && piece.len() <= 80
            && piece.chars().all(|c| {
                is_name_char(c) || c == ' ' || c == '[' || c == ']' || c == '@' || c == '#'
            });
        if fine
            && piece.chars().any(char::is_alphanumeric)
            && !out.iter().any(|known| known == piece)
        {
            out.push(piece.to_owned());
        }
    }
    let together = if out.len() < 2 { Names::One } else { together };
    (out, together, mark, preset)
}

/// `id* - Pass the id of the message`, and header names in running text.
fn prose_rows(text: &str, span: Span, kind: HeadingKind) -> Vec<ParamRow> {
    let mut out = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let dash = [" - ", " – ", " — ", ": "]
            .iter()
            .filter_map(|dash| line.find(dash).map(|at| (at, dash.len())))
            .min();
        let named = dash.and_then(|(at, len)| {
            let (names, together, mark, preset) = names(&line[..at]);
            // `**Content type** - …`: bold is a name, be it spelt with blanks.
            let bold = kind == HeadingKind::Header && line.starts_with("**");
            let one_word = names.len() == 1
                && (bold || !names[0].contains(' '))
                && (bold || line[..at].split_whitespace().count() == 1);
            one_word.then(|| (names, together, mark, preset, plain(&line[at + len..])))
        });
        if let Some((names, together, mark, preset, doc)) = named {
            let header_like = names[0].contains('-');
            if kind != HeadingKind::Header
                || header_like
                || names[0].chars().next().is_some_and(char::is_uppercase)
            {
                out.push(finish(
                    names,
                    together,
                    mark,
                    preset,
                    None,
                    doc,
                    None,
                    span,
                    &[],
                ));
            }
        } else if kind == HeadingKind::Header && line.len() < 80 {
            let word = line.trim_matches(['\'', '"', '`', '*', ' ']);
            if word.starts_with("X-") && word.chars().all(is_name_char) {
                out.push(finish(
                    vec![word.to_owned()],
                    Names::One,
                    "*".to_owned(),
                    None,
                    None,
                    String::new(),
                    None,
                    span,
                    &[],
                ));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> (String, Names, String, Option<String>) {
        let (list, together, mark, preset) = names(text);
        (list.join(" "), together, mark, preset)
    }

    #[test]
    fn name_cells() {
        assert_eq!(
            cell("mobile**"),
            ("mobile".into(), Names::One, "**".into(), None)
        );
        assert_eq!(
            cell("mobile/email/external_id*"),
            (
                "mobile email external_id".into(),
                Names::AnyOf,
                "*".into(),
                None
            )
        );
        assert_eq!(
            cell("wallet_id or wallet_label*"),
            (
                "wallet_id wallet_label".into(),
                Names::AnyOf,
                "*".into(),
                None
            )
        );
        assert_eq!(
            cell("start_id & end_id"),
            ("start_id end_id".into(), Names::All, String::new(), None)
        );
        assert_eq!(
            cell("mlp=true"),
            ("mlp".into(), Names::One, String::new(), Some("true".into()))
        );
        assert_eq!(
            cell("canonical_name\""),
            ("canonical_name".into(), Names::One, String::new(), None)
        );
        assert_eq!(
            cell("Customer identifier*"),
            ("Customer identifier".into(), Names::One, "*".into(), None)
        );
        assert_eq!(
            cell("`code`"),
            ("code".into(), Names::One, String::new(), None)
        );
        assert_eq!(cell("  "), (String::new(), Names::One, String::new(), None));
    }

    #[test]
    fn parameters_in_prose() {
        let rows = prose_rows(
            "id* - Pass the id of the message.",
            Span::new(0, 0, 1),
            HeadingKind::Request,
        );
        assert_eq!(
            (rows[0].names[0].as_str(), rows[0].mark.as_str()),
            ("id", "*")
        );
        let rows = prose_rows("'X-APP-SIGNATURE'", Span::new(0, 0, 1), HeadingKind::Header);
        assert_eq!(rows[0].names, ["X-APP-SIGNATURE"]);
        assert!(
            prose_rows(
                "You need to know this - before you start.",
                Span::new(0, 0, 1),
                HeadingKind::Request
            )
            .is_empty()
        );
    }
}
