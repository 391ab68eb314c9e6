//! Fields that no sample of a message shows, out of other messages.

use super::assign::place;
use super::nodes::{nodes, subject};
use super::wanted::{Wanted, parent};
use crate::claims::Basis;
use crate::dialect::{Wire, WrittenType};
use crate::infer::known::{Known, elsewhere, lend};
use crate::infer::shape::Shape;
use crate::infer::words::singular;

/// Puts documented fields that no sample of this message shows where messages elsewhere have them: a copied row where
/// it stands there; an object into the object of the same name as there, or else into the subject. `known` are the
/// messages of the same direction, and those of the other.
pub fn adopt(rows: &[Wanted], shape: &mut Shape, wire: &Wire, known: [&Known; 2], page: usize) {
    let found = place(rows, shape, wire);
    let home = subject(shape, wire);
    let unplaced = rows.iter().zip(&found).filter(|(_, found)| found.is_none());
    let lacking: Vec<&Wanted> = unplaced.map(|(row, _)| row).collect();
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
            ..Shape::documented(Basis::Borrowed)
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
                    && !home.is_empty()
                    && may_be_made(above, shape, rows, &lacking))
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

/// Whether the objects on the way that the message lacks may be made: where this table names one of them, in a row or
/// between backticks, or where several of its rows that have no place here stand in them elsewhere. One copied row alone
/// invents nothing.
fn may_be_made(above: &[String], shape: &Shape, rows: &[Wanted], lacking: &[&Wanted]) -> bool {
    let there = (0..above.len())
        .rev()
        .find(|&len| shape.get(&above[..len]).is_some())
        .unwrap_or(0);
    let missing = &above[there..];
    let is_named = |row: &Wanted| {
        let mut spans = row.doc.split('`').skip(1).step_by(2);
        missing.contains(&row.name) || spans.any(|span| missing.iter().any(|key| key == span))
    };
    let made = &above[..(there + 1).min(above.len())];
    let stands_in = |row: &&&Wanted| row.copies.iter().any(|path| path.starts_with(made));
    rows.iter().any(is_named) || lacking.iter().filter(stands_in).count() > 1
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
            list: plural,
            empty: false,
            ..Shape::documented(Basis::Borrowed)
        });
    }
    here.fields.entry(last.clone()).or_insert(field);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::place::Path;
    use crate::sample;

    fn row(name: &str, doc: &str, copy: &str) -> Wanted {
        let copy: Path = copy.split('.').map(str::to_owned).collect();
        Wanted {
            name: name.into(),
            written: Some(WrittenType::String),
            doc: doc.into(),
            copies: vec![copy],
            ..Wanted::default()
        }
    }

    fn makes(rows: &[Wanted]) -> bool {
        let parsed =
            sample::parse(r#"{"answer": {"parcel": [{"id": 1, "place": "Ulm"}]}}"#).unwrap();
        let mut shape = Shape::default();
        shape.add(&parsed.documents[0], parsed.format, 0, 0, &Wire::default());
        adopt(
            rows,
            &mut shape,
            &Wire::default(),
            [&Known::new(), &Known::new()],
            0,
        );
        let made = ["answer", "parcel", "stops", "stop"].map(str::to_owned);
        shape.get(&made).is_some()
    }

    #[test]
    fn a_missing_object_is_made_for_two_copied_rows_or_a_word() {
        let day = row("day", "Day of it.", "answer.parcel.stops.stop.day");
        let hour = row("hour", "Hour of it.", "answer.parcel.stops.stop.hour");
        let said = row("day", "Day of a `stop`.", "answer.parcel.stops.stop.day");
        assert!(!makes(std::slice::from_ref(&day)));
        assert!(makes(&[day, hour]));
        assert!(makes(&[said]));
    }
}
