//! Which entity of one revision is which of another.

use std::collections::BTreeMap;

use super::face::Face;
use super::likeness::best;
use super::pairs::pairs;
use crate::spec::Entity;

/// An entity as one side of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// The page, or the chapter, that it is.
    pub page: String,
    /// Its operations, each with the page as its entity.
    pub operations: Vec<Face>,
}

impl Whole {
    /// An entity of a spec.
    #[must_use]
    pub fn of(entity: &Entity) -> Self {
        let operations = entity.operations.iter();
        Self {
            page: entity.entity.clone(),
            operations: operations.map(|one| Face::of(entity, one)).collect(),
        }
    }
}

/// More than this part of the operations of two entities is the same where the entities are.
const MOST: f64 = 0.51;

/// What it weighs to be the same page, where all else is equal.
const TIE: f64 = 0.001;

/// Pairs of entities, old and new. They are the same, in this order of strength:
///
/// 1. where they are the same page, and have an operation with the same heading, method and path;
/// 2. where most operations have the same heading, method and path: the page has another name;
/// 3. where they are the same page;
/// 4. where most operations are found again.
#[must_use]
pub fn entities(old: &[Whole], new: &[Whole]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let page = |a: &Whole, b: &Whole| a.page == b.page;
    let tie = |a: &Whole, b: &Whole| if page(a, b) { TIE } else { 0.0 };
    take(old, new, &mut out, |a, b| {
        let same = same(a, b);
        (page(a, b) && same > 0).then(|| share(same, a, b))
    });
    take(old, new, &mut out, |a, b| {
        let share = share(same(a, b), a, b);
        (share >= MOST).then_some(share + tie(a, b))
    });
    take(old, new, &mut out, |a, b| page(a, b).then_some(1.0));
    let found = found(old, new);
    take(old, new, &mut out, |a, b| {
        let key = (a.page.as_str(), b.page.as_str());
        let share = share(found.get(&key).copied().unwrap_or_default(), a, b);
        (share >= MOST).then_some(share)
    });
    out.sort_unstable();
    out
}

/// Adds the best pairs of those that are left.
fn take(
    old: &[Whole],
    new: &[Whole],
    out: &mut Vec<(usize, usize)>,
    score: impl Fn(&Whole, &Whole) -> Option<f64>,
) {
    let left = |count: usize, taken: Vec<usize>| -> Vec<usize> {
        (0..count).filter(|at| !taken.contains(at)).collect()
    };
    let olds = left(old.len(), out.iter().map(|pair| pair.0).collect());
    let news = left(new.len(), out.iter().map(|pair| pair.1).collect());
    let found = best(&olds, &news, 0.0, |a, b| {
        let both = old.get(*a).zip(new.get(*b));
        both.and_then(|(a, b)| score(a, b)).unwrap_or(-1.0)
    });
    for (a, b) in found {
        out.extend(olds.get(a).copied().zip(news.get(b).copied()));
    }
}

/// How many operations of two entities have the same heading, method and path.
fn same(old: &Whole, new: &Whole) -> usize {
    let mut left: Vec<&Face> = new.operations.iter().collect();
    let is = |a: &Face, b: &Face| {
        let headed = !a.heading.is_empty() && a.heading == b.heading;
        headed && a.method == b.method && a.path == b.path
    };
    let again = old.operations.iter().filter(|old| {
        let at = left.iter().position(|new| is(old, new));
        at.map(|at| left.swap_remove(at)).is_some()
    });
    again.count()
}

/// How many operations of one page are found again on another.
fn found<'a>(old: &'a [Whole], new: &'a [Whole]) -> BTreeMap<(&'a str, &'a str), usize> {
    let faces = |all: &[Whole]| -> Vec<Face> {
        let faces = all.iter().flat_map(|one| &one.operations);
        faces.cloned().collect()
    };
    let pages = |all: &'a [Whole]| -> Vec<&'a str> {
        let pages = all
            .iter()
            .flat_map(|one| one.operations.iter().map(|_| &*one.page));
        pages.collect()
    };
    let (olds, news) = (pages(old), pages(new));
    let mut out = BTreeMap::new();
    for (a, b, _) in pairs(&faces(old), &faces(new)) {
        if let (Some(a), Some(b)) = (olds.get(a), news.get(b)) {
            *out.entry((*a, *b)).or_insert(0) += 1;
        }
    }
    out
}

/// Which part of the operations of the larger one that is. What the docs have no more counts where it is back only.
fn share(count: usize, old: &Whole, new: &Whole) -> f64 {
    let there = old.operations.iter().filter(|face| !face.gone).count();
    let most = there.max(new.operations.len()).max(1);
    #[expect(clippy::cast_precision_loss, reason = "counts of operations are small")]
    let share = count as f64 / most as f64;
    share.min(1.0)
}
