//! Finds what belongs together: the same facts first, then what is alike enough to be the same, moved or renamed.

use std::collections::BTreeSet;

use super::leaf::names;
use super::likeness::{best, overlap, plain, words};
use super::side::Side;
use crate::spec::Spec;

/// What is at least this alike is the same thing with another name or place. Below, it is two things.
const ALIKE: f64 = 0.6;

/// Pairs of operations: by method and path, the most alike where several share these; then by their facts.
pub fn operations(old: &[Side<'_>], new: &[Side<'_>]) -> Vec<(usize, usize)> {
    let address = |side: &Side<'_>| {
        let operation = side.operation;
        (
            operation.method.clone(),
            operation.path.clone(),
            operation.suffix.clone(),
        )
    };
    let mut pairs = Vec::new();
    let mut done = BTreeSet::new();
    for side in old {
        let key = address(side);
        if !done.insert(key.clone()) {
            continue;
        }
        let same = |sides: &[Side<'_>]| -> Vec<usize> {
            (0..sides.len())
                .filter(|index| sides.get(*index).is_some_and(|side| address(side) == key))
                .collect()
        };
        let (olds, news) = (same(old), same(new));
        // Where each side has one, it is the same call whatever else is different.
        let least = if olds.len() == 1 && news.len() == 1 {
            0.0
        } else {
            0.2
        };
        pairs.extend(among(old, new, &olds, &news, least));
    }
    let left = |count: usize, taken: &BTreeSet<usize>| -> Vec<usize> {
        (0..count).filter(|index| !taken.contains(index)).collect()
    };
    let olds = left(old.len(), &pairs.iter().map(|pair| pair.0).collect());
    let news = left(new.len(), &pairs.iter().map(|pair| pair.1).collect());
    pairs.extend(among(old, new, &olds, &news, ALIKE));
    pairs.sort_unstable();
    pairs
}

fn among(
    old: &[Side<'_>],
    new: &[Side<'_>],
    olds: &[usize],
    news: &[usize],
    least: f64,
) -> Vec<(usize, usize)> {
    let pairs = best(olds, news, least, |a, b| match (old.get(*a), new.get(*b)) {
        (Some(a), Some(b)) => likeness(*a, *b),
        _ => -1.0,
    });
    pairs
        .into_iter()
        .filter_map(|(a, b)| Some((*olds.get(a)?, *news.get(b)?)))
        .collect()
}

/// How alike two operations are, from 0 to 1: by address, title and names of what they take and give.
fn likeness(old: Side<'_>, new: Side<'_>) -> f64 {
    let (a, b) = (old.operation, new.operation);
    let params = |side: Side<'_>| -> BTreeSet<String> {
        let params = side.operation.params.iter();
        params.map(|param| plain(&param.name)).collect()
    };
    let fields = |side: Side<'_>, root: &Option<String>| -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        if let Some(root) = root {
            names(side.entity, root, &mut out);
        }
        out
    };
    let share = |old: &BTreeSet<String>, new: &BTreeSet<String>| {
        overlap(
            &old.iter().map(String::as_str).collect(),
            &new.iter().map(String::as_str).collect(),
        )
    };
    let mut parts = vec![
        (1.0, f64::from(u8::from(a.method == b.method))),
        (2.0, words(&a.path, &b.path)),
        (3.0, words(&a.title, &b.title)),
        (
            0.5,
            f64::from(u8::from(old.entity.entity == new.entity.entity)),
        ),
    ];
    for (weight, share) in [
        (2.0, share(&params(old), &params(new))),
        (
            1.5,
            share(&fields(old, &a.request), &fields(new, &b.request)),
        ),
        (
            2.0,
            share(&fields(old, &a.response), &fields(new, &b.response)),
        ),
    ] {
        parts.extend(share.map(|share| (weight, share)));
    }
    let weight: f64 = parts.iter().map(|(weight, _)| weight).sum();
    parts
        .iter()
        .map(|(weight, share)| weight * share)
        .sum::<f64>()
        / weight
}

/// Pairs of entities: by name, then by where most of their operations went.
pub fn entities(
    old: &Spec,
    new: &Spec,
    olds: &[Side<'_>],
    news: &[Side<'_>],
    pairs: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (a, entity) in old.entities.iter().enumerate() {
        let same = new
            .entities
            .iter()
            .position(|other| other.entity == entity.entity);
        if let Some(b) = same
            && !out.iter().any(|(_, taken)| *taken == b)
        {
            out.push((a, b));
        }
    }
    let left: Vec<usize> = (0..old.entities.len())
        .filter(|a| !out.iter().any(|(old, _)| old == a))
        .collect();
    let fresh: Vec<usize> = (0..new.entities.len())
        .filter(|b| !out.iter().any(|(_, new)| new == b))
        .collect();
    let renamed = best(&left, &fresh, 0.51, |a, b| {
        let (Some(before), Some(after)) = (old.entities.get(*a), new.entities.get(*b)) else {
            return 0.0;
        };
        let moved = pairs
            .iter()
            .filter(|(x, y)| {
                olds.get(*x)
                    .is_some_and(|side| std::ptr::eq(side.entity, before))
                    && news
                        .get(*y)
                        .is_some_and(|side| std::ptr::eq(side.entity, after))
            })
            .count();
        let most = before.operations.len().max(after.operations.len()).max(1);
        #[expect(clippy::cast_precision_loss, reason = "counts of operations are small")]
        let share = moved as f64 / most as f64;
        share
    });
    out.extend(
        renamed
            .into_iter()
            .filter_map(|(a, b)| Some((*left.get(a)?, *fresh.get(b)?))),
    );
    out.sort_unstable();
    out
}
