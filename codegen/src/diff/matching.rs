//! Finds which operations and entities belong together.

use super::side::Side;
use crate::identity::{self, Face, best};
use crate::spec::Spec;

/// Pairs of operations.
pub fn operations(old: &[Side<'_>], new: &[Side<'_>]) -> Vec<(usize, usize)> {
    let faces = |sides: &[Side<'_>]| -> Vec<Face> {
        let faces = sides
            .iter()
            .map(|side| Face::of(side.entity, side.operation));
        faces.collect()
    };
    let pairs = identity::pairs(&faces(old), &faces(new));
    pairs.into_iter().map(|(old, new, _)| (old, new)).collect()
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
