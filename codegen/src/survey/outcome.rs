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

/// Endings of names of codes, and words in names of what says it to people, the best first.
const CODES: [&str; 4] = ["code", "error", "type", "status"];
const MESSAGES: [&str; 5] = ["message", "msg", "detail", "description", "reason"];

/// Where answers to refused calls say why, if most of them say it in one way.
pub fn refused(draft: &Draft) -> Option<Clue> {
    if draft.dialect.wire.errors.is_some() {
        return None;
    }
    let samples = draft.operations().flat_map(|operation| &operation.refusals);
    let documents = samples.filter_map(|sample| sample.parsed.as_ref()?.documents.first());
    let documents: Vec<&Tree> = documents.collect();
    let mut ways: Tally = Tally::default();
    for way in documents.iter().filter_map(|document| says_why(document)) {
        ways.add(&way);
    }
    let (way, count, ()) = ways.sorted().into_iter().next()?;
    let all = documents.len();
    (count > 1 && count * 2 >= all).then(|| {
        let what = format!("{count} of {all} answers to refused calls say why: {way}");
        Clue::listed(&["wire", "errors"], None, count, what)
    })
}

/// Where an answer has a code and a message: at the top, or in a member.
fn says_why(document: &Tree) -> Option<String> {
    let inside = document.members().iter().map(|member| {
        let inner = match &member.value {
            Tree::List(items) => items.first(),
            other => Some(other),
        };
        (Some(member.key.as_str()), inner)
    });
    let mut places = std::iter::once((None, Some(document))).chain(inside);
    places.find_map(|(at, object)| {
        let members = object?.members();
        let named = |words: &[&str], ends: bool| {
            words.iter().find_map(|word| {
                let found = members.iter().find(|member| {
                    let name = member.key.to_lowercase();
                    let value = matches!(member.value, Tree::Text(_) | Tree::Number(_));
                    value
                        && if ends {
                            name.ends_with(word)
                        } else {
                            name.contains(word)
                        }
                });
                found.map(|member| yaml::scalar(&member.key))
            })
        };
        let (code, message) = (named(&CODES, true)?, named(&MESSAGES, false)?);
        let at = at.map_or_else(String::new, yaml::scalar);
        (code != message).then(|| format!("{{at: [{at}], code: {code}, message: {message}}}"))
    })
}
