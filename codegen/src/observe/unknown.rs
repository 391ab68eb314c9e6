//! Names that the docs do not have: what stood there, which of them may be shown, and in whose place they were.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::counts::{Counts, MOST_NAMES, add};
use super::found::Found;
use super::{MASKED, MIN_SEEN};
use crate::shown::{self, Documented, WORD};

/// So many names that the docs do not have at all are shown at one place: an object with more of them is a table, and its
/// keys are data.
const MOST_SHOWN: usize = 20;
/// In so many exchanges a name has to come that the docs do not have at all: data seldom comes again.
pub(super) const SEVERAL: u64 = MIN_SEEN;

/// Names that the docs do not have at a place, each with what stood there. Those that cannot be names are kept as the kind
/// of key that they are.
#[derive(Default)]
pub(super) struct Unknown {
    pub names: IndexMap<Box<str>, Met>,
}

/// What stood at a name.
#[derive(Clone, Default)]
pub(super) struct Met {
    pub counts: Counts,
    /// In how many exchanges, and lines of drift streams.
    pub exchanges: u64,
    /// The number of the last of them.
    last: Option<u64>,
}

impl Unknown {
    /// The index of a name. `now` is the number of the exchange.
    pub(super) fn slot(&mut self, name: &str, now: u64) -> usize {
        let at = self.index(name);
        if let Some((_, met)) = self.names.get_index_mut(at)
            && met.last.replace(now) != Some(now)
        {
            met.exchanges += 1;
        }
        at
    }

    fn index(&mut self, name: &str) -> usize {
        let is_shown = shown::is_name(name) && !is_masked(name);
        let name = if is_shown || shown::is_kind(name) {
            name
        } else {
            shown::kind_of_key(name)
        };
        if let Some(at) = self.names.get_index_of(name) {
            return at;
        }
        let name = if self.names.len() < MOST_NAMES {
            name
        } else {
            WORD
        };
        let entry = self.names.entry(name.into());
        let at = entry.index();
        entry.or_default();
        at
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (name, met) in other.names {
            let slot = self.index(&name);
            if let Some((_, known)) = self.names.get_index_mut(slot) {
                add(&mut known.counts, &met.counts);
                known.exchanges += met.exchanges;
            }
        }
    }

    pub(super) fn note(&mut self, slot: usize, found: Found, count: u64) {
        if let Some((_, met)) = self.names.get_index_mut(slot) {
            met.counts[found as usize] += count;
        }
    }

    /// What a name is shown as: itself, if the docs have it elsewhere, or if it came in several exchanges and few others do;
    /// where there are many names, they are data.
    pub(super) fn shown<'n>(&self, name: &'n str, documented: &Documented) -> &'n str {
        let exchanges = self.names.get(name).map_or(0, |met| met.exchanges);
        let is_shown = || {
            let others = self.names.keys().filter(|other| !shown::is_kind(other));
            let strange = others.filter(|other| !documented.has_name(other));
            exchanges >= SEVERAL && strange.count() <= MOST_SHOWN
        };
        if shown::is_kind(name) || documented.has_name(name) || is_shown() {
            name
        } else {
            shown::kind_of_key(name)
        }
    }

    /// All names as they are shown, with what stood there.
    pub(super) fn all(&self, documented: &Documented) -> BTreeMap<String, Counts> {
        let mut out = BTreeMap::<String, Counts>::new();
        for (name, met) in &self.names {
            let name = self.shown(name, documented);
            add(out.entry(name.to_owned()).or_default(), &met.counts);
        }
        out
    }
}

/// Whether a recorder put it in the place of a name: `masked`, `masked2`.
fn is_masked(name: &str) -> bool {
    let name = name.strip_prefix('@').unwrap_or(name);
    name.strip_prefix(MASKED)
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What stood where one of several members is demanded, and none of them was.
#[derive(Default)]
pub(super) struct Instead {
    /// How often nothing that the docs do not have.
    pub nothing: u64,
    /// Names that the docs do not have.
    pub names: BTreeMap<Box<str>, Stood>,
}

/// How often a name stood there.
#[derive(Clone, Copy, Default)]
pub(super) struct Stood {
    pub count: u64,
    /// Without another one that the docs do not have.
    pub alone: u64,
}

impl Instead {
    pub(super) fn merge(&mut self, other: Self) {
        self.nothing += other.nothing;
        for (name, stood) in other.names {
            let own = self.names.entry(name).or_default();
            own.count += stood.count;
            own.alone += stood.alone;
        }
    }
}
