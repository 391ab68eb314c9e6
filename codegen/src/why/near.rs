//! The names that are nearest to one that nobody has.

use strsim::osa_distance as distance;

use crate::Reading;
use crate::claims::{Facet, Part};
use crate::slate::source::Span;
use crate::spec::Operation;

/// How many are offered.
const OFFERED: usize = 5;

/// The operations and entities whose names are nearest to a word.
pub fn subjects(word: &str, reading: &Reading) -> Vec<String> {
    let word = word.to_lowercase();
    let parts: Vec<&str> = word
        .split(['.', '_'])
        .filter(|part| part.len() > 2)
        .collect();
    let entities = || reading.inferred.spec.entities.iter();
    let operations = entities().flat_map(|entity| &entity.operations);
    let ids = operations.map(|operation| operation.id.as_str());
    let names = entities().map(|entity| entity.entity.as_str());
    let own = |name: &str| name.rsplit('.').next().map(str::to_owned);
    let rank = |name: &str| {
        let lower = name.to_lowercase();
        let whole = distance(&word, &lower);
        // Half of the name may have been left out.
        let half = own(&lower).map_or(whole, |own| distance(&word, &own) + 1);
        let shared = parts.iter().any(|part| lower.contains(part));
        let best = whole.min(half);
        (is_near(&word, best) || shared).then_some(best)
    };
    nearest(names.chain(ids), rank)
}

/// What can be asked of an operation and is nearest to a word: members of its messages, each with its side, and facts of the
/// operation itself.
pub fn members(word: &str, operation: &Operation, reading: &Reading) -> Vec<String> {
    let Some(section) = reading.inferred.sections.get(&operation.id) else {
        return Vec::new();
    };
    // Of a path its end is what is mistaken, as a rule.
    let word = word.to_lowercase();
    let word = word.rsplit('.').next().unwrap_or_default();
    let known = known(*section, reading);
    let rank = |name: &str| {
        let own = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
        let own = distance(word, &own);
        is_near(word, own).then_some(own)
    };
    nearest(known.iter().map(String::as_str), rank)
}

/// What there is in a section, in the words of a question.
fn known(section: Span, reading: &Reading) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (place, facet, _) in reading.inferred.ledger.iter() {
        if place.section != section {
            continue;
        }
        let name = match &place.part {
            Part::Whole => facet.key().to_owned(),
            Part::Member(side, path) if facet == Facet::Type => match path.last() {
                Some(last) => format!("{} {last}", side.word()),
                None => continue,
            },
            _ => continue,
        };
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// Whether a name at this distance may have been meant: two letters in three are right.
fn is_near(word: &str, distance: usize) -> bool {
    distance * 3 <= word.chars().count().max(3)
}

/// Those with a rank, nearest first.
fn nearest<'n>(
    names: impl Iterator<Item = &'n str>,
    rank: impl Fn(&str) -> Option<usize>,
) -> Vec<String> {
    let mut ranked: Vec<(usize, &str)> =
        names.filter_map(|name| Some((rank(name)?, name))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let ranked = ranked.into_iter().take(OFFERED);
    ranked.map(|(_, name)| name.to_owned()).collect()
}
