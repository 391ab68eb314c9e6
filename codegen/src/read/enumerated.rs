//! Tables that list the values of parameters, one to a row: `Parameter | Value` below the table of the parameters.

use std::borrow::Cow;

use super::facts::ParamTable;
use super::name_cell::names;
use super::part::Part;
use crate::dialect::{Column, Dialect};
use crate::slate::block::{Block, BlockKind, Table};
use crate::text::{bare, plain};

/// Gives the values to the rows of the tables above. Returns the blocks that are none of such tables.
pub fn take<'a>(part: &Part<'a>, tables: &mut [ParamTable], dialect: &Dialect) -> Cow<'a, [Block]> {
    let mut taken = Vec::new();
    for (at, block) in part.blocks.iter().enumerate() {
        let BlockKind::Table(table) = &block.kind else {
            continue;
        };
        let Some(listed) = values(table, tables, dialect) else {
            continue;
        };
        taken.push(at);
        for (name, value) in listed {
            let rows = tables.iter_mut().rev().flat_map(|table| &mut table.rows);
            for row in rows.filter(|row| row.names == [name.as_str()]) {
                if !row.values.contains(&value) {
                    row.values.push(value.clone());
                }
            }
        }
    }
    if taken.is_empty() {
        return Cow::Borrowed(part.blocks);
    }
    let others = part.blocks.iter().enumerate();
    let others = others.filter(|(at, _)| !taken.contains(at));
    others.map(|(_, block)| block.clone()).collect()
}

/// The pairs of a table with a column for names and one for values, if it has rows for nothing but rows above.
fn values(
    table: &Table,
    tables: &[ParamTable],
    dialect: &Dialect,
) -> Option<Vec<(String, String)>> {
    let header = table.header.as_ref()?;
    let [name, value] = header.cells.as_slice() else {
        return None;
    };
    let named = matches!(dialect.column(&bare(&name.text)), Some((Column::Name, _)));
    let valued = matches!(
        bare(&value.text).to_lowercase().as_str(),
        "value" | "values"
    );
    let known = |name: &String| {
        let mut rows = tables.iter().flat_map(|table| &table.rows);
        rows.any(|row| row.names == [name.as_str()])
    };
    let pairs: Option<Vec<(String, String)>> = table
        .rows
        .iter()
        .map(|row| {
            let name = names(&plain(&row.cells.first()?.text))
                .names
                .into_iter()
                .next()?;
            let value = bare(&row.cells.get(1)?.text);
            (known(&name) && !value.is_empty()).then_some((name, value))
        })
        .collect();
    pairs.filter(|pairs| named && valued && !pairs.is_empty())
}
