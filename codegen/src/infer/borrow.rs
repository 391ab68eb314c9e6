//! What messages know of each other: shapes of fields that one of them shows only empty.

use std::collections::{BTreeMap, BTreeSet};

use super::shape::Shape;
use super::work::Work;
use crate::slate::source::Span;

/// The fields of all messages, by the key of their object and their own.
pub type Known = BTreeMap<(String, String), Vec<(usize, Shape)>>;

/// Gives fields that are only ever seen empty the shape they have in other messages of the same page and direction, and
/// makes a list of what is one elsewhere. Returns the fields of all requests and of all answers.
pub fn borrow(pages: &mut [(String, Vec<Work<'_>>)]) -> [Known; 2] {
    let mut known = [Known::new(), Known::new()];
    let mut lists = BTreeSet::new();
    for (number, (_, works)) in pages.iter().enumerate() {
        for work in works {
            for (direction, shape) in [&work.request, &work.response].into_iter().enumerate() {
                collect(shape, "", number, &mut known[direction]);
                wrappers(shape, "", &mut lists);
            }
        }
    }
    for (number, (_, works)) in pages.iter_mut().enumerate() {
        for work in works {
            let scalars = work.documented_scalars();
            for (direction, shape) in [&mut work.request, &mut work.response]
                .into_iter()
                .enumerate()
            {
                fill(shape, "", number, &known[direction], &scalars[direction], 0);
                make_lists(shape, "", &lists);
            }
        }
    }
    known
}

/// Pairs of a wrapper and its only field that is a list (`custom_fields.field`).
fn wrappers(shape: &Shape, parent: &str, out: &mut BTreeSet<(String, String)>) {
    for (key, field) in &shape.fields {
        if field.list && shape.fields.len() == 1 && !parent.is_empty() {
            out.insert((parent.to_owned(), key.clone()));
        }
        wrappers(field, key, out);
    }
}

/// A wrapper that holds a list in one message does in all.
fn make_lists(shape: &mut Shape, parent: &str, lists: &BTreeSet<(String, String)>) {
    let only = shape.fields.len() == 1;
    for (key, field) in &mut shape.fields {
        let pair = (parent.to_owned(), key.clone());
        let plural =
            super::place::singular(parent) == *key || parent.ends_with(&format!("_{key}s"));
        field.list |= only && plural && lists.contains(&pair);
        make_lists(field, key, lists);
    }
}

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

fn collect(shape: &Shape, parent: &str, page: usize, known: &mut Known) {
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

fn fill(
    shape: &mut Shape,
    parent: &str,
    page: usize,
    known: &Known,
    scalars: &[String],
    depth: usize,
) {
    if depth > 24 {
        return;
    }
    for (key, field) in &mut shape.fields {
        if field.is_bare()
            && !field.documented_only
            && !field.empty_object
            && !scalars.contains(key)
        {
            let found = known.get(&(parent.to_owned(), key.clone()));
            let pool: Vec<&Shape> = found
                .into_iter()
                .flatten()
                .filter(|(other, _)| *other == page)
                .map(|(_, shape)| shape)
                .collect();
            let objects = pool.iter().filter(|shape| !shape.fields.is_empty()).count();
            let model = if objects * 2 > pool.len() {
                pool.iter()
                    .filter(|shape| !shape.fields.is_empty())
                    .min_by_key(|shape| shape.fields.len())
            } else {
                pool.iter().find(|shape| shape.fields.is_empty())
            };
            if let Some(model) = model {
                field.list |= pool.iter().any(|shape| shape.list);
                field.fields = lend(model, &field.spans);
            }
        }
        fill(field, key, page, known, scalars, depth + 1);
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
                ..field.clone()
            };
            (key.clone(), shape)
        })
        .collect()
}
