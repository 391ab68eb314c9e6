//! Fields that are neither here nor there by their name: which of them are the same.

use std::collections::BTreeSet;

use super::leaf::{Leaf, leaf};
use super::message::{Found, Messages, join};
use crate::identity::{best, plain, words};
use crate::spec::{Entity, Field, Source};

/// Objects with more than this part of their members in common are one.
const MOST: f64 = 0.5;

impl Messages<'_, '_, '_> {
    /// Fields that went into an object that is new, or came out of one that is gone: the same name, and the same words or
    /// most of the same members. Says whether there were any; what is in them may be found now.
    pub fn inside(&mut self) -> bool {
        let same = |a: &Found<'_>, b: &Found<'_>| {
            let (before, after) = (leaf(self.old, &a.field.ty), leaf(self.new, &b.field.ty));
            let (a, b) = (a.field, b.field);
            let said = !a.doc.is_empty() && words(&a.doc, &b.doc) > 0.8;
            let alike = said || shared(&before, &after).is_some_and(|share| share > MOST);
            f64::from(u8::from(a.name == b.name && alike))
        };
        let into = contents(self.new, &self.added);
        let out_of = contents(self.old, &self.removed);
        let (gone, came) = (
            best(&self.removed, &into, 1.0, same),
            best(&out_of, &self.added, 1.0, same),
        );
        let removed = std::mem::take(&mut self.removed);
        let added = std::mem::take(&mut self.added);
        for (olds, news, pairs) in [(&removed, &into, &gone), (&out_of, &added, &came)] {
            for (a, b) in pairs {
                if let (Some(old), Some(new)) = (olds.get(*a), news.get(*b)) {
                    self.moved(old, new);
                }
            }
        }
        self.removed
            .extend(left(removed, gone.iter().map(|pair| pair.0)));
        self.added
            .extend(left(added, came.iter().map(|pair| pair.1)));
        !gone.is_empty() || !came.is_empty()
    }

    /// How sure it is that a field that is gone and one that is new are the same, from 0 to 1.
    pub fn likeness(&self, old: &Found<'_>, new: &Found<'_>) -> f64 {
        let (a, b) = (leaf(self.old, &old.field.ty), leaf(self.new, &new.field.ty));
        let same_type = a.about == b.about;
        let doc = if old.field.doc.is_empty() {
            0.0
        } else {
            words(&old.field.doc, &new.field.doc)
        };
        let shared = shared(&a, &b);
        if old.parent == new.parent {
            let spelling = plain(&old.field.name) == plain(&new.field.name);
            // Another name in the same object: another spelling, the same contents, or the same words.
            return match shared {
                _ if spelling && same_type => 0.75,
                _ if spelling => 0.7,
                Some(shared) if same_type && shared > 0.7 => 0.6 + shared / 20.0,
                None if same_type && doc > 0.8 => 0.6 + doc / 20.0,
                _ => 0.0,
            };
        }
        if old.field.name != new.field.name {
            return 0.0;
        }
        // The same name elsewhere: with the same contents or words, or the only one that went and came.
        let only = |list: &[Found<'_>]| {
            let same = |found: &&Found<'_>| found.field.name == old.field.name;
            list.iter().filter(same).count() == 1
        };
        match shared {
            Some(shared) if same_type && shared > MOST => 0.8 + shared / 10.0,
            None if doc > 0.5 => 0.8 + doc / 10.0,
            None if same_type && only(&self.removed) && only(&self.added) => 0.65,
            _ => 0.0,
        }
    }
}

/// What is left of fields when these were taken.
pub fn left(
    found: Vec<Found<'_>>,
    taken: impl Iterator<Item = usize>,
) -> impl Iterator<Item = Found<'_>> {
    let taken: BTreeSet<usize> = taken.collect();
    let left = found.into_iter().enumerate();
    left.filter(move |(at, _)| !taken.contains(at))
        .map(|(_, found)| found)
}

/// All fields in objects, at any depth; each type once.
fn contents<'a>(entity: &'a Entity, objects: &[Found<'a>]) -> Vec<Found<'a>> {
    let mut seen = BTreeSet::new();
    let mut left: Vec<(String, &'a Field, &'a Source)> = objects
        .iter()
        .map(|found| (found.path(), found.field, found.place()))
        .collect();
    let mut out = Vec::new();
    while let Some((parent, field, around)) = left.pop() {
        let leaf = leaf(entity, &field.ty);
        if leaf.def.is_none_or(|(name, _)| !seen.insert(name)) {
            continue;
        }
        for field in leaf.fields() {
            let place = field.source.first().unwrap_or(around);
            left.push((join(&parent, &field.name), field, place));
            out.push(Found {
                parent: parent.clone(),
                field,
                around,
                joins: false,
            });
        }
    }
    out
}

/// Share of the names of fields that two objects have in common; nothing where neither is an object.
fn shared(old: &Leaf<'_>, new: &Leaf<'_>) -> Option<f64> {
    let inner = |leaf: &Leaf<'_>| -> BTreeSet<String> {
        leaf.fields()
            .iter()
            .map(|field| plain(&field.name))
            .collect()
    };
    let (old, new) = (inner(old), inner(new));
    let all = old.union(&new).count();
    #[expect(clippy::cast_precision_loss, reason = "counts of fields are small")]
    (all > 0).then(|| old.intersection(&new).count() as f64 / all as f64)
}
