//! Fields that no sample of a message shows, out of other messages.

use super::words::singular;
use super::{Wanted, nodes, parent, place, subject};
use crate::dialect::{Wire, WrittenType};
use crate::infer::message::{Known, elsewhere, lend};
use crate::infer::shape::Shape;

/// Puts documented fields that no sample of this message shows where messages elsewhere have them: a copied row where
/// it stands there; an object into the object of the same name as there, or else into the subject. `known` are the
/// messages of the same direction, and those of the other.
pub fn adopt(rows: &[Wanted], shape: &mut Shape, wire: &Wire, known: [&Known; 2], page: usize) {
    let found = place(rows, shape, wire);
    let home = subject(shape, wire);
    for (at, (row, found)) in rows.iter().zip(found).enumerate() {
        if found
            .as_ref()
            .is_some_and(|path| row.copies.is_empty() || row.copies.contains(path))
        {
            continue;
        }
        let elsewhere_here = found.is_some();
        let object = matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
        let model = known
            .iter()
            .find_map(|known| elsewhere(known, &row.name, page))
            .filter(|_| object);
        let field = || Shape {
            fields: model.map(|(_, model)| lend(model, &[])).unwrap_or_default(),
            list: model.is_some_and(|(_, model)| model.list),
            empty: true,
            documented_only: true,
            ..Shape::default()
        };
        // A copied row: the object has to be there, or to be named by a row of this table.
        let copied = row.copies.iter().find(|path| {
            let above = parent(path);
            let there = shape
                .get(above)
                .is_some_and(|object| !object.fields.is_empty());
            there
                || (!elsewhere_here
                    && above.len() > home.len()
                    && above.starts_with(&home)
                    && !home.is_empty())
        });
        if let Some(path) = copied {
            insert(shape, path, field());
            continue;
        }
        let Some((inside, model)) = model.filter(|_| !elsewhere_here) else {
            continue;
        };
        // A model from another page counts only where the next rows speak of its fields.
        let next = rows
            .get(at + 1)
            .is_some_and(|next| next.name.len() > 2 && contains(model, &next.name));
        let same_page = known
            .iter()
            .flat_map(|known| known.iter())
            .any(|((_, key), shapes)| {
                *key == row.name && shapes.iter().any(|(other, _)| *other == page)
            });
        if !next && !same_page {
            continue;
        }
        let place = nodes(shape, wire)
            .into_iter()
            .find(|node| node.object && node.path.last().is_some_and(|key| key == inside))
            .map(|node| node.path);
        if let Some(object) = shape.get_mut(&place.unwrap_or_else(|| home.clone())) {
            object.fields.entry(row.name.clone()).or_insert_with(field);
        }
    }
}

fn contains(shape: &Shape, name: &str) -> bool {
    shape
        .fields
        .iter()
        .any(|(key, field)| key == name || contains(field, name))
}

/// Puts a field at a path; objects on the way that are missing are made.
fn insert(shape: &mut Shape, path: &[String], field: Shape) {
    let Some((last, above)) = path.split_last() else {
        return;
    };
    let mut here = shape;
    for (depth, key) in above.iter().enumerate() {
        let plural = depth > 0 && singular(&above[depth - 1]) == *key && above[depth - 1] != *key;
        here = here.fields.entry(key.clone()).or_insert_with(|| Shape {
            documented_only: true,
            list: plural,
            ..Shape::default()
        });
    }
    here.fields.entry(last.clone()).or_insert(field);
}
