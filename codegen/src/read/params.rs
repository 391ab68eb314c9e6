//! Reads rows of parameter tables.

use super::columns::names_parameters;
use super::facts::{ParamTable, Said};
use super::of_values;
use super::part::Part;
use super::presence;
use super::prose::prose_rows;
use super::table_rows::table_rows;
use super::unused::unused_table;
use crate::diagnostics::Diagnostics;
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::block::BlockKind;

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
