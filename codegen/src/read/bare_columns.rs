//! Tables that nobody gave a header: what the cells hold says what the columns are.

use std::collections::BTreeMap;

use super::presence;
use crate::dialect::{Column, Dialect};
use crate::slate::block::Row;
use crate::text::plain;

/// Which cell holds what: the first the name, one that nearly always has a type that, one that says whether it has to be
/// there that, and the one with the most text of the others the description.
pub fn of(rows: &[Row], dialect: &Dialect) -> BTreeMap<Column, usize> {
    let mut out = BTreeMap::from([(Column::Name, 0)]);
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mostly = |at: usize, is: &dyn Fn(&str) -> bool| {
        let cells = rows.iter().filter_map(|row| row.cells.get(at));
        let filled = cells.filter(|cell| !cell.text.trim().is_empty());
        let (mut all, mut hits) = (0, 0);
        for cell in filled {
            all += 1;
            hits += usize::from(is(&cell.text));
        }
        all > 0 && hits * 3 >= all * 2
    };
    let typed = |cell: &str| dialect.written_type(&plain(cell)).is_some();
    let needed = |cell: &str| presence::of_cell(cell, &dialect.presence).is_some();
    for at in 1..width {
        if mostly(at, &typed) {
            out.entry(Column::Type).or_insert(at);
        } else if mostly(at, &needed) {
            out.entry(Column::Required).or_insert(at);
        }
    }
    // Who describes needs the most room.
    let room = |at: &usize| -> usize {
        let cells = rows.iter().filter_map(|row| row.cells.get(*at));
        cells.map(|cell| cell.text.trim().len()).sum()
    };
    let free = (1..width.max(2)).rev();
    let free = free
        .filter(|at| !out.values().any(|used| used == at))
        .max_by_key(room);
    out.extend(free.map(|at| (Column::Description, at)));
    out
}
