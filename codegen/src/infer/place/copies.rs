//! Where the rows of a table stand in the messages of other operations.

use std::collections::BTreeMap;

use super::words::{affinity, words};
use super::{Path, Wanted, parent, place};
use crate::dialect::Wire;
use crate::infer::shape::Shape;

/// Where the same rows stand in other operations' messages: tables are copied from section to section.
#[derive(Clone, Debug, Default)]
pub struct Copies(BTreeMap<(bool, String, String), Vec<Path>>);

impl Copies {
    fn key(answer: bool, name: &str, doc: &str) -> Option<(bool, String, String)> {
        let words = words(doc);
        (words.len() > 2).then(|| (answer, name.to_lowercase(), words.join(" ")))
    }

    /// Notes where rows stand.
    pub fn note(&mut self, answer: bool, rows: &[Wanted], shape: &Shape, wire: &Wire) {
        let found = place(rows, shape, wire);
        for (at, (row, path)) in rows.iter().zip(&found).enumerate() {
            // Only a row beside its predecessor, or one that speaks of its object, is sure to be at its place.
            if let Some(path) = path {
                let above = parent(path);
                let follows = at == 0
                    || found[at - 1].as_ref().is_some_and(|previous| {
                        previous.starts_with(above) || above == previous.as_slice()
                    });
                if !follows && affinity(&row.doc, above) < 0.5 {
                    continue;
                }
            }
            if let (Some(key), Some(path)) = (Self::key(answer, &row.name, &row.doc), path.clone())
            {
                let known = self.0.entry(key).or_default();
                if !known.contains(&path) {
                    known.push(path);
                }
            }
        }
    }

    /// The places of a row elsewhere.
    #[must_use]
    pub fn of(&self, answer: bool, name: &str, doc: &str) -> Vec<Path> {
        Self::key(answer, name, doc)
            .and_then(|key| self.0.get(&key))
            .cloned()
            .unwrap_or_default()
    }
}
