//! Finds which operations and entities belong together.

use super::side::Side;
use crate::identity::{self, Face, Whole};
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

/// Pairs of entities.
pub fn entities(old: &Spec, new: &Spec) -> Vec<(usize, usize)> {
    let wholes = |spec: &Spec| -> Vec<Whole> { spec.entities.iter().map(Whole::of).collect() };
    identity::entities(&wholes(old), &wholes(new))
}
