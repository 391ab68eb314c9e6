//! Tables without a header whose first row says what the columns hold, as tables in HTML without `<th>` have it.

use std::borrow::Cow;

use crate::diagnostics::{Code, Diagnostics, Edit};
use crate::dialect::{Column, Dialect};
use crate::slate::Page;
use crate::slate::block::{Block, BlockKind, Row, Table};
use crate::slate::source::Span;
use crate::text::bare;

/// A page whose tables have a header where their first row is one. That no line says so is reported where one has to.
pub fn of<'p>(page: &'p Page, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Cow<'p, Page> {
    let headed = |block: &Block| matches!(&block.kind, BlockKind::Table(table) if begins_with_header(table, dialect));
    if !page.blocks.iter().any(headed) {
        return Cow::Borrowed(page);
    }
    let mut page = page.clone();
    for block in &mut page.blocks {
        if let BlockKind::Table(table) = &mut block.kind
            && begins_with_header(table, dialect)
        {
            let header = table.rows.remove(0);
            if table.header.is_none() && !table.html {
                undelimited(&header, diagnostics);
            }
            table.header = Some(header);
        }
    }
    Cow::Owned(page)
}

/// Reports a header without a line below it: most readers show such a table as running text.
fn undelimited(header: &Row, diagnostics: &mut Diagnostics) {
    let Span { file, start, end } = header.span;
    let (Some(first), Some(last)) = (header.cells.first(), header.cells.last()) else {
        return;
    };
    diagnostics.push(
        Code::ShortDelimiter,
        Span::new(file, first.span.start as usize, last.span.end as usize),
        "there is no line of dashes below this header",
        "it was read as a table",
    );
    let mut line = vec!["---"; header.cells.len()].join(" | ");
    // A border stands in front of the first cell.
    if first.span.start > start {
        line = format!("| {line} |");
    }
    let end = Span::new(file, end as usize, end as usize);
    diagnostics.fix_last([Edit::new(end, format!("\n{line}"))]);
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
