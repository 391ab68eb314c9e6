//! Rows that belong to several objects at once.

use super::wanted::{Path, Wanted, parent};
use crate::dialect::WrittenType;
use crate::infer::shape::Shape;
use crate::infer::words::{singular, words};

/// The places that a row has beside its own: `Code of the box or bag` below the rows of two objects, `boxes` and `bags`,
/// describes a field of both. Rows below it may do the same.
#[must_use]
pub fn also_in(rows: &[Wanted], found: &[Option<Path>], shape: &Shape) -> Vec<(usize, Path)> {
    let mut out = Vec::new();
    let mut objects: Vec<&Path> = Vec::new();
    let mut open = false;
    for (number, row) in rows.iter().enumerate() {
        let place = found.get(number).and_then(Option::as_ref);
        if is_object(row) {
            if !std::mem::replace(&mut open, true) {
                objects.clear();
            }
            objects.extend(place);
            continue;
        }
        open = false;
        let more = place.map_or_else(Vec::new, |place| places(row, place, &objects, shape));
        if more.is_empty() {
            objects.clear();
        }
        out.extend(more.into_iter().map(|place| (number, place)));
    }
    out
}

fn is_object(row: &Wanted) -> bool {
    matches!(row.written, Some(WrittenType::Object | WrittenType::Array))
}

/// The places of a row in those of the objects that it names and does not stand in.
fn places(row: &Wanted, place: &Path, objects: &[&Path], shape: &Shape) -> Vec<Path> {
    let named: Vec<&Path> = objects
        .iter()
        .copied()
        .filter(|object| object.last().is_some_and(|key| names(&row.doc, key)))
        .collect();
    let stands_in = |object: &&Path| place.starts_with(object);
    let together = named
        .windows(2)
        .all(|pair| parent(pair[0]) == parent(pair[1]));
    if row.siblings.len() > 1 || !together || !named.iter().any(stands_in) {
        return Vec::new();
    }
    let others = named.iter().filter(|object| !stands_in(object));
    let inner = others.map(|object| super::nodes::innermost(shape, (*object).clone()));
    let with_fields = |path: &Path| {
        shape
            .get(path)
            .is_some_and(|object| !object.fields.is_empty())
    };
    inner
        .filter(with_fields)
        .map(|mut path| {
            path.push(row.name.clone());
            path
        })
        .collect()
}

/// Whether a description has the first word of a key, be it with a hyphen.
fn names(doc: &str, key: &str) -> bool {
    let Some(head) = words(key).first().map(|word| singular(word)) else {
        return false;
    };
    let doc = words(doc);
    let joined = doc.windows(2).map(<[String]>::concat);
    head.len() > 2
        && doc
            .iter()
            .cloned()
            .chain(joined)
            .any(|word| singular(&word) == head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_keys_in_descriptions() {
        assert!(names("Code of the add-on or gift.", "addon_items"));
        assert!(names("Code of the add-on or gift.", "gifts"));
        assert!(!names("Code of the add-on or gift.", "line_items"));
    }
}
