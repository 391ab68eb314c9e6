//! Tables without a header whose first row says what the columns hold, as tables in HTML without `<th>` have it.

use std::borrow::Cow;

use crate::dialect::{Column, Dialect};
use crate::slate::Page;
use crate::slate::block::{Block, BlockKind, Table};
use crate::text::bare;

/// A page whose tables have a header where their first row is one.
pub fn of<'p>(page: &'p Page, dialect: &Dialect) -> Cow<'p, Page> {
    let headed = |block: &Block| matches!(&block.kind, BlockKind::Table(table) if begins_with_header(table, dialect));
    if !page.blocks.iter().any(headed) {
        return Cow::Borrowed(page);
    }
    let mut page = page.clone();
    for block in &mut page.blocks {
        if let BlockKind::Table(table) = &mut block.kind
            && begins_with_header(table, dialect)
        {
            table.header = Some(table.rows.remove(0));
        }
    }
    Cow::Owned(page)
}

/// True where every cell of the first row is the word for a column, one of them that for names.
fn begins_with_header(table: &Table, dialect: &Dialect) -> bool {
    let blank = table
        .header
        .as_ref()
        .is_none_or(|row| row.cells.iter().all(|cell| bare(&cell.text).is_empty()));
    let [first, _, ..] = table.rows.as_slice() else {
        return false;
    };
    let columns = || {
        first
            .cells
            .iter()
            .map(|cell| dialect.column(&bare(&cell.text)))
    };
    let named =
        |column: Option<(Column, usize)>| column.is_some_and(|(column, _)| column == Column::Name);
    blank
        && first.cells.len() > 1
        && columns().all(|column| column.is_some())
        && columns().any(named)
}
