//! Rows of tables of parameters.

use std::collections::BTreeMap;

use super::bare_columns;
use super::columns::columns;
use super::facts::{Cells, ParamRow};
use super::name_cell::{indent, names};
use super::presence;
use super::row;
use super::spelling;
use super::{values, whole};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Column, Dialect, WrittenType};
use crate::slate::block::{Cell, Row, Table};
use crate::text::{bare, link, plain};

/// Further cells that describe: what they say is said after the description.
fn further(
    header: Option<&Row>,
    columns: &BTreeMap<Column, usize>,
    dialect: &Dialect,
) -> Vec<usize> {
    let cells = header.map(|row| row.cells.as_slice()).unwrap_or_default();
    let first = columns.get(&Column::Description);
    let describes = |cell: &Cell| {
        let column = dialect.column(&bare(&cell.text));
        column.is_some_and(|(column, _)| column == Column::Description)
    };
    (0..cells.len())
        .filter(|at| Some(at) != first && describes(&cells[*at]))
        .collect()
}

/// The rows of a table.
pub fn table_rows(
    table: &Table,
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<ParamRow> {
    spelling::report(table.header.as_ref(), dialect, diagnostics);
    let columns = match &table.header {
        Some(header) => columns(Some(header), dialect),
        None => bare_columns::of(&table.rows, dialect),
    };
    let further = further(table.header.as_ref(), &columns, dialect);
    let at = columns.get(&Column::Name).copied().unwrap_or(0);
    let all: Vec<String> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(at))
        .flat_map(|cell| names(&presence::split(&plain(&cell.text), &dialect.presence).0).names)
        .collect();
    let mut open: Vec<(usize, ParamRow)> = Vec::new();
    let mut out = Vec::new();
    for row in &table.rows {
        let Some(mut read) = table_row(row, (&columns, &further), &all, dialect, diagnostics)
        else {
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
    whole::without(out)
}

/// True for the row of what can have members.
fn holds_members(row: &ParamRow) -> bool {
    let written = row
        .written
        .is_none_or(|written| matches!(written, WrittenType::Object | WrittenType::Array));
    written && row.names.len() == 1
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
    let place_of = |column: Column| {
        let cell = columns.get(&column).and_then(|&at| row.cells.get(at));
        let filled = cell.filter(|cell| !cell.text.is_empty());
        filled.map(|cell| cell.span)
    };
    let name_cell = place_of(Column::Name).unwrap_or(row.span);
    let mut cells = Cells {
        name: name_cell,
        written: place_of(Column::Type).unwrap_or(name_cell),
        doc: place_of(Column::Description).unwrap_or(name_cell),
    };
    let further = further.iter().filter_map(|&at| row.cells.get(at));
    let further: Vec<&str> = further.map(|cell| cell.text.as_str()).collect();
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
    // `**Required**` in the place of a default.
    let in_default = Some(bare(cell(Column::Default)))
        .map(|text| text.trim_matches('*').to_lowercase())
        .filter(|text| dialect.presence.required.contains(text))
        .map(|_| true);
    let demanded = presence_cell(row, Column::Required, columns, dialect, diagnostics);
    let excused = presence_cell(row, Column::Optional, columns, dialect, diagnostics);
    let stated = presence::of_cell(demanded, &dialect.presence)
        .or_else(|| presence::of_optional(excused, &dialect.presence).map(|optional| !optional))
        .or(with_name)
        .or(with_type)
        .or(in_default)
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
            cells.written,
            "this row has no cell for the type",
            "the second cell was read as the description",
        );
        cells.doc = cells.written;
    }
    for cell in &further {
        let text = plain(cell);
        // A single word is an example of a value, not a description.
        if text.contains(char::is_whitespace) {
            doc = format!("{doc}. {text}");
        }
    }
    // `: "M",` says nothing.
    if !doc
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.chars().count() > 1)
    {
        doc.clear();
    }
    if NONE.contains(&bare(&name).to_lowercase().as_str()) {
        return None;
    }
    let named = names(&name);
    if named.names.is_empty() {
        diagnostics.push(
            Code::BadParameterRow,
            cells.name,
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
                cells.written,
                format!("{typed:?} is not a known type"),
                "the samples decide",
            );
        }
        Some((kind, true)) => {
            diagnostics.push(
                Code::UnknownType,
                cells.written,
                format!("{typed:?} is not a known type"),
                format!("it was read as {kind:?}").to_lowercase(),
            );
            let whole = columns.get(&Column::Type).and_then(|&at| row.cells.get(at));
            let word = typed.trim_matches(['`', '*', '.', ',']);
            if let (Some(cell), Some(right)) = (whole, dialect.respelt_type(word)) {
                diagnostics.fix_last(spelling::mended(cell, word, right));
            }
        }
        _ => {}
    }
    let default = columns
        .contains_key(&Column::Default)
        .then(|| bare(cell(Column::Default)))
        .filter(|text| !text.is_empty() && text != "-" && in_default.is_none());
    let listed = values::of_cell(&plain(cell(Column::Values)), &named.names);
    let written = written.map(|(kind, _)| kind);
    let mut out = row::new(named, written, doc, (row.span, cells), all);
    out.default = default.or(out.default);
    if values::lists_nothing(&out.doc) {
        diagnostics.push(
            Code::BadParameterRow,
            cells.doc,
            "a value in the list has no characters",
            "it was left out",
        );
    }
    out.items = dialect.item_type(&typed);
    out.linked = linked(&typed);
    out.stated = stated;
    out.place = place;
    if out.values.is_empty() && out.written != Some(WrittenType::Boolean) {
        out.values = listed;
    }
    if out.values.is_empty() {
        out.values = further
            .iter()
            .flat_map(|cell| values::marked(cell))
            .collect();
    }
    Some(out)
}

/// The word of a cell that says whether a parameter has to be there, spelt right. One that says nothing is reported.
fn presence_cell<'a>(
    row: &'a Row,
    column: Column,
    columns: &BTreeMap<Column, usize>,
    dialect: &'a Dialect,
    diagnostics: &mut Diagnostics,
) -> &'a str {
    let Some(cell) = columns.get(&column).and_then(|&at| row.cells.get(at)) else {
        return "";
    };
    let written = cell.text.as_str();
    if !presence::is_unknown(written, &dialect.presence) {
        return written;
    }
    let word = bare(written);
    let word = word.trim_matches('*');
    let right = presence::respelt(word, &dialect.presence);
    diagnostics.push(
        Code::UnknownPresence,
        cell.span,
        format!("{word:?} does not say whether this is required"),
        right.map_or_else(
            || "nothing was read of it".to_owned(),
            |right| format!("it was read as {right:?}"),
        ),
    );
    diagnostics.fix_last(right.and_then(|right| spelling::mended(cell, word, right)));
    right.unwrap_or(written)
}

/// The names of the section that a cell links to: by what the link says, and by its target.
fn linked(cell: &str) -> Vec<String> {
    let section = link(cell).and_then(|link| Some((link.text, link.target.strip_prefix('#')?)));
    section.map_or_else(Vec::new, |(text, target)| {
        vec![text.trim().to_owned(), target.to_owned()]
    })
}

/// What stands in place of a name where there is no parameter.
const NONE: [&str; 5] = ["n/a", "na", "none", "null", "nil"];
