//! Members of an object, in the order in which they came.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::hash::Hash;

/// From this many members on, keys are found through an index: looking at each of them in turn
/// would make an object of a million keys take hours.
const INDEX_FROM: usize = 48;

/// A map that keeps insertion order. A key stands in it once.
#[derive(Clone)]
pub(crate) struct Ordered<K, V> {
    entries: Vec<(K, V)>,
    #[expect(
        clippy::box_collection,
        reason = "few maps have one, and each node holds a map"
    )]
    index: Option<Box<HashMap<K, usize>>>,
}

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            index: None,
        }
    }
}

impl<K: Borrow<str> + Clone + Eq + Hash, V> Ordered<K, V> {
    /// Takes entries as they came: of two with one key the last counts, where the first stood.
    pub(crate) fn from_entries(entries: Vec<(K, V)>) -> Self {
        if entries.len() < INDEX_FROM && distinct(&entries) {
            return Self {
                entries,
                index: None,
            };
        }
        let mut map = Self::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn entries(&self) -> &[(K, V)] {
        &self.entries
    }

    fn position(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|(k, _)| k.borrow() == key),
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.position(key).map(|at| &self.entries[at].1)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut V> {
        self.position(key).map(|at| &mut self.entries[at].1)
    }

    /// The value at `key`, which is made if there is none.
    pub(crate) fn get_or_insert(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.position(key.borrow()).unwrap_or(self.len());
        if at == self.len() {
            self.insert(key, V::default());
        }
        &mut self.entries[at].1
    }

    /// The last entry, which is the one that repeated siblings go on with.
    pub(crate) fn last_mut(&mut self) -> Option<(&K, &mut V)> {
        self.entries.last_mut().map(|(k, v)| (&*k, v))
    }

    /// Sets `key`, and returns the value that stood there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        if let Some(at) = self.position(key.borrow()) {
            return Some(std::mem::replace(&mut self.entries[at].1, value));
        }
        if let Some(index) = &mut self.index {
            index.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.index.is_none() && self.entries.len() >= INDEX_FROM {
            let keys = self.entries.iter().enumerate();
            self.index = Some(Box::new(keys.map(|(at, (k, _))| (k.clone(), at)).collect()));
        }
        None
    }
}

/// Whether no key stands twice in a few entries.
fn distinct<K: Borrow<str>, V>(entries: &[(K, V)]) -> bool {
    let mut seen = 0;
    entries.iter().enumerate().all(|(at, (key, _))| {
        let mark = mark(key.borrow());
        let maybe = seen & mark != 0;
        seen |= mark;
        !maybe
            || entries[..at]
                .iter()
                .all(|(k, _)| k.borrow() != key.borrow())
    })
}

/// One of 64 bits, the same for equal keys: most keys are known to be new without a look at the
/// others.
fn mark(key: &str) -> u64 {
    let mixed = match key.as_bytes() {
        [] => 0,
        [only] => usize::from(*only),
        [first, .., last] => usize::from(*first) * 5 + usize::from(*last) + key.len() * 11,
    };
    1 << (mixed % 64)
}

/// The key of a member: borrowed from the body or from the program where that is possible.
pub(crate) type Key<'a> = Cow<'a, str>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_and_replaces_with_and_without_an_index() {
        let mut map: Ordered<Key<'static>, usize> = Ordered::default();
        for n in 0..200 {
            assert_eq!(map.insert(format!("k{n}").into(), n), None);
        }
        for n in 0..200 {
            assert_eq!(map.insert(format!("k{n}").into(), n + 1), Some(n));
            assert_eq!(map.get(&format!("k{n}")), Some(&(n + 1)));
        }
        assert_eq!(map.len(), 200);
        assert_eq!(map.get("absent"), None);
        assert!(map.entries().iter().map(|(_, n)| *n).eq(1..=200));
    }
}
