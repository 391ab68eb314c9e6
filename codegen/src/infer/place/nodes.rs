//! The fields of a message in the order of the document, and the object that it is about.

use super::wanted::Path;
use crate::dialect::Wire;
use crate::infer::shape::Shape;

/// A field of a message.
pub struct Node {
    /// Where it stands.
    pub path: Path,
    /// Whether it is an object.
    pub object: bool,
    /// Whether it is a part of an outcome.
    pub in_status: bool,
    /// Whether a row has it.
    pub used: bool,
}

/// The fields of a message in the order of the document.
pub fn nodes(shape: &Shape, wire: &Wire) -> Vec<Node> {
    fn walk(shape: &Shape, path: &mut Path, in_status: bool, wire: &Wire, out: &mut Vec<Node>) {
        if path.len() > 24 {
            return;
        }
        for (key, field) in &shape.fields {
            path.push(key.clone());
            out.push(Node {
                path: path.clone(),
                object: !field.fields.is_empty(),
                in_status,
                used: false,
            });
            let status = in_status || *key == wire.status || *key == wire.item_status;
            walk(field, path, status && !field.fields.is_empty(), wire, out);
            path.pop();
        }
    }
    let mut out = Vec::new();
    walk(shape, &mut Vec::new(), false, wire, &mut out);
    out
}

/// The object that a message is about: below document element and wrappers, beside the outcome. An object that only
/// rows name is no wrapper: they say themselves what stands in it.
#[must_use]
pub fn subject(shape: &Shape, wire: &Wire) -> Path {
    let mut path = Path::new();
    let mut here = shape;
    loop {
        let outcome = [&wire.status, &wire.item_status];
        let beside_outcome = || here.fields.iter().filter(|(key, _)| !outcome.contains(key));
        let mut rest: Vec<_> = beside_outcome()
            .filter(|(_, field)| !is_leftover(field))
            .collect();
        if rest.is_empty() {
            rest = beside_outcome().collect();
        }
        match rest.as_slice() {
            [(key, field)]
                if !field.fields.is_empty() && !field.documented_only && path.len() < 12 =>
            {
                path.push((*key).clone());
                here = field;
            }
            _ => return path,
        }
    }
}

/// What samples only show empty: it does not tell that the message is about the object around it.
fn is_leftover(field: &Shape) -> bool {
    let shown = |inner: &Shape| !inner.documented_only;
    let bare = field.scalars.is_empty() && !field.fields.values().any(shown);
    bare && field.empty && !field.documented_only
}

/// The object inside wrappers that hold nothing else.
pub fn innermost(shape: &Shape, path: Path) -> Path {
    let mut path = path;
    while let Some(object) = shape
        .get(&path)
        .filter(|object| object.fields.len() == 1 && path.len() < 16)
    {
        match object.fields.iter().next() {
            Some((key, only)) if !only.fields.is_empty() => path.push(key.clone()),
            _ => break,
        }
    }
    path
}
