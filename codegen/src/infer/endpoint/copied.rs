//! Statements that were copied from another section and not changed, and paths that several operations have.

use super::path::Found;
use super::statement::{Statement, Statements};

/// Which operations state the path of another one: it is the same as that one's, which shows it too, while their own
/// sample shows a path that no other operation states, and nothing of the query that they state.
pub fn copied(all: &[Statements], found: &[Option<(String, Found)>]) -> Vec<bool> {
    let stated: Vec<Option<(&str, String)>> = found
        .iter()
        .map(|found| {
            found
                .as_ref()
                .map(|(method, found)| (method.as_str(), found.path()))
        })
        .collect();
    let shown = |at: usize| all[at].samples.first().map(|sample| sample.url.path());
    let agrees = |at: usize| {
        stated[at].as_ref().is_some_and(|(_, path)| {
            shown(at).is_none_or(|shown| path.ends_with(&shown) || shown.ends_with(path.as_str()))
        })
    };
    (0..all.len())
        .map(|at| {
            let (Some(own), Some(path)) = (&stated[at], shown(at)) else {
                return false;
            };
            let same = (0..all.len()).any(|other| {
                other != at
                    && stated[other].as_ref() == Some(own)
                    && agrees(other)
                    && !asks_for_its_own(&all[at], &all[other])
            });
            let mut others = stated.iter().flatten();
            let taken = others.any(|(method, known)| *method == own.0 && *known == path);
            same && !agrees(at) && !taken && !path.contains('{')
        })
        .collect()
}

/// Whether what is stated has a query parameter of the sample that the other operation does not state: it was written
/// for this one.
fn asks_for_its_own(own: &Statements, other: &Statements) -> bool {
    let keys = |list: &mut dyn Iterator<Item = &Statement>| -> Vec<String> {
        list.flat_map(|one| one.url.query.iter().map(|(key, _)| key.clone()))
            .collect()
    };
    let shown = keys(&mut own.samples.iter().take(1));
    let theirs = keys(&mut other.lines.iter().chain(&other.rows));
    let stated = keys(&mut own.lines.iter().chain(&own.rows));
    stated
        .iter()
        .any(|key| shown.contains(key) && !theirs.contains(key))
}
