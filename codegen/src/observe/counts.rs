//! Counts that stay small, whatever comes.

use std::collections::BTreeMap;

use super::found::{HIDDEN, KINDS};

/// Values of one place, by the way in which they are written.
pub(super) type Counts = [u64; KINDS];

/// Distinct names that are kept at one place; the rest is counted together.
pub(super) const MOST_NAMES: usize = 200;
/// Distinct words that are kept at one place.
pub(super) const MOST_WORDS: usize = 20;

/// Names with counts, of which there are never more than some.
#[derive(Default)]
pub(super) struct Bounded {
    pub counts: BTreeMap<String, u64>,
}

impl Bounded {
    pub(super) fn add(&mut self, name: &str, count: u64) {
        self.add_within(name, count, MOST_NAMES);
    }

    pub(super) fn add_within(&mut self, name: &str, count: u64, most: usize) {
        if let Some(known) = self.counts.get_mut(name) {
            *known += count;
            return;
        }
        let name = if self.counts.len() < most {
            name
        } else {
            HIDDEN
        };
        *self.counts.entry(name.to_owned()).or_default() += count;
    }

    pub(super) fn merge_all(&mut self, other: Self) {
        self.merge(other, MOST_NAMES);
    }

    pub(super) fn merge(&mut self, other: Self, most: usize) {
        for (name, count) in other.counts {
            self.add_within(&name, count, most);
        }
    }
}

pub(super) fn add(own: &mut Counts, more: &Counts) {
    for (own, more) in own.iter_mut().zip(more) {
        *own += more;
    }
}
