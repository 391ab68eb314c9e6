//! Names that mean one thing in most of an API, and are of another type in some places.

use std::collections::{BTreeMap, BTreeSet};

use super::stage::Stage;
use crate::claims::{Decision, Facet, Part, Place};
use crate::diagnostics::Code;
use crate::slate::source::Span;

/// In how many operations a name has to occur to mean one thing.
const OPERATIONS: usize = 3;

/// The part of its places that has to be of one type for that to be what it means: two of three.
const MOST: (usize, usize) = (2, 3);

/// One place of a name.
struct Seen<'l> {
    place: &'l Place,
    decision: &'l Decision,
}

/// Reports values whose name has another type nearly everywhere else. Each place has the type that the docs give it there;
/// what is guessed has a finding of its own, and follows the others.
pub fn report(stage: &mut Stage<'_>) {
    let ledger = &*stage.ledger;
    let hints = &stage.dialect.names;
    let mut names: BTreeMap<String, Vec<Seen<'_>>> = BTreeMap::new();
    for (place, facet, decision) in ledger.iter() {
        let (Part::Member(_, path), Facet::Type) = (&place.part, facet) else {
            continue;
        };
        let name = path.last().map(|name| name.to_lowercase());
        let value = is_value(&decision.value) && !decision.basis.is_guess();
        if let Some(name) = name.filter(|name| value && !hints.ambiguous.contains(name)) {
            let seen = Seen { place, decision };
            names.entry(name).or_default().push(seen);
        }
    }
    let mut found: Vec<(Span, String, String)> = Vec::new();
    for all in names.values() {
        let Some((usual, times)) = usual(all) else {
            continue;
        };
        for odd in all.iter().filter(|one| one.decision.value != usual) {
            let Part::Member(side, path) = &odd.place.part else {
                continue;
            };
            let name = path.last().map_or("", String::as_str);
            let message = format!(
                "{name} in the {} is of type {:?} here, and {usual:?} in {times} other places",
                side.word(),
                odd.decision.value
            );
            let action = format!(
                "{:?} was taken: {}",
                odd.decision.value, odd.decision.step.text
            );
            found.push((ledger.location(odd.place), message, action));
        }
    }
    for (span, message, action) in found {
        stage
            .diagnostics
            .push(Code::DifferingType, span, message, action);
    }
}

/// Whether it is the type of one value. A flag is about what its name says, and not a value of it.
fn is_value(ty: &str) -> bool {
    matches!(ty, "string" | "integer" | "number" | "date" | "datetime")
}

/// The type that most places of a name have, and their number. Nothing where all agree, or too few do.
fn usual<'l>(all: &[Seen<'l>]) -> Option<(&'l str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sections = BTreeSet::new();
    for one in all {
        *counts.entry(one.decision.value.as_str()).or_default() += 1;
        sections.insert(one.place.section);
    }
    let (usual, times) = counts.iter().max_by_key(|(_, times)| **times)?;
    let (part, whole) = MOST;
    let most = times * whole >= all.len() * part;
    (counts.len() > 1 && most && sections.len() >= OPERATIONS).then_some((usual, *times))
}
