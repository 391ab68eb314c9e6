//! Tables below a heading that names a member of the table above: `#### Address fields` are those of `address`.

use heck::ToSnakeCase;

use super::by_members;
use super::facts::{ParamRow, ParamTable, Said};
use super::part::Part;
use crate::diagnostics::Diagnostics;
use crate::dialect::{Dialect, HeadingKind, WrittenType};
use crate::infer::singular;
use crate::text::{bare, plain};

/// Words of a heading that only say that members follow.
const OF_MEMBERS: [&str; 16] = [
    "the",
    "parameter",
    "parameters",
    "params",
    "object",
    "objects",
    "attribute",
    "attributes",
    "field",
    "fields",
    "property",
    "properties",
    "array",
    "item",
    "items",
    "structure",
];

/// The tables of a part whose heading names a row of a table above, as tables of its members.
pub fn read(
    part: &Part<'_>,
    tables: &[ParamTable],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<ParamTable> {
    let Some((kind, above)) = owner(part.title, tables) else {
        return Vec::new();
    };
    let mut out = by_members::announced(part, dialect, diagnostics);
    for table in &mut out {
        table.kind = kind;
        table.heading = Said {
            text: part.title.to_owned(),
            span: part.span,
        };
        for row in &mut table.rows {
            row.above.splice(0..0, above.iter().cloned());
        }
    }
    out
}

/// The row that a heading names, with the rows around it, and what its table is about. The nearest counts.
fn owner(title: &str, tables: &[ParamTable]) -> Option<(HeadingKind, Vec<(String, bool)>)> {
    let title = bare(&plain(title)).to_snake_case();
    let words: Vec<&str> = title.split('_').collect();
    let says = words.iter().any(|word| OF_MEMBERS.contains(word));
    let words = words.into_iter().filter(|word| !OF_MEMBERS.contains(word));
    let named = words.collect::<Vec<_>>().join("_");
    let same = |name: &str| {
        let name = name.to_snake_case();
        name == named || singular(&name) == singular(&named)
    };
    let owns = |row: &&ParamRow| {
        let open = matches!(
            row.written,
            None | Some(WrittenType::Object | WrittenType::Array)
        );
        let own = row.names.len() == 1 && same(&row.names[0]);
        open && row.names.len() == 1 && (own || row.linked.iter().any(|name| same(name)))
    };
    if named.is_empty() || !says {
        return None;
    }
    let mut rows = tables.iter().rev().flat_map(|table| {
        let rows = table.rows.iter();
        rows.map(move |row| (table.kind, row))
    });
    let (kind, row) = rows.find(|(_, row)| owns(row))?;
    let mut above = row.above.clone();
    let list = row.written == Some(WrittenType::Array);
    above.push((row.names[0].clone(), list));
    Some((kind, above))
}
