//! Reads rows of parameter tables.

use std::collections::BTreeMap;

use super::bare_columns;
use super::by_members::heads_parameters;
use super::facts::{Cells, ParamRow, ParamTable, Said};
use super::name_cell::{indent, names};
use super::of_values;
use super::part::Part;
use super::presence;
use super::prose::prose_rows;
use super::row;
use super::spelling;
use super::unused::unused_table;
use super::{sub_tables, values, whole};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Column, Dialect, HeadingKind, ResourceRow, WrittenType};
use crate::slate::block::{BlockKind, Cell, Row, Table};
use crate::text::{bare, plain};

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
    let mut named = false;
    for block in part.blocks {
        let rows = match &block.kind {
            BlockKind::Table(table) if super::codes::lists_codes(table, dialect) => continue,
            BlockKind::Table(table) if of_values::is(table, named, dialect) => {
                unused_table(table, diagnostics);
                continue;
            }
            BlockKind::Table(table) => table_rows(table, dialect, diagnostics),
            BlockKind::Paragraph(text) | BlockKind::Item(text) => {
                prose_rows(text, block.span, kind, dialect)
            }
            _ => continue,
        };
        if let BlockKind::Table(table) = &block.kind {
            named |= names_parameters(table, dialect);
        }
        let mut rows = rows;
        // `Required Parameters`, `Headers Required`.
        let stated = presence::of_heading(part.title, &dialect.presence);
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

/// True when the header of a table says that what is in it has to be there or not: answers have no such column.
pub fn demands(table: &Table, dialect: &Dialect) -> bool {
    let cells = table.header.iter().flat_map(|row| &row.cells);
    cells
        .filter_map(|cell| dialect.column(&bare(&cell.text)))
        .any(|(column, _)| matches!(column, Column::Required | Column::Optional))
}

/// True when the header of a table has a column for names and one for their types.
pub fn has_types(table: &Table, dialect: &Dialect) -> bool {
    let cells = table.header.iter().flat_map(|row| &row.cells);
    let columns: Vec<Column> = cells
        .filter_map(|cell| dialect.column(&bare(&cell.text)))
        .map(|(column, _)| column)
        .collect();
    columns.contains(&Column::Name) && columns.contains(&Column::Type)
}

/// True for a table of parameters among those of a resource: it has a column for types, or its header calls what is in it
/// parameters, and no row is one of a resource.
pub fn lists_parameters(table: &Table, dialect: &Dialect) -> bool {
    let states = |row: &Row| {
        let name = row.cells.first().map(|cell| bare(&cell.text));
        let row = name.and_then(|name| dialect.resource_row(&name));
        matches!(
            row,
            Some(
                ResourceRow::Uri
                    | ResourceRow::Url
                    | ResourceRow::Method
                    | ResourceRow::Auth
                    | ResourceRow::Batch
                    | ResourceRow::RateLimit
            )
        )
    };
    has_types(table, dialect)
        || (heads_parameters(table, dialect) && !table.rows.iter().any(states))
}

/// True when the header of a table says that names and descriptions or types are below it.
pub fn names_parameters(table: &Table, dialect: &Dialect) -> bool {
    let cells = table.header.as_ref().map(|row| row.cells.as_slice());
    let cells = cells.unwrap_or_default();
    let found: Vec<Column> = cells
        .iter()
        .filter_map(|cell| dialect.column(&bare(&cell.text)))
        .map(|(column, _)| column)
        .collect();
    let is = |column: &Column| {
        matches!(
            column,
            Column::Description | Column::Type | Column::Required | Column::Optional
        )
    };
    // `| | Type | Description |`: a column of names needs no header.
    let unheaded = cells
        .first()
        .is_some_and(|cell| bare(&cell.text).is_empty())
        && found.contains(&Column::Type);
    (found.contains(&Column::Name) || unheaded) && found.iter().any(is)
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
    out.linked = sub_tables::linked(&typed);
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

/// What stands in place of a name where there is no parameter.
const NONE: [&str; 5] = ["n/a", "na", "none", "null", "nil"];
