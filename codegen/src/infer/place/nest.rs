//! Members whose rows say what they are members of: `sender.address.town`, `items[].sku`, or a row that is set in below
//! the row of an object.

use super::address::Step;
use super::wanted::{Path, Wanted, under};
use crate::claims::Basis;
use crate::infer::shape::Shape;

/// Puts members that no sample shows into the objects that their rows name, and says which and where. `home` is the
/// object that the message is about.
pub fn nest(rows: &[Wanted], shape: &mut Shape, home: &Path) -> Vec<(usize, Path)> {
    let mut out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if row.above.is_empty() {
            continue;
        }
        let known = paths(shape);
        let named = |path: &&Path| {
            path.last()
                .is_some_and(|key| key.eq_ignore_ascii_case(&row.name))
        };
        let mut same = known.iter().filter(named);
        if same.clone().any(|path| under(path, &row.above)) || (!row.spelt && same.next().is_some())
        {
            continue;
        }
        let (mut path, rest) = anchor(&known, &row.above, home);
        let holds = shape
            .get(&path)
            .is_some_and(|shape| shape.scalars.is_empty() && path.len() + rest.len() < 20);
        if !holds {
            continue;
        }
        for step in rest {
            insert(shape, &path, step);
            path.push(step.key.clone());
        }
        let leaf = Step {
            key: row.name.clone(),
            list: row.list,
        };
        insert(shape, &path, &leaf);
        if let Some(field) = shape
            .get_mut(&path)
            .and_then(|parent| parent.fields.get_mut(&row.name))
        {
            // As `[]` in a sample would show it.
            field.empty_list |= row.list;
        }
        out.push((at, path));
    }
    out
}

fn insert(shape: &mut Shape, path: &Path, step: &Step) {
    if let Some(parent) = shape.get_mut(path) {
        let field = parent
            .fields
            .entry(step.key.clone())
            .or_insert_with(|| Shape::documented(Basis::Stated));
        field.list |= step.list;
    }
}

/// The place of as many of the keys as there is one of, and the keys that are left.
fn anchor<'a>(known: &[Path], above: &'a [Step], home: &Path) -> (Path, &'a [Step]) {
    for count in (1..=above.len()).rev() {
        let (inside, last) = (&above[..count - 1], &above[count - 1]);
        let found = known
            .iter()
            .filter(|path| {
                path.last()
                    .is_some_and(|key| key.eq_ignore_ascii_case(&last.key))
                    && under(path, inside)
            })
            .min_by_key(|path| path.len());
        if let Some(path) = found {
            return (path.clone(), &above[count..]);
        }
    }
    (home.clone(), above)
}

fn paths(shape: &Shape) -> Vec<Path> {
    fn walk(shape: &Shape, path: &mut Path, out: &mut Vec<Path>) {
        if path.len() > 24 {
            return;
        }
        for (key, field) in &shape.fields {
            path.push(key.clone());
            out.push(path.clone());
            walk(field, path, out);
            path.pop();
        }
    }
    let mut out = Vec::new();
    walk(shape, &mut Path::new(), &mut out);
    out
}
