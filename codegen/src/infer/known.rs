//! The fields of all messages, and what one of them lends to another.

use std::collections::BTreeMap;

use super::shape::{Seen, Shape};
use crate::claims::Basis;
use crate::slate::source::Span;

/// The fields of all messages, by the key of their object and their own.
pub type Known = BTreeMap<(String, String), Vec<(usize, Shape)>>;

/// The shape that an object of this name has elsewhere: in the same page, or everywhere else alike. The first value is
/// the key of the object that it stands in there.
#[must_use]
pub fn elsewhere<'a>(known: &'a Known, key: &str, page: usize) -> Option<(&'a str, &'a Shape)> {
    let found: Vec<(&str, usize, &Shape)> = known
        .iter()
        .filter(|((_, own), _)| own == key)
        .flat_map(|((parent, _), shapes)| {
            shapes
                .iter()
                .map(move |(page, shape)| (parent.as_str(), *page, shape))
        })
        .filter(|(_, _, shape)| !shape.fields.is_empty())
        .collect();
    let own = found.iter().find(|(_, other, _)| *other == page);
    own.or(found.first())
        .map(|(parent, _, shape)| (*parent, *shape))
}

/// Adds the fields of a message.
pub fn collect(shape: &Shape, parent: &str, page: usize, known: &mut Known) {
    for (key, field) in &shape.fields {
        if !field.is_bare() {
            known
                .entry((parent.to_owned(), key.clone()))
                .or_default()
                .push((page, field.clone()));
        }
        collect(field, key, page, known);
    }
}

/// The fields of a model, at the place of the borrower.
pub fn lend(model: &Shape, spans: &[Span]) -> indexmap::IndexMap<String, Shape> {
    model
        .fields
        .iter()
        .map(|(key, field)| {
            let shape = Shape {
                fields: lend(field, spans),
                spans: spans.to_vec(),
                remarks: Vec::new(),
                documented_only: true,
                basis: Basis::Borrowed,
                seen: lent(field),
                ..field.clone()
            };
            (key.clone(), shape)
        })
        .collect()
}

/// What is shown of a model, for who borrows it.
#[must_use]
pub fn lent(model: &Shape) -> Vec<Seen> {
    let seen = model.seen.iter();
    seen.map(|seen| Seen {
        lent: true,
        ..*seen
    })
    .collect()
}
