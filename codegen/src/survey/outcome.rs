//! Does every answer have a code that says how the call went?

use super::clue::{Clue, Tally};
use super::draft::Draft;
use super::yaml;
use crate::read::facts::Role;
use crate::sample::Tree;

/// Words in names of what says how a call went.
const WORDS: [&str; 6] = ["code", "err", "result", "ret", "status", "success"];

/// So few answers show no habit.
const FEWEST: usize = 5;

/// A member at the top of most answers that nearly always says the same. Only people can tell what it means.
pub fn ask(draft: &Draft) -> Option<Clue> {
    if draft.dialect.wire.errors.is_some() {
        return None;
    }
    let samples = draft.operations().flat_map(|operation| &operation.samples);
    let answers = samples.filter(|sample| sample.role == Role::Response);
    let documents = answers.filter_map(|sample| sample.parsed.as_ref()?.documents.first());
    let objects: Vec<&Tree> = documents
        .filter(|document| !document.members().is_empty())
        .collect();
    let mut names: Tally<Tally> = Tally::default();
    for member in objects.iter().flat_map(|object| object.members()) {
        let (Tree::Number(value) | Tree::Text(value)) = &member.value else {
            continue;
        };
        let lower = member.key.to_lowercase();
        if WORDS.iter().any(|word| lower.contains(word)) {
            names.add(&member.key).add(value);
        }
    }
    names
        .sorted()
        .into_iter()
        .find_map(|(name, count, values)| {
            let (value, same, ()) = values.sorted().into_iter().next()?;
            let all = objects.len();
            if count < FEWEST || count * 2 < all || same * 2 < count {
                return None;
            }
            let (key, accepted) = (yaml::scalar(&name), yaml::scalar(&value));
            let what = format!(
                "{count} of {all} answers have it, {same} alike; if it says how a call went: \
             {{at: [], code: {key}, accepted: [{accepted}]}}"
            );
            Some(Clue::listed(&["wire", "errors"], None, count, what))
        })
}
