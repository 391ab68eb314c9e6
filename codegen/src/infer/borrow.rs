//! What messages know of each other: shapes of fields that one of them shows only empty.

use std::collections::BTreeMap;

use super::known::{Known, collect, lend, lent};
use super::shape::Shape;
use super::work::Work;
use crate::claims::Witness;
use crate::slate::source::Span;

/// A field of a message, with what tells which field it is.
struct Seen {
    above: String,
    page: usize,
    work: usize,
    direction: usize,
    shape: Shape,
}

/// All fields that are not only empty, by the key of their object and their own.
type Pool = BTreeMap<(String, String), Vec<Seen>>;

/// Wrappers and their only field that is a list, with where that is shown first.
type Lists = BTreeMap<(String, String), Span>;

/// Gives fields that are only ever seen empty the shape that they have in other messages, and makes a list of what is
/// one elsewhere. Returns the fields of all requests and of all answers as samples show them, too.
pub fn borrow(mut pages: Vec<Vec<Work<'_>>>) -> (Vec<Vec<Work<'_>>>, [Known; 2]) {
    let mut known = [Known::new(), Known::new()];
    let mut pool = Pool::new();
    let mut lists = Lists::new();
    for (page, works) in pages.iter().enumerate() {
        for (number, work) in works.iter().enumerate() {
            for (direction, shape) in [&work.request, &work.response].into_iter().enumerate() {
                collect(shape, "", page, &mut known[direction]);
                gather(shape, ["", ""], (page, number, direction), &mut pool);
                wrappers(shape, "", &mut lists);
            }
        }
    }
    for (page, works) in pages.iter_mut().enumerate() {
        for (number, work) in works.iter_mut().enumerate() {
            let scalars = work.documented_scalars();
            for (direction, shape) in [&mut work.request, &mut work.response]
                .into_iter()
                .enumerate()
            {
                let filler = Filler {
                    pool: &pool,
                    message: (page, number, direction),
                    scalars: &scalars[direction],
                };
                filler.fill(shape, ["", ""], 0);
                make_lists(shape, "", &lists);
            }
        }
    }
    (pages, known)
}

fn gather(shape: &Shape, above: [&str; 2], message: (usize, usize, usize), pool: &mut Pool) {
    let (page, work, direction) = message;
    for (key, field) in &shape.fields {
        if !field.is_bare() {
            let seen = Seen {
                above: above[0].to_owned(),
                page,
                work,
                direction,
                shape: field.clone(),
            };
            let place = (above[1].to_owned(), key.clone());
            pool.entry(place).or_default().push(seen);
        }
        gather(field, [above[1], key], message, pool);
    }
}

/// Fills what one message shows only empty.
struct Filler<'a> {
    pool: &'a Pool,
    /// Page, operation, direction.
    message: (usize, usize, usize),
    scalars: &'a [String],
}

impl Filler<'_> {
    fn fill(&self, shape: &mut Shape, above: [&str; 2], depth: usize) {
        if depth > 24 {
            return;
        }
        // Among objects, what is empty is one, too.
        let filled = || shape.fields.values().filter(|field| !field.is_bare());
        let objects = filled().count() > 0 && filled().all(|field| !field.fields.is_empty());
        for (key, field) in &mut shape.fields {
            let stated = field.documented_only || field.empty_object || self.scalars.contains(key);
            if field.is_bare() && !stated {
                let mut shapes = self.same_field(above, key);
                if shapes.is_empty() && objects {
                    shapes = self.namesakes(key);
                }
                if let Some(model) = model(&shapes) {
                    let mut several = shapes.iter().filter(|shape| shape.list);
                    if let Some(span) = several.find_map(|shape| shape.list_place()) {
                        field.make_list(Witness::Elsewhere, span);
                    }
                    field.fields = lend(model, &field.spans);
                    field.seen.extend(lent(model));
                }
            }
            self.fill(field, [above[1], key], depth + 1);
        }
    }

    /// What other messages show of a field. That the keys of the field and of its object are the same says that it is
    /// the same field only within one operation: an item has `attributes`, and so has the definition of an attribute.
    /// Elsewhere in the page the object around both has to have the same key, too; or else the two keys have to be two
    /// names: what `parcels.parcel` holds is not known by its wrapper.
    fn same_field(&self, above: [&str; 2], key: &str) -> Vec<&Shape> {
        let (page, work, direction) = self.message;
        let place = (above[1].to_owned(), key.to_owned());
        let all = self.pool.get(&place).map_or(&[][..], Vec::as_slice);
        let of = |fits: &dyn Fn(&Seen) -> bool| -> Vec<&Shape> {
            all.iter()
                .filter(|seen| seen.page == page && fits(seen))
                .map(|seen| &seen.shape)
                .collect()
        };
        let around = |seen: &Seen| seen.above == above[0];
        let own = of(&|seen| seen.work == work && seen.direction != direction);
        if !own.is_empty() {
            return own;
        }
        let same_way = of(&|seen| seen.direction == direction && around(seen));
        if !same_way.is_empty() {
            return same_way;
        }
        let other_way = of(&|seen| seen.direction != direction && around(seen));
        if !other_way.is_empty() || super::words::singular(above[1]) == key {
            return other_way;
        }
        of(&|seen| seen.direction == direction)
    }

    /// Objects of this name in the same message.
    fn namesakes(&self, key: &str) -> Vec<&Shape> {
        let named = self.pool.iter().filter(|((_, own), _)| own == key);
        named
            .flat_map(|(_, seen)| seen)
            .filter(|seen| (seen.page, seen.work, seen.direction) == self.message)
            .map(|seen| &seen.shape)
            .collect()
    }
}

/// The shape that most messages show, where they show several.
fn model<'a>(shapes: &[&'a Shape]) -> Option<&'a Shape> {
    let objects = || shapes.iter().filter(|shape| !shape.fields.is_empty());
    if objects().count() * 2 > shapes.len() {
        objects().min_by_key(|shape| shape.fields.len()).copied()
    } else {
        shapes.iter().find(|shape| shape.fields.is_empty()).copied()
    }
}

/// Pairs of a wrapper and its only field that is a list (`custom_fields.field`).
fn wrappers(shape: &Shape, parent: &str, out: &mut Lists) {
    for (key, field) in &shape.fields {
        if field.list && shape.fields.len() == 1 && !parent.is_empty() {
            let pair = (parent.to_owned(), key.clone());
            if let Some(span) = field.list_place() {
                out.entry(pair).or_insert(span);
            }
        }
        wrappers(field, key, out);
    }
}

/// A wrapper that holds a list in one message does in all.
fn make_lists(shape: &mut Shape, parent: &str, lists: &Lists) {
    let only = shape.fields.len() == 1;
    for (key, field) in &mut shape.fields {
        let pair = (parent.to_owned(), key.clone());
        let plural =
            super::words::singular(parent) == *key || parent.ends_with(&format!("_{key}s"));
        if let Some(span) = lists.get(&pair).filter(|_| only && plural) {
            field.make_list(Witness::Elsewhere, *span);
        }
        make_lists(field, key, lists);
    }
}
