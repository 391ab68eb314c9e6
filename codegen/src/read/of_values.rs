//! Tables among those of parameters that are about something else: prices of an example, rules for each kind of a thing, the
//! codes of a list.

use crate::dialect::{Column, Dialect};
use crate::slate::block::{Cell, Table};
use crate::text::{bare, plain};

/// True for a table of values. `named` says that a table above it names the parameters.
pub fn is(table: &Table, named: bool, dialect: &Dialect) -> bool {
    let names: Vec<String> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.first())
        .map(|cell| bare(&plain(&cell.text)))
        .filter(|name| !name.is_empty())
        .collect();
    if names.len() < 2 {
        return false;
    }
    are_amounts(&names)
        || (named && (are_words(table, &names, dialect) || are_codes(table, &names)))
}

/// `4200.00`: a name has letters. Whole numbers may be the places of a list.
fn are_amounts(names: &[String]) -> bool {
    let amount = |name: &String| {
        let number = name.trim_start_matches(['-', '+']);
        number.contains('.')
            && number
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    };
    names.iter().all(amount)
}

/// `Market order`, below a header that is none of names: names of parameters are written in one word.
fn are_words(table: &Table, names: &[String], dialect: &Dialect) -> bool {
    let Some(header) = &table.header else {
        return false;
    };
    let is_name = |cell: &Cell| {
        let column = dialect.column(&bare(&cell.text));
        column.is_some_and(|(column, _)| column == Column::Name)
    };
    !header.cells.iter().any(is_name) && names.iter().all(|name| name.contains(' '))
}

/// `BTC`, `ETH` below `Code`: what a list has, and no names.
fn are_codes(table: &Table, names: &[String]) -> bool {
    let header = table.header.as_ref().and_then(|row| row.cells.first());
    let of_codes = header.is_some_and(|cell| bare(&cell.text).eq_ignore_ascii_case("code"));
    let capitals = |name: &String| {
        name.chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    of_codes && names.iter().all(capitals)
}
