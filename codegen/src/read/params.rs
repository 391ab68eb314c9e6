//! Reads rows of parameter tables.

use std::collections::BTreeMap;

use super::facts::{Names, ParamRow, ParamTable, Said};
use super::presence;
use super::values;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Column, Dialect, HeadingKind, WrittenType};
use crate::slate::block::{BlockKind, Row, Table};
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
            BlockKind::Table(table) if super::codes::lists_codes(table, dialect) => continue,
            BlockKind::Table(table) => table_rows(table, dialect, diagnostics),
            BlockKind::Paragraph(text) | BlockKind::Item(text) => {
                prose_rows(text, block.span, kind)
            }
            _ => continue,
        };
        let mut rows = rows;
        // `Required Parameters`, `Headers Required`. Headers deep inside a chapter are required for what it is about.
        let about_all = kind != HeadingKind::Header || part.level <= 3;
        let stated = presence::of_heading(part.title, &dialect.presence).filter(|_| about_all);
        for row in &mut rows {
            row.stated = row.stated.or(stated);
        }
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
    let mut ranked: Vec<(usize, usize, Column)> = cells
        .iter()
        .enumerate()
        .filter_map(|(at, cell)| {
            let (column, rank) = dialect.column(&bare(&cell.text))?;
            Some((rank, at, column))
        })
        .collect();
    // `Header | Value | Description`: more than one cell describes; the one with the best word wins, then the first.
    ranked.sort_unstable();
    let mut ignored: Vec<usize> = Vec::new();
    for (_, at, column) in ranked {
        if column == Column::Ignored {
            ignored.push(at);
        } else {
            out.entry(column).or_insert(at);
        }
    }
    out.entry(Column::Name).or_insert(0);
    if !out.contains_key(&Column::Description) {
        let last = cells.len().max(2) - 1;
        let free = (1..=last)
            .rev()
            .find(|at| !out.values().chain(&ignored).any(|used| used == at));
        if let Some(at) = free {
            out.insert(Column::Description, at);
        }
    }
    out
}

fn table_rows(table: &Table, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Vec<ParamRow> {
    let columns = columns(table.header.as_ref(), dialect);
    let at = columns.get(&Column::Name).copied().unwrap_or(0);
    let all: Vec<String> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(at))
        .flat_map(|cell| names(&presence::split(&plain(&cell.text), &dialect.presence).0).0)
        .collect();
    let mut open: Vec<(usize, ParamRow)> = Vec::new();
    let mut out = Vec::new();
    for row in &table.rows {
        let Some(mut read) = table_row(row, &columns, &all, dialect, diagnostics) else {
            continue;
        };
        let width = row.cells.get(at).map_or(0, |cell| indent(&cell.text));
        open.retain(|(other, _)| *other < width);
        if open.iter().all(|(_, above)| holds_members(above)) {
            let list = |row: &ParamRow| row.written == Some(WrittenType::Array);
            let above = open.iter().map(|(_, above)| above);
            read.above = above
                .map(|above| (above.names[0].clone(), list(above)))
                .collect();
        }
        open.push((width, read.clone()));
        out.push(read);
    }
    out
}

/// True for the row of what can have members.
fn holds_members(row: &ParamRow) -> bool {
    let written = row
        .written
        .is_none_or(|written| matches!(written, WrittenType::Object | WrittenType::Array));
    written && row.names.len() == 1
}

/// How far a name is set in.
fn indent(cell: &str) -> usize {
    let mut rest = cell;
    let mut width = 0;
    loop {
        let wide = ["&nbsp;", "&emsp;", "&ensp;"]
            .iter()
            .find_map(|blank| rest.strip_prefix(blank));
        if let Some(next) = wide {
            rest = next;
        } else if let Some(next) = rest.strip_prefix(BRANCHES) {
            rest = next;
        } else {
            return width;
        }
        width += 1;
    }
}

fn table_row(
    row: &Row,
    columns: &BTreeMap<Column, usize>,
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
    let (name, with_name) = presence::split(&plain(cell(Column::Name)), &dialect.presence);
    let (mut typed, with_type) = presence::split(&plain(cell(Column::Type)), &dialect.presence);
    let mut doc = plain(cell(Column::Description));
    let mut place = dialect.place(&bare(cell(Column::Place)));
    if place.is_none() && dialect.written_type(&typed).is_none() {
        // `id | path | …`: the kind of the parameter is where it is sent.
        place = dialect.place(&bare(&typed));
        if place.is_some() {
            typed.clear();
        }
    }
    let stated = presence::of_cell(cell(Column::Required), &dialect.presence)
        .or_else(|| may_be_left_out(cell(Column::Optional), dialect).map(|optional| !optional))
        .or(with_name)
        .or(with_type)
        .or_else(|| presence::of_description(&doc, &dialect.presence));
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
    // `: "M",` says nothing.
    if !doc
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() > 1)
    {
        doc.clear();
    }
    let (names, together, mark, preset) = names(&name);
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
    let listed = values_of_cell(&plain(cell(Column::Values)), &names);
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
    out.stated = stated;
    out.place = place;
    if out.values.is_empty() && out.written != Some(WrittenType::Boolean) {
        out.values = listed;
    }
    Some(out)
}

/// What a cell of a column `Optional` says.
fn may_be_left_out(cell: &str, dialect: &Dialect) -> Option<bool> {
    let word = bare(cell).to_lowercase();
    let among = |words: &[String]| words.contains(&word);
    if among(&dialect.presence.yes) || among(&dialect.presence.optional) {
        Some(true)
    } else if among(&dialect.presence.no) || among(&dialect.presence.required) {
        Some(false)
    } else {
        None
    }
}

/// The values of a column that holds nothing else.
fn values_of_cell(cell: &str, names: &[String]) -> Vec<String> {
    let list = cell.replace('\n', ", ").replace(" | ", ", ");
    if list.is_empty() {
        return Vec::new();
    }
    let introduced = format!("Values: {list}");
    values::values(&introduced, Some(WrittenType::Enum), names, &[])
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
    ParamRow {
        values: values::values(&doc, written, &names, others),
        default: default.or_else(|| values::default(&doc)),
        format: values::format(&doc),
        limit: values::limit(&doc),
        names,
        together,
        mark,
        above: Vec::new(),
        stated: None,
        place: None,
        preset,
        written,
        doc,
        span,
    }
}

/// Characters that authors put before a name to show how deep it is.
const BRANCHES: [char; 16] = [
    ' ', '-', '–', '—', '>', '→', '↳', '»', '•', '└', '├', '│', '─', '┗', '|', '+',
];

/// The mark of a name: `name*`, `*name`, and in bold `**name***`.
fn mark(text: &str) -> String {
    let count = |text: &mut dyn Iterator<Item = char>| text.take_while(|c| *c == '*').count();
    let (before, after) = (count(&mut text.chars()), count(&mut text.chars().rev()));
    let marks = if after == 0 {
        before
    } else {
        after.saturating_sub(before)
    };
    "*".repeat(marks)
}

/// Takes a name cell apart: names, how they belong together, mark, preset.
fn names(cell: &str) -> (Vec<String>, Names, String, Option<String>) {
    let text = plain(cell)
        .replace(['`', '"', '\n'], " ")
        .replace("\\*", "*")
        .replace("\\_", "_");
    // What shows that a row is about a member of the one above.
    let text = text.trim().trim_start_matches(BRANCHES);
    let text = text.strip_prefix("* ").unwrap_or(text).trim_start();
    let mark = mark(text);
    let text = text.trim_matches('*').trim().trim_end_matches(',').trim();
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
            .trim_matches(['*', '\'', '“', '”', '(', ')', ':', '{', '}', '<', '>'])
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
            let one_word = names.len() == 1
                && !names[0].contains(' ')
                && line[..at].split_whitespace().count() == 1;
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
        for dressed in [
            "**code**",
            "code",
            "{code}",
            "- code",
            "* code",
            "└─ code",
            "<number>",
        ] {
            let name = cell(dressed);
            let fine = ["code", "number"].contains(&name.0.as_str()) && name.2.is_empty();
            assert!(fine, "{dressed}");
        }
        for marked in ["**code***", "*code", "code\\*", "- `code`*"] {
            assert_eq!(cell(marked).2, "*", "{marked}");
        }
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
