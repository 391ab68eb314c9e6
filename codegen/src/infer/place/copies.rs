//! Where the rows of a table stand in the messages of other operations.

use std::collections::BTreeMap;

use super::assign::place;
use super::wanted::{Path, Wanted, parent};
use crate::dialect::Wire;
use crate::infer::shape::Shape;
use crate::infer::words::{affinity, words};

/// Where the same rows stand in other operations' messages: tables are copied from section to section.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// By name and description.
    same: BTreeMap<(bool, String, String), Vec<Path>>,
    /// By the names of three rows that follow each other: the object that all three stand in.
    together: BTreeMap<(bool, [String; 3]), Vec<Path>>,
}

impl Copies {
    fn key(answer: bool, name: &str, doc: &str) -> Option<(bool, String, String)> {
        let words = words(doc);
        (words.len() > 2).then(|| (answer, name.to_lowercase(), words.join(" ")))
    }

    /// Notes where rows stand.
    pub fn note(&mut self, answer: bool, rows: &[Wanted], shape: &Shape, wire: &Wire) {
        let found = place(rows, shape, wire);
        self.note_together(answer, rows, &found);
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
                let known = self.same.entry(key).or_default();
                if !known.contains(&path) {
                    known.push(path);
                }
            }
        }
    }

    fn note_together(&mut self, answer: bool, rows: &[Wanted], found: &[Option<Path>]) {
        for (rows, found) in rows.windows(3).zip(found.windows(3)) {
            let [Some(first), Some(second), Some(third)] = found else {
                continue;
            };
            let object = parent(first);
            if parent(second) == object && parent(third) == object {
                let known = self.together.entry((answer, names(rows))).or_default();
                if !known.iter().any(|other| other == object) {
                    known.push(object.to_vec());
                }
            }
        }
    }

    /// Adds to rows of a table the places that they have in other tables. A row that is worded in its own way stays with
    /// the two rows before it, where the three stand in one object elsewhere.
    pub fn add_to(&self, answer: bool, rows: &mut [Wanted]) {
        for row in rows.iter_mut() {
            row.copies = self.of(answer, &row.name, &row.doc);
        }
        for at in 2..rows.len() {
            let three = &rows[at - 2..=at];
            let [first, second, third] = three else {
                continue;
            };
            let key = (answer, names(three));
            let Some([object]) = self.together.get(&key).map(Vec::as_slice) else {
                continue;
            };
            let in_object = |row: &Wanted| row.copies.iter().any(|path| parent(path) == object);
            if in_object(first) && in_object(second) && !in_object(third) {
                let mut place = object.clone();
                place.push(third.name.clone());
                rows[at].copies = vec![place];
            }
        }
    }

    /// The places of a row elsewhere.
    fn of(&self, answer: bool, name: &str, doc: &str) -> Vec<Path> {
        Self::key(answer, name, doc)
            .and_then(|key| self.same.get(&key))
            .cloned()
            .unwrap_or_default()
    }
}

fn names(rows: &[Wanted]) -> [String; 3] {
    std::array::from_fn(|at| {
        rows.get(at)
            .map(|row| row.name.to_lowercase())
            .unwrap_or_default()
    })
}
