//! What the header of a table says that is in its columns.

use std::collections::BTreeMap;

use crate::dialect::{Column, Dialect, ResourceRow};
use crate::slate::block::{Row, Table};
use crate::text::bare;

/// Words for what is sent, in the header of a table or at the end of a heading.
const PARAMETERS: [&str; 7] = [
    "param",
    "argument",
    "filter",
    "parám",
    "parâm",
    "paramètre",
    "参数",
];

/// The columns that the header of a table names.
fn of_header<'t>(table: &'t Table, dialect: &'t Dialect) -> impl Iterator<Item = Column> + 't {
    let cells = table.header.iter().flat_map(|row| &row.cells);
    let columns = cells.filter_map(|cell| dialect.column(&bare(&cell.text)));
    columns.map(|(column, _)| column)
}

/// True when the header of a table says that what is in it has to be there or not: answers have no such column.
pub fn demands(table: &Table, dialect: &Dialect) -> bool {
    of_header(table, dialect).any(|column| matches!(column, Column::Required | Column::Optional))
}

/// True when the header of a table has a column for names and one for their types.
pub fn has_types(table: &Table, dialect: &Dialect) -> bool {
    let columns: Vec<Column> = of_header(table, dialect).collect();
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
    let found: Vec<Column> = of_header(table, dialect).collect();
    let is = |column: &Column| {
        matches!(
            column,
            Column::Description | Column::Type | Column::Required | Column::Optional
        )
    };
    // `| | Type | Description |`: a column of names needs no header.
    let first = table.header.as_ref().and_then(|row| row.cells.first());
    let unheaded =
        first.is_some_and(|cell| bare(&cell.text).is_empty()) && found.contains(&Column::Type);
    (found.contains(&Column::Name) || unheaded) && found.iter().any(is)
}

/// True for a table with a column of names.
pub fn has_names(table: &Table, dialect: &Dialect) -> bool {
    of_header(table, dialect).any(|column| column == Column::Name)
        || names_parameters(table, dialect)
}

/// Which cell holds what.
pub fn columns(header: Option<&Row>, dialect: &Dialect) -> BTreeMap<Column, usize> {
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

/// True when the header of a table calls what is below it parameters.
pub fn heads_parameters(table: &Table, dialect: &Dialect) -> bool {
    let mut cells = table.header.iter().flat_map(|row| &row.cells);
    cells.any(|cell| {
        let text = bare(&cell.text);
        matches!(dialect.column(&text), Some((Column::Name, _))) && says_parameters(&text)
    })
}

/// True when a text calls something parameters.
pub fn says_parameters(text: &str) -> bool {
    let text = text.to_lowercase();
    PARAMETERS.iter().any(|word| text.contains(word))
}
